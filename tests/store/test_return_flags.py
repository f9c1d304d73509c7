"""What is odd about a return is flagged, the same in whatever order returns and their sales arrive."""

from collections.abc import Callable, Iterator, Sequence
from itertools import permutations

import pytest
import sqlalchemy as sa
from msgspec import UNSET
from msgspec.structs import replace
from selling import BREAD, NOW, ROWS, WATER, Till, back, line_of, on, said
from sqlalchemy.engine import Engine

from kiosk.checkout.questions import LineUnits
from kiosk.checkout.sale import Sale, TaxTotal, seal
from kiosk.values.money import Money
from kiosk.values.tax import tax_inside
from store.ingest import take
from store.price_book import PriceBook
from store.schema import metadata, sale_flag

SOLD = Till().sell((BREAD, 3), (WATER, 2))
FIRST = (LineUnits(1, (0,)),)


def later(one: Sale) -> Sale:
    return seal(replace(one, sealed="2026-11-23T18:00:00.000Z"))


def delivered(engine: Engine, letters: Sequence[Sale]) -> set[tuple[str, str, str]]:
    """All flags (sale, reason, detail) after these have come, in this order, into empty books."""
    with engine.begin() as connection:
        for table in reversed(metadata.sorted_tables):
            connection.execute(sa.delete(table))
    PriceBook(engine).replace(ROWS, NOW, "test")
    for one in letters:
        assert take(engine, on("sale", one.till), said(one), NOW).outcome == "new"
    with engine.connect() as connection:
        return {tuple(row) for row in connection.execute(sa.select(sale_flag))}


def test_a_return_that_comes_before_its_sale_is_flagged_until_the_sale_is_there(engine: Engine) -> None:
    one = back(SOLD, FIRST)
    assert delivered(engine, [one]) == {(one.key, "return", f"{SOLD.key} is not in the books")}
    assert delivered(engine, [one, SOLD]) == delivered(engine, [SOLD, one]) == set()


def test_of_two_that_take_one_piece_the_later_sealed_is_flagged_in_any_order(engine: Engine) -> None:
    """The later one has the smaller key, so that it is the time that decides."""
    early, late = back(SOLD, FIRST, till="k03", sequence=1), later(back(SOLD, FIRST, till="k02", sequence=1))
    other = back(SOLD, (LineUnits(1, (1, 2)), LineUnits(2, (0,))), till="k04", sequence=1)
    for letters in permutations([SOLD, early, late]):
        assert delivered(engine, [*letters, other]) == {
            (late.key, "return", f"line 1 of {SOLD.key} had come back before")
        }


def test_a_wrong_return_is_flagged_whether_or_not_its_sale_came_first(engine: Engine) -> None:
    one = back(SOLD, FIRST)
    dearer = replace(one.lines[0], amount_minor=one.lines[0].amount_minor - 1)
    wrong = seal(replace(one, lines=(dearer,)))
    for letters in permutations([SOLD, wrong]):
        assert (wrong.key, "return", "line 1 does not give back what it was bought for") in delivered(engine, letters)


def _never_sold() -> Iterator[tuple[str, Sale, Sale]]:
    one = back(SOLD, FIRST)
    yield "no such piece", SOLD, _with_original(one, units=(3,))
    yield "no such line", SOLD, _with_original(one, line=9)
    yield "a void", _as(SOLD, kind="void", tenders=()), one
    yield "training", _as(SOLD, training=True), one
    yield "another currency", _as(SOLD, currency="NOK"), one
    yield "not a return", SOLD, _as(one, kind="sale")


def _with_original(one: Sale, **changes: object) -> Sale:
    assert one.lines[0].original is not UNSET
    line = replace(one.lines[0], original=replace(one.lines[0].original, **changes))
    return seal(replace(one, lines=(line,)))


def _as(one: Sale, **changes: object) -> Sale:
    return seal(replace(one, **changes))


@pytest.mark.parametrize(("sold", "one"), [(s, o) for _, s, o in _never_sold()], ids=[n for n, _, _ in _never_sold()])
def test_what_was_never_sold_is_flagged(engine: Engine, sold: Sale, one: Sale) -> None:
    for letters in permutations([sold, one]):
        assert (one.key, "return") in {(key, reason) for key, reason, _ in delivered(engine, letters)}


@pytest.mark.parametrize("change", [{"kind": "void", "tenders": ()}, {"training": True}], ids=["void", "training"])
def test_a_return_that_moved_no_money_is_believed(engine: Engine, change: dict[str, object]) -> None:
    one = _as(back(SOLD, FIRST), **change)
    again = back(SOLD, FIRST, sequence=3)
    again = _as(again, chain=replace(again.chain, previous=one.chain.hash))
    assert delivered(engine, [SOLD, one, again]) == set()


# --- tax --------------------------------------------------------------------------------------------------------------


def mixed(extra_tax: int = 0) -> Sale:
    """A bread of the sale, and a water of which nobody has the receipt."""
    one = back(SOLD, FIRST)
    water = replace(line_of(2, WATER, 1, "1"), amount_minor=-1_190, deposit_minor=-100)
    goods, totals = tax_inside(Money(-1_190), 600), one.totals
    net, tax = totals.tax[0].net_minor + goods[0].minor, totals.tax[0].tax_minor + goods[1].minor
    totals = replace(
        totals, goods_minor=totals.goods_minor - 1_190, deposit_minor=-100, due_minor=totals.due_minor - 1_290,
        tax=(TaxTotal(600, net - extra_tax, tax + extra_tax),),
    )  # fmt: skip
    paid = (replace(one.tenders[0], amount_minor=totals.due_minor),)
    return seal(replace(one, lines=(*one.lines, water), totals=totals, tenders=paid))


def pure(extra_tax: int = 0) -> Sale:
    one = back(SOLD, FIRST)
    rate = one.totals.tax[0]
    taxed = TaxTotal(600, rate.net_minor - extra_tax, rate.tax_minor + extra_tax)
    return seal(replace(one, totals=replace(one.totals, tax=(taxed,))))


@pytest.mark.parametrize("made", [mixed, pure])
@pytest.mark.parametrize("extra", [-1, 0, 1])
def test_the_tax_is_that_of_the_sale_and_of_the_other_lines(
    engine: Engine, made: Callable[[int], Sale], extra: int
) -> None:
    one = made(extra)
    wrong = {(one.key, "return", "the tax is not what the goods were bought with")}
    for letters in permutations([SOLD, one]):
        assert delivered(engine, letters) == (wrong if extra else set())


def test_a_line_without_its_sale_gives_back_price_times_count_and_the_deposit(engine: Engine) -> None:
    one = mixed()
    cheaper = replace(one.lines[1], amount_minor=-1_189, deposit_minor=-99)
    found = delivered(engine, [SOLD, seal(replace(one, lines=(one.lines[0], cheaper)))])
    assert {"line", "price"} <= {reason for _, reason, _ in found}


def test_a_sale_does_not_escape_its_prices_by_naming_an_original(engine: Engine) -> None:
    given = back(SOLD, FIRST).lines[0].original
    till = Till("k05")
    gift = replace(line_of(1, BREAD, 1, "1"), amount_minor=1, original=given)
    found = delivered(engine, [SOLD, till.sell(lines=(gift,))])
    assert {"line", "return"} <= {reason for _, reason, _ in found}
