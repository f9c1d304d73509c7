"""10d Pay a part: how much the next payment is to be. Typed as it is read, to the last minor unit."""

from kiosk.checkout.events import PartChosen
from kiosk.checkout.state import State
from kiosk.checkout.tenders import left
from kiosk.ui import layout
from kiosk.ui.measure import largest
from kiosk.ui.room import room_in
from kiosk.ui.scene import Box, Label, Scene
from kiosk.ui.screens.banner import banner, paint
from kiosk.ui.screens.brand import back
from kiosk.ui.screens.keypad import keypad
from kiosk.ui.screens.keypad_page import keypad_page
from kiosk.ui.screens.slip_sum import sums
from kiosk.ui.screens.utility import utility
from kiosk.ui.view import OpenPage, View
from kiosk.ui.words import Words
from kiosk.values.money import Money


def scene(state: State, view: View, words: Words) -> Scene:
    """The amount, and how to pay it comes next."""
    title, shown = words.say("Pay a part"), banner(state, view, words)
    typed = Money(int(view.typed or "0"))
    why = "" if typed else words.say("Type an amount first.")
    if typed > left(state.basket):
        why = words.say("That is more than is left to pay.")
    room = room_in(state, view).paged
    text = words.say("Type how much you want to pay first. You pay the rest afterwards, in any way you like.")
    page = keypad_page(text, (), room)
    amount, inner = words.amount(typed), layout.inset(page.field, room.px(28), 0)
    size = largest(amount, inner.w, (room.font(layout.TITLE), room.font(32)))
    return Scene(
        "10d-pay-a-part",
        room.panel.size,
        "ground",
        (
            *back("" if shown else title, OpenPage("tenders"), words, room),
            *(paint(shown, room.zones.title, words, room) if shown else ()),
            *page.beside,
            Box(page.field, "paper", "ink", 3, room.px(16)),
            Label(inner, amount, size, 700, align="end", amount=True),
            *keypad(page.keys, words, words.say("OK"), PartChosen(amount=typed), room=room, why_not=why),
            *utility(state, words, room, back=True),
            *(sums(state, words, room) if page.slip else ()),
        ),
        title=title,
    )
