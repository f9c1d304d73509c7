"""09b Gift card, its amount: what is on the card that was scanned, and what can be put on it."""

from kiosk.checkout.asking import is_asking
from kiosk.checkout.events import CardLoadChosen
from kiosk.checkout.questions import GiftCardAsk
from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.room import FLOOR_PX, room_in
from kiosk.ui.scene import Element, Rect, Scene
from kiosk.ui.screens.banner import banner, paint
from kiosk.ui.screens.brand import back
from kiosk.ui.screens.face import button
from kiosk.ui.screens.slip import basket
from kiosk.ui.screens.told import told
from kiosk.ui.screens.utility import utility
from kiosk.ui.view import View
from kiosk.ui.words import Words
from kiosk.values.money import Money


def scene(state: State, view: View, words: Words) -> Scene:
    """The amounts, and the way back without any."""
    assert state.topping is not None
    title, shown = words.say("Put money on this gift card?"), banner(state, view, words)
    now = words.say("{amount} is on it now.", amount=words.money(state.topping.balance))
    more = words.say("What you choose is paid with your goods. It can be used when you have paid.")
    asking = is_asking(state, GiftCardAsk)
    if asking:
        now = words.say("One moment, we look at your card …")
    room = room_in(state, view).paged
    px, page = room.px, room.zones.page
    gap, many = px(16), len(state.lane.card_loads)
    rows = (many + 1) // 2
    highest = (layout.below(page) - max(page.y, room.top_touch) - gap * (rows - 1) - room.lines(28, 2)) // rows
    high = max(FLOOR_PX, min(room.touch(138 if not room.large else 112), highest))
    top = layout.below(page) - rows * high - (rows - 1) * gap
    painted: list[Element] = []
    for at, minor in enumerate(state.lane.card_loads):
        left, right = layout.columns(Rect(page.x, top + at // 2 * (high + gap), page.w, high), 2, gap)
        says, amount = CardLoadChosen(amount=Money(minor)), words.money(Money(minor))
        painted += button(right if at % 2 else left, says, amount, room=room, size=36, why_not=now if asking else "")
    return Scene(
        "09b-gift-card-amount",
        room.panel.size,
        "ground",
        (
            *back("" if shown else title, CardLoadChosen(), words, room),
            *(paint(shown, room.zones.title, words, room) if shown else ()),
            *told(Rect(page.x, page.y, page.w, top - px(10) - page.y), now, more, room, sizes=(32, 28, 24)),
            *painted,
            *utility(state, words, room, back=True),
            *basket(state, view, words, room=room),
        ),
        title=title,
    )
