"""Item: one thing the shop sells, as the price book told it at the moment of the scan.

The gate puts the whole item into the event, so a replay needs no price book and a line always keeps
the price that the shopper saw.
"""

from typing import Literal

import msgspec

from kiosk.checkout.offers.offer import Offered
from kiosk.values.money import ZERO, Money


class TaxSoon(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The rates of a thing from the midnight on that begins a day (ISO 8601)."""

    since: str
    tax_bp: int
    deposit_tax_bp: int | None = None


class Item(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One row of the price book. `gtin` is what identifies it (GTIN, or PLU for loose goods), as in the CSV."""

    gtin: str
    name: str
    price: Money
    """Price of one, or of one kilogram when `sold_by` is `kg`; its tax is inside, unless `tax_on_top`."""
    tax_class: str
    tax_bp: int
    """Rate in basis points of the day, looked up in the jurisdiction pack by the gate at the scan."""
    price_book: str
    """Version of the price book that gave this price."""
    names: dict[str, str] = {}
    """Name by language (BCP 47) where the price book has one."""
    category: str = ""
    sold_by: Literal["each", "kg"] = "each"
    age_limit: int = 0
    weight_g: int = 0
    """What the label says that one weighs, packing included; 0: it does not."""
    weight_seen: int = 0
    """How many were seen on a bagging scale; the next two are what was learned from them (`weights`)."""
    weight_mean_mg: int = 0
    weight_spread_mg: int = 0
    tare_g: int = 0
    deposit: Money = ZERO
    """Deposit of one container, added to the line and shown apart."""
    deposit_tax_bp: int | None = None
    """Rate inside the deposit where the law taxes it; None: it bears no tax."""
    tax_soon: tuple["TaxSoon", ...] = ()
    """The rates that it will have from a day soon on, the next first: its basket may be paid then (`taxing`)."""
    tax_on_top: bool = False
    """Prices here are without tax, which is added to the sum (a sales tax)."""
    picture: str = ""
    blocked: bool = False
    max_quantity: int = 0
    """0: no limit of its own."""
    staff_only: bool = False
    """Sold, but not by self-service: staff put it into the basket."""
    open_price: bool = False
    """It has no price of its own: staff key one."""
    short_date: str = ""
    """What is taken off near the last day (`freshness`); empty: as the lane does."""
    priced: Literal["", "label", "short_date", "staff"] = ""
    """Where the price is from, if not from the price book."""
    batch: str = ""
    """AI 10 of the label that was scanned."""
    offers: tuple[Offered, ...] = ()
    """The offers that it was in at the moment of the scan. What is in the basket keeps them, as it keeps its price."""

    def name_in(self, language: str) -> str:
        """The name in that language, or the name that the price book always has."""
        return self.names.get(language) or self.name


class Label(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a label says beside the product, as the gate found it on the day of the scan."""

    batch: str = ""
    days_left: int | None = None
    """Until its last day; 0: that is today; negative: it is over; None: the label has no day."""
    last_day_is: Literal["use_by", "best_before"] = "use_by"
    recalled: bool = False
    """The price book has recalled this batch."""
