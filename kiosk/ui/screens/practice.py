"""Practice: what only training shows (19i). Its frame stands on every screen, over whatever else is there; and since
nobody's bank answers, whoever practises says whether the card is approved.
"""

from kiosk.checkout.events import TrainingCardAnswered
from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.measure import text_width
from kiosk.ui.room import GAP_PX, Room
from kiosk.ui.room import room as room_of
from kiosk.ui.scene import Box, Element, Label, Rect, Scene
from kiosk.ui.screens.face import USUAL_ROOM, button, fits
from kiosk.ui.words import Words


def frame(shown: Scene, state: State, words: Words, room: Room = USUAL_ROOM) -> tuple[Element, ...]:
    """A violet frame round every screen, and a tab at its foot that says why and who, so that no shopper buys here.

    Where the slip says so already, and nobody is named, the tab is not needed.
    """
    width, height = room.panel.size
    side, font = room.px(10), room.font(layout.CAPTION)
    name = state.staff.name if state.staff is not None else ""
    text = f"{words.say('Training')} · {name}" if name else words.say("Training")
    high = round(font * 1.2)
    told = not name and any(isinstance(each, Label) and each.text == text for each in shown.elements)
    tab = Rect(room.px(32), height - high, text_width(text, font, 700) + 2 * room.px(16), high)
    return (
        Box(Rect(0, 0, width, side), "staff"),
        Box(Rect(0, height - side, width, side), "staff"),
        Box(Rect(0, side, side, height - 2 * side), "staff"),
        Box(Rect(width - side, side, side, height - 2 * side), "staff"),
        *(() if told else (Box(tab, "staff"), Label(tab, text, font, 700, colour="on-staff", align="centre"))),
    )


def practice(rect: Rect, state: State, words: Words, room: Room = USUAL_ROOM) -> tuple[Element, ...]:
    """Two buttons beside each other; nothing in earnest, or before the order has gone out."""
    if state.training is None or state.payment is None or state.payment.stage != "sent":
        return ()
    room = room_of(room.panel)  # these two are for whoever practises
    say, gap = words.say, max(room.px(12), GAP_PX)
    high = room.touch(88)
    texts, font = (say("Approve it"), say("Decline it")), room.font(26)
    beside = all(fits(text, (rect.w - gap) // 2 - 2 * room.px(6), 2, font, 600) for text in texts)
    if beside or rect.h < 2 * high + gap:
        yes, no = layout.columns(layout.middle(rect, rect.w, min(rect.h, room.touch(112))), 2, gap)
    else:
        yes, no = layout.rows(layout.middle(rect, rect.w, 2 * high + gap), 2, gap)
    return (
        *button(yes, TrainingCardAnswered(approved=True), texts[0], room=room, style="staff", size=26),
        *button(no, TrainingCardAnswered(approved=False), texts[1], room=room, size=26),
    )
