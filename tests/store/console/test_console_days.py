"""The console's page of days: what stands on them in words, and a manager who closes, counts and explains on it."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from closing import DAY, Lane
from nicegui import ui
from nicegui.testing import User
from nicegui.testing.user_simulation import user_simulation
from selling import BREAD
from sqlalchemy.engine import Engine
from test_day_close import LATER, cash

from store import differences
from store.closing_days import recheck, view
from store.config import Config, StoreTable
from store.console import day_words as said
from store.console.close_view import CloseView
from store.day_close import Check
from store.differences import Difference
from store.parts import Parts, make_parts
from store.users import add_user

CONFIG = Config(store=StoreTable(id="s001"))


def _raise(bug: BaseException) -> None:
    raise bug


@pytest.fixture
def parts(engine: Engine) -> Parts:
    add_user(engine, "Eva", "manager", "8642")
    add_user(engine, "Bo", "cashier", "1357")
    return make_parts(CONFIG, engine, lambda: LATER, _raise)


@pytest.fixture
def short_by_two_ninety(engine: Engine) -> Lane:
    """A day on which somebody counted 2.90 too little."""
    lane = Lane(engine)
    sold = cash(lane, (BREAD, 1))
    lane.send(sold)
    lane.z([sold], counted_minor=3000, difference_minor=-290)
    recheck(engine, CONFIG, DAY, LATER)
    return lane


def run(parts: Parts, play: Callable[[User], Awaitable[None]]) -> None:
    async def played() -> None:
        async with user_simulation(root=lambda: CloseView(parts)) as user:
            await user.open("/")
            await play(user)

    asyncio.run(played())


def test_a_shop_that_has_sold_nothing_is_told_so(parts: Parts) -> None:
    async def play(user: User) -> None:
        await user.should_see("Nothing has been sold yet", retries=100)

    run(parts, play)


def test_a_manager_closes_the_day_and_explains_what_is_missing(
    parts: Parts, engine: Engine, short_by_two_ninety: Lane
) -> None:
    async def play(user: User) -> None:
        await user.should_see("Mon 23 Nov · k01 · Cash in the drawer, Z\u00a01", retries=100)
        await user.should_see("2.90 too little: expected 32.90, found 30.00")
        user.find(marker=f"day-{DAY}").click()
        await user.should_see("Close the day", retries=100)
        user.find(marker="close-day").click()
        user.find(marker="close-pin").type("1357")
        user.find(marker="close-do").click()
        await user.should_see("Bo is cashier: a manager closes days and gives reasons", retries=100)
        user.find(marker="close-pin").clear().type("8642")
        user.find(marker="close-do").click()
        await user.should_see("Closed, differences to explain", retries=100)
        user.find("Give a reason").click()
        user.find(marker="reason-pin").type("8642")
        user.find(marker="reason-do").click()
        await user.should_see("choose a reason", retries=100)
        next(iter(user.find(marker="reason-why", kind=ui.select).elements)).set_value("wrong_change")
        user.find(marker="reason-do").click()
        await user.should_see("Cash in the drawer, Z\u00a01: Wrong change given (Eva)", retries=100)

    run(parts, play)
    seen = view(engine, CONFIG, DAY, LATER)
    assert (seen.state, seen.closings[0].by, seen.differences[0].by) == ("closed", "u1", "u1")


def test_cash_is_counted_piece_by_piece(parts: Parts, engine: Engine, short_by_two_ninety: Lane) -> None:
    async def play(user: User) -> None:
        await user.should_see(marker=f"day-{DAY}", retries=100)
        user.find(marker=f"day-{DAY}").click()
        await user.should_see(marker="count-k01", retries=100)
        user.find(marker="count-k01").click()
        user.find(marker="count-2000").type("1")
        user.find(marker="count-500").type("two")
        await user.should_see("How many of each?")
        user.find(marker="count-500").clear().type("2")
        await user.should_see("30.00 SEK")
        user.find(marker="count-pin").type("1357")
        user.find(marker="count-do").click()
        await user.should_see("Cash counted at the desk", retries=100)

    run(parts, play)
    desk = view(engine, CONFIG, DAY, LATER).shop.tills[0].desk
    assert desk is not None and (desk.counted_minor, desk.by) == (3000, "u2")


def test_a_till_that_has_not_closed_is_named_on_the_page(parts: Parts, engine: Engine) -> None:
    lane = Lane(engine, "k02")
    lane.send(lane.sell((BREAD, 1)))

    async def play(user: User) -> None:
        await user.should_see("Not closed yet: k02", retries=100)
        user.find(marker=f"day-{DAY}").click()
        await user.should_see("Till k02 has not closed its day", retries=100)
        user.find(marker="close-day").click()
        await user.should_see("k02 has not closed yet. What comes later will be a correction.")

    run(parts, play)


@pytest.mark.parametrize(
    ("check", "title", "off"),
    [
        (Check("k01", "tender", "z7 gift_card", 500, 700), "Paid by gift card, Z\u00a07", "2.00 too much"),
        (Check("k01", "settlement", "k01-z7 visa", 700, 500), "Card settlement visa, Z\u00a07", "2.00 too little"),
        (Check("k01", "receipts", "z7", 3, 1), "Receipts, Z\u00a07", "2 too little"),
        (Check("k01", "tax", "z7 1200", 100, 100), "VAT 12 %, Z\u00a07", ""),
        (Check("k01", "conflict", "s001/k01/x/000001", 0, 1), "Another sale under a known key", "set aside"),
        (Check("", "stray", "abc", 0, 100), "Paid out for no sale of ours", "1.00 too much"),
    ],
)
def test_a_comparison_is_told_in_words(check: Check, title: str, off: str) -> None:
    line = said.line_of(check, "SEK")
    assert (line.title, line.off) == (title, off)


def test_every_kind_and_every_reason_has_words() -> None:
    ended = Difference(1, DAY, "k01", "drawer", "z1", 5, 3, -2, "", 0, "resolved")
    assert said.end_text(ended, {}) == "Agrees now"
    assert all(label[0].isupper() for label in differences.REASONS.values())
    figures = {"tender:card:visa": 106_00, "sales:600": 100_00, "tax:600": 6_00, "count:sale": 1}
    assert said.figure_rows(figures, "SEK") == [
        ("Turnover", "106.00 SEK"), ("Sales at 6 %, net", "100.00 SEK"), ("VAT 6 %", "6.00 SEK"),
        ("Paid by card visa", "106.00 SEK"),
    ]  # fmt: skip
