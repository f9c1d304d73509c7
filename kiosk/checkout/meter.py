"""Meter: what a cash machine counts of itself, and what can be paid out of that. Pure.

Between two readings, with nothing else going on, the difference of what is stored is what was paid out, and the
difference of the coins what was put in. Notes are known one by one: each is on disk before it is taken in.
"""

from collections.abc import Iterable

import msgspec

from kiosk.values.money import Money


class Meter(msgspec.Struct, frozen=True, forbid_unknown_fields=True, array_like=True):
    """One reading. `levels`: what it can pay out, as (minor units of a piece, how many)."""

    levels: tuple[tuple[int, int], ...] = ()
    coins_minor: int = 0
    """Rises by every coin that is put in."""
    notes: int = 0
    """Notes that it has ever taken in."""
    lost: int = 0
    """How often it has taken something of which it cannot say what it was."""
    mark: str = ""
    """What a machine that does not count for itself is told by a lane that starts anew."""

    @property
    def stored(self) -> Money:
        """What it can pay out, all together."""
        return Money(sum(value * count for value, count in self.levels))


def pays(meter: Meter, amount: Money) -> bool:
    """Whether it has the pieces: the largest first, as machines do it. Nothing it can always pay."""
    rest = amount.minor
    for value, count in sorted(meter.levels, reverse=True):
        rest -= value * min(rest // value, count)
    return not rest


def gives_change(meter: Meter, step_minor: int, notes: Iterable[int]) -> bool:
    """Whether it could give the change for its smallest note (`notes` are minor units), whatever is bought with it."""
    smallest = min(notes, default=0)
    return all(pays(meter, Money(minor)) for minor in range(step_minor, smallest, step_minor))
