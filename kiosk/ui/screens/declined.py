"""12 Declined: a definite no, with ways on. Never a reason code to the shopper."""

from typing import Literal

from kiosk.checkout.events import BackPressed, BasketSaved, CardChosen
from kiosk.checkout.payment import Payment
from kiosk.checkout.state import State
from kiosk.ui.room import room_in
from kiosk.ui.scene import Scene
from kiosk.ui.screens.banner import banner
from kiosk.ui.screens.face import button
from kiosk.ui.screens.prompt import prompt
from kiosk.ui.screens.slip_sum import sums
from kiosk.ui.screens.utility import utility
from kiosk.ui.view import View
from kiosk.ui.words import Words


def scene(state: State, view: View, words: Words) -> Scene:
    """Declined by the bank, not read, cancelled by the shopper, or no terminal."""
    assert state.payment is not None
    title, text = _said(state.payment, words)
    again, other = words.say("Try again"), words.say("Pay another way")
    save = words.say("Save basket and ask staff")
    room = room_in(state, view).prompting
    told = prompt(
        state,
        words,
        fill="paper",
        picture="svg:declined",
        title=title,
        text=text,
        shown=banner(state, view, words),
        answers=(again, other),
        refuses=True,
        room=room,
    )
    retry = CardChosen(kind=_kind(state.payment))
    return Scene(
        "12-declined",
        room.panel.size,
        "ground",
        (
            *told.elements,
            *button(told.left, retry, again, room=room, style="primary", icon="refresh"),
            *button(told.right, BackPressed(), other, room=room, icon="swap-horizontal"),
            *utility(state, words, room),
            *sums(state, words, room),
            *button(room.zones.pay, BasketSaved(), save, room=room, icon="hand-wave-outline"),
        ),
        focus=(again, other, save),
        title=title,
    )


def _kind(payment: Payment) -> Literal["card", "qr"]:
    return "qr" if payment.kind == "qr" else "card"


def _said(payment: Payment, words: Words) -> tuple[str, str]:
    say = words.say
    if payment.kind == "qr" and payment.why != "cancelled":
        return _said_of_the_phone(payment.why, words)
    match payment.why:
        case "card_error":
            return say("We couldn’t read the card"), say("Please try once more. **You have not been charged.**")
        case "cancelled":
            return say("Payment cancelled"), say("**You have not been charged.** Your basket is still here.")
        case "signature":
            return (
                say("The signature was not accepted"),
                say("**The payment is taken back.** Use another card, or pay another way."),
            )
        case "unreachable":
            return (
                say("The terminal does not answer"),
                say("**You have not been charged.** Try again, or save your basket and ask our staff."),
            )
    return (
        say("The card didn’t go through"),
        say(
            "Your bank said no this time. **You have not been charged.** "
            "Try again, use another card or pay another way."
        ),
    )


def _said_of_the_phone(why: str, words: Words) -> tuple[str, str]:
    say = words.say
    if why == "unreachable":
        return (
            say("The service does not answer"),
            say("**You have not been charged.** Try again, or pay another way."),
        )
    return (
        say("The phone didn’t pay"),
        say("**You have not been charged.** Try again, or pay another way."),
    )
