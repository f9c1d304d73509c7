"""Flags: what is odd about a sale, worked out from the sale and the prices that its lines name. Pure.

The store never trusts a till's arithmetic and never drops its sale: money has changed hands. It prices every line
again, adds everything up again, and writes beside the sale what does not fit, for whoever keeps the books:

- `hash`: the record was altered after sealing; `chain`: it does not follow the sale before it
- `sequence`: its number is used twice; `key`: its number or its business day is none
- `line` `totals` `tax` `tender`: the arithmetic does not hold, or a line sells nothing
- `price_book`: a line names a version that never was, or a product that this version had not
- `price`: a line's price or deposit is not what that version said, and the line does not say that it is its own
  (its label's, staff's, less near its last day)
- `discount`: something is taken off that is no discount, more than the line costs, or by an offer that this version had
  not
- `stock`: the till says that the sale moved something else
- `return`: it takes back what had come back before, what was never sold, or at another amount or tax (return_flags.py)
- `voucher`: it was paid with something that another sale had used before, or that nobody kept for it
- `conflict`: another content came under the same key
"""

import re
from collections.abc import Callable, Collection, Iterator
from typing import Any

import msgspec
from msgspec import UNSET

from kiosk.checkout.sale import Sale, SaleLine, taxable
from kiosk.values.canonical import digest
from kiosk.values.money import Money
from kiosk.values.quantity import Weight, price_of_weight
from kiosk.values.tax import added_totals, tax_totals
from kiosk.wire.price_csv import PriceRow
from kiosk.wire.stock import KEYED

SCALE_ROUNDS_MINOR = 10
"""So far may an amount that a scale has worked out be from its price times its weight: scales round to 5 or 10, too."""

PricesOf = Callable[[str, set[str]], dict[str, PriceRow] | None]
"""(version, codes) -> the rows of that version by code; None if there never was such a version."""


OffersOf = Callable[[str, set[str]], Collection[str]]
"""(version, ids of offers) -> those of them that this version had."""


class Flag(msgspec.Struct, frozen=True, order=True):
    """One oddity: a word for programs, a sentence for people."""

    reason: str
    detail: str


def flags_of(
    sale: Sale, said: dict[str, Any], prices_of: PricesOf, offers_of: OffersOf | None = None
) -> tuple[Flag, ...]:
    """Everything that is odd about a sale by itself, one flag for each reason. `said` is its data as it came."""
    first: dict[str, Flag] = {}
    odd = (*_seal(sale, said), *_lines(sale), *_sums(sale), *_tenders(sale), *_prices(sale, prices_of))
    for flag in (*odd, *_discounts(sale, offers_of)):
        first.setdefault(flag.reason, flag)
    return tuple(first.values())


def _seal(sale: Sale, said: dict[str, Any]) -> Iterator[Flag]:
    chain = {key: value for key, value in said["chain"].items() if key != "hash"}
    if digest(sale.chain.previous, {**said, "chain": chain}) != sale.chain.hash:
        yield Flag("hash", "the hash does not fit the record: it was altered after sealing")
    if sale.sequence < 1:
        yield Flag("key", f"{sale.sequence} is no sequence number")
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", sale.business_day):
        yield Flag("key", f"{sale.business_day!r} is no business day")


def _lines(sale: Sale) -> Iterator[Flag]:
    for line in sale.lines:
        if _comes_back(sale, line):
            continue
        expected = _sign(sale) * _amount(line)
        if abs(line.amount_minor - expected) > (SCALE_ROUNDS_MINOR if line.amount_by == "scale" else 0):
            yield Flag("line", f"line {line.line}: {line.amount_minor} is not {expected}, its price times how much")
        much = line.count if line.weight_g is None else line.weight_g
        if much < 1:
            yield Flag("line", f"line {line.line}: nobody buys {much} of a thing")
        if line.tax_bp < 0:
            yield Flag("tax", f"line {line.line}: a tax rate of {line.tax_bp}")


def _comes_back(sale: Sale, line: SaleLine) -> bool:
    """Whether its amounts and its tax are those of its original: of a return `return_flags` sees to that."""
    return sale.kind != "sale" and line.original is not UNSET


def _sign(sale: Sale) -> int:
    """Of the amounts: a return, also one that was given up, has positive counts and prices and negative amounts."""
    return -1 if sale.kind != "sale" and sale.totals.goods_minor + sale.totals.deposit_minor < 0 else 1


def _amount(line: SaleLine) -> int:
    if line.weight_g is None:
        return line.unit_price_minor * line.count
    return price_of_weight(Money(line.unit_price_minor), Weight(line.weight_g)).minor


def _gross(line: SaleLine) -> int:
    return line.amount_minor + sum(discount.amount_minor for discount in line.discounts)


def _sums(sale: Sale) -> Iterator[Flag]:
    totals = sale.totals
    goods, deposit = sum(map(_gross, sale.lines)), sum(line.deposit_minor for line in sale.lines)
    if totals.goods_minor != goods:
        yield Flag("totals", f"goods of {totals.goods_minor}, but the lines add up to {goods}")
    if totals.deposit_minor != deposit:
        yield Flag("totals", f"deposits of {totals.deposit_minor}, but the lines add up to {deposit}")
    if totals.due_minor != totals.goods_minor + totals.deposit_minor + totals.on_top_minor + totals.rounding_minor:
        yield Flag("totals", f"{totals.due_minor} due is not goods, deposit, added tax and rounding")
    if totals.added_tax_minor is not UNSET and totals.added_tax_minor != sum(t.tax_minor for t in totals.tax):
        yield Flag("totals", f"{totals.added_tax_minor} of tax added is not the tax of the rates")
    if any(_comes_back(sale, line) for line in sale.lines):
        return
    taxed = [(rate_bp, Money(minor)) for line in sale.lines for rate_bp, minor in taxable(line)]
    if any(rate_bp < 0 for rate_bp, _ in taxed):
        return
    by_rate = tax_totals(taxed) if totals.added_tax_minor is UNSET else added_totals(taxed)
    expected = {(t.rate_bp, t.net.minor, t.tax.minor) for t in by_rate}
    if {(t.rate_bp, t.net_minor, t.tax_minor) for t in totals.tax} != expected:
        yield Flag("tax", "the tax is not what the lines make at their rates")


def _discounts(sale: Sale, offers_of: OffersOf | None) -> Iterator[Flag]:
    if sale.kind == "return":
        return
    for line in (line for line in sale.lines if line.discounts):
        if any(discount.amount_minor >= 0 for discount in line.discounts) or _gross(line) < 0:
            yield Flag("discount", f"line {line.line}: what is taken off {line.amount_minor} leaves {_gross(line)}")
        named = {discount.offer for discount in line.discounts if not discount.offer.startswith("staff:")}
        if offers_of is not None and (unknown := named - set(offers_of(line.price_book, named))):
            yield Flag("discount", f"line {line.line}, price book {line.price_book}: has no offer {min(unknown)}")


def _tenders(sale: Sale) -> Iterator[Flag]:
    paid = sum(tender.amount_minor for tender in sale.tenders)
    if sale.donation is not UNSET and (sale.donation.amount_minor <= 0 or sale.kind != "sale"):
        yield Flag("totals", f"{sale.donation.amount_minor} was given with a {sale.kind}")
    if sale.loads is not UNSET and (sale.kind != "sale" or any(load.amount_minor <= 0 for load in sale.loads)):
        yield Flag("totals", f"{sale.loaded_minor} was put on gift cards with a {sale.kind}")
    owed = 0 if sale.kind == "void" else sale.to_pay_minor
    if paid != owed:
        yield Flag("tender", f"{paid} was paid, {owed} was due")


def _prices(sale: Sale, prices_of: PricesOf) -> Iterator[Flag]:
    priced_here = [line for line in sale.lines if not _comes_back(sale, line)]
    for version in sorted({line.price_book for line in priced_here}):
        lines = [line for line in priced_here if line.price_book == version]
        rows = prices_of(version, {line.gtin for line in lines})
        if rows is None:
            yield Flag("price_book", f"there never was a price book {version!r}")
            continue
        for line in lines:
            yield from _price(line, rows.get(line.gtin), _sign(sale))


def _price(line: SaleLine, row: PriceRow | None, sign: int) -> Iterator[Flag]:
    where = f"line {line.line}, price book {line.price_book}"
    if line.priced == "staff" and line.gtin.startswith(KEYED):
        return
    if row is None:
        yield Flag("price_book", f"{where}: has no {line.gtin}")
        return
    if line.priced is UNSET and line.unit_price_minor != row.price_minor:
        yield Flag(
            "price", f"{where}: {line.gtin} was sold at {line.unit_price_minor}, its price was {row.price_minor}"
        )
    if line.deposit_minor != sign * row.deposit_minor * line.count:
        yield Flag("price", f"{where}: {line.gtin} has a deposit of {row.deposit_minor}, not what was charged")
    if row.tax_bp is not None and line.tax_bp != row.tax_bp:
        yield Flag("tax", f"{where}: {line.gtin} is taxed at {row.tax_bp} basis points, not {line.tax_bp}")
