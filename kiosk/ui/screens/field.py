"""Field: what has been typed so far, and the caret. A text too long shows its end."""

from kiosk.ui.measure import text_width
from kiosk.ui.room import Room
from kiosk.ui.scene import Box, Element, Icon, Label, Rect
from kiosk.ui.screens.face import USUAL_ROOM, fits


def field(
    rect: Rect,
    typed: str,
    *,
    ink: str = "ink",
    room: Room = USUAL_ROOM,
    icon: str = "",
    hint: str = "",
    size: int = 42,
) -> tuple[Element, ...]:
    """In its frame. `hint` stands there until something is typed, if it has room."""
    px, font = room.px, room.font(size)
    left = px(83) if icon else px(26)
    wide = rect.w - left - px(30)
    shown = typed
    while shown and text_width(shown, font, 600) > wide:
        shown = shown[1:]
    caret = rect.x + left + text_width(shown, font, 600) + px(4)
    small = room.font(28)
    glyph = Icon(Rect(rect.x + px(18), rect.y, px(56), rect.h), icon, "ink", room.icon(42))
    told = hint if not typed and fits(hint, wide, 2, small, 500) else ""
    return (
        Box(rect, "paper", ink, 3, px(16)),
        *((glyph,) if icon else ()),
        *((Label(Rect(rect.x + left, rect.y, wide, rect.h), told, small, colour="ink2", max_lines=2),) if told else ()),
        Label(Rect(rect.x + left, rect.y, wide, rect.h), shown, font, 600, amount=True),
        Box(Rect(caret, rect.y + px(16), px(4), rect.h - px(36)), "primary"),
    )
