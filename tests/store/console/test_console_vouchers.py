"""Gift cards at the desk: topped up and paid back on the console's page, once for each press, with how it was paid."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from nicegui import ui
from nicegui.testing import User
from nicegui.testing.user_simulation import user_simulation
from patience import raise_it
from selling import NOW
from sqlalchemy.engine import Engine

from store import voucher_book
from store.config import Config, StoreTable
from store.console.vouchers_view import VouchersView
from store.database import writing
from store.parts import Parts, make_parts
from store.vouchers import Voucher, issue

NUMBER = "KG-1"


@pytest.fixture
def parts(engine: Engine) -> Parts:
    with writing(engine) as connection:
        issue(connection, Voucher(NUMBER, "gift_card", "SEK", 10_000, issued_utc_ms=NOW))
    return make_parts(Config(StoreTable(id="s001", currency="SEK")), engine, lambda: NOW, raise_it)


def run(parts: Parts, play: Callable[[User], Awaitable[None]]) -> None:
    async def played() -> None:
        async with user_simulation(root=lambda: VouchersView(parts)) as user:
            await user.open("/")
            await play(user)

    asyncio.run(played())


def choose_paid(user: User, how: str) -> None:
    next(iter(user.find(marker="voucher-paid", kind=ui.select).elements)).set_value(how)


def test_a_card_is_topped_up_by_whoever_says_how_it_is_paid(parts: Parts, engine: Engine) -> None:
    async def play(user: User) -> None:
        await user.should_see("100.00 of 100.00 SEK left", retries=100)
        user.find(marker=f"voucher-{NUMBER}").click()
        user.find(marker="top-up").click()
        user.find(marker="load-amount").type("250,50")
        user.find(marker="load").click()
        await user.should_see("Choose how it is paid.", retries=100)
        choose_paid(user, "external")
        user.find(marker="load").click()
        await user.should_see("350.50 of 350.50 SEK left", retries=100)
        await user.should_see("Can still be spent: 350.50 SEK", retries=100)
        user.find(marker=f"voucher-{NUMBER}").click()
        await user.should_see("put on at the desk: Card, on a terminal of the desk", retries=100)

    run(parts, play)
    assert [(use.amount, use.paid) for use in voucher_book.uses(engine, NUMBER)] == [(25_050, "external")]


def test_no_more_is_paid_back_than_is_on_it(parts: Parts, engine: Engine) -> None:
    async def play(user: User) -> None:
        user.find(marker=f"voucher-{NUMBER}").click()
        user.find(marker="pay-back").click()
        choose_paid(user, "cash")
        user.find(marker="load-amount").type("100.01")
        user.find(marker="load").click()
        await user.should_see("There is not so much left on KG-1.", retries=100)
        user.find(marker="load-amount").clear().type("60")
        user.find(marker="load").click()
        await user.should_see("40.00 of 40.00 SEK left", retries=100)

    run(parts, play)
    assert [(use.amount, use.paid) for use in voucher_book.uses(engine, NUMBER)] == [(-6_000, "cash")]


def test_the_statement_shows_what_has_changed_the_debt(parts: Parts) -> None:
    async def play(user: User) -> None:
        user.find(marker="open-statement").click()
        await user.should_see("What the shop owes on gift cards and vouchers", retries=100)
        (table,) = user.find(kind=ui.table).elements
        (month,) = table.rows
        assert (month["other_minor"], month["owed_minor"]) == ("100.00", "100.00")

    run(parts, play)


def test_a_card_is_given_out_for_what_was_paid(parts: Parts, engine: Engine) -> None:
    async def play(user: User) -> None:
        user.find(marker="new-voucher").click()
        user.find(marker="voucher-amount").type("500")
        user.find(marker="give-voucher").click()
        await user.should_see("Choose how it is paid.", retries=100)
        choose_paid(user, "cash")
        user.find(marker="give-voucher").click()
        await user.should_see("500.00 of 500.00 SEK left", retries=100)

    run(parts, play)
    (line,) = [one for one in voucher_book.find_all(engine) if one.voucher.number != NUMBER]
    assert [(use.amount, use.paid) for use in voucher_book.uses(engine, line.voucher.number)] == [(50_000, "cash")]


def test_blank_cards_are_made_and_come_as_a_sheet(parts: Parts, engine: Engine) -> None:
    async def play(user: User) -> None:
        user.find(marker="new-blank").click()
        count = next(iter(user.find(marker="blank-count", kind=ui.input).elements))
        for wrong in ("0", "501", "a few"):
            count.set_value(wrong)
            user.find(marker="make-blank").click()
            await user.should_see("Type a number from 1 to 500.", retries=100)
        count.set_value("2")
        user.find(marker="make-blank").click()
        sheet = await user.download.next()
        assert sheet.content.startswith(b"%PDF-")
        await user.should_see("blank", retries=100)

    run(parts, play)
    lines = voucher_book.find_all(engine, "", "gift_card")
    assert sorted(line.left for line in lines) == [0, 0, 10_000]
