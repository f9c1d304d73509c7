"""Code page: a panel with a large QR code, words beside or below it, and the answers at its foot (11b, 14b).

The code is as large as the panel lets it be, since a phone must read it; the words take what is left.
"""

from typing import NamedTuple

from kiosk.ui import layout
from kiosk.ui.room import Room
from kiosk.ui.scene import Box, Code, Element, Rect
from kiosk.ui.screens.banner import Banner, paint
from kiosk.ui.words import Words

_LEAST = 340
"""A phone at arm's length reads this (DESIGN-UI 4)."""


class CodePage(NamedTuple):
    """What was painted, and the places of the code, the words and the answers."""

    elements: tuple[Element, ...]
    frame: Rect
    words: Rect
    answers: Rect


def code_page(shown: Banner | None, words: Words, room: Room) -> CodePage:
    """The panel, below the banner if there is one."""
    px = room.px
    panel = room.zones.prompt_under_banner if shown else room.zones.prompt
    if room.large and not room.portrait and not shown:
        panel = Rect(panel.x, px(16), panel.w, layout.below(panel) - px(16))
    answer_h = room.touch(112 if room.large else 88)
    answers = Rect(panel.x + px(32), layout.below(panel) - px(18) - answer_h, panel.w - 2 * px(32), answer_h)
    inside = Rect(answers.x, panel.y + px(28), answers.w, answers.y - px(20) - panel.y - px(28))
    widest = max(inside.w * (46 if room.large else 62) // 100, px(_LEAST))
    side = min(inside.h, widest, px(398 if not room.portrait else 520))
    frame = Rect(inside.x, inside.y, side, side)
    beside = Rect(inside.x + side + px(28), inside.y, inside.w - side - px(28), inside.h)
    return CodePage(
        (*(paint(shown, room.zones.banner, words, room) if shown else ()), Box(panel, "paper", radius=px(28))),
        frame,
        beside,
        answers,
    )


def framed(frame: Rect, code: str, room: Room) -> tuple[Element, ...]:
    """The code in its frame, or the frame alone while there is none."""
    plate = Box(frame, "white", "hair", 3, room.px(20))
    return (plate, Code(layout.inset(frame, room.px(11)), code)) if code else (plate,)
