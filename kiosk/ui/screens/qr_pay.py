"""11d Pay with a phone: the provider's code, to be read by the shopper's app; we say paid when the provider has.

Nothing that the phone shows counts: a code without the provider's word is no payment.
"""

from kiosk.checkout.events import CancelPressed
from kiosk.checkout.payment import Payment
from kiosk.checkout.state import State
from kiosk.ui.room import Room, room_in
from kiosk.ui.scene import Element, Rect, Scene
from kiosk.ui.screens.banner import banner
from kiosk.ui.screens.brand import brand
from kiosk.ui.screens.code_page import code_page, framed
from kiosk.ui.screens.face import button
from kiosk.ui.screens.practice import practice
from kiosk.ui.screens.slip_sum import sums
from kiosk.ui.screens.to_pay import to_pay
from kiosk.ui.screens.told import told
from kiosk.ui.screens.utility import utility
from kiosk.ui.view import View
from kiosk.ui.words import Words


def scene(state: State, view: View, words: Words) -> Scene:
    """The code and what to do with it."""
    payment = state.payment
    assert payment is not None
    room = room_in(state, view).prompting
    title, text = _said(payment, words)
    shown = banner(state, view, words)
    why = words.say("One moment, please.") if payment.cancelling or not payment.can_cancel else ""
    page = code_page(shown, words, room)
    practised = practice(page.frame, state, words, room)
    away = words.say("Cancel payment")
    return Scene(
        "11d-pay-by-phone",
        room.panel.size,
        "ground",
        (
            *(() if room.large else brand(state, words, room=room)),
            *page.elements,
            *(practised if state.training is not None else _code(page.frame, payment, room)),
            *told(page.words, title, text, room, sizes=(40, 36, 28, 24)),
            *button(page.answers, CancelPressed(), away, room=room, icon="close", why_not=why),
            *utility(state, words, room),
            *sums(state, words, room),
            *to_pay(words.say("To pay"), words.money(payment.amount), room),
        ),
        title=title,
    )


def _code(frame: Rect, payment: Payment, room: Room) -> tuple[Element, ...]:
    show = payment.code and not payment.cancelling and payment.stage == "sent"
    return framed(frame, payment.code if show else "", room)


def _said(payment: Payment, words: Words) -> tuple[str, str]:
    say = words.say
    if payment.cancelling:
        return say("Cancelling the payment"), say("One moment, please.")
    if payment.stage == "completed":
        return say("Almost done"), say("One moment, please.")
    if not payment.code:
        return say("Getting your code"), say("One moment, please.")
    return say("Scan and pay with your phone"), say("We see it here as soon as it is paid.")
