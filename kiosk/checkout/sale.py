"""Sale: the sealed record of one visit, in the shape that leaves the lane (CONTRACT, section 3).

POSLog identifies a transaction by store, workstation, business day and sequence number. Each sale carries the hash of
the one before it, so that a missing or altered record shows. Field names and their plain integers are the wire's own:
a Sale encoded as JSON *is* the message.
"""

from typing import Literal

import msgspec
from msgspec import UNSET, UnsetType

from kiosk.values.canonical import digest


class Discount(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What an offer takes off a line; negative minor units. What is empty is not written."""

    offer: str
    amount_minor: int
    name: str = ""
    """The offer's, in the language of the sale."""
    coupon: str = ""
    """Code of the coupon that opened it; several, with spaces between them, where it took several."""


class Original(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a line of a return takes back: these pieces of that line of that sale, counted from 0 (`returning`)."""

    sale: str
    line: int
    units: tuple[int, ...] = ()
    hold: str = ""
    """The question under whose id the store kept them; empty: it could not be asked."""


ReturnReason = Literal["", "defective", "changed_mind", "wrong_item", "other", "container"]
"""`container`: an empty one, for its deposit alone (`containers`)."""


class CameBack(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Why a line of a return came back, and where to: `waste` is nothing that can be sold again."""

    reason: ReturnReason = ""
    waste: bool = False


class SaleLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line. `amount_minor` is before discounts and without deposit."""

    line: int
    gtin: str
    name: str
    category: str
    entry: str
    count: int
    weight_g: int | None
    unit_price_minor: int
    amount_minor: int
    discounts: tuple[Discount, ...]
    tax_bp: int
    deposit_minor: int
    price_book: str
    age_limit: int = 0
    deposit_tax_bp: int | UnsetType = UNSET
    """Rate of the deposit, where the law taxes it; a line without one is written without it."""
    priced: str | UnsetType = UNSET
    """Where the price is from, if not from the price book: `label`, `short_date`, `staff`. Fields that are UNSET are
    not in the record at all, so that records sealed before there was such a field keep their hash."""
    batch: str | UnsetType = UNSET
    """AI 10 of the label."""
    amount_by: str | UnsetType = UNSET
    """Who worked the amount out, if not the till: `scale`, which rounds in its own way."""
    original: Original | UnsetType = UNSET
    """Of a return: what it takes back. Its amounts are then those of the original with the other sign."""
    back: CameBack | UnsetType = UNSET
    """Of a return: why, and whether to the shelf."""


class TaxTotal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Tax of the amounts of one rate: inside them, or on top where the sale has `added_tax_minor`."""

    rate_bp: int
    net_minor: int
    tax_minor: int


class Totals(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Sums of the sale. goods + deposit + added tax + rounding = due."""

    goods_minor: int
    deposit_minor: int
    rounding_minor: int
    due_minor: int
    tax: tuple[TaxTotal, ...]
    added_tax_minor: int | UnsetType = UNSET
    """The sum of a tax that comes on top of the prices; where prices contain their tax it is not written."""

    @property
    def on_top_minor(self) -> int:
        """The same as a number: 0 where nothing comes on top."""
        return self.added_tax_minor or 0


class CardSlipData(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is kept of a card: the terminal's masked number, never more."""

    scheme: str
    masked: str
    terminal: str
    receipt: str
    trace: str
    authorization: str


TenderKind = Literal["card", "cash", "gift_card", "voucher", "qr", "external"]
"""`qr`: a payment app; `external`: a card terminal that is not connected, staff key in what it says."""


class CashCounted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was handed over, and what was handed back: given - change is the tender's amount."""

    given_minor: int
    change_minor: int


class Tender(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One means of payment. `evidence`: what staff read from the terminal when they settled a doubt.

    What only some kinds have is left out of the record of the others, so that the hash of an old sale stays what it is.
    """

    kind: TenderKind
    amount_minor: int
    attempt: str
    card: CardSlipData | None
    evidence: str = ""
    cash: CashCounted | msgspec.UnsetType = msgspec.UNSET
    reference: str | msgspec.UnsetType = msgspec.UNSET
    """What the other end calls it: a provider's payment, a card's last digits, an authorization."""
    slip: str | msgspec.UnsetType = msgspec.UNSET
    """A signed deposit slip that was taken while nobody could be asked: its whole text. Of a return: the number of the
    slip that was given out for empties; the store issues it with the sale."""
    reverses: str | msgspec.UnsetType = msgspec.UNSET
    """Of a return: the attempt of the sale's tender whose charge the terminal took back, all of it."""


class Donation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the shopper gave to a charity by rounding up: beside the totals, paid by the same tenders."""

    to: str
    amount_minor: int


class CardLoad(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Money that was put on a gift card: beside the totals, paid by the same tenders (`card_loading`)."""

    hold: str
    """The question under whose id the store knows which card it is: the number is money, and stands in no record."""
    card: str
    """Its last digits, for people."""
    amount_minor: int


AuditWhy = Literal["", "random", "carried", "value", "risk"]
"""Why a visit is looked at; `carried`: one before it was drawn and left, or staff served it."""
AuditResult = Literal["", "passed", "added", "differs", "skipped"]


class Lot(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The lot of a visit that has reached paying (`drawing_lots`): whose it is, and what came of it. `visit` is its
    number in that till's period, from 1. What is empty is not written."""

    till: str
    period: int
    visit: int
    why: AuditWhy = ""
    result: AuditResult = ""


class ClearedIntervention(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An intervention that staff cleared during the visit; times RFC 3339."""

    reason: str
    opened: str
    cleared: str
    by: str
    where: str
    evidence: str = ""


class Chain(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The sale's link: SHA-256 in hexadecimal. `segment`: which machine of its till sealed it; UNSET: its first."""

    previous: str
    hash: str = ""
    segment: int | UnsetType = UNSET


class LateSignature(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A signature that a sale sealed in an outage got at last: which sale, its number, when and by which key."""

    sale: str
    number: int
    date: str
    time: str
    signature: str
    key: str


class FiscalMark(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who vouches for a sale. `signer` names the method; `number` counts the signed sales of the lane without gap;
    `date` and `time` are the local ones that were signed (ISO 8601); `key` is the version of the key. An outage has no
    signature; a later sale carries it in `late`."""

    signer: str
    number: int
    date: str = ""
    time: str = ""
    signature: str = ""
    key: str = ""
    late: tuple[LateSignature, ...] = ()


class Sale(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One sealed sale or void."""

    store: str
    till: str
    business_day: str
    sequence: int
    kind: Literal["sale", "return", "void"]
    training: bool
    started: str
    sealed: str
    currency: str
    language: str
    price_book: str
    customer: str | None
    lines: tuple[SaleLine, ...]
    totals: Totals
    tenders: tuple[Tender, ...]
    interventions: tuple[ClearedIntervention, ...]
    chain: Chain
    fiscal: FiscalMark | UnsetType = UNSET
    """The signature, where the law asks for one; a lane without a signer writes nothing."""
    served_by: str | UnsetType = UNSET
    """Id of the member of staff who served, wholly or in part; in self-service nothing is written."""
    lot: Lot | UnsetType = UNSET
    """Whether it was looked at before it paid, and what came of it; where nothing is looked at it is not written."""
    donation: Donation | UnsetType = UNSET
    """A gift that was paid with it; the shop's turnover has no part in it."""
    loads: tuple[CardLoad, ...] | UnsetType = UNSET
    """Gift cards that were sold or topped up with it: no turnover either, and no tax."""

    @property
    def to_pay_minor(self) -> int:
        """What its tenders have paid: the due amount, the gift, and what went on gift cards."""
        gift = 0 if self.donation is UNSET else self.donation.amount_minor
        return self.totals.due_minor + gift + self.loaded_minor

    @property
    def loaded_minor(self) -> int:
        """What it has put on gift cards."""
        return sum(load.amount_minor for load in self.loads or ())

    @property
    def key(self) -> str:
        """`{store}/{till}/{business_day}/{sequence:06d}`"""
        return f"{self.store}/{self.till}/{self.business_day}/{self.sequence:06d}"


def taxable(line: SaleLine) -> tuple[tuple[int, int], ...]:
    """(rate in basis points, minor units) that a line puts under tax: its goods after discounts, and its deposit."""
    goods = line.amount_minor + sum(discount.amount_minor for discount in line.discounts)
    deposit = () if line.deposit_tax_bp is UNSET else ((line.deposit_tax_bp, line.deposit_minor),)
    return deposit if is_container(line) else ((line.tax_bp, goods), *deposit)


def is_container(line: SaleLine) -> bool:
    """Whether it is an empty container that came back: no goods, only a deposit that was paid out."""
    return isinstance(line.back, CameBack) and line.back.reason == "container"


def coupons_of(sale: Sale) -> frozenset[str]:
    """The codes of the coupons that it has used."""
    return frozenset(code for line in sale.lines for taken in line.discounts for code in taken.coupon.split())


def _without_hash(sale: Sale) -> object:
    record = msgspec.to_builtins(sale)
    del record["chain"]["hash"]
    return record


def link_hash(sale: Sale) -> str:
    """The hash that `sale.chain.hash` must be: over the previous hash and the record without its own hash."""
    return digest(sale.chain.previous, _without_hash(sale))


def seal(sale: Sale) -> Sale:
    """The sale with its hash filled in."""
    return msgspec.structs.replace(sale, chain=msgspec.structs.replace(sale.chain, hash=link_hash(sale)))


def receipt_token(sale: Sale) -> str:
    """The unguessable part of the receipt's address: 128 bits that only who holds the sale can work out."""
    return digest("receipt", sale.chain.hash)[:32]


_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def short_code(*parts: str) -> str:
    """Four letters without look-alikes, made from the parts: exit codes, basket codes."""
    number = int(digest("code", list(parts))[:5], 16)
    return "".join(_LETTERS[number >> shift & 31] for shift in (15, 10, 5, 0))


def exit_code(sale: Sale) -> str:
    """The four letters of 15."""
    return short_code("exit", sale.chain.hash)
