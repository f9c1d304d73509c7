"""11c Cash: staff come and take it here. How much to have ready, in the coins that there are."""

from kiosk.checkout.events import BackPressed
from kiosk.checkout.state import State
from kiosk.checkout.taking_cash import to_pay
from kiosk.checkout.tenders import left
from kiosk.ui import layout
from kiosk.ui.measure import largest
from kiosk.ui.scene import Box, Label, Rect, Scene
from kiosk.ui.screens.banner import banner
from kiosk.ui.screens.face import button
from kiosk.ui.screens.prompt import prompt
from kiosk.ui.screens.slip import sums
from kiosk.ui.screens.utility import utility
from kiosk.ui.view import View
from kiosk.ui.words import Words

_WAY_BACK = Rect(68, 542, 640, 88)


def scene(state: State, view: View, words: Words) -> Scene:
    """The sum, and the way back."""
    other = words.say("Pay another way")
    title = words.say("Staff will take your cash")
    figure = words.money(to_pay(state))
    size = largest(figure, 250, (52, layout.TITLE, 34))
    return Scene(
        "11c-cash-wait",
        layout.SIZE,
        "ground",
        (
            *prompt(
                state,
                words,
                fill="info-soft",
                picture="svg:staff",
                title=title,
                text=_said(state, figure, words),
                shown=banner(state, view, words),
            ),
            *button(_WAY_BACK, BackPressed(), other, icon="swap-horizontal"),
            *utility(state, words),
            *sums(state, words),
            Box(layout.PAY, "primary-soft", radius=24),
            Label(Rect(804, 660, 180, 112), words.say("Cash to pay"), layout.BODY, 600, max_lines=2),
            Label(Rect(900, 660, 320, 112), figure, size, 800, True, align="end", amount=True),
        ),
        focus=(other,),
        title=title,
    )


def _said(state: State, figure: str, words: Words) -> str:
    if to_pay(state) != left(state.basket):
        return words.say("Please have **{amount}** ready. Cash is rounded to the coins that there are.", amount=figure)
    return words.say("Please have **{amount}** ready.", amount=figure)
