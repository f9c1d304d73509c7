"""Pressing: how a scene looks while a finger rests on one of its buttons. Pure.

The face drops onto its lower edge, and all that stands on the face drops with it (DESIGN-UI 2.5).
"""

import msgspec

from kiosk.ui.scene import Button, Element, Rect, Scene

DROP_PX = 5
_DEEP = ("primary", "sun", "info", "staff", "danger-filled", "secondary", "danger", "deep", "key")
"""Styles that have an edge to drop onto."""


def press(scene: Scene, name: str) -> Scene:
    """The scene with the button of that name under a finger; the same scene when there is none."""
    found = (
        index
        for index in range(scene.modal_from, len(scene.elements))
        if isinstance(element := scene.elements[index], Button) and element.name == name
    )
    at = next(found, None) if name else None
    if at is None:
        return scene
    button = scene.elements[at]
    assert isinstance(button, Button)
    elements = list(scene.elements)
    elements[at] = msgspec.structs.replace(button, pressed=True)
    if button.style in _DEEP and button.role != "tab":
        for index in range(at + 1, len(elements)):
            if not _inside(elements[index].rect, button.rect):
                break
            elements[index] = _lower(elements[index])
    return msgspec.structs.replace(scene, elements=tuple(elements))


def _inside(inner: Rect, outer: Rect) -> bool:
    return (
        outer.x <= inner.x
        and outer.y <= inner.y
        and inner.x + inner.w <= outer.x + outer.w
        and inner.y + inner.h <= outer.y + outer.h
    )


def _lower(element: Element) -> Element:
    rect = element.rect
    return msgspec.structs.replace(element, rect=rect._replace(y=rect.y + DROP_PX))
