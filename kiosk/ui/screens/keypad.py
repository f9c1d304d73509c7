"""Keypad: three by four keys for codes, PINs and references."""

from kiosk.checkout.events import Event
from kiosk.ui import layout
from kiosk.ui.scene import Element, Icon, Label, Rect
from kiosk.ui.screens.face import INK, target
from kiosk.ui.view import Look, TypeKey
from kiosk.ui.words import Words

_DIGITS = "123456789"


def keypad(
    rect: Rect,
    words: Words,
    ok: str,
    says: Event | Look,
    *,
    style: str = "primary",
    gap: int = 14,
    size: int = 46,
    why_not: str = "",
) -> tuple[Element, ...]:
    """Digits, backspace, and the key at the lower right that says `says`."""
    cells = layout.grid(rect, 3, 4, gap, gap)
    painted: list[Element] = []
    for digit, cell in zip(_DIGITS, cells, strict=False):
        painted += _key(cell, digit, digit)
    painted += (
        target(cells[9], TypeKey("backspace"), words.say("Delete one digit"), style="key", role="key", radius=14),
        Icon(cells[9], "backspace-outline", size=48),
    )
    painted += _key(cells[10], "0", "0")
    face = target(cells[11], says, ok, style=style, why_not=why_not, role="key", radius=14)
    return (*painted, face, Label(cells[11], ok, size, 600, colour=INK[face.style], align="centre"))


def _key(cell: Rect, text: str, key: str) -> tuple[Element, ...]:
    return (
        target(cell, TypeKey(key), text, style="key", role="key", radius=14),
        Label(cell, text, 46, 600, align="centre"),
    )
