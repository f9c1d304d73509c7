"""Told: a title and a text below it, together in a place, set smaller or without the text where there is no room."""

from typing import Literal

from kiosk.ui.measure import wrap
from kiosk.ui.room import Room
from kiosk.ui.scene import Element, Label, Rect
from kiosk.ui.screens.face import fits

Align = Literal["start", "centre", "end"]


def told(
    place: Rect,
    title: str,
    text: str,
    room: Room,
    *,
    sizes: tuple[int, ...] = (44, 40, 36, 28),
    text_size: int = 28,
    align: Align = "start",
    middle: bool = True,
    colours: tuple[str, str] = ("ink", "ink"),
) -> tuple[Element, ...]:
    """`sizes`: of the title, as the design has them, the first that leaves room for all. `middle`: in the middle of the
    place, else from its top."""
    px, text_px = room.px, room.font(text_size)
    texts = len(wrap(text, place.w, text_px)) if text else 0
    text_h = round(texts * text_px * 1.25) + 2 if text else 0
    gap = px(12) if text else 0
    for size in sizes:
        title_px = room.font(size)
        titles = len(wrap(title, place.w, title_px, 700, True))
        title_h = round(titles * title_px * 1.1) + 2
        if title_h + gap + text_h <= place.h and fits(title, place.w, titles, title_px, 700, True):
            break
    if title_h + gap + text_h > place.h or not fits(text, place.w, texts, text_px, 500):
        text, gap, text_h = "", 0, 0
    top = place.y + (max(0, place.h - title_h - gap - text_h) // 2 if middle else 0)
    head = Label(Rect(place.x, top, place.w, title_h), title, title_px, 700, True, colours[0], align,
                 max_lines=titles, line_height=1.1, valign="top")  # fmt: skip
    if not text:
        return (head,)
    body = Rect(place.x, top + title_h + gap, place.w, text_h)
    return head, Label(body, text, text_px, colour=colours[1], align=align, max_lines=texts, line_height=1.25,
                       valign="top")  # fmt: skip
