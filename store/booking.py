"""Booking: sealed sales into the books, as many as wait, in one transaction.

A commit costs the same for one sale as for a hundred, and so does most SQL. So everything that each sale needs is
written for all of them at once, and everything that must be looked up (what the price books said, what tills report,
what came back) is looked up once for all. Only what few sales have (vouchers, coupons, returns, members) goes one by
one, in the order of the batch.

The sales are new: `ingest` has seen to that. What else must happen whenever sales are booked belongs in
`after_booking`: it sees the batch whole, in the same transaction.
"""

from collections.abc import Sequence
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from kiosk.checkout.sale import Original, Sale, receipt_token
from kiosk.wire.messages import StockMovements
from kiosk.wire.price_csv import PriceRow
from kiosk.wire.stock import stock_of
from store import exit_codes, losses, rollups, webhooks
from store.bulk import insert_rows
from store.chain import recheck_chains
from store.coupons import use_coupons
from store.flags import Flag, flags_of
from store.loading import load_sold
from store.members import collect
from store.price_book import offers_of_version, rows_of_version
from store.return_flags import recheck_returns
from store.returns import came_back, originals_of, take_back
from store.schema import sale, sale_flag, sale_line, sale_tax, sale_tender, stock_report
from store.stock import book_sales as book_movements
from store.vouchers import spend


class Sealed(msgspec.Struct, frozen=True):
    """One sale: typed, as plain values with fields that we may not know, and as the text that is kept."""

    sale: Sale
    said: dict[str, Any]
    body: str


def book_sales(connection: Connection, batch: Sequence[Sealed], now_utc_ms: int) -> None:
    """Write these sales, none of which is in the books, with all that follows from them."""
    sales = [one.sale for one in batch]
    write_rows(connection, batch, now_utc_ms)
    recheck_chains(connection, sales)
    book_movements(connection, sales, now_utc_ms)
    exit_codes.note_all(connection, sales, now_utc_ms)
    books, found = _PriceBooks(connection, sales), _Flags()
    for one in batch:
        found.add(one.sale.key, *flags_of(one.sale, one.said, books.rows, books.offers))
    for sold in sales:
        found.add(sold.key, *spend(connection, sold, now_utc_ms), *use_coupons(connection, sold, now_utc_ms))
        found.add(sold.key, *load_sold(connection, sold, now_utc_ms))
    _settle_returns(connection, sales, now_utc_ms)
    for sold in sales:
        if sold.customer is not None:
            collect(connection, sold.key, sold.customer)
    by_key = {sold.key: sold for sold in sales}
    reports = sa.select(stock_report.c.body).where(stock_report.c.sale_key.in_(by_key))
    for body in connection.scalars(reports).all():
        report = msgspec.json.decode(body, type=StockMovements)
        found.add(report.sale, *compare_stock(by_key[report.sale], report))
    insert_rows(connection, sale_flag, found.rows())
    after_booking(connection, batch, now_utc_ms)


def after_booking(connection: Connection, batch: Sequence[Sealed], now_utc_ms: int) -> None:
    """What else follows from sales that have just been written: once for each, in their transaction."""
    rollups.after_booking(connection, [one.sale for one in batch])
    losses.settle(connection, [one.sale for one in batch], now_utc_ms)
    webhooks.note_all(connection, "sale.booked", (one.said for one in batch), now_utc_ms)


def write_rows(connection: Connection, batch: Sequence[Sealed], now_utc_ms: int) -> None:
    """The sales themselves, with their lines, taxes and payments."""
    insert_rows(connection, sale, [_sale_row(one, now_utc_ms) for one in batch])
    for table, of in ((sale_line, _line_rows), (sale_tax, _tax_rows), (sale_tender, _tender_rows)):
        insert_rows(connection, table, [row for one in batch for row in placed(one.sale.key, of(one.sale))])


def compare_stock(sold: Sale, report: StockMovements) -> list[Flag]:
    """Whether the till says that the sale moved what it moves."""
    ours = {movement.gtin: movement for movement in stock_of(sold).movements}
    if ours == {movement.gtin: movement for movement in report.movements}:
        return []
    return [Flag("stock", "the till reports other movements than its sale makes")]


class _PriceBooks:
    """What the versions of the price book said about all that the batch sells."""

    def __init__(self, connection: Connection, sales: Sequence[Sale]) -> None:
        self._connection = connection
        self._codes: dict[str, set[str]] = {}
        self._named: dict[str, set[str]] = {}
        self._rows: dict[str, dict[str, PriceRow] | None] = {}
        self._offers: dict[str, set[str]] = {}
        for line in (line for sold in sales for line in sold.lines):
            self._codes.setdefault(line.price_book, set()).add(line.gtin)
            self._named.setdefault(line.price_book, set()).update(discount.offer for discount in line.discounts)

    def rows(self, version: str, codes: set[str]) -> dict[str, PriceRow] | None:
        """At least these codes of that version; None if there never was one."""
        if version not in self._rows:
            self._rows[version] = rows_of_version(self._connection, version, self._codes[version])
        return self._rows[version]

    def offers(self, version: str, ids: set[str]) -> set[str]:
        """Offers that this version had, of all that the batch names."""
        if version not in self._offers:
            self._offers[version] = set(offers_of_version(self._connection, version, self._named[version]))
        return self._offers[version]


class _Flags:
    """What is odd about the sales of a batch: of each sale and reason what was found first."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], str] = {}

    def add(self, key: str, *flags: Flag) -> None:
        """Something odd about this sale."""
        for one in flags:
            self._found.setdefault((key, one.reason), one.detail)

    def rows(self) -> list[dict[str, Any]]:
        """As the books have them."""
        return [{"sale_key": key, "reason": reason, "detail": said} for (key, reason), said in self._found.items()]


def _settle_returns(connection: Connection, sales: Sequence[Sale], now_utc_ms: int) -> None:
    """What takes something back, and what returns that came earlier have taken back."""
    gone = came_back(connection, [sold.key for sold in sales])
    for sold in sales:
        take_back(connection, sold, now_utc_ms)
        if sold.key in gone or originals_of(sold):
            recheck_returns(connection, sold)


# --- rows -------------------------------------------------------------------------------------------------------------


def numbers_of(sold: Sale) -> list[object]:
    """Every number of a sale that a column will hold or a sum will run over."""
    totals, moved = msgspec.structs.asdict(sold.totals), map(msgspec.structs.asdict, stock_of(sold).movements)
    rows = (*_line_rows(sold), *_tax_rows(sold), *_tender_rows(sold))
    values: list[object] = [sold.sequence, *(value for row in (totals, *moved, *rows) for value in row.values())]
    for original in (line.original for line in sold.lines if isinstance(line.original, Original)):
        values += original.line, *original.units
    return values


def placed(key: str, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows of one sale's part. Their place is where they stand in the message: a till's own numbers may repeat."""
    return [{"sale_key": key, "place": place, **row} for place, row in enumerate(rows, start=1)]


def _sale_row(one: Sealed, now_utc_ms: int) -> dict[str, Any]:
    sold = one.sale
    return {
        "key": sold.key,
        "till": sold.till,
        "business_day": sold.business_day,
        "sequence": sold.sequence,
        "kind": sold.kind,
        "training": sold.training,
        "started": sold.started,
        "sealed": sold.sealed,
        "currency": sold.currency,
        "goods_minor": sold.totals.goods_minor,
        "deposit_minor": sold.totals.deposit_minor,
        "due_minor": sold.totals.due_minor,
        "hash": sold.chain.hash,
        "previous": sold.chain.previous,
        "token": receipt_token(sold),
        "received_utc_ms": now_utc_ms,
        "body": one.body,
    }


def _line_rows(sold: Sale) -> list[dict[str, Any]]:
    return [
        {
            "gtin": line.gtin,
            "name": line.name,
            "category": line.category,
            "entry": line.entry,
            "count": line.count,
            "weight_g": line.weight_g,
            "unit_price_minor": line.unit_price_minor,
            "amount_minor": line.amount_minor,
            "discount_minor": sum(discount.amount_minor for discount in line.discounts),
            "deposit_minor": line.deposit_minor,
            "tax_bp": line.tax_bp,
            "price_book": line.price_book,
        }
        for line in sold.lines
    ]


def _tax_rows(sold: Sale) -> list[dict[str, Any]]:
    return [msgspec.structs.asdict(tax) for tax in sold.totals.tax]


def _tender_rows(sold: Sale) -> list[dict[str, Any]]:
    return [{"kind": t.kind, "amount_minor": t.amount_minor, "attempt": t.attempt} for t in sold.tenders]
