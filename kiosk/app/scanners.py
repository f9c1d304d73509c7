"""Scanners: when they read, and which of the lane's sounds they make too. Only for those that can be told.

While a card is being charged nothing that is scanned counts, and a scanner that reads and beeps then says otherwise. It
reads again as soon as the outcome is known. A badge must always be read: while somebody is wanted or staff stand there,
and in a shop where nobody signs in without one, it goes on reading.
"""

from drivers.events import BeepScanner
from kiosk.checkout.effects import Beep
from kiosk.checkout.payment import Stage
from kiosk.checkout.state import Phase, State

KIND = "scanner"
_MONEY_MOVES: frozenset[Stage] = frozenset({"preparing", "sent", "approved", "completed"})


def reads(state: State) -> bool:
    """Whether scanners shall read now."""
    charging = state.phase is Phase.CARD and state.payment is not None and state.payment.stage in _MONEY_MOVES
    badge = state.staff is not None or bool(state.interventions) or state.lane.staff_limits.badge_needed
    return badge or not charging


def beep(effect: Beep) -> BeepScanner | None:
    """What a scanner beeps when the lane sounds this; None: it is not about a label, or somebody wants it calm."""
    if effect.calm:
        return None
    return {"scan-ok": BeepScanner(good=True), "not-found": BeepScanner(good=False)}.get(effect.cue)
