"""10 Pay: one choice. Only what works now can be chosen; what does not moves to the end and says why."""

from kiosk.checkout.events import BackPressed, BasketSaved, CardChosen
from kiosk.checkout.paying import working_tenders
from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.scene import Element, Rect, Scene
from kiosk.ui.screens.banner import banner, paint
from kiosk.ui.screens.brand import back
from kiosk.ui.screens.face import choice
from kiosk.ui.screens.slip import sums
from kiosk.ui.screens.utility import utility
from kiosk.ui.view import View
from kiosk.ui.words import Words

_FIRST = Rect(32, 136, 712, 138)
_NEXT_Y, _NEXT_PX = 294, 124


def scene(state: State, view: View, words: Words) -> Scene:
    """The tenders in the lane's order, beside the sum."""
    title = words.say("How do you want to pay?")
    shown = banner(state, view, words)
    return Scene(
        "10-pay-choice",
        layout.SIZE,
        "ground",
        (
            *back("" if shown else title, BackPressed(), words),
            *(paint(shown, layout.BESIDE_BACK, words) if shown else ()),
            *_tenders(state, words),
            *_way_out(state, words),
            *utility(state, words),
            *sums(state, words),
        ),
        focus=(words.say("Card"), words.say("Back")),
        title=title,
    )


def _tenders(state: State, words: Words) -> tuple[Element, ...]:
    working = working_tenders(state)
    missing = tuple(tender for tender in state.lane.tenders if tender not in working)
    painted: list[Element] = []
    for place, tender in enumerate((*working, *missing)):
        rect = _FIRST if place == 0 else Rect(32, _NEXT_Y + _NEXT_PX * (place - 1), 712, 104)
        style = "primary" if place == 0 else "secondary"
        painted += _tender(rect, tender, style, tender in working, words)
    return tuple(painted)


def _way_out(state: State, words: Words) -> tuple[Element, ...]:
    """Nothing to pay with: the basket can be kept, and staff help."""
    if working_tenders(state):
        return ()
    return choice(
        Rect(32, 548, 712, 104),
        BasketSaved(),
        words.say("Save basket and ask staff"),
        words.say("Nothing is lost"),
        "hand-wave-outline",
    )


def _tender(rect: Rect, tender: str, style: str, works: bool, words: Words) -> tuple[Element, ...]:
    assert tender == "card"
    if works:
        detail = words.say("Tap, insert, phone or watch")
        return choice(rect, CardChosen(), words.say("Card"), detail, "contactless-payment", style=style)
    why = words.say("The card terminal does not answer. Please ask our staff.")
    detail = words.say("Not possible right now")
    return choice(rect, CardChosen(), words.say("Card"), detail, "contactless-payment", style=style, why_not=why)
