"""Typed: amounts as people type them on a keypad, and how they look while they do. Pure, and whole minor units."""

from kiosk.ui.words import Words
from kiosk.values.money import ZERO, Money

POINT = "."
"""What the key for the decimal mark types, whatever the language writes there."""


def decimals(words: Words) -> int:
    """How many digits the currency has behind the mark."""
    written = words.amount(ZERO)
    return len(written) - 2 if len(written) > 2 else 0


def mark(words: Words) -> str:
    """What this language writes between whole units and the rest; empty where the currency has no smaller unit."""
    return words.amount(ZERO)[1:2]


def money(typed: str, words: Words) -> Money | None:
    """The amount, or None while it is none: nothing typed, two marks, or more digits behind it than there are."""
    whole, point, rest = typed.partition(POINT)
    places = decimals(words)
    if not (whole or rest) or not (whole + rest).isdecimal() or len(rest) > places or (point and not places):
        return None
    return Money(int((whole or "0") + rest.ljust(places, "0")))


def shown(typed: str, words: Words) -> str:
    """The digits so far with the language's own mark."""
    return typed.replace(POINT, mark(words))
