"""Prompt: a panel that fills the stage with a picture, a title, a few lines of text and one or two answers.

The slip beside it stays in sight. It is built from below: the answers, the words right above them, and the picture in
what is left. Where there is nothing left, words go before the picture, and before the brand bar.
"""

from typing import NamedTuple

from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.measure import wrap
from kiosk.ui.room import Room
from kiosk.ui.scene import Box, Element, Icon, Label, Picture, Rect
from kiosk.ui.screens.banner import Banner, paint
from kiosk.ui.screens.brand import brand
from kiosk.ui.screens.face import USUAL_ROOM
from kiosk.ui.words import Words

_LEAST_PICTURE = 80
_PICTURE_RATIO = 1.5
_WORDS_OVER_ANSWERS = 130
"""From the answers up to where a text of two lines begins; a longer one begins higher."""


class Prompt(NamedTuple):
    """What was painted, and where the answers belong: two beside each other, or one over both places."""

    elements: tuple[Element, ...]
    left: Rect
    right: Rect
    both: Rect
    picture: Rect
    """Where the picture stands; no height: it yielded."""


def prompt(
    state: State,
    words: Words,
    *,
    fill: str,
    picture: str,
    title: str,
    text: str,
    shown: Banner | None = None,
    above_px: int = 0,
    answers: tuple[str, ...] = (),
    refuses: bool = False,
    room: Room = USUAL_ROOM,
) -> Prompt:
    """Brand bar, panel and words; the answers are the screen's own.

    `answers`: what stands on them, so that they are high enough for it.
    `above_px`: how much higher the words stand, where a screen has more than answers below them. A banner that leaves
    no room for all the words takes the place of the text. `refuses`: in high contrast a frame and an octagon say so.
    """
    px = room.px
    panel = room.zones.prompt_under_banner if shown else room.zones.prompt
    wide = panel.w - 2 * px(36)
    answer_h = answer_height(answers, wide, room)
    place = Rect(panel.x + px(36), layout.below(panel) - px(30) - answer_h, wide, answer_h)
    words_end = place.y - above_px
    head, body = _words(title, text, panel, words_end, wide, room)
    alone = head.rect.y < panel.y + px(8)
    if alone and shown:
        head, body = _words(title, "", panel, words_end, wide, room)
    if alone and not shown and not room.portrait:
        panel = Rect(panel.x, px(16), panel.w, layout.below(panel) - px(16))
    drawing = _drawing(panel, head.rect.y, shown is not None, room)
    left, right = layout.columns(place, 2, px(16))
    framed = refuses and state.settings.high_contrast
    outlined = ("ink", 6) if framed else ("", 0)
    drawn = Icon(drawing, "alert-octagon", "ink", drawing.h) if framed else Picture(drawing, picture)
    return Prompt(
        (
            *(() if alone or (shown and room.large) else brand(state, words, room=room)),
            *(paint(shown, room.zones.banner, words, room) if shown else ()),
            Box(panel, fill, *outlined, radius=px(28)),
            *((drawn,) if drawing.h else ()),
            head,
            *((body,) if body.text else ()),
        ),
        left,
        right,
        place,
        drawing,
    )


def answer_height(answers: tuple[str, ...], wide: int, room: Room, size: int = layout.BODY) -> int:
    """The usual height, or as much as the longest of two answers beside each other takes without its icon."""
    font = room.font(size)
    each = wide if len(answers) == 1 else (wide - room.px(16)) // 2
    lines = max((len(wrap(text, each - 2 * room.px(8), font, 600)) for text in answers), default=1)
    return max(room.touch(112 if room.large else 88), round(lines * font * 1.15) + 14 if lines > 2 else 0)


def _words(title: str, text: str, panel: Rect, end: int, wide: int, room: Room) -> tuple[Label, Label]:
    """Title and text, standing on `end`; set closer together where they would not fit otherwise."""
    px, text_px = room.px, room.font(layout.BODY)
    texts = len(wrap(text, wide, text_px)) if text else 0
    for line_height, title_px in ((1.3, room.font(layout.TITLE)), (1.12, room.font(layout.TITLE)), (1.1, text_px)):
        titles = len(wrap(title, wide, title_px, 700, True))
        text_h = round(texts * text_px * line_height)
        usual = px(_WORDS_OVER_ANSWERS) if line_height > 1.2 else 0  # the two close settings waste nothing
        top = end - max(usual, text_h + px(33 if usual else 12))
        title_h = round(titles * title_px * 1.1)
        head = Rect(panel.x + px(36), top - px(12) - title_h, wide, title_h)
        if head.y >= panel.y + px(8):
            break
    return (
        Label(head, title, title_px, 700, True, max_lines=max(1, titles), line_height=1.1),
        Label(Rect(head.x, top, wide, max(text_h, px(112) if usual else 0)), text, text_px, valign="top",
              max_lines=max(3, texts), line_height=line_height),
    )  # fmt: skip


def _drawing(panel: Rect, words_y: int, under_banner: bool, room: Room) -> Rect:
    above, below = (room.px(8), room.px(6)) if under_banner else (room.px(26), room.px(14))
    high = words_y - below - panel.y - above
    if high < room.px(_LEAST_PICTURE):
        return Rect(panel.x, panel.y, 0, 0)
    wide = min(round(high * _PICTURE_RATIO), panel.w - 2 * room.px(36))
    return Rect(panel.x + (panel.w - wide) // 2, panel.y + above, wide, high)
