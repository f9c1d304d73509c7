"""00 Adoption: what a machine shows that belongs to no store yet: a code for whoever adopts it, or why there is none.

Only operators see it, before any shopper comes, and before the machine knows which languages its shop speaks: so it
speaks the console's, English. The layout is its own too: one column of text and a QR code beside or below it.
"""

from itertools import product
from typing import NamedTuple

import msgspec

from kiosk.ui.measure import text_width, wrap
from kiosk.ui.panel import Panel
from kiosk.ui.scene import Box, Code, Element, Label, Rect, Scene


class Standing(msgspec.Struct, frozen=True):
    """Where the machine is on its way. Without `code` there is a `trouble`, in words, under a `title`; with it they are
    why a machine that was a till needs a code again.

    `number` is what the console calls this machine, `link` what the QR code says, `store` the address that it asks.
    """

    code: str = ""
    number: str = ""
    link: str = ""
    store: str = ""
    title: str = ""
    trouble: tuple[str, ...] = ()


class _Text(NamedTuple):
    """A paragraph: its size on the design's panel, which the scale multiplies."""

    text: str
    size: int
    weight: int = 500
    colour: str = "ink"
    display: bool = False
    lines: int = 6
    gap: int = 20


_SCALES = (170, 150, 135, 120, 110, 100, 92, 84, 76, 70, 62, 54, 46)
"""Percent of the design's sizes; the largest is taken at which all has room."""
_SHARES = (45, 38, 32, 26)
"""Percent of the panel's longer side that the QR code has: less where the words, which are the other way, need room.
Where even that is not enough, as beside a trouble on 800 x 480, the last line gives way: which store is asked."""


def scene(standing: Standing, panel: Panel) -> Scene:
    """The screen on this panel."""
    width, height = panel.size
    edge = min(width, height) // 16
    texts = _waiting(standing) if standing.code else _troubled(standing)
    all_ = Rect(edge, edge, width - 2 * edge, height - 2 * edge)
    elements: list[Element] = []
    labels, _ = _column(texts, all_, panel)
    if standing.code and standing.link:
        for told, share in (*product((texts,), _SHARES), (texts[:-1], _SHARES[-1])):
            column, frame = _beside(all_, edge, share) if width > height else _below(all_, edge, share)
            labels, has_room = _column(told, column, panel)
            if has_room:
                break
        elements = [Box(frame, "paper", radius=edge // 2), Code(_inset(frame, edge // 3), standing.link)]
    return Scene("00-adoption", panel.size, "ground", (*labels, *elements), title=texts[0].text)


def _waiting(standing: Standing) -> tuple[_Text, ...]:
    scan = "Scan the code with a phone that is signed in to the console, or type it there under **Operators**."
    first = scan if standing.link else "Type this code in the store's console, under **Operators**."
    return (
        _Text(standing.title or "New checkout", 40, 800, display=True, lines=2 if standing.title else 1, gap=8),
        *(_Text(text, 24) for text in standing.trouble),
        _Text(standing.code, 104, 800, "primary", True, lines=1, gap=28),
        _Text(f"1. {first}", 28),
        _Text(f"2. The console must show this machine: **{standing.number}**", 28),
        _Text("3. Choose which checkout it is. Then this screen goes on by itself.", 28),
        _Text(f"Store: {standing.store} · another code every half hour", 24, 500, "ink2", gap=0),
    )


def _troubled(standing: Standing) -> tuple[_Text, ...]:
    return (
        _Text(standing.title, 56, 800, display=True, lines=3, gap=32),
        *(_Text(text, 32, lines=8) for text in standing.trouble),
    )


def _beside(all_: Rect, edge: int, share: int) -> tuple[Rect, Rect]:
    side = min(all_.h, all_.w * share // 100)
    frame = Rect(all_.x + all_.w - side, all_.y + (all_.h - side) // 2, side, side)
    return all_._replace(w=all_.w - side - edge), frame


def _below(all_: Rect, edge: int, share: int) -> tuple[Rect, Rect]:
    side = min(all_.w, all_.h * share // 100)
    frame = Rect(all_.x + (all_.w - side) // 2, all_.y + all_.h - side, side, side)
    return all_._replace(h=all_.h - side - edge), frame


def _inset(frame: Rect, by: int) -> Rect:
    return Rect(frame.x + by, frame.y + by, frame.w - 2 * by, frame.h - 2 * by)


def _column(texts: tuple[_Text, ...], place: Rect, panel: Panel) -> tuple[tuple[Label, ...], bool]:
    """From the top, at the largest scale at which every paragraph has room; and whether there is such a scale."""
    for scale in _SCALES:
        labels, end = _set(texts, place, scale, panel.floor_px)
        if has_room := bool(labels) and end <= place.y + place.h:
            break
    down = max(0, place.y + place.h - end) // 2
    moved = (msgspec.structs.replace(one, rect=one.rect._replace(y=one.rect.y + down)) for one in labels)
    return tuple(moved), has_room


def _set(texts: tuple[_Text, ...], place: Rect, scale: int, floor_px: int) -> tuple[list[Label], int]:
    y, labels = place.y, []
    for one in texts:
        size = max(floor_px, one.size * scale // 100)
        if one.lines == 1 and text_width(one.text, size, one.weight, one.display) > place.w and scale != _SCALES[-1]:
            return [], 0
        lines = min(one.lines, max(1, len(wrap(one.text, place.w, size, one.weight, one.display))))
        high = lines * size * 13 // 10
        labels.append(
            Label(
                Rect(place.x, y, place.w, high), one.text, size, one.weight, one.display, one.colour,  # type: ignore[arg-type]
                max_lines=lines, valign="top", line_height=1.25,
            )
        )  # fmt: skip
        y += high + one.gap * scale // 100
    return labels, y
