"""11c Waiting: staff come and take it here, cash in the coins that there are, or a card; 11e: or have a slip signed."""

from typing import NamedTuple

from kiosk.checkout import taking_cash
from kiosk.checkout.events import BackPressed
from kiosk.checkout.state import State
from kiosk.checkout.tenders import to_take
from kiosk.ui.room import room_in
from kiosk.ui.scene import Scene
from kiosk.ui.screens.banner import banner
from kiosk.ui.screens.face import button
from kiosk.ui.screens.prompt import prompt
from kiosk.ui.screens.slip_sum import sums
from kiosk.ui.screens.to_pay import to_pay
from kiosk.ui.screens.utility import utility
from kiosk.ui.view import View
from kiosk.ui.words import Words
from kiosk.values.money import ZERO, Money


def scene(state: State, view: View, words: Words) -> Scene:
    """The sum in coins, and the way back."""
    said = _Said(words.say("Staff will take your cash"), _have_ready(state, words), words.say("Cash to pay"))
    return _waiting("11c-cash-wait", said, taking_cash.to_pay(state), state, view, words)


def with_a_terminal(state: State, view: View, words: Words) -> Scene:
    """Staff bring a card terminal that is not connected."""
    said = _Said(
        words.say("Staff bring a card terminal"),
        words.say("Please have your card ready. **You pay on their terminal.**"),
        words.say("To pay"),
    )
    return _waiting("11c-terminal-wait", said, to_take(state), state, view, words)


def to_sign(state: State, view: View, words: Words) -> Scene:
    """11e: the card is charged and its holder signs. There is no way back from here but through staff."""
    said = _Said(
        words.say("Please sign the slip"),
        words.say("This card wants your signature. **Our staff bring the slip.** It takes a moment."),
        words.say("Card"),
    )
    amount = state.payment.amount if state.payment is not None else ZERO
    return _waiting("11e-sign-the-slip", said, amount, state, view, words, way_back=False)


class _Said(NamedTuple):
    title: str
    text: str
    sum: str


def _waiting(
    name: str, said: _Said, amount: Money, state: State, view: View, words: Words, *, way_back: bool = True
) -> Scene:
    other = words.say("Pay another way")
    room = room_in(state, view).prompting
    told = prompt(
        state,
        words,
        fill="info-soft",
        picture="svg:staff",
        title=said.title,
        text=said.text,
        shown=banner(state, view, words),
        answers=(other,),
        room=room,
    )
    return Scene(
        name,
        room.panel.size,
        "ground",
        (
            *told.elements,
            *(button(told.both, BackPressed(), other, room=room, icon="swap-horizontal") if way_back else ()),
            *utility(state, words, room),
            *sums(state, words, room),
            *to_pay(said.sum, words.money(amount), room),
        ),
        focus=(other,) if way_back else (),
        title=said.title,
    )


def _have_ready(state: State, words: Words) -> str:
    figure = words.money(taking_cash.to_pay(state))
    if taking_cash.to_pay(state) != to_take(state):
        return words.say("Please have **{amount}** ready. Cash is rounded to the coins that there are.", amount=figure)
    return words.say("Please have **{amount}** ready.", amount=figure)
