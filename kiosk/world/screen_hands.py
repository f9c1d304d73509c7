"""Screen hands: how somebody of the crowd writes a touch, by what a button is called or by what it says.

Whatever is written begins with `perhaps`: the button may be gone when the line is told.
"""

from collections.abc import Sequence

from kiosk.checkout.events import Event
from kiosk.ui.scene import Button, buttons
from kiosk.world.dice import Dice
from kiosk.world.stage import Stage

_NOTHING = "wait 1 s"
"""For somebody who looks for a button that is not there."""


class ScreenHands:
    """The fingers of everybody at one lane."""

    def __init__(self, stage: Stage, dice: Dice) -> None:
        self._stage, self._dice = stage, dice

    def tap(self, *english: str) -> str:
        """One of these buttons that may be touched now, by its English name."""
        names, ready = [self._stage.say(one) for one in english], {b.name for b in self._ready()}
        there = [name for name in names if name in ready]
        return _touch(self._dice.choice(there)) if there else _NOTHING

    def tap_what_begins(self, english: str) -> str:
        """The first whose name begins like this one, up to its blank."""
        begins = self._stage.say(english).split("{")[0]
        return next((_touch(b.name) for b in self._ready() if b.name.startswith(begins)), _NOTHING)

    def does(self, *kinds: type[Event]) -> str:
        """One that says one of these events and may be touched now."""
        names = [b.name for b in self._ready() if isinstance(b.says, kinds)]
        return _touch(self._dice.choice(names)) if names else _NOTHING

    def can(self, *kinds: type[Event]) -> bool:
        """Whether there is one that says one of these events and may be touched now."""
        return any(isinstance(b.says, kinds) for b in self._ready())

    def line(self) -> str:
        """A line of a basket or of a receipt."""
        names = [b.name for b in self._ready() if b.role == "line"]
        return _touch(self._dice.choice(names)) if names else _NOTHING

    def any_but(self, *english: str, seldom: str) -> str:
        """Any that does something, except these; and one of them hardly ever."""
        never = [self._stage.say(one) for one in english]
        names = [b.name for b in self._ready() if b.name not in never]
        if (rare := self._stage.say(seldom)) in names and self._dice.random() < 0.8:
            names.remove(rare)
        return _touch(self._dice.choice(names)) if names else _NOTHING

    def _ready(self) -> Sequence[Button]:
        return [b for b in buttons(self._stage.lane.scene) if not b.why_not and '"' not in b.name]


def _touch(name: str) -> str:
    return f'perhaps tap "{name}"'
