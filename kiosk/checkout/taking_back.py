"""Taking back: whether a return can undo the very charge that paid, at the terminal, instead of giving a card money.

It is the kinder way: no card is needed, and the shopper's bank never shows the purchase. But only the terminal that
made the charge can undo it, only all of it, and only until its end of day has handed the charge over. So the sale is
this lane's, the whole tender comes back at once, and the attempt at the card was made after the last end of day was
*ordered*: from that order on nobody here knows what it has taken. What cannot be proved so is refunded, card present.

Attempts are named `{till}-{sequence}-{number}` and counted upwards, so one name says which came first.
"""

from msgspec.structs import replace

from kiosk.checkout.events import CardRecord
from kiosk.checkout.refund import Way
from kiosk.checkout.sale import Sale, Tender
from kiosk.checkout.state import State


def charge(state: State, way: Way) -> CardRecord | None:
    """The charge that this way can be, taken back whole; None: the card must be there."""
    sale = state.refund.sale if state.refund is not None else None
    if sale is None or way.refused or not _is_ours(state, sale):
        return None
    paid = next((one for one in sale.tenders if one.attempt == way.attempt), None)
    if paid is None or paid.amount_minor != way.amount.minor or not _is_open(state, paid):
        return None
    card = paid.card
    if card is None or not (card.terminal and card.receipt and card.trace):
        return None
    return CardRecord(
        amount=way.amount,
        terminal=card.terminal,
        receipt=card.receipt,
        trace=card.trace,
        scheme=card.scheme,
        masked=card.masked,
        authorization=card.authorization,
    )


def _is_ours(state: State, sale: Sale) -> bool:
    """A sale that the lane does not remember sealing is none of its own, whatever its name says."""
    ours = (sale.store, sale.till) == (state.lane.store, state.lane.till)
    return ours and not sale.training and sale.sequence < state.sequence


def _is_open(state: State, paid: Tender) -> bool:
    """Whether no end of day can have taken this charge."""
    till, counted, number = ("", "", *paid.attempt.rsplit("-", 2))[-3:]
    if paid.kind != "card" or state.open_from is None or till != state.lane.till:
        return False
    return counted.isdecimal() and number.isdecimal() and (int(counted), int(number)) >= state.open_from


def handed_over(state: State) -> State:
    """From now on the terminal may have handed over every charge that was ever made here."""
    return replace(state, open_from=(state.sequence, state.attempts + 1))
