"""Return events: goods come back on the lane, in the hands of staff (`refunding`)."""

from kiosk.checkout.events.fact import Fact
from kiosk.checkout.item import Item
from kiosk.checkout.sale import ReturnReason, Sale


class ReturnBegan(Fact, frozen=True):
    """Staff are going to take goods back."""


class ReceiptShown(Fact, frozen=True, kw_only=True):
    """A receipt was scanned, or its number typed: `find` is what the store can find it by.

    `proved`: what the receipt itself proves by our own signature, for a store that is away.
    """

    find: str
    proved: Sale | None = None


class CopyAsked(Fact, frozen=True):
    """Staff want a copy of the receipt of the sale that they have found."""


class NoReceipt(Fact, frozen=True):
    """There is no receipt: the goods are scanned."""


class EmptiesBegan(Fact, frozen=True, kw_only=True):
    """Empty containers come back, for their deposit. `classes`: those without a barcode, as their deposit is taxed
    today."""

    classes: tuple[Item, ...] = ()


class PieceReturned(Fact, frozen=True, kw_only=True):
    """So many of this line come back in all (0: none), for a reason, to the shelf or as waste."""

    line: int
    count: int
    reason: ReturnReason = ""
    waste: bool = False


class ReturnConfirmed(Fact, frozen=True, kw_only=True):
    """Pay it back, the way it was paid; or, `cash`, out of the drawer all that is not back yet; or, `slip`, empties
    with a slip that pays at every lane."""

    cash: bool = False
    slip: bool = False


class ReturnDropped(Fact, frozen=True):
    """The return is given up, or another receipt comes first."""


class RefundSettled(Fact, frozen=True, kw_only=True):
    """Staff decide a refund in doubt from the terminal's own journal. `evidence` is what they read there."""

    attempt: str
    given: bool
    evidence: str


ReturnEvent = (
    ReturnBegan
    | ReceiptShown
    | CopyAsked
    | NoReceipt
    | EmptiesBegan
    | PieceReturned
    | ReturnConfirmed
    | ReturnDropped
    | RefundSettled
)
