"""11d Pay with a phone: the provider's code, to be read by the shopper's app; we say paid when the provider has.

Nothing that the phone shows counts: a code without the provider's word is no payment.
"""

from kiosk.checkout.events import CancelPressed
from kiosk.checkout.payment import Payment
from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.scene import Box, Code, Element, Label, Rect, Scene
from kiosk.ui.screens.banner import banner, paint
from kiosk.ui.screens.brand import brand
from kiosk.ui.screens.face import button
from kiosk.ui.screens.practice import practice
from kiosk.ui.screens.slip_sum import sums
from kiosk.ui.screens.to_pay import to_pay
from kiosk.ui.screens.utility import utility
from kiosk.ui.view import View
from kiosk.ui.words import Words


def scene(state: State, view: View, words: Words) -> Scene:
    """The code and what to do with it."""
    payment = state.payment
    assert payment is not None
    title, text = _said(payment, words)
    shown = banner(state, view, words)
    why = words.say("One moment, please.") if payment.cancelling or not payment.can_cancel else ""
    return Scene(
        "11d-pay-by-phone",
        layout.SIZE,
        "ground",
        (
            *brand(state, words),
            Box(layout.PROMPT, "paper", radius=28),
            *(_code(payment) if state.training is None else practice(Rect(64, 280, 398, 96), state, words)),
            Label(Rect(494, 160, 234, 132), title, 40, 700, True, max_lines=3, line_height=1.1, valign="top"),
            Label(Rect(494, 310, 218, 200), text, layout.BODY, max_lines=5, line_height=1.25, valign="top"),
            *button(Rect(64, 562, 648, 88), CancelPressed(), words.say("Cancel payment"), icon="close", why_not=why),
            *utility(state, words),
            *sums(state, words),
            *(paint(shown, layout.PAY, words) if shown else to_pay(words.say("To pay"), words.money(payment.amount))),
        ),
        title=title,
    )


def _code(payment: Payment) -> tuple[Element, ...]:
    frame = Box(Rect(64, 128, 398, 398), "white", "hair", 3, 20)
    show = payment.code and not payment.cancelling and payment.stage == "sent"
    return (frame, Code(Rect(75, 139, 376, 376), payment.code)) if show else (frame,)


def _said(payment: Payment, words: Words) -> tuple[str, str]:
    say = words.say
    if payment.cancelling:
        return say("Cancelling the payment"), say("One moment, please.")
    if payment.stage == "completed":
        return say("Almost done"), say("One moment, please.")
    if not payment.code:
        return say("Getting your code"), say("One moment, please.")
    return say("Scan and pay with your phone"), say("We see it here as soon as it is paid.")
