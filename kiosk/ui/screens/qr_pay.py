"""11b Pay with a phone: the provider's code, to be read by the shopper's app; we say paid when the provider has.

Nothing that the phone shows counts: a code without the provider's word is no payment.
"""

from kiosk.checkout.events import CancelPressed
from kiosk.checkout.payment import Payment
from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.measure import text_width
from kiosk.ui.room import Room, room_in
from kiosk.ui.scene import Element, Label, Mark, Rect, Row, Scene, Word
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
from kiosk.ui.words import Words, minutes, seconds_left


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
    back = len(state.lane.tenders) > 1
    away, icon = (words.say("Pay another way"), "swap-horizontal") if back else (words.say("Cancel payment"), "close")
    left = _left(state, payment, view, words)
    left_h = room.lines(28, line_height=1.5) if left else 0
    said = told(page.words._replace(h=page.words.h - left_h), title, text, room, sizes=(40, 36, 28, 24))
    return Scene(
        "11d-pay-by-phone",
        room.panel.size,
        "ground",
        (
            *(() if room.large else brand(state, words, room=room)),
            *page.elements,
            *(practised if state.training is not None else _code(page.frame, payment, room)),
            *said,
            *(_countdown(page.words, said[-1].rect, left, left_h, room) if left else ()),
            *button(page.answers, CancelPressed(), away, room=room, icon=icon, why_not=why),
            *utility(state, words, room),
            *sums(state, words, room),
            *to_pay(words.say("To pay"), words.money(payment.amount), room),
        ),
        title=title,
    )


def _code(frame: Rect, payment: Payment, room: Room) -> tuple[Element, ...]:
    show = payment.code and not payment.cancelling and payment.stage == "sent"
    return framed(frame, payment.code if show else "", room)


def _left(state: State, payment: Payment, view: View, words: Words) -> str:
    """`4:32 left`, while the code can be paid."""
    if payment.cancelling or payment.stage != "sent" or not payment.code or state.training is not None:
        return ""
    ends = payment.since_tick + state.lane.time_outs.phone_ms
    return words.say("{time} left", time=minutes(1_000 * seconds_left(ends, max(view.now_ms, payment.since_tick))))


def _countdown(place: Rect, above: Rect, text: str, high: int, room: Room) -> tuple[Element, ...]:
    """Below what is said, of which it took no room."""
    top = min(layout.below(above) + room.px(8), layout.below(place) - high)
    font = room.font(layout.BODY)
    mark = Mark("timer-sand", room.icon(36), "info")
    wide = text_width(text, font, 600)
    if wide > place.w:
        return (Label(Rect(place.x, top, place.w, high), text, room.font(24), 600, colour="info"),)
    fits = wide + room.icon(36) + room.px(12) <= place.w
    parts = (*((mark,) if fits else ()), Word(text, font, 600, colour="info", max_lines=1))
    return (Row(Rect(place.x, top, place.w, high), parts, room.px(12), "start"),)


def _said(payment: Payment, words: Words) -> tuple[str, str]:
    say = words.say
    if payment.cancelling:
        return say("Cancelling the payment"), say("One moment, please.")
    if payment.stage == "completed":
        return say("Almost done"), say("One moment, please.")
    if not payment.code:
        return say("Getting your code"), say("One moment, please.")
    return say("Scan with your pay app"), say(
        "Then approve {amount} on your phone.", amount=words.money(payment.amount)
    )
