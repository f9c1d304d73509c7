"""To pay: the sum, where Pay was, while it is being paid."""

from kiosk.ui import layout
from kiosk.ui.measure import largest, text_width
from kiosk.ui.room import Room
from kiosk.ui.scene import Box, Element, Label, Rect
from kiosk.ui.screens.face import USUAL_ROOM, fits


def to_pay(word: str, figure: str, room: Room = USUAL_ROOM) -> tuple[Element, ...]:
    """Its card, the word and the figure beside each other, or below each other where that has more room."""
    px, place = room.px, room.zones.pay
    wide = place.w - 2 * px(28)
    word_px = room.font(28 if fits(word, wide, 1, room.font(28), 600) else 24)
    word_w = text_width(word, word_px, 600)
    sizes = tuple(room.font(size) for size in (50, 40, 32))
    card = Box(place, "primary-soft", radius=px(24))
    inner = Rect(place.x + px(28), place.y, wide, place.h)
    beside = wide - word_w - px(16)
    if text_width(figure, sizes[-1], 800, True) <= beside:
        size = largest(figure, beside, sizes)
        return (
            card,
            Label(inner._replace(w=word_w + 2), word, word_px, 600),
            Label(inner, figure, size, 800, True, align="end", amount=True),
        )
    above, below = layout.rows(layout.inset(inner, 0, 4), 2, 0)
    size = largest(figure, wide, sizes)
    return (
        card,
        Label(above, word, word_px, 600),
        Label(below, figure, size, 800, True, align="end", amount=True),
    )
