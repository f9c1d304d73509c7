"""Cash events: money in people's hands. What a shopper gives, staff key in; what must go back, staff hand back."""

from kiosk.checkout.events.fact import Fact
from kiosk.values.money import Money


class CashChosen(Fact, frozen=True):
    """Cash, on the payment choice: staff come and take it here."""


class CashGiven(Fact, frozen=True, kw_only=True):
    """Staff have so much in their hand. What is more than the due goes back as change; less pays a part."""

    amount: Money


class ExternalTaken(Fact, frozen=True, kw_only=True):
    """Staff have charged a card on a terminal of its own: so much, under the authorization number that it printed."""

    amount: Money
    reference: str


class TenderCancelled(Fact, frozen=True, kw_only=True):
    """A tender that is taken already is not wanted any more: it is given back, and as much is due again."""

    attempt: str


class CashReturned(Fact, frozen=True, kw_only=True):
    """Staff have handed the cash of a cancelled tender back."""

    attempt: str


class DrawerAsked(Fact, frozen=True):
    """Staff want the drawer open without a sale."""


CashEvent = CashChosen | CashGiven | ExternalTaken | TenderCancelled | CashReturned | DrawerAsked
