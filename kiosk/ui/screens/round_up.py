"""10c Round up: what is to be paid, rounded up for a charity, or not. Two answers of one size and one style."""

from kiosk.checkout.events import BackPressed, DonationChosen
from kiosk.checkout.state import State
from kiosk.checkout.tenders import left, to_round_up
from kiosk.ui import layout
from kiosk.ui.room import FLOOR_PX, room_in
from kiosk.ui.scene import Rect, Scene
from kiosk.ui.screens.banner import banner, paint
from kiosk.ui.screens.brand import back
from kiosk.ui.screens.face import choice
from kiosk.ui.screens.slip_sum import sums
from kiosk.ui.screens.told import told
from kiosk.ui.screens.utility import utility
from kiosk.ui.view import View
from kiosk.ui.words import Words


def scene(state: State, view: View, words: Words) -> Scene:
    """The question, once."""
    charity, gift, now = state.lane.charity, to_round_up(state), left(state.basket)
    assert charity is not None
    title, shown = words.say("Round up for charity?"), banner(state, view, words)
    yes = words.say("Yes, give {amount}", amount=words.money(gift))
    no = words.say("No, thank you")
    asked = words.say("The difference goes to {name}, all of it.", name=charity.name)
    room = room_in(state, view).paged
    px, page = room.px, room.zones.page
    gap = px(16)
    highest = (layout.below(page) - max(page.y, room.top_touch) - gap) // 2
    high = max(FLOOR_PX, min(room.touch(138 if not room.large else 112), highest))
    end = min(layout.below(page), page.y + px(420) if not room.portrait else layout.below(page))
    one = Rect(page.x, max(room.top_touch, end - 2 * high - gap), page.w, high)
    two = one._replace(y=one.y + high + gap)
    text = Rect(page.x, page.y - px(8), page.w, one.y - px(10) - page.y + px(8))
    return Scene(
        "10c-round-up",
        room.panel.size,
        "ground",
        (
            *back("" if shown else title, BackPressed(), words, room),
            *(paint(shown, room.zones.title, words, room) if shown else ()),
            *told(text, asked, "", room, sizes=(28, 24)),
            *choice(one, DonationChosen(give=False), no, _to_pay(words.money(now), words), "arrow-right", room=room),
            *choice(
                two, DonationChosen(give=True), yes, _to_pay(words.money(now + gift), words), "hand-heart", room=room
            ),
            *utility(state, words, room, back=True),
            *sums(state, words, room),
        ),
        focus=(no, yes),
        title=title,
    )


def _to_pay(amount: str, words: Words) -> str:
    return words.say("You pay {amount}", amount=amount)
