"""Mirror: a scene for people who read from the right (DESIGN-UI 3.4). Pure.

Every element is turned over to the other side of the screen; arrows and chevrons point the other way. Texts align
themselves (`start` is where reading begins). The keys of a keypad or a keyboard move to the other side together and
keep their order, because digits are the same for everybody.
"""

import msgspec

from kiosk.ui.scene import Button, Element, Icon, Mark, Rect, Row, Scene

_OTHER_WAY = {
    "arrow-left": "arrow-right",
    "arrow-right": "arrow-left",
    "chevron-left": "chevron-right",
    "chevron-right": "chevron-left",
    "undo-variant": "redo-variant",
    "backspace-outline": "backspace-reverse-outline",
}
"""Icons with a direction."""


def mirrored(scene: Scene) -> Scene:
    """The scene turned over, to be read from the right."""
    width, keys = scene.size[0], _keys(scene)
    aside = width - 2 * keys.x - keys.w
    elements = tuple(
        msgspec.structs.replace(element, rect=element.rect._replace(x=element.rect.x + aside))
        if _inside(element.rect, keys)
        else _turned(element, width)
        for element in scene.elements
    )
    return msgspec.structs.replace(scene, elements=elements, direction="rtl")


def _keys(scene: Scene) -> Rect:
    """What the keys cover together, of no size when there are none."""
    keys = [element.rect for element in scene.elements if isinstance(element, Button) and element.role == "key"]
    if not keys:
        return Rect(0, 0, 0, 0)
    x, y = min(key.x for key in keys), min(key.y for key in keys)
    return Rect(x, y, max(key.x + key.w for key in keys) - x, max(key.y + key.h for key in keys) - y)


def _inside(rect: Rect, outer: Rect) -> bool:
    return (
        outer.x <= rect.x
        and rect.x + rect.w <= outer.x + outer.w
        and outer.y <= rect.y
        and rect.y + rect.h <= outer.y + outer.h
    )


def _turned(element: Element, width: int) -> Element:
    x, y, w, h = element.rect
    there = Rect(width - x - w, y, w, h)
    if isinstance(element, Icon):
        return msgspec.structs.replace(element, rect=there, name=_OTHER_WAY.get(element.name, element.name))
    if isinstance(element, Row):
        return msgspec.structs.replace(element, rect=there, parts=tuple(_part(part) for part in element.parts))
    return msgspec.structs.replace(element, rect=there)


def _part(part: object) -> object:
    if isinstance(part, Mark) and part.name in _OTHER_WAY:
        return msgspec.structs.replace(part, name=_OTHER_WAY[part.name])
    return part
