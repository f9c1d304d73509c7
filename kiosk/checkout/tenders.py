"""Tenders: how much of the open basket is paid, and how much is left. Worked out from the basket, never kept."""

from kiosk.checkout.basket import Basket
from kiosk.checkout.pricing import due
from kiosk.values.money import Money, total


def paid(basket: Basket) -> Money:
    """What has been taken so far."""
    return total(Money(taken.tender.amount_minor) for taken in basket.taken)


def rounding(basket: Basket) -> Money:
    """What cash rounding added to what is due; negative: took off it."""
    return total(taken.rounding for taken in basket.taken)


def left(basket: Basket) -> Money:
    """What is still to be paid. Negative: too much has been taken, because the basket became cheaper since."""
    return due(basket) + rounding(basket) - paid(basket)
