"""Each oddity of a sale is seen, and only that one; a true sale has none."""

from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from selling import BANANAS, BREAD, ROWS, WATER, Till, summed

from kiosk.checkout.sale import CardLoad, Discount, Donation, Sale, seal
from kiosk.wire.price_csv import PriceRow
from store.flags import flags_of


def _book(version: str, codes: set[str]) -> dict[str, PriceRow] | None:
    return {row.code: row for row in ROWS if row.code in codes} if version == "1" else None


def reasons(sale: Sale) -> list[str]:
    return [flag.reason for flag in flags_of(sale, msgspec.to_builtins(sale), _book)]


SALE = Till().sell((BREAD, 2), (WATER, 3), (BANANAS, 412))


def _totals(**by: int) -> Callable[[Sale], Sale]:
    changes = {field: getattr(SALE.totals, field) + much for field, much in by.items()}
    return lambda sale: replace(sale, totals=replace(sale.totals, **changes))


def _line(place: int, **changes: Any) -> Callable[[Sale], Sale]:
    """A line that is otherwise, in a sale that adds up again."""

    def change(sale: Sale) -> Sale:
        lines = list(sale.lines)
        lines[place] = replace(lines[place], **changes)
        return summed(replace(sale, lines=tuple(lines)))

    return change


def _paid(much: int) -> Callable[[Sale], Sale]:
    return lambda sale: replace(sale, tenders=(replace(sale.tenders[0], amount_minor=much),))


def _gave(gift_minor: int, paid_minor: int) -> Callable[[Sale], Sale]:
    return lambda sale: replace(_paid(paid_minor)(sale), donation=Donation("Red Cross", gift_minor))


def _loaded(minor: int, paid_minor: int) -> Callable[[Sale], Sale]:
    return lambda sale: replace(_paid(paid_minor)(sale), loads=(CardLoad("q1", "··34", minor),))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (_loaded(500, SALE.totals.due_minor), ["tender"]),
        (_loaded(-500, SALE.totals.due_minor - 500), ["totals"]),
        (_totals(goods_minor=-1, due_minor=-1), ["totals", "tender"]),
        (_totals(deposit_minor=100, due_minor=100), ["totals", "tender"]),
        (_totals(due_minor=1), ["totals", "tender"]),
        (_totals(rounding_minor=1), ["totals"]),
        (_paid(SALE.totals.due_minor + 1), ["tender"]),
        (_paid(SALE.totals.due_minor - 1), ["tender"]),
        (lambda s: replace(s, kind="void"), ["tender"]),
        (_gave(710, SALE.totals.due_minor + 710), []),
        (_gave(710, SALE.totals.due_minor), ["tender"]),
        (_gave(-710, SALE.totals.due_minor - 710), ["totals"]),
        (_line(0, unit_price_minor=3190, amount_minor=6380), ["price"]),
        (_line(0, unit_price_minor=3190, amount_minor=6380, priced="label"), []),
        (_line(0, unit_price_minor=3190, amount_minor=6379, priced="short_date"), ["line"]),
        (_line(0, amount_minor=6579), ["line"]),
        (_line(1, deposit_minor=0), ["price"]),
        (_line(1, deposit_minor=100), ["price"]),
        (_line(2, weight_g=400), ["line"]),
        (_line(2, amount_minor=1025), ["line"]),
        (_line(2, amount_minor=1025, amount_by="scale"), []),
        (_line(2, amount_minor=1037, amount_by="scale"), ["line"]),
        (_line(0, count=-2, amount_minor=-6580), ["line"]),
        (_line(0, count=0, amount_minor=0), ["line"]),
        (_line(2, weight_g=0, amount_minor=0), ["line"]),
        (_line(0, tax_bp=1200), ["tax"]),
        (lambda s: replace(s, lines=(replace(s.lines[0], tax_bp=-1), *s.lines[1:])), ["tax"]),
        (_line(0, gtin="9520000000099"), ["price_book"]),
        (_line(0, price_book="2"), ["price_book"]),
        (lambda s: replace(s, totals=replace(s.totals, tax=())), ["tax"]),
        (lambda s: replace(s, sequence=0), ["key"]),
        (lambda s: replace(s, business_day="Monday"), ["key"]),
    ],
)
def test_an_oddity_is_seen_and_only_that(change: Callable[[Sale], Sale], reason: list[str]) -> None:
    assert reasons(seal(change(SALE))) == reason


def test_a_record_altered_after_sealing_is_seen() -> None:
    assert reasons(replace(SALE, language="en")) == ["hash"]


@given(st.lists(st.tuples(st.sampled_from(ROWS), st.integers(1, 2000)), max_size=12), st.sampled_from(["sale", "void"]))
def test_a_true_sale_has_no_flags(basket: list[tuple[PriceRow, int]], kind: str) -> None:
    assert reasons(Till().sell(*basket, kind=kind)) == []


def test_what_an_offer_takes_off_is_taken_off() -> None:
    line = replace(SALE.lines[0], discounts=(Discount("2for60", -580),))
    goods = SALE.totals.goods_minor - 580
    full = replace(SALE, lines=(line, *SALE.lines[1:]))
    assert "totals" in reasons(seal(full))
    tax = replace(SALE.totals.tax[0], tax_minor=round(goods * 6 / 106), net_minor=goods - round(goods * 6 / 106))
    totals = replace(SALE.totals, goods_minor=goods, due_minor=SALE.totals.due_minor - 580, tax=(tax,))
    paid = replace(SALE.tenders[0], amount_minor=totals.due_minor)
    assert reasons(seal(replace(full, totals=totals, tenders=(paid,)))) == []


def test_a_reason_is_told_once_with_the_first_thing_that_is_wrong() -> None:
    lines = tuple(replace(line, amount_minor=1) for line in SALE.lines)
    flags = flags_of(seal(summed(replace(SALE, lines=lines))), msgspec.to_builtins(SALE), _book)
    assert [flag.detail for flag in flags if flag.reason == "line"] == [
        "line 1: 1 is not 6580, its price times how much"
    ]


@pytest.mark.parametrize(("minor", "offers"), [(-580, ()), (1, ("2for60",)), (-(10**6), ("2for60",))])
def test_a_discount_that_is_none_or_that_no_offer_gives_is_flagged(minor: int, offers: tuple[str, ...]) -> None:
    line = replace(SALE.lines[0], discounts=(Discount("2for60", minor),))
    sale = seal(summed(replace(SALE, lines=(line, *SALE.lines[1:]))))
    flags = flags_of(sale, msgspec.to_builtins(sale), _book, lambda _version, ids: ids & set(offers))
    assert "discount" in [flag.reason for flag in flags]


def test_what_staff_take_off_needs_no_offer() -> None:
    line = replace(SALE.lines[0], discounts=(Discount("staff:damaged", -580),))
    sale = seal(summed(replace(SALE, lines=(line, *SALE.lines[1:]))))
    flags = flags_of(sale, msgspec.to_builtins(sale), _book, lambda _version, ids: set())
    assert "discount" not in [flag.reason for flag in flags]
