"""Behind the counter: what staff do in the crowd's shops besides helping: goods come back, another terminal is charged,
a signature is compared, a colleague practises.

Staff are honest here too: what a terminal's or a provider's own journal tells is never decided against it.
"""

from collections.abc import Callable, Sequence

from kiosk.checkout.events import ExternalTaken, ReversalSettled
from kiosk.checkout.state import Phase
from kiosk.world.dice import Choice, Dice
from kiosk.world.screen_hands import ScreenHands
from kiosk.world.stage import Stage

_REASONS = ("Defective", "Changed their mind", "Wrong item", "Other")
_UNTIL_TAPPED = {"": "wait 3 s", "card": "tap card", "pin": "pin 1234", "removal": "take card"}


class BehindTheCounter:
    """The staff of one shop, by the crowd's own chance."""

    def __init__(self, stage: Stage, dice: Dice, hands: ScreenHands, touch: Callable[[], str]) -> None:
        """`touch`: any button at all that may be touched."""
        self._stage, self._dice, self._hands, self._touch = stage, dice, hands, touch

    def begins(self) -> Choice:
        """On the list of what staff can do."""
        phase = self._stage.lane.state.phase
        tiles = ("Take goods back", "Take goods back", "Training", "End training")
        return (12 if phase in (Phase.WELCOME, Phase.RETURNING) else 0, lambda: self._hands.tap(*tiles))

    def works(self) -> Sequence[Choice]:
        """What the page of staff that is open asks for; nothing, if it is none of these pages."""
        name = self._stage.lane.scene.name
        if name == "19f-staff-refund-find":
            return (9, self._finds_the_receipt), (5, lambda: self._hands.tap("No receipt", "Empties")), (2, self._touch)
        if name == "19f-staff-empties":
            return (
                (4, self._hands.line), (2, lambda: self._hands.tap("One more")), (2, self._dice.pick("perhaps key 3")),
                (2, lambda: self._tap("OK")), (3, self._dice.pick("perhaps on to the money")), (1, self._touch),
            )  # fmt: skip
        if name == "19f-staff-refund":
            return self._takes_pieces()
        if name.startswith("19f"):
            return self._pays_back()
        if name in ("19e-staff-external", "19e-external-number"):
            return self._charges_at_another_terminal()
        if name == "19e-staff-given-back":
            return self._keys_a_number(ReversalSettled)
        if name == "19n-staff-signature":
            right = ("The signature is right", "The signature is right", "Not right: take the charge back")
            return (8, lambda: self._tap(self._dice.choice(right))), (2, self._touch)
        return ()

    def _charges_at_another_terminal(self) -> Sequence[Choice]:
        """First so much of it, then the number that it printed."""
        if "amount" in self._stage.view.picked:
            return self._keys_a_number(ExternalTaken)
        return (
            (6, lambda: self._hands.tap_what_begins("All of it: {amount}")), (2, self._dice.pick("perhaps key 500")),
            (2, lambda: self._tap("This amount")), (2, self._touch), (1, lambda: self._tap("Lock")),
        )  # fmt: skip

    def _keys_a_number(self, done: type[ExternalTaken | ReversalSettled]) -> Sequence[Choice]:
        typed = bool(self._stage.view.typed)
        return (
            (0 if typed else 6, lambda: f"perhaps key A{self._dice.number(1000, 9999)}"),
            (6 if typed else 1, lambda: self._hands.does(done)), (1, lambda: self._tap("Lock")),
        )  # fmt: skip

    def _finds_the_receipt(self) -> str:
        """Of any sale of the day, as printed or by its number; now and then one that was never made."""
        sold = [sale.sequence for sale in self._stage.promises.sealed.values() if sale.kind == "sale"]
        if sold and self._stage.shop.facts.receipt_url and self._dice.random() < 0.3:
            return "perhaps scan the receipt of the last sale"
        return f"perhaps type receipt {self._dice.choice([*sold, *sold, 999])}"

    def _takes_pieces(self) -> Sequence[Choice]:
        return (
            (4, self._hands.line),
            (4, lambda: self._tap("One more")), (4, lambda: self._tap(self._dice.choice(_REASONS))),
            (1, lambda: self._tap("Waste")), (5, self._dice.pick("perhaps on to the money")), (2, self._touch),
            (1, self._dice.pick("scan 9520001200014", "wait 2 s")),
        )  # fmt: skip

    def _pays_back(self) -> Sequence[Choice]:
        at_the_terminal = _UNTIL_TAPPED[self._stage.top.terminal.wants]
        return (
            (5, self._dice.pick("perhaps pay it back")), (5, self._dice.pick(f"perhaps {at_the_terminal}")),
            (2, lambda: self._hands.tap("All in cash (manager)", "Give a slip")), (2, self._touch),
            (2, self._dice.pick("wait 4 s")),
            (4 if self._can_look() else 0, self._dice.pick("perhaps staff settle the refund honestly")),
        )  # fmt: skip

    def _can_look(self) -> bool:
        """Whether the terminal's journal can be read now."""
        terminal = self._stage.top.terminal
        return terminal.powered and not terminal.busy

    def _tap(self, english: str) -> str:
        return self._hands.tap(english)
