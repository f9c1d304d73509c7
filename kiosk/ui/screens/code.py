"""04c Type a code: the number under the barcode, or on the shelf label, when scanning fails."""

from kiosk.checkout.events import PriceCheckOpened
from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.measure import text_width
from kiosk.ui.room import Room, room_in
from kiosk.ui.scene import Box, Code, Element, Label, Rect, Scene
from kiosk.ui.screens.banner import banner, paint
from kiosk.ui.screens.brand import back
from kiosk.ui.screens.field import field
from kiosk.ui.screens.keypad import keypad
from kiosk.ui.screens.keypad_page import Way, keypad_page
from kiosk.ui.screens.scan import pay
from kiosk.ui.screens.slip import basket
from kiosk.ui.screens.utility import utility
from kiosk.ui.view import OpenPage, SubmitCode, View
from kiosk.ui.words import Words

_EXAMPLE, _WRITTEN = "7350000012348", "7 350000 012348"


def scene(state: State, view: View, words: Words) -> Scene:
    """The keypad beside the slip."""
    room = room_in(state, view).paged
    title = words.say("Type a code")
    shown = banner(state, view, words)
    why = "" if view.typed else words.say("Type a number first.")
    text = words.say("Type the number printed under the barcode or on the shelf label.")
    check = Way(PriceCheckOpened(), words.say("Check a price"), "tag-outline")
    page = keypad_page(text, (check,), room, None if room.large else lambda place: _example(place, room))
    later = words.say("Press OK first, or go back.")
    return Scene(
        "04c-type-code",
        room.panel.size,
        "ground",
        (
            *back("" if shown else title, OpenPage(""), words, room),
            *(paint(shown, room.zones.title, words, room) if shown else ()),
            *page.beside,
            *field(page.field, view.typed, room=room),
            *keypad(page.keys, words, words.say("OK"), SubmitCode(), room=room, why_not=why),
            *utility(state, words, room, back=True),
            *(basket(state, view, words, room=room) if page.slip else ()),
            *(() if room.portrait or not page.slip else pay(state, words, meanwhile=later, room=room)),
        ),
        title=title,
    )


def _example(place: Rect, room: Room) -> tuple[Element, ...]:
    px, font = room.px, room.font(26)
    if text_width(_WRITTEN, font, 600) > place.w:
        return ()
    figures = round(font * 1.5)
    code = Rect(place.x, place.y + px(16), place.w, place.h - figures - px(34))
    return (
        Box(place, "paper", radius=px(28)),
        Code(code, _EXAMPLE, "ean13"),
        Label(Rect(place.x, layout.below(code) + px(6), place.w, figures), _WRITTEN, font, 600,
              align="centre", amount=True),
    )  # fmt: skip
