"""The signature on the slip, for staff: right, or not right and the charge goes back (19n)."""

from kiosk.checkout.events import SignatureChecked, SignatureSlipAsked
from kiosk.checkout.slip_signature import is_waiting
from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.measure import largest
from kiosk.ui.room import GAP_PX, Room, office
from kiosk.ui.scene import Element, Label, Rect, Scene
from kiosk.ui.screens.face import button
from kiosk.ui.screens.office import body, halves, page
from kiosk.ui.screens.staff_form import card, note
from kiosk.ui.view import OpenPage, View
from kiosk.ui.words import Words


def scene(state: State, view: View, words: Words) -> Scene:
    """What was charged, and the three things to do about it."""
    title, room, say = words.say("Signature on the slip"), office(view), words.say
    left, right = halves(body(room), room, 47, 53)
    payment = state.payment
    elements = note(left, say("No signature is waited for."), room, weight=600)
    if payment is not None and is_waiting(state):
        name, gap = payment.attempt, max(room.px(16), GAP_PX)
        high = min(room.touch(120), (right.h - 2 * gap) // 3)
        cells = tuple(Rect(right.x, right.y + n * (high + gap), right.w, high) for n in range(3))
        yes, no = SignatureChecked(attempt=name, right=True), SignatureChecked(attempt=name, right=False)
        again = SignatureSlipAsked(attempt=name)
        elements = (
            *_charge(left._replace(h=min(left.h, room.px(420))), state, words, room),
            *button(cells[0], yes, say("The signature is right"), room=room, style="staff", icon="check-bold"),
            *button(cells[1], no, say("Not right: take the charge back"), room=room),
            *button(cells[2], again, say("Print the slip again"), room=room, icon="printer"),
        )
    return page("19n-staff-signature", title, state, view, words, elements, back=OpenPage("staff"), room=room)


def _charge(place: Rect, state: State, words: Words, room: Room) -> tuple[Element, ...]:
    payment, px = state.payment, room.px
    assert payment is not None and payment.record is not None
    figure = words.money(payment.amount)
    inner = layout.inset(place, px(32), px(24))
    sizes = tuple(room.font(s) for s in (layout.DISPLAY, 52, 36))
    amount = inner._replace(h=room.lines(layout.DISPLAY, 1, 1.1))
    card_at = Rect(inner.x, layout.below(amount) + px(10), inner.w, room.lines(layout.BODY))
    told = Rect(inner.x, layout.below(card_at) + px(16), inner.w, layout.below(inner) - layout.below(card_at) - px(16))
    card_text = f"{payment.record.scheme} {payment.record.masked[-8:]}".strip()
    text = words.say("Let the shopper sign the slip, and compare it with the card. Keep the slip.")
    return (
        card(place, room),
        Label(amount, figure, largest(figure, inner.w, sizes), 800, True, amount=True),
        Label(card_at, card_text, room.font(layout.BODY), 600, plain=True),
        *note(told, text, room, colour="ink2"),
    )
