"""Staff keys: pads of the staff's forms: amounts to the last minor unit, and numbers of letters and digits.

Keys are never under the floor: a low place has fewer rows, a narrow one fewer columns.
"""

from kiosk.ui import layout
from kiosk.ui.room import FLOOR_PX, GAP_PX, Room
from kiosk.ui.scene import Element, Icon, Label, Rect
from kiosk.ui.screens.face import target
from kiosk.ui.view import TypeKey
from kiosk.ui.words import Words

_AMOUNT = {3: "123456789<0#", 4: "123<4560789#", 6: "1234567890#<"}
"""By columns; `<` takes one back, `#` is two noughts."""
_ROWS = ("1234567890-", "QWERTYUIOP<", "ASDFGHJKL", "ZXCVBNM")


def amount_keys(place: Rect, words: Words, room: Room) -> tuple[Element, ...]:
    """Digits for an amount."""
    gap = max(room.px(12), GAP_PX)
    across = next((n for n in (3, 4) if 12 // n * (FLOOR_PX + gap) - gap <= place.h), 6)
    cells = layout.grid(place, across, 12 // across, max(room.px(16), GAP_PX) if across == 3 else GAP_PX, gap)
    return tuple(e for key, cell in zip(_AMOUNT[across], cells, strict=True) for e in _key(cell, key, words, room))


def code_keys(place: Rect, words: Words, room: Room) -> tuple[Element, ...]:
    """Letters, digits and a dash: as on a keyboard, or in reading order where that is too wide."""
    gap = max(room.px(12), GAP_PX)
    across = min(len(_ROWS[0]), (place.w + GAP_PX) // (FLOOR_PX + GAP_PX))
    gap = gap if across * (FLOOR_PX + gap) - gap <= place.w else GAP_PX
    every = "".join(_ROWS)
    rows = _ROWS if across == len(_ROWS[0]) else tuple(every[i : i + across] for i in range(0, len(every), across))
    down = gap if len(rows) * (FLOOR_PX + gap) - gap <= place.h else GAP_PX
    high = min((place.h - (len(rows) - 1) * down) // len(rows), room.touch(116 if room.portrait else 84))
    painted: list[Element] = []
    for number, letters in enumerate(rows):
        line = Rect(place.x, place.y + number * (high + down), place.w, high)
        for key, cell in zip(letters, layout.columns(line, across, gap), strict=False):
            painted += _key(cell, key, words, room, letters=True)
    return tuple(painted)


def _key(cell: Rect, key: str, words: Words, room: Room, *, letters: bool = False) -> tuple[Element, ...]:
    radius = room.px(14)
    if key == "<":
        name = words.say("Delete one letter") if letters else words.say("Delete one digit")
        face = target(cell, TypeKey("backspace"), name, style="key", role="key", radius=radius)
        return face, Icon(cell, "backspace-outline", size=room.icon(48))
    text = "00" if key == "#" else key
    face = target(cell, TypeKey(text.lower()), text, style="key", role="key", radius=radius)
    return face, Label(cell, text, room.font(40), 600, align="centre")
