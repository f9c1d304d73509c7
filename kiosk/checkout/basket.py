"""Basket: the open lines of one visit."""

import msgspec

from kiosk.checkout.events import CardRecord, Entry
from kiosk.checkout.item import Item
from kiosk.checkout.offers.offer import Coupon
from kiosk.checkout.sale import Donation, Lot, Tender
from kiosk.values.money import ZERO, Money


class Markdown(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What staff take off: basis points of what it costs, or an amount; and why."""

    reason: str
    percent_bp: int = 0
    amount: Money = ZERO


class Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One line item. `line` is its number for the whole visit: numbers are not reused after a void."""

    line: int
    item: Item
    entry: Entry = "scan"
    count: int = 1
    weight_g: int | None = None
    amount: Money | None = None
    """What it costs, where a scale has worked that out."""
    markdown: Markdown | None = None
    load: str = ""
    """No goods, but money for a gift card: the question under whose id the store keeps a place for it."""


class Cleared(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An intervention that staff ended, for the sale's record."""

    reason: str
    opened_utc_ms: int
    cleared_utc_ms: int
    by: str
    where: str = "lane"
    evidence: str = ""


class Taken(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A tender that is paid, of a visit that is not sealed yet. It goes with the basket wherever that goes."""

    tender: Tender
    rounding: Money = ZERO
    """What cash rounding added to what was due (negative: took off it)."""
    record: CardRecord | None = None
    """Of a charge: what it takes to give it back."""
    slips: tuple[str, ...] = ()
    """The terminal's lines for the receipt."""
    rest: Money = ZERO
    """What is left on a gift card."""
    machine: bool = False
    """Cash that is in the cash machine, which gives it back."""


class Basket(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The lines, oldest first, and what the sale's record will need."""

    lines: tuple[Line, ...] = ()
    started_utc_ms: int = 0
    next_line: int = 1
    newest: int = 0
    """Number of the line that was added or counted up last; 0: none."""
    age_approved: int = 0
    """Age that staff have checked in this visit; lines up to it need no further check."""
    age_refused: int = 0
    """The lowest age that staff have refused in this visit: nothing with this limit or a higher one is sold in it."""
    cleared: tuple[Cleared, ...] = ()
    taken: tuple[Taken, ...] = ()
    """What is paid already, the oldest first."""
    customer: str = ""
    """Who shops, where a member has said so: the store's id, or `card:` and a number if nobody could be asked."""
    groups: tuple[str, ...] = ()
    """The groups that the customer is in."""
    late: bool = False
    """The customer came when prices could not change any more: points, and nothing else."""
    points: int = 0
    """What the member had collected before this visit."""
    coupons: tuple[Coupon, ...] = ()
    markdown: Markdown | None = None
    """What staff take off the whole basket."""
    lot: Lot | None = None
    """Whether it is looked at before it pays (`audit`); None: Pay was not pressed yet, or nothing is looked at."""
    unknown: int = 0
    """Codes that were scanned and that nobody knew."""
    unseen: int = 0
    """Things that the shopper would not bag, and own bags: what the bagging scale has not seen, or not into."""
    served_by: str = ""
    """Id of whoever served it last, wholly or in part; empty: self-service."""
    donation: Donation | None = None
    """What the shopper gives by rounding up; of nothing: they would rather not. None: not asked."""
    bags: tuple[Item, ...] = ()
    """The kinds of carrier bags that the shopper is being asked for."""
    bags_asked: bool = False
    """They have answered (`carrier_bags`)."""

    @property
    def goods(self) -> tuple[Line, ...]:
        """The lines that are sold, and not put on a gift card: what offers, tax and turnover are about."""
        return self.lines if not self.loads else tuple(line for line in self.lines if not line.load)

    @property
    def loads(self) -> tuple[Line, ...]:
        """The lines that are money for gift cards."""
        return tuple(line for line in self.lines if line.load)


EMPTY = Basket()
