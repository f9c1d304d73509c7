"""Address page: where an e-mail address or a telephone number is typed (09, 14c)."""

from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.letters import address_letters
from kiosk.ui.room import Room, room_in
from kiosk.ui.scene import Element, Rect
from kiosk.ui.screens.banner import banner, paint
from kiosk.ui.screens.face import button
from kiosk.ui.screens.field import field
from kiosk.ui.screens.keys_bed import Bed, Last, clear, keys_bed
from kiosk.ui.screens.told import told
from kiosk.ui.screens.typing_page import endings, typing_page
from kiosk.ui.view import Look, View
from kiosk.ui.words import Words

_DOES_W = 232


def address_page(
    state: State,
    view: View,
    words: Words,
    *,
    title: str,
    note: str,
    back: Look,
    does: Look,
    does_text: str,
    does_icon: str,
    why_not: str,
    icon: str,
) -> tuple[Element, ...]:
    """All that is on it. News stands in the title's place or below the field, or over the quick answers."""
    room = room_in(state, view)
    page = typing_page(room, _DOES_W, titled=True)
    shown = banner(state, view, words)
    news = max(page.title, page.note, key=lambda place: place.h) if page.title.h else page.quick
    painted: list[Element] = []

    def way_back(cell: Rect) -> tuple[Element, ...]:
        picture = "arrow-left" if page.back.h else ""
        return button(cell, back, words.say("Back"), room=room, icon=picture, group="back")

    def way_on(cell: Rect) -> tuple[Element, ...]:
        return button(cell, does, does_text, room=room, style="primary", icon=does_icon, why_not=why_not, radius=14)

    if page.back.h:
        painted += way_back(page.back)
    if page.title.h and not (shown and news is page.title):
        painted += _head(page.title, title, note, room)
    painted += field(page.field, view.typed, room=room, icon=icon)
    if page.beside.h:
        painted += way_on(page.beside)
    if shown:
        painted += paint(shown, news, words, room)
    if not (shown and news is page.quick):
        painted += endings(page.quick, state.lane.email_endings, room)
    writes = address_letters(words.language)
    if page.back.h:
        bed = Bed(writes, True, False, last=(Last(lambda cell: clear(cell, view, words, room), 0),))
    else:
        bed = Bed(writes, True, True, (Last(way_back, 2),), (Last(way_on, 0),))
    return (*painted, *keys_bed(bed, view, words, room))


def _head(place: Rect, title: str, note: str, room: Room) -> tuple[Element, ...]:
    return told(place, title, note, room, sizes=(36, 32, 28, 24), text_size=layout.CAPTION, colours=("ink", "ink2"))
