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
from kiosk.ui.scene import Box, Element, Label, Rect, Scene
from kiosk.ui.screens.banner import banner, paint
from kiosk.ui.screens.face import button
from kiosk.ui.screens.office import page
from kiosk.ui.view import Look, OpenPage, View
from kiosk.ui.words import Words
from kiosk.values.money import Money

_CARD = Rect(32, 116, 712, 552)
_ROW_PX = 64
_BIG = Rect(776, 116, 472, 200)
_FIRST, _SECOND = Rect(776, 676, 472, 96), Rect(776, 564, 472, 96)
_DOUBT = ("doubt", "unknown")


def scene(state: State, view: View, words: Words) -> Scene:
    """The ways at the left, what to do at the right."""
    refund = state.refund
    assert refund is not None, "a return is open"
    shown = banner(state, view, words)
    before = refund.stage == "choosing"
    figure = words.money(worth(refund))
    elements = (
        Box(_CARD, "paper", radius=28),
        Label(Rect(64, 132, 640, 48), words.say("Pay back to"), layout.BODY, 600, colour="ink2"),
        *_ways(state, refund, words),
        Box(_BIG, "paper", radius=28),
        Label(Rect(800, 132, 424, 48), words.say("To pay back"), layout.BODY, 600),
        Label(Rect(800, 196, 424, 100), figure, largest(figure, 420, (layout.DISPLAY, 52, 36)), 800, True, amount=True),
        Label(Rect(776, 332, 472, 210), _news(state, refund, words), layout.BODY, max_lines=5, valign="top"),
        *_acts(state, refund, words),
        *(paint(shown, Rect(32, 684, 712, 88), words) if shown else ()),
    )
    back = OpenPage("staff_return") if before else OpenPage("staff")
    return page("19f-staff-refund-pay", words.say("Take goods back"), state, view, words, elements, back=back)


def _ways(state: State, refund: Refund, words: Words) -> tuple[Element, ...]:
    still = ways(refund) if refund.stage in ("choosing", "taking") else refund.ways
    rows = [(_called(one, words), words.say("given back"), -one.amount_minor) for one in refund.tenders]
    rows += [(_called(way, words), "", way.amount.minor) for way in still]
    painted: list[Element] = []
    for place, (name, note, minor) in enumerate(rows):
        room = Rect(64, 196 + _ROW_PX * place, 648, 48)
        text = f"{name} · {note}" if note else name
        painted.append(Label(room._replace(w=430), text, layout.BODY, 600))
        painted.append(Label(room, words.amount(Money(minor)), layout.BODY, 600, align="end", amount=True))
    return tuple(painted)


def _called(one: Tender | Way, words: Words) -> str:
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


def _acts(state: State, refund: Refund, words: Words) -> tuple[Element, ...]:
    say, payment = words.say, state.payment
    if payment is not None and payment.stage in _DOUBT:
        return button(_FIRST, OpenPage("staff_doubt"), say("Given or not?"), style="staff", icon="bank-outline")
    if refund.stage == "choosing" or is_stuck(state):
        amount = words.money(_left(refund))
        again = say("Try again") if is_stuck(state) else say("Pay back {amount}", amount=amount)
        first = button(_FIRST, ReturnConfirmed(), again, style="staff", icon="cash-refund", size=30)
        in_cash = button(_SECOND, ReturnConfirmed(cash=True), say("All in cash (manager)"), icon="cash", size=26)
        if refund.proof == "containers" and state.lane.slip_begins:
            return (*first, *_slip(state, words))
        return (*first, *in_cash) if _is_other(refund) else first
    if payment is not None and payment.can_cancel:
        stop: Event | Look = CancelPressed()
        return button(_SECOND, stop, say("Cancel at the terminal"), icon="close", size=26)
    return ()


def _slip(state: State, words: Words) -> tuple[Element, ...]:
    why = "" if prints_slips(state) else words.say("No slip can be printed here now.")
    return button(
        _SECOND, ReturnConfirmed(slip=True), words.say("Give a slip"), icon="printer-pos-outline", size=30, why_not=why
    )


def _left(refund: Refund) -> Money:
    """What is not back yet."""
    return worth(refund) + Money(sum(one.amount_minor for one in refund.tenders if one.kind != "cash"))


def _is_other(refund: Refund) -> bool:
    """Whether some of it would go back another way than in cash."""
    still = ways(refund) if refund.stage == "choosing" else refund.ways
    return any(way.kind != "cash" for way in still)
