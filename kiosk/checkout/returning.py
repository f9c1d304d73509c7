"""Returning: what comes back of a sealed sale, to the minor unit. Pure; the lane and the store work it out alike.

Every piece of a line has a number and an amount of its own, fixed by the sealed sale alone: the first k of n pieces
carry k/n of each total, rounded down, so a piece carries the difference between two such sums. Tax is divided in the
same way along all amounts of its rate. So it does not matter in which order, on which lanes and in how many returns
the pieces come back: together they are the sale, per line, discount, deposit and rate, and no piece is worth less than
nothing. A line that was weighed is one piece.

A return has positive counts and prices; its amounts, discounts, deposits and totals have the sale's other sign.
"""

from collections.abc import Iterable, Iterator, Sequence

import msgspec
from msgspec import UNSET
from msgspec.structs import replace

from kiosk.checkout.sale import Discount, Original, Sale, SaleLine, TaxTotal, Totals


class NotInTheSale(Exception):
    """The sale has no such line or piece; the message says which."""


class Returned(msgspec.Struct, frozen=True):
    """Lines and totals of a return, before cash rounding."""

    lines: tuple[SaleLine, ...]
    totals: Totals


def returned(sale: Sale, pieces: Sequence[tuple[int, tuple[int, ...]]], hold: str = "") -> Returned:
    """What the return of these (line, pieces) is made of. NotInTheSale for what was not sold, or is named twice."""
    chosen = [(_line(sale, number), units) for number, units in pieces]
    if len({number for number, _ in pieces}) != len(pieces):
        raise NotInTheSale("a line is named twice")
    for line, units in chosen:
        _check(line, units)
    lines = tuple(_back(sale, line, units, n, hold) for n, (line, units) in enumerate(chosen, start=1))
    goods = sum(line.amount_minor + sum(d.amount_minor for d in line.discounts) for line in lines)
    deposit = sum(line.deposit_minor for line in lines)
    tax = tuple(_taxes(sale, chosen))
    on_top = sale.totals.added_tax_minor is not UNSET
    added = sum(rate.tax_minor for rate in tax) if on_top else 0
    return Returned(lines, Totals(goods, deposit, 0, goods + deposit + added, tax, added if on_top else UNSET))


def _line(sale: Sale, number: int) -> SaleLine:
    for line in sale.lines:
        if line.line == number:
            return line
    raise NotInTheSale(f"{sale.key} has no line {number}")


def _check(line: SaleLine, units: tuple[int, ...]) -> None:
    if not units or len(set(units)) != len(units) or min(units) < 0 or max(units) >= line.count:
        raise NotInTheSale(f"line {line.line} has {line.count}, not the pieces {units[:9]}")


def _back(sale: Sale, line: SaleLine, units: tuple[int, ...], number: int, hold: str) -> SaleLine:
    return replace(
        line,
        line=number,
        count=len(units),
        amount_minor=-_of(line.amount_minor, line.count, units),
        discounts=tuple(_discounts(line, units)),
        deposit_minor=-_of(line.deposit_minor, line.count, units),
        original=Original(sale.key, line.line, units, hold),
    )


def _first(whole: int, count: int, k: int) -> int:
    """What the first k of so many pieces carry; the same for a sum and for its opposite."""
    part = abs(whole) * k // count
    return part if whole >= 0 else -part


def _of(whole: int, count: int, units: Iterable[int]) -> int:
    return sum(_first(whole, count, unit + 1) - _first(whole, count, unit) for unit in units)


def _discounts(line: SaleLine, units: tuple[int, ...]) -> Iterator[Discount]:
    """Divided as running sums: all discounts of a piece together never exceed its price."""
    running = before = 0
    for discount in line.discounts:
        running += discount.amount_minor
        sum_so_far = _of(running, line.count, units)
        yield replace(discount, amount_minor=before - sum_so_far)
        before = sum_so_far


# --- tax --------------------------------------------------------------------------------------------------------------


def _taxes(sale: Sale, chosen: Sequence[tuple[SaleLine, tuple[int, ...]]]) -> Iterator[TaxTotal]:
    units_of = {line.line: units for line, units in chosen}
    for rate in sale.totals.tax:
        parts = list(_parts(sale, rate.rate_bp))
        whole = sum(part.amount + part.off for part in parts)
        base = tax = start = 0
        for part in parts:
            for unit in units_of.get(part.line.line, ()):
                low, high = start + part.first(unit), start + part.first(unit + 1)
                base += high - low
                tax += _first(rate.tax_minor, whole, high) - _first(rate.tax_minor, whole, low) if whole else 0
            start += part.amount + part.off
        if any(part.line.line in units_of for part in parts):
            inside = 0 if sale.totals.added_tax_minor is not UNSET else tax
            yield TaxTotal(rate.rate_bp, inside - base, -tax)


class _Part(msgspec.Struct, frozen=True):
    """An amount of a line that bears tax, and what is taken off it (negative)."""

    line: SaleLine
    amount: int
    off: int = 0

    def first(self, k: int) -> int:
        """What its first k pieces carry."""
        return _first(self.amount, self.line.count, k) + _first(self.off, self.line.count, k)


def _parts(sale: Sale, rate_bp: int) -> Iterator[_Part]:
    for line in sale.lines:
        if line.tax_bp == rate_bp:
            yield _Part(line, line.amount_minor, sum(discount.amount_minor for discount in line.discounts))
        if line.deposit_tax_bp == rate_bp:
            yield _Part(line, line.deposit_minor)
