"""Field: what has been typed so far, and the caret. A text too long shows its end."""

from kiosk.ui.measure import text_width
from kiosk.ui.room import Room
from kiosk.ui.scene import Box, Element, Label, Rect
from kiosk.ui.screens.face import USUAL_ROOM


def field(rect: Rect, typed: str, *, ink: str = "ink", room: Room = USUAL_ROOM) -> tuple[Element, ...]:
    """In its frame."""
    px, font = room.px, room.font(42)
    wide = rect.w - px(56)
    shown = typed
    while shown and text_width(shown, font, 600) > wide:
        shown = shown[1:]
    caret = rect.x + px(26) + text_width(shown, font, 600) + px(4)
    return (
        Box(rect, "paper", ink, 3, px(16)),
        Label(Rect(rect.x + px(26), rect.y, wide, rect.h), shown, font, 600, amount=True),
        Box(Rect(caret, rect.y + px(16), px(4), rect.h - px(36)), "primary"),
    )
