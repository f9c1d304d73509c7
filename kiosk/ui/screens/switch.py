"""Switch: what shows whether something is on. Its fill and the place of its ball say so, and the voice."""

from kiosk.ui.scene import Box, Element, Rect


def knob(place: Rect, *, on: bool, fill: str = "primary") -> tuple[Element, ...]:
    """On, it is filled and its ball stands at the end; off, it is an outline."""
    side = place.h - 16
    left = place.x + place.w - side - 8 if on else place.x + 8
    ball = Rect(left, place.y + 8, side, side)
    if on:
        return Box(place, fill, radius=place.h // 2), Box(ball, "paper", radius=side // 2)
    return Box(place, "paper", "line", 4, place.h // 2), Box(ball, "line", radius=side // 2)
