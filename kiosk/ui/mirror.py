"""Mirror: a scene for people who read from the right (DESIGN-UI 3.4). Pure.

Every element is turned over to the other side of the screen; arrows and chevrons point the other way. Texts align
themselves (`start` is where reading begins). What never turns over, digits of a keypad above all, is laid out the wrong
way round by its own screen, so that turning it over sets it right.
"""

import msgspec

from kiosk.ui.scene import Element, Icon, Mark, Rect, Row, Scene

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
    width = scene.size[0]
    elements = tuple(_turned(element, width) for element in scene.elements)
    return msgspec.structs.replace(scene, elements=elements, direction="rtl")


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
