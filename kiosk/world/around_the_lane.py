"""Around the lane: what a crowd does with the staff key, the door, the button, the badge reader and the exit gate.

Only in shops that have them (`opening.FITTED`). People turn, open and press as they like; the contacts' cables are cut
and mended, the plugs pulled and put back.
"""

from collections.abc import Iterator

from kiosk.world.dice import Choice, Dice
from kiosk.world.stage import Stage

BADGES = ("staff-u1", "staff-u2", "bus ticket 4711")
"""Of two who work here, and of nobody."""
_PLUGS = ("badge_reader", "gate", "exit_reader")
MENDED = (
    "mend the cable of the staff key", "turn the staff key back", "mend the cable of the service door",
    "shut the service door", *(f"plug in {thing}" for thing in _PLUGS),
)  # fmt: skip


class AroundTheLane:
    """Hands at all of it."""

    def __init__(self, stage: Stage, dice: Dice) -> None:
        self._stage, self._dice = stage, dice

    @property
    def is_there(self) -> bool:
        """Whether this shop has any of it."""
        return bool(self._stage.shop.facts.fitted)

    def acts(self) -> str:
        """What somebody does there now."""
        return self._dice.one_of(*self._choices())

    def _choices(self) -> Iterator[Choice]:
        yield 4, self._dice.pick("turn the staff key", "turn the staff key back")
        yield 3, self._dice.pick("open the service door", "shut the service door", "rattle at the service door")
        yield 2, self._dice.pick("press the help button")
        yield 3, lambda: f'hold badge "{self._dice.choice(BADGES)}" to the reader'
        yield 1, lambda: f'leave badge "{self._dice.choice(BADGES)}" at the reader'
        yield 1, self._dice.pick("the badge reader reads what is no badge")
        sold = self._stage.lane.journal.last_sale() is not None
        yield 6 if sold else 0, self._dice.pick("hold the receipt to the exit reader")
        yield 1, self._dice.pick("hold 2222 to the exit reader")
        yield 2, lambda: f"{self._dice.choice(('unplug', 'plug in'))} {self._dice.choice(_PLUGS)}"
        yield 1, lambda: f"{self._dice.choice(('cut', 'mend'))} the cable of the staff key"
        yield 1, lambda: f"{self._dice.choice(('cut', 'mend'))} the cable of the service door"
