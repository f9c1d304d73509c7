"""19f Empties: which kinds of containers come back and how many of each, typed, one more, or scanned."""

from kiosk.checkout.events import PieceReturned
from kiosk.checkout.refund import Refund
from kiosk.ui import layout
from kiosk.ui.room import GAP_PX, Room
from kiosk.ui.scene import Element, Label, Rect
from kiosk.ui.screens.face import button
from kiosk.ui.screens.field import field
from kiosk.ui.screens.keypad import keypad
from kiosk.ui.screens.staff_form import note
from kiosk.ui.view import View
from kiosk.ui.words import Words


def counting(place: Rect, refund: Refund, number: int, view: View, words: Words, room: Room) -> tuple[Element, ...]:
    """How many of this line, at the right of the list."""
    say, gap = words.say, room.px(12) if room.scale >= 1 else GAP_PX
    chosen = next((one for one in refund.chosen if one.line == number), None)
    line = next((line for line in refund.goods if line.line == number), None)
    if chosen is None or line is None:
        text = say("Touch a kind and type how many, or scan the empties.")
        return note(place._replace(h=room.lines(layout.BODY, 4)), text, room, weight=600)
    why = "" if view.typed else say("Type how many first.")
    typed = PieceReturned(line=number, count=int(view.typed or 0))
    one_more = PieceReturned(line=number, count=chosen.count + 1)
    name = place._replace(h=room.lines(layout.BODY, 1, 1.1))
    entry, more = layout.shares(Rect(place.x, layout.below(name) + gap, place.w, room.touch(84)), (62, 38), gap)
    top = layout.below(entry) + gap
    keys = Rect(place.x, top, place.w, min(layout.below(place) - top, 4 * room.touch(110) + 3 * gap))
    return (
        Label(name, line.item.name_in(words.language), room.font(layout.BODY), 700, plain=True),
        *field(entry, view.typed or words.number(chosen.count), ink="staff", room=room),
        *button(more, one_more, say("One more"), room=room, size=24),
        *keypad(keys, words, say("OK"), typed, room=room, style="staff", gap=10, size=40, why_not=why),
    )
