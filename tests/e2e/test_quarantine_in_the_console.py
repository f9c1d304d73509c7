"""What the books cannot take is seen by everybody, looked at, tried again, and booked or done with, with a reason."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import sqlalchemy as sa
from at_the_desk import PHONE, tab, taken, told, window
from playwright.sync_api import Browser, Page, expect
from selling import BREAD, ROWS, WATER, Till, on, said
from serving import Served
from signing import PIN, sign_in
from sqlalchemy.engine import Engine

from store import booking
from store.database import engine_at, open_books
from store.ingest import take
from store.price_book import PriceBook
from store.schema import sale
from store.users import add_user

pytestmark = pytest.mark.slow
FIRST, SECOND = Till().sell((BREAD, 2)), Till().sell((WATER, 9))
"""Two sales under one key."""
EARLY = Till("k02").sell((BREAD, 1))
"""What the store could not book yesterday; it has been mended since."""


class Shop(NamedTuple):
    """A running store, and its books."""

    served: Served
    engine: Engine


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shop]:
    url, file = f"sqlite:///{tmp_path}/store.db", tmp_path / "store.toml"
    open_books(url).dispose()
    engine = engine_at(url)
    PriceBook(engine).replace(ROWS, 0, "test")
    add_user(engine, "Anna", "manager", PIN)
    for one in (FIRST, SECOND):
        take(engine, on("sale"), said(one), 0)
    with monkeypatch.context() as yesterday:
        yesterday.setattr(booking, "spend", _mistaken)
        take(engine, on("sale", "k02"), said(EARLY), 0)
    file.write_text(f'[store]\nid = "s001"\n[database]\nurl = "{url}"\n[http]\nlisten = "127.0.0.1:0"\n')
    served = Served(file)
    yield Shop(served, engine)
    assert served.end() == 0
    engine.dispose()


def _mistaken(*_: Any) -> Any:
    raise ZeroDivisionError("nobody thought of this")


@pytest.fixture
def page(shop: Shop, browser: Browser) -> Iterator[Page]:
    with window(browser, PHONE) as opened:
        sign_in(opened, shop.served.url)
        yield opened


def test_two_sales_under_one_key_and_one_that_came_too_early(shop: Shop, page: Page) -> None:
    alarm = page.get_by_text(re.compile(r"^\d messages? not booked$"))
    expect(alarm).to_have_text("2 messages not booked")
    tab(page, "Quarantine")
    cards = page.locator(".k-card")
    expect(cards).to_have_text(
        [re.compile("Two under one number"), re.compile("Sale of checkout k02")]
    )  # in this order
    double, early = (cards.filter(has_text=f"Sale of checkout {till}") for till in ("k01", "k02"))

    double.get_by_role("button", name="Show").click()
    shown = page.get_by_role("dialog")
    expect(shown).to_contain_text(WATER.name)
    file = taken(page, shown.get_by_role("link", name="Save it").click)
    assert json.loads(file.path().read_bytes()) == json.loads(said(SECOND)), "the file is the message as it came"
    shown.get_by_role("button", name="Close").click()

    double.get_by_role("button", name="Try again").click()
    told(page, "Still not booked: another sale")
    expect(double).to_contain_text("Tried once")
    expect(early).to_contain_text("ZeroDivisionError")
    early.get_by_role("button", name="Try again").click()
    told(page, "It is in the books now.")
    expect(alarm).to_have_text("1 message not booked")

    double.get_by_role("button", name="Dismiss").click()
    form = page.get_by_role("dialog")
    form.get_by_role("button", name="Dismiss it").click()
    expect(form.get_by_text("Say why it will not be booked")).to_be_visible()
    form.get_by_label("Why").fill("the till was set up twice")
    form.get_by_role("button", name="Dismiss it").click()
    expect(page.get_by_text("Everything that the checkouts said is in the books.")).to_be_visible()
    expect(alarm).to_have_count(0)
    page.get_by_text("Also those that are done with").click()
    expect(double).to_contain_text(re.compile("Dismissed .*: the till was set up twice"))
    expect(early).to_contain_text("Booked")
    with shop.engine.connect() as connection:
        assert set(connection.scalars(sa.select(sale.c.key))) == {FIRST.key, EARLY.key}
        assert (
            json.loads(connection.scalars(sa.select(sale.c.body).where(sale.c.key == FIRST.key)).one())
            == (json.loads(said(FIRST))["data"])
        )
