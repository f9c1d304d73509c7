"""Dice: one source of chance, and how a choice is written for it."""

from collections.abc import Callable, Sequence
from random import Random
from typing import TypeVar

Choice = tuple[int, Callable[[], str]]
"""How likely (in proportion to the others), and what is written then."""
T = TypeVar("T")


class Dice:
    """Everything that happens by chance comes from here, in order: the same seed, the same day."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance

    def one_of(self, *choices: Choice) -> str:
        """The line of one choice."""
        (act,) = self._chance.choices([act for _, act in choices], [weight for weight, _ in choices])
        return act()

    def pick(self, *lines: str) -> Callable[[], str]:
        """One of these lines, when it is asked for."""
        return lambda: self._chance.choice(lines)

    def choice(self, among: Sequence[T]) -> T:
        """One of these, now."""
        return self._chance.choice(among)

    def number(self, least: int, most: int) -> int:
        """Both ends included."""
        return self._chance.randint(least, most)

    def random(self) -> float:
        """From 0 to 1, without 1."""
        return self._chance.random()

    def taken_from(self, things: list[T]) -> T:
        """One of these, which is no longer among them."""
        return things.pop(self._chance.randrange(len(things)))
