"""Painter: puts scenes on a canvas and repaints only what differs from the scene before.

Each element becomes a stamp once (`drawing`), kept while it is on the screen and some time after. A scene is compared
with the one before (`damage`); inside each damaged rectangle the ground and every stamp that reaches into it are
painted again, back to front, clipped to it. The pixels are the same as of a full repaint.
"""

from collections import OrderedDict
from collections.abc import Hashable
from pathlib import Path
from typing import NamedTuple

import msgspec
import pygame

from kiosk.ui import faces
from kiosk.ui.damage import Area, Piece, damage
from kiosk.ui.drawing import Manner, draw
from kiosk.ui.scene import Box, Button, Element, Rect, Scene
from kiosk.ui.stamp import Stamp, fill, press
from kiosk.ui.theme import HIGH_CONTRAST, NORMAL, Colour, Theme

KEPT_SCREENS = 2
"""Pixels of the stamps kept, in whole screens: the screen's own, twice the whole screen at most, and some of before."""


class _Placed(NamedTuple):
    """A stamp and where its element's upper left corner stands; the rectangle and the Piece that follow from these."""

    made: Stamp
    x: int
    y: int
    bounds: pygame.Rect
    piece: Piece
    opacity: int = 255

    def hides(self, rect: pygame.Rect) -> bool:
        """Whether nothing below it can be seen in this rectangle of the canvas."""
        return self.opacity == 255 and self.made.hides(rect.move(-self.x, -self.y))


class Painter:
    """Paints on one canvas. The canvas is the window's surface or any other of 32 bits."""

    def __init__(self, canvas: pygame.Surface, theme: Theme = NORMAL) -> None:
        self.canvas = canvas
        self.theme = theme
        self._stamps: OrderedDict[Hashable, tuple[int, Stamp]] = OrderedDict()
        self._drawn = 0
        self.kept_pixels = 0
        """Pixels of all stamps kept, never much over `most_pixels`."""
        self.most_pixels = KEPT_SCREENS * canvas.get_width() * canvas.get_height()
        self._pieces: list[Piece] = []
        self._whole: Hashable = None
        self._before: dict[Hashable, _Placed] = {}
        self._manner: Manner | None = None

    def paint(self, scene: Scene) -> list[pygame.Rect]:
        """Bring the canvas from the scene painted last to this one; the rectangles whose pixels may have changed."""
        theme = HIGH_CONTRAST if scene.contrast == "high" else self.theme
        manner = Manner(theme, scene.direction == "rtl", scene.scale)
        if self._manner is None or self._manner.scale != manner.scale:
            faces.prepare(manner.scale)
        placed = _faded(self._placed(scene, manner), scene.opacity)
        bounds, pieces = [one.bounds for one in placed], [one.piece for one in placed]
        whole = (scene.size, scene.ground, scene.contrast, manner.rtl, scene.scale)
        areas = damage(self._pieces, pieces) if whole == self._whole else [Area(0, 0, *self.canvas.get_size())]
        self._whole, self._pieces = whole, pieces
        dirty = [rect for area in areas if (rect := pygame.Rect(area).clip(self.canvas.get_rect()))]
        for rect in dirty:
            self._repaint(rect, [placed[index] for index in rect.collidelistall(bounds)], theme[scene.ground])
        return dirty

    def forget(self) -> None:
        """Paint everything at the next scene: someone else has drawn on the canvas."""
        self._whole = None

    def _repaint(self, rect: pygame.Rect, placed: list[_Placed], ground: Colour) -> None:
        """Beginning with the uppermost element that hides all below it in the rectangle, or with the ground."""
        over = (i for i in reversed(range(len(placed))) if placed[i].hides(rect))
        first = next(over, None)
        self.canvas.set_clip(rect)
        if first is None:
            fill(self.canvas, ground, rect)
        for made, x, y, _, _, opacity in placed[first or 0 :]:
            press(self.canvas, made, x, y, opacity)
        self.canvas.set_clip(None)

    def _placed(self, scene: Scene, manner: Manner) -> list[_Placed]:
        """The stamp and place of each element; most are where they were in the scene before."""
        known = self._before if manner == self._manner else {}
        looks = [_look(element) for element in scene.elements]
        placed = [
            known.get(look) or self._place(element, manner) for look, element in zip(looks, scene.elements, strict=True)
        ]
        self._before, self._manner = dict(zip(looks, placed, strict=True)), manner
        return placed

    def _place(self, element: Element, manner: Manner) -> _Placed:
        x, y, w, h = element.rect
        unplaced = msgspec.structs.replace(element, rect=Rect(0, 0, w, h))
        key = (_look(unplaced), manner.theme.name, manner.rtl, manner.scale)
        found = self._stamps.get(key)
        if found is None:
            self._drawn += 1
            found = self._stamps[key] = self._drawn, draw(unplaced, manner)
            self.kept_pixels += found[1].pixels
            self._let_go()
        else:
            self._stamps.move_to_end(key)
        number, made = found
        bounds = made.bounds.move(x, y)
        return _Placed(made, x, y, bounds, Piece((number, x, y), Area(*bounds)))

    def _let_go(self) -> None:
        """The stamps used longest ago, until what is kept is little enough. The newest stays."""
        while self.kept_pixels > self.most_pixels and len(self._stamps) > 1:
            self.kept_pixels -= self._stamps.popitem(last=False)[1][1].pixels


def _faded(placed: list[_Placed], opacity: tuple[int, ...]) -> list[_Placed]:
    """With what is on its way seen through."""
    if not opacity:
        return placed
    return [
        one if seen == 255 else one._replace(opacity=seen, piece=one.piece._replace(key=(one.piece.key, seen)))
        for one, seen in zip(placed, opacity, strict=True)
    ]


def _look(element: Element) -> Hashable:
    """The element as it can be seen: a button's words and meaning (whatever event that may be) cannot."""
    if isinstance(element, Box) and element.enters:
        return msgspec.structs.replace(element, enters="")
    if isinstance(element, Button):
        is_tab = element.role == "tab"
        return (element.rect, element.style, is_tab, element.selected, element.pressed, element.radius)
    return element


def render_png(scene: Scene, path: Path, theme: Theme = NORMAL) -> None:
    """One scene as a PNG file, without a window."""
    canvas = pygame.Surface(scene.size, 0, 32)
    Painter(canvas, theme).paint(scene)
    pygame.image.save(canvas, path)
