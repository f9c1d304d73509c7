"""A basket bears the tax of the day on which it is paid, whenever its things were scanned."""

from datetime import UTC, datetime

from msgspec.structs import replace

from kiosk.checkout import events as e
from kiosk.checkout.item import Item, TaxSoon
from kiosk.checkout.lane import Lane
from kiosk.checkout.machine import blank, step
from kiosk.checkout.pricing import totals
from kiosk.checkout.sale import TaxTotal
from kiosk.checkout.state import State
from kiosk.values.moment import Moment
from kiosk.values.money import Money

BREAD = Item(
    gtin="1",
    name="Bread",
    price=Money(3290),
    tax_class="food",
    tax_bp=1200,
    price_book="1",
    tax_soon=(TaxSoon("2026-04-01", 600),),
)
SUMMER_TIME_MIN = 120


def at(day: int, hour: int, minute: int, month: int = 3) -> Moment:
    """A moment on the shop's wall clock, in Stockholm's summer."""
    here = datetime(2026, month, day, hour, minute, tzinfo=UTC)
    return Moment(int(here.timestamp()) * 1000 - SUMMER_TIME_MIN * 60_000, 1_000, "2026-03-31", SUMMER_TIME_MIN)


def shopping(item: Item, moment: Moment) -> State:
    state, _ = step(blank(Lane("s001", "k01")), e.StartPressed(at=moment))
    state, _ = step(state, e.ItemFound(item=item, at=moment))
    return state


def rates(state: State) -> list[int]:
    return [line.item.tax_bp for line in state.basket.lines]


def test_until_midnight_it_is_the_old_rate_and_then_the_new_one() -> None:
    state = shopping(BREAD, at(31, 23, 0))
    assert rates(step(state, e.TimePassed(at=at(31, 23, 59)))[0]) == [1200]
    assert rates(step(state, e.TimePassed(at=at(1, 0, 0, month=4)))[0]) == [600]


def test_paying_is_enough_and_the_price_stays() -> None:
    state, _ = step(shopping(BREAD, at(31, 23, 59)), e.PayPressed(at=at(1, 0, 1, month=4)))
    sums = totals(state.basket)
    assert sums.due == Money(3290)
    assert sums.tax == (TaxTotal(600, 3104, 186),)


def test_what_is_being_paid_stays_as_it_was_agreed() -> None:
    state, _ = step(shopping(BREAD, at(31, 23, 58)), e.PayPressed(at=at(31, 23, 59)))
    assert rates(step(state, e.TimePassed(at=at(1, 0, 0, month=4)))[0]) == [1200]


def test_the_same_thing_from_either_side_of_midnight_is_one_line_and_a_tax_on_top_is_the_new_one() -> None:
    on_top = replace(BREAD, price=Money(1000), tax_on_top=True)
    state = shopping(on_top, at(31, 23, 59))
    after = replace(on_top, tax_bp=600, tax_soon=())
    state, _ = step(state, e.ItemFound(item=after, at=at(1, 0, 1, month=4)))
    assert [line.count for line in state.basket.lines] == [2]
    assert totals(state.basket).due == Money(2120)


def test_a_deposit_follows_and_a_second_change_waits_its_turn() -> None:
    later = (TaxSoon("2026-04-01", 600, 600), TaxSoon("2026-04-15", 700, 700))
    bottle = replace(BREAD, deposit=Money(200), deposit_tax_bp=1200, tax_soon=later)
    state, _ = step(shopping(bottle, at(31, 23, 0)), e.TimePassed(at=at(2, 9, 0, month=4)))
    (line,) = state.basket.lines
    assert (line.item.tax_bp, line.item.deposit_tax_bp, line.item.tax_soon) == (600, 600, later[1:])
