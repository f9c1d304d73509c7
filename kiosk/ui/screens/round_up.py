"""10c Round up: what is to be paid, rounded up for a charity, or not. Two answers of one size and one style."""

from kiosk.checkout.events import BackPressed, DonationChosen
from kiosk.checkout.state import State
from kiosk.checkout.tenders import left, to_round_up
from kiosk.ui import layout
from kiosk.ui.scene import Label, Rect, Scene
from kiosk.ui.screens.banner import banner, paint
from kiosk.ui.screens.brand import back
from kiosk.ui.screens.face import choice
from kiosk.ui.screens.slip_sum import sums
from kiosk.ui.screens.utility import utility
from kiosk.ui.view import View
from kiosk.ui.words import Words

_TEXT = Rect(32, 128, 712, 110)
_NO, _YES = Rect(32, 262, 712, 138), Rect(32, 420, 712, 138)


def scene(state: State, view: View, words: Words) -> Scene:
    """The question, once."""
    charity, gift, now = state.lane.charity, to_round_up(state), left(state.basket)
    assert charity is not None
    title, shown = words.say("Round up for charity?"), banner(state, view, words)
    yes = words.say("Yes, give {amount}", amount=words.money(gift))
    no = words.say("No, thank you")
    asked = words.say("The difference goes to {name}, all of it.", name=charity.name)
    return Scene(
        "10c-round-up",
        layout.SIZE,
        "ground",
        (
            *back("" if shown else title, BackPressed(), words),
            *(paint(shown, layout.BESIDE_BACK, words) if shown else ()),
            Label(_TEXT, asked, layout.BODY, max_lines=3, valign="middle"),
            *choice(_NO, DonationChosen(give=False), no, _to_pay(words.money(now), words), "arrow-right"),
            *choice(_YES, DonationChosen(give=True), yes, _to_pay(words.money(now + gift), words), "hand-heart"),
            *utility(state, words),
            *sums(state, words),
        ),
        focus=(no, yes, words.say("Back")),
        title=title,
    )


def _to_pay(amount: str, words: Words) -> str:
    return words.say("You pay {amount}", amount=amount)
