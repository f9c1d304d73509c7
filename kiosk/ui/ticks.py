"""Ticks: in high contrast, what is chosen of several has a tick beside its thick frame (DESIGN-UI 2.3). Pure.

A screen that ticks its own choices, or fills their boxes, keeps it so. A switch is no choice: its knob tells.
"""

from msgspec.structs import replace

from kiosk.ui.scene import Box, Button, Element, Icon, Mark, Rect, Row, Scene

_SIDE_PX, _OUT_PX = 32, 6
"""Of the design: how large, and how far beyond the corner; two buttons are never nearer than 8."""
_OWN = ("check-circle", "checkbox-marked", "radiobox-marked")


def ticked(scene: Scene) -> Scene:
    """The scene with a tick at the upper end corner of each chosen button, below what stands on the button."""
    elements: list[Element] = []
    modal_from = 0
    for index, element in enumerate(scene.elements):
        if index == scene.modal_from:
            modal_from = len(elements)
        elements.append(element)
        if isinstance(element, Button) and _unmarked(element, scene.elements[index + 1 :]):
            elements += _tick(element.rect, scene)
    return replace(scene, elements=tuple(elements), modal_from=modal_from)


def _unmarked(button: Button, above: tuple[Element, ...]) -> bool:
    """Whether it is chosen, and nothing on it says so."""
    chosen = button.selected and button.role != "switch"
    return chosen and not any(_marks(element, button.rect) for element in above)


def _marks(element: Element, button: Rect) -> bool:
    x, y, w, h = element.rect
    if not button.contains(x + w // 2, y + h // 2):
        return False
    if isinstance(element, Row):
        return any(isinstance(part, Mark) and part.name in _OWN for part in element.parts)
    return isinstance(element, Icon) and element.name in _OWN


def _tick(button: Rect, scene: Scene) -> tuple[Element, ...]:
    side, out = round(_SIDE_PX * scene.scale), min(round(_OUT_PX * scene.scale), _OUT_PX)
    left = min(button.x + button.w - side + out, scene.size[0] - side)
    place = Rect(left, max(button.y - out, 0), side, side)
    disc = Box(place, "paper", "paper", 2, radius=side // 2)
    return disc, Icon(place, "check-circle", "primary", side)
