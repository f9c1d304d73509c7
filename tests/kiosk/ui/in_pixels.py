"""In pixels: what can be read and told apart in a painted scene, measured in its pixels.

A scene is painted twice, with and without its ink (words and icons). Where the two differ is ink, and the second
picture is what is really behind it. What is fully inked must have the contrast of WCAG 2.2 to each ground that it
shares much with: 4.5 for text (1.4.3), 3 for icons and for the border or face of a control (1.4.11). There, what is
disabled is exempt.
"""

from array import array
from collections import Counter
from collections.abc import Iterator
from statistics import median
from typing import NamedTuple

import pygame
from msgspec.structs import replace

from kiosk.ui.fonts import Style
from kiosk.ui.painter import Painter
from kiosk.ui.scene import Box, Button, Element, Icon, Label, Rect, Row, Scene, Word
from kiosk.ui.theme import HIGH_CONTRAST, NORMAL, Colour, Theme, contrast
from kiosk.ui.typesetting import set_text

TEXT, GRAPHIC = 4.5, 3.0
_SHARED = 0.06
"""Of the ink: a ground with less of it is chance, the rim of something below."""
_OUT_PX, _IN_PX = 4, 8
"""Beside the side of a control: so far out is its ground, so far in its border and its face."""
Pair = tuple[int, int]


class Pictures(NamedTuple):
    """The scene as people see it, and with nothing written on it."""

    inked: pygame.Surface
    bare: pygame.Surface
    theme: Theme


def faults(scene: Scene) -> Iterator[str]:
    """Whatever cannot be read or told apart, in words."""
    written = tuple(_without_ink(element) for element in scene.elements)
    theme = HIGH_CONTRAST if scene.contrast == "high" else NORMAL
    seen = Pictures(paint(scene), paint(replace(scene, elements=written)), theme)
    for index, element in enumerate(scene.elements[scene.modal_from :], scene.modal_from):
        if isinstance(element, Button):
            yield from _told_apart(element, scene, seen.inked)
        elif _ink(element) and not _disabled(element.rect, scene.elements[:index]):
            yield from _read(element, seen)
            yield from _cut(index, scene, seen)
            yield from _shortened(element, scene.direction == "rtl")


def paint(scene: Scene) -> pygame.Surface:
    """The scene as people see it."""
    canvas = pygame.Surface(scene.size, 0, 32)
    Painter(canvas).paint(scene)
    return canvas


# --- words and icons --------------------------------------------------------------------------------------------------


def _ink(element: Element) -> str:
    """What is written in it, or drawn as a glyph."""
    if isinstance(element, Label):
        return element.text.replace("**", "").strip()
    if isinstance(element, Row):
        return " ".join(part.text if isinstance(part, Word) else part.name for part in element.parts).strip()
    return element.name if isinstance(element, Icon) else ""


def _without_ink(element: Element) -> Element:
    """The element with nothing written on it; a chip keeps its face, which is as wide as its words."""
    if isinstance(element, Row) and element.fill:
        return replace(element, parts=tuple(replace(part, colour=element.fill) for part in element.parts))
    return Box(element.rect) if isinstance(element, Label | Row | Icon) else element


def _roles(element: Element) -> set[str]:
    """The colours that it asks for."""
    if isinstance(element, Row):
        return {part.colour for part in element.parts if not isinstance(part, Word) or part.text.strip()}
    return {element.colour} if isinstance(element, Label | Icon) else set()


def _disabled(rect: Rect, below: tuple[Element, ...]) -> bool:
    """Whether it stands on a control that cannot be used."""
    faces = [e for e in below if isinstance(e, Button) and e.rect.contains(*_middle(rect))]
    return bool(faces) and bool(faces[-1].why_not)


def _middle(rect: Rect) -> tuple[int, int]:
    return rect.x + rect.w // 2, rect.y + rect.h // 2


def _read(element: Element, seen: Pictures) -> Iterator[str]:
    pairs, need = _pairs(pygame.Rect(element.rect), seen), GRAPHIC if isinstance(element, Icon) else TEXT
    for role in _roles(element):
        colour = seen.theme[role]
        grounds = Counter({ground: count for (ink, ground), count in pairs.items() if ink == _pixel(colour)})
        if not grounds:
            yield f"no ink of {_ink(element)!r} in {element.rect}"
            continue
        shared = [ground for ground, count in grounds.items() if count >= _SHARED * grounds.total()]
        ratio, ground = min((contrast(colour, _colour(ground)), ground) for ground in shared)
        if ratio < need:
            yield f"{_ink(element)!r} has contrast {ratio:.2f}: {role} on #{ground:06X} in {element.rect}"


def _cut(index: int, scene: Scene, seen: Pictures) -> Iterator[str]:
    """Ink on the border of the smallest box or control that it stands on, or of the panel."""
    element = scene.elements[index]
    below = (
        e for e in scene.elements[scene.modal_from : index] if _is_box(e) and e.rect.contains(*_middle(element.rect))
    )
    frame = pygame.Rect(min(map(_border, below), key=lambda r: r.w * r.h, default=Rect(0, 0, *scene.size)))
    near = pygame.Rect(element.rect).inflate(0, element.rect.h // 2)
    edges = [edge.clip(near) for edge in _sides(frame)]
    if not any(_pairs(edge, seen) for edge in edges):
        return
    others = tuple(_without_ink(e) if at == index else e for at, e in enumerate(scene.elements))
    without = seen._replace(bare=paint(replace(scene, elements=others)))  # the ink might be a neighbour's
    if any(_pairs(edge, without) for edge in edges):
        yield f"{_ink(element)!r} in {element.rect} is cut by the border of {tuple(frame)}"


def _border(element: Element) -> Rect:
    """The slip's paper goes on in its torn end."""
    torn = isinstance(element, Box) and element.shadow == "slip"
    return element.rect._replace(h=element.rect.h + 12) if torn else element.rect


def _is_box(element: Element) -> bool:
    """Whether it has a border or a face; a hair line is no box."""
    if isinstance(element, Button):
        return element.style not in ("bare", "line")
    return (
        isinstance(element, Box) and bool(element.fill or element.outline) and min(element.rect.w, element.rect.h) > 4
    )


def _sides(rect: pygame.Rect) -> tuple[pygame.Rect, ...]:
    """Its four sides, one pixel wide."""
    x, y, w, h = rect
    sides = (x, y, w, 1), (x, y + h - 1, w, 1), (x, y, 1, h), (x + w - 1, y, 1, h)
    return tuple(pygame.Rect(side) for side in sides)


def _pairs(area: pygame.Rect, seen: Pictures) -> Counter[Pair]:
    """How many pixels have each ink on each ground, of those where the two pictures differ."""
    area = area.clip(seen.inked.get_rect())
    if not (area.w and area.h):
        return Counter()
    pairs = Counter(zip(_pixels(area, seen.inked), _pixels(area, seen.bare), strict=True))
    return Counter({pair: count for pair, count in pairs.items() if pair[0] != pair[1]})


def _pixels(area: pygame.Rect, canvas: pygame.Surface) -> "array[int]":
    return array("I", canvas.subsurface(area).copy().get_buffer().raw)


def _pixel(colour: Colour) -> int:
    return colour.r << 16 | colour.g << 8 | colour.b


def _colour(pixel: int) -> Colour:
    return Colour(pixel >> 16 & 255, pixel >> 8 & 255, pixel & 255)


def _shortened(element: Element, rtl: bool) -> Iterator[str]:
    """By the real letters; a name of the price book may be shortened."""
    if not isinstance(element, Label) or element.plain:
        return
    style = Style(element.size, element.weight, element.display)
    lines = set_text(element.text, style, element.rect.w, element.max_lines, amount=element.amount, rtl=rtl)
    shown = "".join(run.text for line in lines for run in line.runs)
    if shown.count("…") > element.text.count("…"):
        yield f"{element.text!r} is shortened to {shown!r} in {element.rect}"


# --- controls ---------------------------------------------------------------------------------------------------------


def _told_apart(button: Button, scene: Scene, canvas: pygame.Surface) -> Iterator[str]:
    """Its left, right and upper side, each seen at three places; below, an edge may follow.

    A row of a list lies on paper like a line of a receipt; the chosen one has a mark at a side, or a tick.
    """
    if button.style in ("bare", "disabled") or (button.style == "line" and not button.selected):
        return
    x, y, w, h = button.rect
    upright, across = [h // 4, h // 2, h * 3 // 4], [w // 4, w // 2, w * 3 // 4]
    sides = {
        "left": [((x, y + part), (1, 0)) for part in upright],
        "right": [((x + w - 1, y + part), (-1, 0)) for part in upright],
        "top": [((x + part, y), (0, 1)) for part in across],
    }
    seen = {name: [s for at, into in places if (s := _side(at, into, canvas))] for name, places in sides.items()}
    row = button.style == "line"
    ratios = {name: (max if row else median)(each) for name, each in seen.items() if each}
    if row and (_ticked(button, scene) or max(ratios.values(), default=0) >= GRAPHIC):
        return
    poor = ", ".join(f"{name} {ratio:.2f}" for name, ratio in ratios.items() if ratio < GRAPHIC)
    if poor:
        yield f"button {button.name!r} ({button.style}, {button.role}) is like its ground: {poor} at {button.rect}"


def _ticked(button: Button, scene: Scene) -> bool:
    marks = (e for e in scene.elements if isinstance(e, Icon) and e.name.startswith("check"))
    return any(button.rect.contains(*_middle(mark.rect)) for mark in marks)


def _side(at: tuple[int, int], into: tuple[int, int], canvas: pygame.Surface) -> float:
    """The most that border or face differ from the ground; 0 where the panel ends."""
    (x, y), (dx, dy) = at, into
    line = [(x + dx * step, y + dy * step) for step in range(-_OUT_PX, _IN_PX)]
    if not canvas.get_rect().collidepoint(line[0]):
        return 0.0
    ground, *rest = (Colour(*canvas.get_at(place)[:3]) for place in line)
    return max(contrast(ground, colour) for colour in rest)
