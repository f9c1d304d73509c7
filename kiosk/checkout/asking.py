"""Asking: the lane's open questions to the store, and the promise that nothing stays held by mistake.

`ask` puts a question into the state with its deadline and orders it sent. Then exactly one of three comes: the answer,
a refusal (the store is away, or says no), or the deadline; `answers` tells each to the chapter that asked. Selling
never waits: every chapter has an answer of its own for a store that says nothing.

A question keeps its id for ever, also over a restart, after which it is asked again: the store answers the same id
twice with the same. One that is given up while the store may hold something for it is released by a report, which
the outbox repeats until the store has it.
"""

import msgspec
from msgspec.structs import replace

from kiosk.checkout.effects import AskStore, Effect, PublishEvent
from kiosk.checkout.events import Event
from kiosk.checkout.questions import Question, may_hold
from kiosk.checkout.state import Asked, State
from kiosk.checkout.visit import Step
from kiosk.values.moment import Moment


class Unanswered(msgspec.Struct, frozen=True):
    """There is no answer: `away` (no link), `silent` (none in time), `refused` (the store's own words in `detail`)."""

    why: str
    detail: str = ""


def ask(state: State, question: Question, at: Moment, because: Event | None = None) -> Step:
    """Ask it, once: while the same question is open it is not asked a second time."""
    if any(asked.question == question for asked in state.asked):
        return state, ()
    number = state.questions + 1
    asked = Asked(
        id=f"{state.lane.till}-{state.sequence:06d}-q{number}",
        question=question,
        until_tick=at.tick_ms + state.lane.time_outs.ask_ms,
        because=because,
    )
    return replace(state, asked=(*state.asked, asked), questions=number), (AskStore(asked.id, question),)


def is_asking(state: State, *kinds: type[Question]) -> bool:
    """Whether a question of these kinds is open."""
    return any(isinstance(asked.question, kinds) for asked in state.asked)


def take(state: State, id_: str) -> tuple[State, Asked | None]:
    """The open question with this id, which is then no longer open."""
    found = next((asked for asked in state.asked if asked.id == id_), None)
    return replace(state, asked=tuple(asked for asked in state.asked if asked != found)), found


def release(id_: str) -> PublishEvent:
    """Whatever the store holds under this question's id is free again."""
    return PublishEvent("hold.released", {"id": id_})


def given_up(asked: Asked) -> tuple[Effect, ...]:
    """What must be done about a question whose answer nobody waits for any more."""
    return (release(asked.id),) if may_hold(asked.question) else ()


def again(state: State, at: Moment) -> Step:
    """After a restart: every open question once more, under its old id and with its whole time."""
    until = at.tick_ms + state.lane.time_outs.ask_ms
    asked = tuple(replace(each, until_tick=until) for each in state.asked)
    return replace(state, asked=asked), tuple(AskStore(each.id, each.question) for each in asked)
