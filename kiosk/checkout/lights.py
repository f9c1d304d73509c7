"""Lights: which state of the light tower (DESIGN-UI 2.8) a state of the lane is."""

from kiosk.checkout.effects import Pattern
from kiosk.checkout.state import Phase, State
from kiosk.checkout.trying_parts import COLOURS


def lights(state: State) -> Pattern:
    """The pattern, by urgency: what keeps the lane from selling first, then staff, then who waits for staff."""
    if state.staff is not None and state.staff.lamps in COLOURS:
        return state.staff.lamps
    if state.phase is Phase.CLOSED:
        return "out_of_order" if state.closed == "fault" else "closed"
    if state.staff is not None or state.training is not None:
        return "staff"
    if state.phase is Phase.DOUBT or any(i.reason == "refund" for i in state.interventions):
        return "bank"
    if any(i.reason in ("help", "cash", "external", "signature", "audit") for i in state.interventions):
        return "help"
    if any(i.reason in ("age", "bag", "item") for i in state.interventions):
        return "check"
    if state.phase is Phase.RECEIPT and any(i.reason == "paper" for i in state.interventions):
        return "check"
    if state.phase in (Phase.RECEIPT, Phase.THANKS):
        return "paid"
    return "free" if state.phase is Phase.WELCOME else "in_use"
