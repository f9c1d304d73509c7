"""19f, the money: which way it goes back, what is back already, and what to do when a way fails."""

from kiosk.checkout.brought_back import ways, worth
from kiosk.checkout.containers import prints_slips
from kiosk.checkout.events import CancelPressed, Event, ReturnConfirmed
from kiosk.checkout.paying_back import is_stuck
from kiosk.checkout.refund import Refund, Way
from kiosk.checkout.sale import Tender
from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.measure import largest
from kiosk.ui.room import GAP_PX, Room, office
from kiosk.ui.scene import Element, Label, Rect, Scene
from kiosk.ui.screens.face import button
from kiosk.ui.screens.office import body, halves, page
from kiosk.ui.screens.staff_form import Fact, card, facts, note
from kiosk.ui.view import Look, OpenPage, View
from kiosk.ui.words import Words
from kiosk.values.money import Money

_DOUBT = ("doubt", "unknown")


def scene(state: State, view: View, words: Words) -> Scene:
    """The ways at the left, what to do at the right."""
    refund, room = state.refund, office(view)
    assert refund is not None, "a return is open"
    before = refund.stage == "choosing"
    px, gap, high = room.px, max(room.px(16), GAP_PX), room.touch(96)
    left, right = halves(body(room), room, *((40, 60) if room.portrait else (60, 40) if room.scale >= 1 else (50, 50)))
    first = right._replace(y=layout.below(right) - high, h=high)
    second = first._replace(y=first.y - gap - high)
    big = right._replace(h=min(px(200), (second.y - right.y) // 2))
    news = Rect(right.x, layout.below(big) + px(16), right.w, second.y - px(16) - layout.below(big) - px(16))
    inner = layout.inset(big, px(24), px(12))
    name = inner._replace(h=room.lines(layout.BODY))
    amount = Rect(inner.x, layout.below(name), inner.w, inner.h - name.h)
    figure = words.money(worth(refund))
    sizes = tuple(room.font(s) for s in (layout.DISPLAY, 52, 36, 28) if room.font(s) <= amount.h + 6) or (
        room.font(28),
    )
    elements = (
        card(left, room),
        *_ways(layout.inset(left, px(32), px(16)), refund, words, room),
        card(big, room),
        *note(name, words.say("To pay back"), room, weight=600),
        Label(amount, figure, largest(figure, amount.w, sizes), 800, True, amount=True),
        *note(news, _news(state, refund, words), room),
        *_acts(first, second, state, refund, words, room),
    )
    back = OpenPage("staff_return") if before else OpenPage("staff")
    title = words.say("Take goods back")
    return page("19f-staff-refund-pay", title, state, view, words, elements, back=back, room=room)


def _ways(place: Rect, refund: Refund, words: Words, room: Room) -> tuple[Element, ...]:
    still = ways(refund) if refund.stage in ("choosing", "taking") else refund.ways
    rows = [(called(one, words), words.say("given back"), -one.amount_minor) for one in refund.tenders]
    rows += [(called(way, words), "", way.amount.minor) for way in still]
    head = place._replace(h=room.lines(layout.BODY) + room.px(12))
    below = Rect(place.x, layout.below(head), place.w, place.h - head.h)
    listed = [
        Fact(f"{name} · {said}" if said else name, words.amount(Money(minor)), strong=True)
        for name, said, minor in rows
    ]
    return (
        *note(head, words.say("Pay back to"), room, weight=600, colour="ink2", middle=True),
        *facts(below, listed, room, most=64),
    )


def called(one: Tender | Way, words: Words) -> str:
    """A means of payment, with what is known of the card."""
    names = {
        "card": words.say("Card"),
        "cash": words.say("Cash"),
        "gift_card": words.say("Gift card"),
        "voucher": words.say("Voucher"),
    }
    if one.slip:
        return words.say("Deposit slip")
    known = one.card.masked[-4:] if one.card is not None else one.reference or ""
    return f"{names.get(one.kind, one.kind)} {known}".strip()


def _news(state: State, refund: Refund, words: Words) -> str:
    """Where the money stands, in a sentence."""
    say, payment = words.say, state.payment
    if refund.stage == "choosing":
        if refund.proof == "none":
            return say("No receipt: a manager signs, and it is paid in cash.")
        if refund.proof == "containers":
            return say("In cash, or with a slip that pays at every checkout.") if state.lane.slip_begins else ""
        return say("The store could not be asked: a manager signs.") if refund.proof == "signed" else ""
    if refund.stage == "taking":
        return say("The store is keeping these goods for you. One moment.")
    if refund.stage == "sealing":
        return say("The money is back. The receipt is on its way.")
    if payment is None:
        return say("There is money left to be paid back.")
    if payment.stage in _DOUBT and payment.charge is not None:
        return say("The terminal could not tell whether it reversed the payment. Look into its journal.")
    if payment.stage in _DOUBT:
        return say("The terminal could not tell whether it gave the money. Look into its journal.")
    if payment.stage == "declined":
        return say("The card did not get the money. Try again, or a manager pays it in cash.")
    if payment.charge is not None:
        return say("The terminal is reversing the card payment. No card is needed.")
    return payment.text or say("Ask for the card at the terminal.")


def _acts(
    first_at: Rect, second_at: Rect, state: State, refund: Refund, words: Words, room: Room
) -> tuple[Element, ...]:
    say, payment = words.say, state.payment
    if payment is not None and payment.stage in _DOUBT:
        text, doubted = say("Given or not?"), OpenPage("staff_doubt")
        return button(first_at, doubted, text, room=room, style="staff", icon="bank-outline")
    if refund.stage == "choosing" or is_stuck(state):
        amount = words.money(_left(refund))
        again = say("Try again") if is_stuck(state) else say("Pay back {amount}", amount=amount)
        first = button(first_at, ReturnConfirmed(), again, room=room, style="staff", icon="cash-refund", size=30)
        cash, text = ReturnConfirmed(cash=True), say("All in cash (manager)")
        in_cash = button(second_at, cash, text, room=room, icon="cash", size=26)
        if refund.proof == "containers" and state.lane.slip_begins:
            return (*first, *_slip(second_at, state, words, room))
        return (*first, *in_cash) if is_other(refund) else first
    if payment is not None and payment.can_cancel:
        stop: Event | Look = CancelPressed()
        return button(second_at, stop, say("Cancel at the terminal"), room=room, icon="close", size=26)
    return ()


def _slip(place: Rect, state: State, words: Words, room: Room) -> tuple[Element, ...]:
    why = "" if prints_slips(state) else words.say("No slip can be printed here now.")
    says, text, icon = ReturnConfirmed(slip=True), words.say("Give a slip"), "printer-pos-outline"
    return button(place, says, text, room=room, icon=icon, size=30, why_not=why)


def _left(refund: Refund) -> Money:
    """What is not back yet."""
    return worth(refund) + Money(sum(one.amount_minor for one in refund.tenders if one.kind != "cash"))


def is_other(refund: Refund) -> bool:
    """Whether some of it would go back another way than in cash."""
    still = ways(refund) if refund.stage == "choosing" else refund.ways
    return any(way.kind != "cash" for way in still)
