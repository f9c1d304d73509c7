"""Lights: which state of the light tower (DESIGN-UI 2.8) a state of the lane is.

By urgency: what keeps the lane from selling, staff who stand at it, a fault that only hands can mend, then who waits
for staff. Red is a failure and yellow what is out of the ordinary, as on every machine (IEC 60073).
"""

from kiosk.checkout.effects import Pattern, ShowLights
from kiosk.checkout.paying import is_resting
from kiosk.checkout.state import Phase, State
from kiosk.checkout.trying_parts import COLOURS

PAID_MS = 3_000
"""So long the tower says that all is paid; then the lane is in use until it says goodbye."""
_WAITING = frozenset({"help", "cash", "external", "signature", "audit", "payout", "payback"})
_CHECKS = frozenset({"age", "bag", "item", "door", "gate"})


def tower(state: State) -> ShowLights:
    """What the light tower shows."""
    return ShowLights(lights(state), steady=state.settings.calm)


def lights(state: State) -> Pattern:
    """The pattern."""
    if state.staff is not None and state.staff.lamps in COLOURS:
        return state.staff.lamps
    if state.phase is Phase.CLOSED:
        return "out_of_order" if state.closed == "fault" and not is_resting(state) else "closed"
    if state.staff is not None or state.training is not None:
        return "staff"
    return "out_of_order" if state.devices.paper == "error" else _of_the_visit(state)


def _of_the_visit(state: State) -> Pattern:
    reasons = {i.reason for i in state.interventions}
    if state.phase is Phase.DOUBT or "refund" in reasons:
        return "bank"
    if any(call.urgent for call in state.interventions):
        return "urgent"
    if reasons & _WAITING:
        return "help"
    if reasons & _CHECKS or (state.phase is Phase.RECEIPT and "paper" in reasons):
        return "check"
    if state.phase is Phase.THANKS or paid_ends(state) is not None:
        return "paid"
    return "free" if state.phase is Phase.WELCOME else "in_use"


def paid_ends(state: State) -> int | None:
    """The tick at which the tower has said for long enough that all is paid; None: it does not say so."""
    ends = state.phase_tick + PAID_MS
    return ends if state.phase is Phase.RECEIPT and state.seen.tick_ms < ends else None
