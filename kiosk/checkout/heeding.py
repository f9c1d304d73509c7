"""Heeding: a shopper who was asked by ear to look at the screen, and has not yet, is asked once more (DESIGN-UI 2.7).

That is for what only the shopper can do: put something in the bag, hold a card to the terminal. Where staff are on
their way it is heard once. A card that was left in the terminal is called out until it is taken: who leaves it there
leaves the shop without it. Pure: when the shopper was asked is in the state.
"""

from collections.abc import Iterable

from msgspec.structs import replace

from kiosk.checkout.effects import Beep, Effect
from kiosk.checkout.state import Phase, State
from kiosk.checkout.visit import Step
from kiosk.values.moment import Moment

AGAIN_MS = 15_000
CARD_LEFT_MS = 3_000
ATTENTION = Beep("attention")


def follow(before: State, after: State, effects: Iterable[Effect], at: Moment) -> State:
    """After every step: whoever was asked now may be asked again; whoever did something need not."""
    asked = _asked(after)
    if before.prompted_tick is not None and after.prompted_tick is None:
        return after  # this was the second time
    if asked and any(isinstance(one, Beep) and one.cue == "attention" for one in effects):
        return replace(after, prompted_tick=at.tick_ms)
    over = asked != _asked(before) or (asked == "bag" and after.touched_tick != before.touched_tick)
    return replace(after, prompted_tick=None) if over and after.prompted_tick is not None else after


def _asked(state: State) -> str:
    """What the shopper alone can do now; empty: nothing that was asked by ear."""
    if state.phase is Phase.SCANNING and state.prompt == "bag":
        return "bag"
    if state.phase in (Phase.RECEIPT, Phase.THANKS) and state.devices.card_left:
        return "remove"
    payment = state.payment
    if state.phase is not Phase.CARD or payment is None or payment.kind == "cash" or payment.stage == "declined":
        return ""
    return payment.step if payment.step in ("card", "pin", "remove") else ""


def due(state: State) -> int | None:
    """The tick at which it is heard again."""
    if state.prompted_tick is None:
        return None
    if _asked(state) == "remove":
        return state.prompted_tick + CARD_LEFT_MS
    return None if state.settings.calm else state.prompted_tick + AGAIN_MS


def ask_again(state: State, at: Moment) -> Step:
    """Once; a card that is still in the terminal, again and again."""
    return replace(state, prompted_tick=at.tick_ms if _asked(state) == "remove" else None), (ATTENTION,)


def as_wanted(state: State, effects: Iterable[Effect]) -> tuple[Effect, ...]:
    """The same, with every sound as this shopper and the staff of this lane want it."""
    calm, tuning = state.settings.calm, state.tuning
    return tuple(replace(one, calm=calm, tuning=tuning) if isinstance(one, Beep) else one for one in effects)
