"""Keyboard: keys in rows, for letters and for what numbers and addresses are written with."""

from kiosk.ui import layout
from kiosk.ui.scene import Element, Icon, Label, Rect
from kiosk.ui.screens.face import target
from kiosk.ui.view import TypeKey
from kiosk.ui.words import Words

BACK, FIELD = Rect(32, 24, 224, 88), Rect(288, 24, 960, 88)
COLUMNS = 11
_ROWS = ("1234567890", "QWERTYUIOP-", "ASDFGHJKL_+", "ZXCVBNM.@")
_TOP, _STEP, _KEY_H = 252, 108, 96
_LEFT, _WIDTH, _GAP = 32, 1216, 12


def row(letters: str, y: int, height: int) -> tuple[Element, ...]:
    """One row of keys from the left edge; each types its letter small."""
    cells = layout.columns(Rect(_LEFT, y, _WIDTH, height), COLUMNS, _GAP)
    return tuple(part for letter, cell in zip(letters, cells, strict=False) for part in _key(cell, letter))


def backspace(rect: Rect, words: Words) -> tuple[Element, ...]:
    """The key that takes one letter back."""
    name = words.say("Delete one letter")
    return (
        target(rect, TypeKey("backspace"), name, style="key", role="key", radius=14),
        Icon(rect, "backspace-outline", size=48),
    )


def whole(words: Words) -> tuple[Element, ...]:
    """Four rows with all that an address is made of, and the key that takes one letter back."""
    rows = tuple(part for n, letters in enumerate(_ROWS) for part in row(letters, _TOP + _STEP * n, _KEY_H))
    last = layout.columns(Rect(_LEFT, _TOP, _WIDTH, _KEY_H), COLUMNS, _GAP)[-1]
    return (*rows, *backspace(last, words))


def _key(cell: Rect, letter: str) -> tuple[Element, ...]:
    return (
        target(cell, TypeKey(letter.lower()), letter, style="key", role="key", radius=14),
        Label(cell, letter, 40, 600, align="centre"),
    )
