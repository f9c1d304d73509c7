"""Keypad: three by four keys for codes, PINs and references."""

from kiosk.checkout.events import Event
from kiosk.ui import layout
from kiosk.ui.measure import text_width
from kiosk.ui.room import FLOOR_PX, GAP_PX, Room
from kiosk.ui.scene import Element, Icon, Label, Rect
from kiosk.ui.screens.face import INK, USUAL_ROOM, target
from kiosk.ui.view import Look, TypeKey
from kiosk.ui.words import Words

_ORDERS = {3: "123456789<0>", 4: "123<4560789>", 6: "123456" + "7890<>"}
"""By columns: the digits row by row, `<` takes one back, `>` is the last key."""


def keypad(
    rect: Rect,
    words: Words,
    ok: str,
    says: Event | Look,
    *,
    room: Room = USUAL_ROOM,
    style: str = "primary",
    gap: int = 14,
    size: int = 46,
    why_not: str = "",
) -> tuple[Element, ...]:
    """Digits, backspace, and the key at the lower right that says `says`: three by four, or in fewer rows where the
    place is too low for four."""
    gap = max(room.px(gap), GAP_PX)
    across = next((n for n in (3, 4) if 12 // n * FLOOR_PX + (12 // n - 1) * gap <= rect.h), 6)
    if across * FLOOR_PX + (across - 1) * gap > rect.w:
        gap = GAP_PX
    cells = layout.grid(rect, across, 12 // across, gap, gap)
    painted: list[Element] = []
    for key, cell in zip(_ORDERS[across], cells, strict=True):
        if key == "<":
            one_back = words.say("Delete one digit")
            painted.append(target(cell, TypeKey("backspace"), one_back, style="key", role="key", radius=room.px(14)))
            painted.append(Icon(cell, "backspace-outline", size=room.icon(48)))
        elif key == ">":
            face = target(cell, says, ok, style=style, why_not=why_not, role="key", radius=room.px(14))
            font = room.font(size) if text_width(ok, room.font(size), 600) <= cell.w - 8 else room.font(28)
            painted += (face, Label(cell, ok, font, 600, colour=INK[face.style], align="centre", max_lines=2))
        else:
            painted += _key(cell, key, room)
    return tuple(painted)


def _key(cell: Rect, digit: str, room: Room) -> tuple[Element, ...]:
    return (
        target(cell, TypeKey(digit), digit, style="key", role="key", radius=room.px(14)),
        Label(cell, digit, room.font(46), 600, align="centre"),
    )
