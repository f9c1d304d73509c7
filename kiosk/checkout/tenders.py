"""Tenders: how much of the open basket is paid, and how much is left. Worked out from the basket, never kept."""

from kiosk.checkout.basket import Basket
from kiosk.checkout.pricing import due
from kiosk.checkout.state import State
from kiosk.values.money import ZERO, Money, total


def paid(basket: Basket) -> Money:
    """What has been taken so far."""
    return total(Money(taken.tender.amount_minor) for taken in basket.taken)


def rounding(basket: Basket) -> Money:
    """What cash rounding added to what is due; negative: took off it."""
    return total(taken.rounding for taken in basket.taken)


def donation(basket: Basket) -> Money:
    """What the shopper gives beside it (`charity`)."""
    return ZERO if basket.donation is None else Money(basket.donation.amount_minor)


def loaded(basket: Basket) -> Money:
    """What is put on gift cards (`card_loading`)."""
    return total(line.item.price for line in basket.loads)


def in_all(basket: Basket) -> Money:
    """What the goods cost, what is given beside them and put on gift cards; before cash rounding."""
    return due(basket) + donation(basket) + loaded(basket)


def to_round_up(state: State) -> Money:
    """What the shopper is asked for before the first tender; nothing where nobody is asked, or not any more."""
    charity, basket = state.lane.charity, state.basket
    if charity is None or state.assisted or basket.donation is not None or basket.taken or state.payment is not None:
        return ZERO
    amount = left(basket).minor
    return Money(-amount % charity.step_minor) if amount > 0 else ZERO


def left(basket: Basket) -> Money:
    """What is still to be paid. Negative: too much has been taken, because the basket became cheaper since."""
    return in_all(basket) + rounding(basket) - paid(basket)


def to_take(state: State) -> Money:
    """What the next tender is to pay: all that is left, or the part that the shopper has named."""
    most = left(state.basket)
    return state.part if ZERO < state.part < most else most
