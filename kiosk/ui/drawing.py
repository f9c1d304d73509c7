"""Drawing: how each element of a scene looks, as a stamp.

One function an element kind. All lengths are pixels of the element's own scene; colours come from the theme. In the
high contrast look there are no soft fills, shadows or lower edges: cards get a white outline and controls a yellow one
(DESIGN-UI 2.3).
"""

from collections.abc import Callable, Iterator
from math import floor
from typing import Any, NamedTuple

import msgspec
import pygame

from kiosk.ui import artwork, codes, faces, fonts
from kiosk.ui.fonts import Style
from kiosk.ui.goods import CATEGORY, Look, look_of
from kiosk.ui.pressing import DROP_PX
from kiosk.ui.scene import (
    Box,
    Button,
    Code,
    Dots,
    Element,
    Icon,
    Label,
    Mark,
    Picture,
    Progress,
    Rect,
    Ring,
    Row,
    Word,
    Zigzag,
)
from kiosk.ui.stamp import Blit, Fill, Stamp, Stroke, stamp
from kiosk.ui.theme import Theme
from kiosk.ui.typesetting import Line, set_text


class Manner(NamedTuple):
    """What every drawing depends on beside the element."""

    theme: Theme
    rtl: bool = False
    scale: float = 1.0
    """Of the lengths that are not in the element itself: shadows, outlines and edges of buttons, teeth."""


class Face(NamedTuple):
    """A button's look: colour roles and lengths."""

    fill: str
    outline: str = ""
    outline_px: int = 0
    edge: str = ""
    edge_px: int = 0


# DESIGN-UI 2.5 and 4: filled buttons have no outline and 6 px of edge; the others 2 px of outline and 5 px of edge.
FACES: dict[str, Face] = {
    "primary": Face("primary", edge="primary-edge", edge_px=6),
    "sun": Face("sun", edge="sun-edge", edge_px=6),
    "info": Face("info", edge="info-edge", edge_px=6),
    "staff": Face("staff", edge="staff-edge", edge_px=6),
    "danger-filled": Face("bad", edge="bad-edge", edge_px=6),
    "secondary": Face("paper", "line", 2, "line", 5),
    "danger": Face("paper", "bad", 2, "bad", 5),
    "deep": Face("deep2", "deep-line", 2, "deep-line", 5),
    "key": Face("paper", "line", 2, "line", 5),
    "disabled": Face("sunk", "hair", 2),
    "line": Face(""),
    "bare": Face(""),
}
_HIGH_PX = 4
"""Outline of cards and controls in high contrast; what is chosen has 6, what is locked its usual 2."""
_RTL_RISE = 0.09
"""Of the size of the letters."""
_FOR_DARK = ("svg:logo", "svg:scan-dark", "svg:scan-dark-item", "svg:closed", "svg:thanks")
"""Pictures that stand on dark ground in every look."""
SELECTED = Face("primary-soft", "primary", 4)
SELECTED_STAFF = Face("staff-soft", "staff", 4)


def draw(element: Element, manner: Manner) -> Stamp:
    """The element's stamp."""
    return stamp(_DRAWERS[type(element)](element, manner))


def _box(box: Box, manner: Manner) -> Iterator[Stroke]:
    theme = manner.theme
    if theme.high and box.radius and box.fill and not box.outline:
        box = msgspec.structs.replace(box, outline="ink", outline_px=_HIGH_PX)
    if box.shadow and not theme.high:
        yield from faces.shadow(box.rect, box.shadow, manner.scale)
    look = Face(box.fill, box.outline, box.outline_px, box.edge, box.edge_px)
    yield from _face(box.rect, look, box.radius, theme)
    if box.shadow == "slip" and theme.high:
        yield from _paper_sides(box.rect, manner)


def _paper_sides(rect: Rect, manner: Manner) -> Iterator[Stroke]:
    """The outline of the paper, which hangs from the top of the screen and ends in the zigzag."""
    line, ink = _scaled(_HIGH_PX, manner), manner.theme["ink"]
    yield Fill(pygame.Rect(rect.x, rect.y, line, rect.h), ink)
    yield Fill(pygame.Rect(rect.x + rect.w - line, rect.y, line, rect.h), ink)
    if rect.y:
        yield Fill(pygame.Rect(rect.x, rect.y, rect.w, line), ink)


def _face(rect: Rect, look: Face, radius: int, theme: Theme) -> Iterator[Stroke]:
    flat = theme.high
    return faces.face(
        rect,
        fill=theme[look.fill] if look.fill else None,
        outline=theme[look.outline] if look.outline else None,
        outline_px=look.outline_px,
        radius=radius,
        edge=theme[look.edge] if look.edge and not flat else None,
        edge_px=look.edge_px,
    )


def _button(button: Button, manner: Manner) -> Iterator[Stroke]:
    look = FACES[button.style]
    if button.selected:
        look = _selected(button.style, manner.theme.high)
    if manner.theme.high and look.outline:
        usual = look.outline_px if button.style == "disabled" else _HIGH_PX
        look = look._replace(outline_px=6 if button.selected else usual)
    if button.role == "tab":
        look = look._replace(edge="", edge_px=0)
    if button.pressed and button.style == "line":
        look = Face("sunk")
    look = look._replace(outline_px=_scaled(look.outline_px, manner), edge_px=_scaled(look.edge_px, manner))
    rect = button.rect
    if button.pressed and look.edge_px:
        drop = min(_scaled(DROP_PX, manner), look.edge_px)
        rect = rect._replace(y=rect.y + drop)
        look = look._replace(edge_px=look.edge_px - drop)
    yield from _face(rect, look, button.radius, manner.theme)


def _selected(style: str, high: bool) -> Face:
    """What has no face of its own is marked by what its screen draws below it; a row is framed in high contrast."""
    if style in ("line", "bare"):
        return Face("", "primary", _HIGH_PX) if high and style == "line" else Face("")
    return SELECTED_STAFF if style == "staff" else SELECTED


def _scaled(pixels: int, manner: Manner) -> int:
    return max(round(pixels * manner.scale), 1) if pixels else 0


def _label(label: Label, manner: Manner) -> Iterator[Stroke]:
    style = Style(label.size, label.weight, label.display)
    lines = set_text(
        label.text,
        style,
        label.rect.w,
        label.max_lines,
        amount=label.amount,
        plain=label.plain,
        rtl=manner.rtl,
    )
    pitch = label.size * label.line_height
    top: float = label.rect.y
    if label.valign != "top":
        spare = label.rect.h - pitch * len(lines)
        top += spare / 2 if label.valign == "middle" else spare
    colour = manner.theme[label.colour]
    set_lines = [_pictures(line, colour) for line in lines]
    bases = [base_line(top + index * pitch, pitch, style, manner.rtl) for index in range(len(lines))]
    if manner.rtl:
        bases = _kept_inside(bases, [pictures for pictures, _ in set_lines], label.rect)
    for (pictures, width), base in zip(set_lines, bases, strict=True):
        x = _aligned(label.align, label.rect, width, manner.rtl)
        for surface, dx, dy in pictures:
            yield Blit(surface, x + dx, base + dy)
        if label.strike:
            thick = max(2, label.size // 14)
            yield Fill(pygame.Rect(x, base - round(label.size * 0.28) - thick // 2, width, thick), colour)


def base_line(top: float, pitch: float, style: Style, rtl: bool = False) -> int:
    """Where the letters stand in a line box that begins at `top` and is `pitch` high.

    Half of the spare goes above, rounded down as CSS engines do, because the screens were designed in one. Arabic
    letters reach further down than Latin ones, which the height of the line is made for: `rtl` stands a little higher.
    """
    ascent, descent = fonts.metrics(style)
    rise = style.size * _RTL_RISE if rtl else 0
    return floor(top + ascent + floor((pitch - ascent - descent) / 2) - rise + 0.5)


def _pictures(line: Line, colour: tuple[int, ...]) -> tuple[list[Blit], int]:
    """The line's pictures from its left end and its base line, and its width, which they tell without measuring."""
    pictures: list[Blit] = []
    width = 0
    for run in line.runs:
        for surface, dy in fonts.render(run.text, run.style, colour):
            pictures.append(Blit(surface, width, dy))
            width += surface.get_width()
    return pictures, width


def _kept_inside(bases: list[int], lines: list[list[Blit]], rect: Rect) -> list[int]:
    """The base lines moved as little as keeps all ink inside, off the border; what is too high is set closer."""
    top, end = rect.y + rect.h // 24, rect.y + rect.h - rect.h // 24
    placed = [(base, picture) for base, pictures in zip(bases, lines, strict=True) for picture in pictures]
    inked = [(base + picture.y, picture.surface.get_bounding_rect()) for base, picture in placed]
    tops, ends = [y + ink.top for y, ink in inked if ink.h], [y + ink.bottom for y, ink in inked if ink.h]
    if not tops:
        return bases
    above, below = min(tops) - top, end - max(ends)
    if above + below >= 0:
        move = max(-above, 0) or min(below, 0)
        return [base + move for base in bases]
    if len(bases) == 1:
        return bases
    closer = min(-(above + below), (ends[0] - tops[0]) // 5)
    first = (below + closer - above) // 2
    return [base + first - closer * index // (len(bases) - 1) for index, base in enumerate(bases)]


def _aligned(align: str, rect: Rect, width: int, rtl: bool) -> int:
    if align == "centre":
        return rect.x + (rect.w - width) // 2
    left = (align == "start") != rtl
    return rect.x if left else rect.x + rect.w - width


def _row(row: Row, manner: Manner) -> Iterator[Stroke]:
    inner = row.rect.w - 2 * row.pad
    set_parts = _parts(row, inner, manner)
    widths = [part.size if isinstance(part, Mark) else _widest(part[1]) for part in set_parts]
    width = sum(widths) + row.gap * (len(widths) - 1) + 2 * row.pad
    x = _aligned(row.align, row.rect, width, manner.rtl)
    if row.fill:
        yield from _face(Rect(x, row.rect.y, width, row.rect.h), Face(row.fill), row.radius, manner.theme)
    x += row.pad
    ordered = list(zip(set_parts, widths, strict=True))
    for part, wide in reversed(ordered) if manner.rtl else ordered:
        if isinstance(part, Mark):
            yield _mark(part.name, part.size, part.colour, x + part.size // 2, row.rect, manner)
        else:
            yield from _word(part[0], part[1], Rect(x, row.rect.y, wide, row.rect.h), manner)
        x += wide + row.gap


_SetWord = tuple[Word, tuple[Line, ...]]


def _parts(row: Row, width: int, manner: Manner) -> list[Mark | _SetWord]:
    """Each word set in lines. The widest word that is no amount yields when the row is too narrow."""
    out: list[Mark | _SetWord] = [
        part if isinstance(part, Mark) else (part, _set_word(part, 1 << 20, 1, manner)) for part in row.parts
    ]
    sizes = [part.size if isinstance(part, Mark) else _widest(part[1]) for part in out]
    excess = sum(sizes) + row.gap * (len(sizes) - 1) - width
    words = [i for i, part in enumerate(row.parts) if isinstance(part, Word) and not part.amount]
    if excess > 0 and words:
        yielding = max(words, key=sizes.__getitem__)
        word = row.parts[yielding]
        assert isinstance(word, Word)
        out[yielding] = (word, _set_word(word, max(sizes[yielding] - excess, 1), word.max_lines, manner))
    return out


def _set_word(word: Word, width: int, max_lines: int, manner: Manner) -> tuple[Line, ...]:
    style = Style(word.size, word.weight, word.display)
    return set_text(word.text, style, width, max_lines, amount=word.amount, rtl=manner.rtl)


def _widest(lines: tuple[Line, ...]) -> int:
    return max(line.width for line in lines)


def _word(word: Word, lines: tuple[Line, ...], rect: Rect, manner: Manner) -> Iterator[Stroke]:
    style = Style(word.size, word.weight, word.display)
    pitch = word.size * 1.15
    top = rect.y + (rect.h - pitch * len(lines)) / 2
    set_lines = [_pictures(line, manner.theme[word.colour])[0] for line in lines]
    bases = [base_line(top + index * pitch, pitch, style, manner.rtl) for index in range(len(lines))]
    if manner.rtl or len(lines) > 1:
        bases = _kept_inside(bases, set_lines, rect)
    for line, pictures, base in zip(lines, set_lines, bases, strict=True):
        x = rect.x + (rect.w - line.width if manner.rtl else 0)
        for surface, dx, dy in pictures:
            yield Blit(surface, x + dx, base + dy)


def _mark(name: str, size: int, colour: str, centre: int, rect: Rect, manner: Manner) -> Blit:
    glyph = fonts.icon(name, size, manner.theme[colour])
    left = centre - glyph.surface.get_width() // 2
    return Blit(glyph.surface, left, rect.y + (rect.h - size) // 2 - glyph.rise)


def _icon(icon: Icon, manner: Manner) -> Iterator[Stroke]:
    yield _mark(icon.name, icon.size, icon.colour, icon.rect.x + icon.rect.w // 2, icon.rect, manner)


def _picture(picture: Picture, manner: Manner) -> Iterator[Stroke]:
    x, y, w, h = picture.rect
    source = picture.source
    if picture.stand_in and not artwork.is_hung(source) and not artwork.is_ours(source):
        source = picture.stand_in
    if source.startswith(CATEGORY):
        yield from _category(picture.rect, look_of(source.removeprefix(CATEGORY)), manner)
        return
    surface = artwork.picture(source, w, h)
    if manner.theme.high and picture.source not in _FOR_DARK:
        yield from _face(picture.rect, Face("white"), _scaled(12, manner), manner.theme)
    if picture.opacity < 255:
        surface = surface.copy()
        surface.set_alpha(picture.opacity)
    yield Blit(surface, x + (w - surface.get_width()) // 2, y + (h - surface.get_height()) // 2)


def _category(rect: Rect, look: Look, manner: Manner) -> Iterator[Stroke]:
    """A square of the category's colour with its icon, two thirds as high."""
    side = min(rect.w, rect.h)
    tile = Rect(rect.x + (rect.w - side) // 2, rect.y + (rect.h - side) // 2, side, side)
    yield from _face(tile, Face(look.ground), side // 6, manner.theme)
    yield _mark(look.icon, max(side * 2 // 3, 1), look.colour, tile.x + side // 2, tile, manner)


def _code(code: Code, manner: Manner) -> Iterator[Stroke]:
    x, y, w, h = code.rect
    yield Fill(pygame.Rect(code.rect), manner.theme["white"])
    surface = codes.code(code.kind, code.text, w, h)
    yield Blit(surface, x + (w - surface.get_width()) // 2, y + (h - surface.get_height()) // 2)


def _zigzag(zigzag: Zigzag, manner: Manner) -> Iterator[Stroke]:
    x, y, width, high = zigzag.rect
    teeth = max(round(width / (24 * manner.scale)), 1)
    step = width / teeth
    points: list[tuple[float, float]] = [(0, 0)]
    for tooth in range(teeth):
        points += [((tooth + 0.5) * step, high), ((tooth + 1) * step, 0)]
    if not manner.theme.high:
        yield Blit(faces.smooth_polygon((width, high), points, manner.theme[zigzag.fill]), x, y)
        return
    line = _scaled(_HIGH_PX, manner)
    low = [(left, top + line / 2) for left, top in points]
    surface = faces.smooth_polygon((width, high + line), low, manner.theme["ink"], line)
    yield Blit(surface, x, y - line // 2)


def _dots(dots: Dots, manner: Manner) -> Iterator[Stroke]:
    x, y, width, high = dots.rect
    dot = faces.rounded((high, high), high // 2, manner.theme[dots.colour])
    for left in range(0, width - high + 1, 2 * high):
        yield Blit(dot, x + left, y)


def _ring(ring: Ring, manner: Manner) -> Iterator[Stroke]:
    theme = manner.theme
    side = min(ring.rect.w, ring.rect.h)
    surface = faces.arc(side, ring.width, ring.share_permille, theme[ring.colour], theme[ring.track])
    yield Blit(surface, ring.rect.x + (ring.rect.w - side) // 2, ring.rect.y + (ring.rect.h - side) // 2)


def _progress(progress: Progress, manner: Manner) -> Iterator[Stroke]:
    x, y, w, h = progress.rect
    yield from _face(progress.rect, Face(progress.track), h // 2, manner.theme)
    block = w * 34 // 100
    left = x + (w - block) * progress.position_permille // 1000
    yield from _face(Rect(left, y, block, h), Face(progress.fill), h // 2, manner.theme)


_DRAWERS: dict[type, Callable[[Any, Manner], Iterator[Stroke]]] = {
    Box: _box,
    Button: _button,
    Label: _label,
    Row: _row,
    Icon: _icon,
    Picture: _picture,
    Code: _code,
    Zigzag: _zigzag,
    Dots: _dots,
    Ring: _ring,
    Progress: _progress,
}
