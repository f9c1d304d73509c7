"""Cashier: what staff do in the crowd's shops with an open basket and with the lane itself: they serve at it, void,
reprice and discount lines, set baskets aside and fetch them, sell at a price, pause and open.
"""

from collections.abc import Callable, Sequence

from kiosk.checkout.events import (
    AgeApproved,
    AgeRefused,
    BasketRecalled,
    CardChosen,
    CashChosen,
    DiscountGiven,
    Event,
    HoursOverridden,
    ItemAllowed,
    ItemDenied,
    LaneOpened,
    LineRemoved,
    PayPressed,
    PriceChanged,
)
from kiosk.checkout.state import Phase
from kiosk.world.dice import Choice, Dice
from kiosk.world.screen_hands import ScreenHands
from kiosk.world.stage import Stage

_REASONS = ("Damaged", "Short date", "Wrong label", "Other")
_KINDS = ("Food and drink", "Other goods", "Alcohol")
_ANSWERS: tuple[type[Event], ...] = (AgeApproved, AgeApproved, AgeRefused, ItemAllowed, HoursOverridden, ItemDenied)
_PRICES = ("1", "990", "2500", "19990")


class Cashier:
    """Whoever is signed in at one lane."""

    def __init__(self, stage: Stage, dice: Dice, hands: ScreenHands, touch: Callable[[], str]) -> None:
        """`touch`: any button at all that may be touched."""
        self._stage, self._dice, self._hands, self._touch = stage, dice, hands, touch

    def begins(self) -> Sequence[Choice]:
        """On the list of what staff can do."""
        state, hands = self._stage.lane.state, self._hands
        opened = state.phase is Phase.SCANNING and bool(state.basket.lines)
        kept = bool(state.parked) or state.lane.parking.shared
        free = state.phase is Phase.WELCOME
        calls = {call.reason for call in state.interventions}
        return (
            (4 if opened else 0, lambda: hands.tap("Void a line", "Change price", "Discount")),
            (1 if opened else 0, lambda: hands.tap("Suspend", "Sell at a price")),
            (3 if kept and free else 0, lambda: hands.tap("Recall basket")),
            (2 if opened or free else 0, lambda: hands.tap("Serve here", "Serve here", "Self-service")),
            (1 if free else 0, lambda: hands.tap_what_begins("Pause {minutes} min")),
            (6 if "item" in calls else 0, lambda: hands.does(ItemAllowed, HoursOverridden, ItemDenied)),
            (4 if "reversal" in calls else 0, lambda: hands.tap("Type its number")),
            (6 if state.closed in ("staff", "paused") else 0, lambda: hands.tap("Open the lane")),
        )

    def works(self) -> Sequence[Choice]:
        """What the page of staff that is open asks for; nothing, if it is none of these pages."""
        hands = self._hands
        match self._stage.lane.scene.name:
            case "19d-staff-line":
                return self._changes_a_line()
            case "19-staff-recall":
                return (6, lambda: hands.does(BasketRecalled)), (1, self._touch), (2, self._away)
            case "19-staff-lane":
                return (6, self._touch), (3, lambda: hands.does(LaneOpened)), (1, self._away)
            case "19-staff-item":
                return (
                    (4, lambda: hands.tap(*_KINDS)), (4, self._keys), (5, lambda: hands.tap("Sell")), (1, self._touch),
                    (3, self._away),
                )  # fmt: skip
        return ()

    def _changes_a_line(self) -> Sequence[Choice]:
        """Which, how much, why, and done; back to the list when nothing is there to change."""
        hands, acts = self._hands, (LineRemoved, PriceChanged, DiscountGiven)
        why, lines = "reason" in self._stage.view.picked, self._stage.lane.state.basket.lines
        return (
            (2, hands.line), (2, lambda: hands.tap("10 %", "50 %", "Amount", "Whole basket")), (2, self._keys),
            (1 if why else 9, lambda: hands.tap(*_REASONS)), (30 if hands.can(*acts) else 0, lambda: hands.does(*acts)),
            (1, self._touch), (3 if lines else 40, self._away),
        )  # fmt: skip

    def _away(self) -> str:
        return self._hands.tap("Back", "Menu", "Lock")

    def _keys(self) -> str:
        return f"perhaps key {self._dice.choice(_PRICES)}"

    def serves(self, scan: Callable[[], str]) -> Sequence[Choice]:
        """On the work surface of assisted mode."""
        hands = self._hands
        asked = any(i.reason in ("age", "item") for i in self._stage.lane.state.interventions)
        return (
            (10, scan), (8 if asked else 0, lambda: hands.does(self._dice.choice(_ANSWERS))), (3, self._touch),
            (5, lambda: hands.does(CashChosen, CardChosen)), (2, lambda: hands.does(PayPressed)),
            (2, lambda: hands.tap("Sell at a price", "Change a line", "Quantity", "Staff mode")),
            (1, self._dice.pick("wait 3 s", "wait 40 s")),
        )  # fmt: skip
