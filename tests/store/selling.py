"""A short hand for store tests: a price book, and a till that seals true sales against it."""

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from kiosk.checkout.questions import LineUnits
from kiosk.checkout.returning import returned
from kiosk.checkout.sale import CardSlipData, Chain, Sale, SaleLine, TaxTotal, Tender, Totals, seal
from kiosk.values.money import Money
from kiosk.values.quantity import Weight, price_of_weight
from kiosk.values.tax import tax_totals
from kiosk.wire.codec import encode
from kiosk.wire.outgoing import sale_message, stock_message
from kiosk.wire.price_csv import PriceRow
from kiosk.wire.topics import Address, What

NOW = 1_764_000_000_000
BREAD = PriceRow(gtin="9520000000011", name="Rye bread", price_minor=3290, tax_class="food", tax_bp=600)
WATER = PriceRow(gtin="9520000000028", name="Water", price_minor=1190, tax_class="food", deposit_minor=100)
BANANAS = PriceRow(plu="4011", name="Bananas", price_minor=2490, sold_by="kg", tax_class="food")
ROWS = (BREAD, WATER, BANANAS)


def line_of(number: int, row: PriceRow, much: int, version: str) -> SaleLine:
    """`much` pieces, or grams of what is sold by weight."""
    weight_g = much if row.sold_by == "kg" else None
    count = 1 if weight_g is not None else much
    price = Money(row.price_minor)
    amount = price_of_weight(price, Weight(weight_g)) if weight_g is not None else price * count
    return SaleLine(
        line=number, gtin=row.code, name=row.name, category=row.category, entry="scan", count=count,
        weight_g=weight_g, unit_price_minor=row.price_minor, amount_minor=amount.minor, discounts=(), tax_bp=600,
        deposit_minor=row.deposit_minor * count, price_book=version,
    )  # fmt: skip


def summed(sale: Sale) -> Sale:
    """The sale with totals and payment that fit its lines."""
    goods = sum(line.amount_minor for line in sale.lines)
    deposit = sum(line.deposit_minor for line in sale.lines)
    tax = tax_totals((line.tax_bp, Money(line.amount_minor)) for line in sale.lines)
    totals = Totals(
        goods, deposit, 0, goods + deposit, tuple(TaxTotal(t.rate_bp, t.net.minor, t.tax.minor) for t in tax)
    )
    card = CardSlipData("Visa", "************4021", "29001234", "0175", "000312", "831000")
    paid = (Tender("card", totals.due_minor, f"{sale.till}-{sale.sequence:06d}-1", card),)
    return replace(sale, totals=totals, tenders=() if sale.kind == "void" else paid)


class Till:
    """Seals one sale after the other."""

    def __init__(self, name: str = "k01", store: str = "s001") -> None:
        self.name, self.store, self.sequence, self.head = name, store, 0, "0" * 64

    def sell(self, *basket: tuple[PriceRow, int], version: str = "1", **changes: Any) -> Sale:
        """The next sale in the chain; `changes` are made before it is sealed."""
        self.sequence += 1
        lines: Sequence[SaleLine] = [line_of(n, row, much, version) for n, (row, much) in enumerate(basket, start=1)]
        drafted = Sale(
            store=self.store, till=self.name, business_day="2026-11-23", sequence=self.sequence, kind="sale",
            training=False, started="2026-11-23T09:12:03.120Z", sealed="2026-11-23T09:13:40.002Z", currency="SEK",
            language="sv", price_book=version, customer=None, lines=tuple(lines), totals=Totals(0, 0, 0, 0, ()),
            tenders=(), interventions=(), chain=Chain(self.head),
        )  # fmt: skip
        shape = {key: value for key, value in changes.items() if key in ("lines", "kind")}
        sealed = seal(replace(summed(replace(drafted, **shape)), **changes))
        self.head = sealed.chain.hash
        return sealed


def back(sold: Sale, held: Sequence[LineUnits], hold: str = "", till: str = "k01", sequence: int = 2) -> Sale:
    """The sealed return of these pieces, paid in cash."""
    made = returned(sold, [(one.line, one.units) for one in held], hold)
    paid = (Tender("cash", made.totals.due_minor, f"{till}-{sequence:06d}-1", None),)
    draft = replace(
        sold, till=till, sequence=sequence, kind="return", lines=made.lines, totals=made.totals, tenders=paid,
        chain=Chain(sold.chain.hash if till == sold.till else "0" * 64),
    )  # fmt: skip
    return seal(draft)


def said(sale: Sale) -> bytes:
    """As the till sends it."""
    return encode(sale_message(sale))


def reported(sale: Sale) -> bytes:
    """As the till reports its stock."""
    return encode(stock_message(sale))


def on(what: What, till: str = "k01") -> Address:
    """Where it comes from."""
    return Address("s001", till, what)
