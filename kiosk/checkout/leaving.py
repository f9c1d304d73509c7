"""Leaving: the exit gate, where one is wired to this lane. Whoever has paid gets out, once a receipt.

The code on a receipt follows from its sealed sale (`sale.exit_code`), so both the store and the lane that sealed it
know it. The store knows all and which are used, so it is asked first. A lane knows its own of the last hours: for these
it opens where the store says nothing, or does not know the sale yet, which is on its way; what it opened for so, it
reports, and the store counts the code as used. A code of another lane waits for the store, or for staff.

Where a code is refused staff are called: nobody is shut in by a machine. One question at a time is asked, so that a
scanner that is fed with guesses asks no faster than the store answers.
"""

from msgspec.structs import replace

from kiosk.checkout import visit
from kiosk.checkout.asking import Unanswered, ask, is_asking
from kiosk.checkout.effects import Beep, Effect, OpenGate, PublishEvent, RecordSale
from kiosk.checkout.events import ExitCodeShown, GateAsked
from kiosk.checkout.questions import ExitAnswer, ExitAsk
from kiosk.checkout.sale import exit_code
from kiosk.checkout.state import Asked, ExitPass, State
from kiosk.checkout.visit import Step
from kiosk.values.moment import Moment

VALID_MS = 2 * 60 * 60 * 1_000
"""So long a code of this lane's own opens; as long as the store's (`store.exit_codes`)."""
REMEMBERED = 64


def follow(state: State, effects: tuple[Effect, ...], at: Moment) -> State:
    """What was sealed in this step may leave."""
    if not state.lane.exit_codes:
        return state
    sales = (effect.sale for effect in effects if isinstance(effect, RecordSale))
    new = tuple(ExitPass(exit_code(sale), at.utc_ms) for sale in sales if sale.kind == "sale" and not sale.training)
    if not new:
        return state
    fresh = tuple(one for one in state.exits if one.sealed_utc_ms > at.utc_ms - VALID_MS)
    return replace(state, exits=(*fresh, *new)[-REMEMBERED:])


def show_code(state: State, event: ExitCodeShown) -> Step:
    """The store is asked, one question at a time."""
    code = event.code.strip().upper()
    if not code or is_asking(state, ExitAsk):
        return state, ()
    return ask(state, ExitAsk(code=code), event.at)


def told(state: State, asked: Asked, answer: ExitAnswer, at: Moment) -> Step:
    """The store has looked."""
    code = _code(asked)
    if answer.state == "valid":
        return _open(_used(state, code), asked, "store")
    if answer.state == "unknown":
        return _by_the_lane(state, asked, at, "unknown")
    return _stay_shut(state, at, answer.state)


def untold(state: State, asked: Asked, unanswered: Unanswered, at: Moment) -> Step:
    """It says nothing: what this lane has sealed itself may leave."""
    return _by_the_lane(state, asked, at, unanswered.why)


def answer(state: State, event: GateAsked) -> Step:
    """Staff let somebody out, or not."""
    if state.staff is None:
        return state, ()
    by, state = state.staff.id, _nobody_waits(state)
    if not event.open:
        return state, (PublishEvent("gate.denied", {"by": by}),)
    return state, (OpenGate(f"{state.lane.till}:gate:{state.reports}"), PublishEvent("gate.asked", {"by": by}))


def _by_the_lane(state: State, asked: Asked, at: Moment, why: str) -> Step:
    code = _code(asked)
    known = [one for one in state.exits if one.code == code and one.sealed_utc_ms > at.utc_ms - VALID_MS]
    if any(not one.used for one in known):
        return _open(_used(state, code), asked, "lane")
    return _stay_shut(state, at, "used" if known else why)


def _open(state: State, asked: Asked, how: str) -> Step:
    report = PublishEvent("gate.opened", {"id": asked.id, "code": _code(asked), "how": how})
    return _nobody_waits(state), (OpenGate(asked.id), report)


def _stay_shut(state: State, at: Moment, why: str) -> Step:
    return visit.call_staff(state, "gate", at), (Beep("attention"), PublishEvent("gate.refused", {"why": why}))


def _used(state: State, code: str) -> State:
    """The oldest of this code is; two sales that have the same let two people out."""
    unused = next((one for one in state.exits if one.code == code and not one.used), None)
    return replace(state, exits=tuple(replace(one, used=True) if one is unused else one for one in state.exits))


def _nobody_waits(state: State) -> State:
    return replace(state, interventions=tuple(call for call in state.interventions if call.reason != "gate"))


def _code(asked: Asked) -> str:
    assert isinstance(asked.question, ExitAsk)
    return asked.question.code
