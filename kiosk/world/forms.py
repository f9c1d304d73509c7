"""Forms: what shoppers of the crowd type on the screen's keys: who they are, where a receipt goes, a part of the sum.

All their addresses begin with KNOWN_BY, which at the end of the day is looked for on the lane's disk.
"""

from collections.abc import Callable, Sequence

from kiosk.checkout.events import PartChosen
from kiosk.world.dice import Choice, Dice
from kiosk.world.screen_hands import ScreenHands
from kiosk.world.stage import Stage

_WHO = "zqxj"
KNOWN_BY = f"{_WHO}@"
_NAMES = (f"{_WHO}@e.se", f"{_WHO}@f.se", f"{_WHO}@g.se", f"{_WHO}.e")
_AMOUNTS = ("1", "500", "2000", "12345", "9999999")


class Forms:
    """Whoever stands before one screen with keys on it."""

    def __init__(self, stage: Stage, dice: Dice, hands: ScreenHands, touch: Callable[[], str]) -> None:
        """`touch`: any button at all that may be touched."""
        self._stage, self._dice, self._hands, self._touch = stage, dice, hands, touch

    def fills(self) -> Sequence[Choice]:
        """The form that is open; nothing, if there is none."""
        tap = self._hands.tap
        match self._stage.lane.scene.name:
            case "09-member" | "09-member-number":
                return (
                    (4, lambda: tap("Become a member")),
                    (2, lambda: tap("Use my e-mail")),
                    (2, self._touch),
                    self._back(),
                )
            case "09-member-contact":
                return self._typing(_NAMES, "Next", "OK")
            case "09-member-consent":
                return (6, lambda: tap("I agree, make me a member")), (2, self._touch), self._back()
            case "14c-receipt-email":
                return self._typing((*_NAMES[:2], _WHO), "Send", "@example.com")
            case "10d-pay-a-part":
                return (
                    (4, lambda: f"perhaps key {self._dice.choice(_AMOUNTS)}"),
                    (6, lambda: self._hands.does(PartChosen)),
                    (1, self._touch),
                    self._back(),
                )
        return ()

    def _typing(self, names: Sequence[str], *on: str) -> Sequence[Choice]:
        """A name once, and the way on; what is wrong is cleared."""
        typed = bool(self._stage.view.typed)
        return (
            (0 if typed else 12, lambda: f"perhaps type contact {self._dice.choice(names)}"),
            (6, lambda: self._hands.tap(*on)), (1, lambda: self._hands.tap("Clear")), (1, self._touch),
            (1, self._dice.pick("wait 1 s", "wait 20 s")), self._back(),
        )  # fmt: skip

    def _back(self) -> Choice:
        return 1, lambda: self._hands.tap("Back", "Menu")
