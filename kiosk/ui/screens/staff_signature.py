"""The signature on the slip, for staff: right, or not right and the charge goes back (19n)."""

from kiosk.checkout.events import SignatureChecked, SignatureSlipAsked
from kiosk.checkout.slip_signature import is_waiting
from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.measure import largest
from kiosk.ui.scene import Box, Element, Label, Rect, Scene
from kiosk.ui.screens.banner import banner, paint
from kiosk.ui.screens.face import button
from kiosk.ui.screens.office import page
from kiosk.ui.view import OpenPage, View
from kiosk.ui.words import Words

_CARD = Rect(32, 116, 560, 380)
_RIGHT, _WRONG, _AGAIN = Rect(624, 116, 624, 120), Rect(624, 252, 624, 120), Rect(624, 400, 624, 96)


def scene(state: State, view: View, words: Words) -> Scene:
    """What was charged, and the three things to do about it."""
    title, shown = words.say("Signature on the slip"), banner(state, view, words)
    payment = state.payment
    elements: tuple[Element, ...] = (Label(_CARD, words.say("No signature is waited for."), layout.BODY, 600),)
    if payment is not None and is_waiting(state):
        name = payment.attempt
        elements = (
            *_charge(state, words),
            *button(
                _RIGHT,
                SignatureChecked(attempt=name, right=True),
                words.say("The signature is right"),
                style="staff",
                icon="check-bold",
            ),
            *button(_WRONG, SignatureChecked(attempt=name, right=False), words.say("Not right: take the charge back")),
            *button(_AGAIN, SignatureSlipAsked(attempt=name), words.say("Print the slip again"), icon="printer"),
            *(paint(shown, Rect(32, 684, 1216, 88), words) if shown else ()),
        )
    return page("19n-staff-signature", title, state, view, words, elements, back=OpenPage("staff"))


def _charge(state: State, words: Words) -> tuple[Element, ...]:
    payment = state.payment
    assert payment is not None and payment.record is not None
    figure = words.money(payment.amount)
    card = f"{payment.record.scheme} {payment.record.masked[-8:]}".strip()
    told = words.say("Let the shopper sign the slip, and compare it with the card. Keep the slip.")
    return (
        Box(_CARD, "paper", radius=28),
        Label(Rect(64, 140, 496, 90), figure, largest(figure, 496, (layout.DISPLAY, 52, 34)), 800, True, amount=True),
        Label(Rect(64, 240, 496, 48), card, layout.BODY, 600, plain=True),
        Label(Rect(64, 308, 496, 160), told, layout.BODY, colour="ink2", max_lines=4, valign="top"),
    )
