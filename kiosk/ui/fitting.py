"""Fitting: a scene drawn for one size becomes a scene in the pixels of another. Pure.

Everything is made larger or smaller alike and stands in the middle; what is left over shows the ground. The new scene
is painted like any other, so letters and curves are sharp at every size and nothing is stretched.
"""

from functools import lru_cache
from typing import Any, NamedTuple

import msgspec

from kiosk.ui.scene import Button, Element, Mark, Rect, Row, Scene, Word

_LENGTHS = ("size", "outline_px", "radius", "edge_px", "width", "gap", "pad")


class Fitting(NamedTuple):
    """From scene to window: times `scale`, then `left` and `top` further."""

    scale: float
    left: int
    top: int

    def forth(self, rect: Rect) -> Rect:
        """A rectangle of the scene in the window's pixels; neighbours stay neighbours."""
        x, y = round(rect.x * self.scale), round(rect.y * self.scale)
        right, bottom = round((rect.x + rect.w) * self.scale), round((rect.y + rect.h) * self.scale)
        return Rect(x + self.left, y + self.top, right - x, bottom - y)

    def back(self, x: int, y: int) -> tuple[int, int]:
        """A point of the window in the scene's pixels; it may lie outside the scene."""
        return int((x - self.left) // self.scale), int((y - self.top) // self.scale)


def fitting(scene: tuple[int, int], window: tuple[int, int]) -> Fitting:
    """The largest that shows the whole scene."""
    scale = min(window[0] / scene[0], window[1] / scene[1])
    return Fitting(scale, (window[0] - round(scene[0] * scale)) // 2, (window[1] - round(scene[1] * scale)) // 2)


def fit(scene: Scene, window: tuple[int, int]) -> Scene:
    """The scene in the window's own pixels. A scene of the window's size is returned as it is."""
    if scene.size == window:
        return scene
    how = fitting(scene.size, window)
    elements = tuple(_button(e, how) if isinstance(e, Button) else _element(e, how) for e in scene.elements)
    return msgspec.structs.replace(scene, size=window, elements=elements, scale=scene.scale * how.scale)


def _button(button: Button, how: Fitting) -> Button:
    return msgspec.structs.replace(button, rect=how.forth(button.rect), radius=round(button.radius * how.scale))


@lru_cache(maxsize=512)
def _element(element: Element, how: Fitting) -> Element:
    changes: dict[str, Any] = _lengths(element, how.scale)
    changes["rect"] = how.forth(element.rect)
    if isinstance(element, Row):
        changes["parts"] = tuple(_part(part, how.scale) for part in element.parts)
    return msgspec.structs.replace(element, **changes)


def _part(part: Word | Mark, scale: float) -> Word | Mark:
    return msgspec.structs.replace(part, **_lengths(part, scale))


def _lengths(thing: Element | Word | Mark, scale: float) -> dict[str, Any]:
    """A length that is there stays at least a pixel."""
    lengths = {name: getattr(thing, name) for name in _LENGTHS if hasattr(thing, name)}
    return {name: max(round(length * scale), 1) for name, length in lengths.items() if length}
