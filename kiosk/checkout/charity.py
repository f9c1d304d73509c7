"""Charity: the shopper may round up what is to be paid, and the rest goes to whom the shop collects for.

Asked once between Pay and the choice of a tender, with two answers that are equally easy; nothing is chosen before. The
gift is none of the shop's money: it is no turnover, bears no tax, no offer and no point counts it, and it does not come
back with the goods. So it stands in the sale beside the totals (`Sale.donation`), and the tenders pay for both.
"""

from msgspec.structs import replace

from kiosk.checkout.basket import Basket
from kiosk.checkout.effects import Beep
from kiosk.checkout.events import DonationChosen
from kiosk.checkout.paying import is_settling
from kiosk.checkout.sale import Donation
from kiosk.checkout.state import Phase, State
from kiosk.checkout.tendering import offer
from kiosk.checkout.tenders import to_round_up
from kiosk.checkout.visit import Step

_NOTHING = Donation("", 0)
"""The shopper has been asked, and would rather not."""


def choose(state: State, event: DonationChosen) -> Step:
    """Yes or no, and on to the payment."""
    charity, amount = state.lane.charity, to_round_up(state)
    if charity is None or not amount or is_settling(state):
        return state, (Beep("not-found"),)
    given = Donation(charity.name, amount.minor) if event.give else _NOTHING
    return offer(replace(state, basket=replace(state.basket, donation=given)), event.at)


def follow(state: State) -> State:
    """Back among the goods the sum changes: whoever comes to pay again is asked again, unless a part is paid."""
    if state.phase is not Phase.SCANNING or state.basket.donation is None or state.basket.taken:
        return state
    return replace(state, basket=_asked_again(state.basket))


def _asked_again(basket: Basket) -> Basket:
    return replace(basket, donation=None)
