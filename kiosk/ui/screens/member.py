"""09 Member, the way to it: scan the card or the app's code, or type the number."""

from kiosk.checkout.asking import is_asking
from kiosk.checkout.joining import offered
from kiosk.checkout.questions import MemberAsk
from kiosk.checkout.state import State
from kiosk.ui.room import Room, room_in
from kiosk.ui.scene import Box, Element, Icon, Rect, Scene
from kiosk.ui.screens.banner import banner, paint
from kiosk.ui.screens.brand import back
from kiosk.ui.screens.field import field
from kiosk.ui.screens.keypad import keypad
from kiosk.ui.screens.keypad_page import Way, keypad_page
from kiosk.ui.screens.scan import pay
from kiosk.ui.screens.slip import basket
from kiosk.ui.screens.utility import utility
from kiosk.ui.view import OpenForm, OpenPage, SubmitMember, View
from kiosk.ui.words import Words


def scene(state: State, view: View, words: Words) -> Scene:
    """The keypad beside the slip."""
    room = room_in(state, view).paged
    title = words.say("Member card")
    shown = banner(state, view, words)
    waits = words.say("One moment, we are asking.") if is_asking(state, MemberAsk) else ""
    why = waits or ("" if view.typed else words.say("Type a number first."))
    text = waits or words.say("Scan your member card, or type your number.")
    ways = [Way(OpenForm("contact", "find"), words.say("Use my e-mail"), "email-outline")]
    if offered(state):
        ways.append(Way(OpenForm("contact", "join"), words.say("Become a member"), "account-plus-outline"))
    page = keypad_page(text, tuple(ways), room, None if room.large else lambda place: _card(place, room))
    later = words.say("Press OK first, or go back.")
    return Scene(
        "09-member-number",
        room.panel.size,
        "ground",
        (
            *back("" if shown else title, OpenPage(""), words, room),
            *(paint(shown, room.zones.title, words, room) if shown else ()),
            *page.beside,
            *field(page.field, view.typed, room=room),
            *keypad(page.keys, words, words.say("OK"), SubmitMember(), room=room, why_not=why),
            *utility(state, words, room, back=True),
            *(basket(state, view, words, room=room) if page.slip else ()),
            *(() if room.portrait or not page.slip else pay(state, words, meanwhile=later, room=room)),
        ),
        title=title,
    )


def _card(place: Rect, room: Room) -> tuple[Element, ...]:
    side = min(place.h * 4 // 5, room.px(110))
    icon = Icon(place, "card-account-details-star-outline", "primary", side)
    return Box(place, "primary-soft", radius=room.px(28)), icon
