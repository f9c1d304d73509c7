"""Every report in a real browser: opened, drawn, filtered, and taken along; what it says, the ledger says.

The ledger is read with nothing of ours but its tables: the bodies of the sealed sales, what lanes reported, and what
was put on gift cards.
"""

import csv
import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import openpyxl
import pypdf
import pytest
import sqlalchemy as sa
from at_the_desk import pick, tab, taken, window
from closing import Lane
from msgspec.structs import replace
from patience import until
from playwright.sync_api import Browser, Page, expect
from selling import BREAD, ROWS, WATER, back
from serving import Served
from signing import PIN, sign_in
from sqlalchemy.engine import Engine

from kiosk.checkout.questions import LineUnits
from kiosk.checkout.sale import ClearedIntervention
from store.console.look import PRIMARY
from store.console.reports_view import TITLES
from store.database import open_books, writing
from store.loading import Act, give_out
from store.price_book import PriceBook
from store.schema import lane_event, sale, voucher_load
from store.users import add_user
from store.vouchers import Voucher

pytestmark = pytest.mark.slow
ZONE = ZoneInfo("Europe/Stockholm")
ROWS_ = tuple(replace(row, category=path) for row, path in zip(ROWS, ("Bakery/Bread", "Drinks", "Fruit"), strict=True))
BREADS, WATERS, FRUIT = ROWS_
Facts = dict[str, Any]


# --- the shop ---------------------------------------------------------------------------------------------------------


class Ledger(NamedTuple):
    """What is in the books: sales and reports, as they came, and what was put on gift cards."""

    sales: list[Facts]
    reports: list[Facts]
    loads: list[Facts]

    def sold(self, kind: str = "sale") -> list[Facts]:
        return [one for one in self.sales if one["kind"] == kind]

    def lines(self) -> Iterator[tuple[int, Facts]]:
        """Each with its sign: what came back counts against."""
        for one in self.sales:
            yield from ((-1 if one["kind"] == "return" else 1, line) for line in one["lines"] if one["kind"] != "void")

    def pieces(self, gtin: str) -> int:
        return sum(sign * line["count"] for sign, line in self.lines() if line["gtin"] == gtin)

    def told(self, kind: str) -> list[Facts]:
        return [one for one in self.reports if one["kind"] == kind]

    def of(self, till: str) -> "Ledger":
        return Ledger(*([one for one in rows if one["till"] == till] for rows in self))


def ledger(engine: Engine) -> Ledger:
    said = sa.select(lane_event.c.kind, lane_event.c.till, lane_event.c.body)
    with engine.connect() as connection:
        sales = [json.loads(body) for body in connection.scalars(sa.select(sale.c.body))]
        reports = [
            {"kind": kind, "till": till, **json.loads(body)["data"]} for kind, till, body in connection.execute(said)
        ]
        loads = [
            {"till": "", "amount_minor": minor} for minor in connection.scalars(sa.select(voucher_load.c.amount_minor))
        ]
    return Ledger(sales, reports, loads)


def traded(lane: Lane, day: str, busy: int) -> None:
    """A day of a lane with something in it for every report."""
    lane.day = day
    at = {"business_day": day, "started": f"{day}T10:12:03.120Z", "sealed": f"{day}T10:13:40.002Z"}
    helped = ClearedIntervention("age", f"{day}T10:12:30Z", f"{day}T10:13:10Z", "u2", "lane")
    lane.send(*(lane.sell((BREADS, 2), (WATERS, n), **at) for n in range(1, busy)))
    lane.send(lane.sell((FRUIT, 1_412), (BREADS, 1), interventions=(helped,), **at))
    lane.send(lane.sell((WATERS, 3), served_by="u2", **at))
    lane.send(lane.sell((BREADS, 7), kind="void", **at))
    sold = lane.sell((BREADS, 3), **at)
    lane.sequence += 1
    lane.send(sold, returned := back(sold, [LineUnits(1, (0,))], till=lane.name, sequence=lane.sequence))
    lane.head = returned.chain.hash
    for kind, data in (
        ("intervention.opened", {"reason": "age"}),
        ("intervention.cleared", {"reason": "age", "by": "u2"}),
        ("intervention.opened", {"reason": "bag"}),
        ("intervention.cleared", {"reason": "bag", "by": "u2"}),
        ("bagging.stopped", {}),
        ("bagging.stopped", {}),
        ("bagging.accepted", {"by": "u2"}),
        ("bagging.skipped", {}),
        ("staff.price", {"by": "u2", "change": "3290 -> 2500"}),
        ("drawer.asked", {"by": "u2"}),
        ("return.confirmed", {"by": "u2", "amount_minor": 3290}),
    ):
        lane.report(kind, data, f"{day}T10:20:00.000Z")


def with_a_card(engine: Engine, number: str, minor: int, day: str) -> None:
    """A gift card that the desk sold on this day."""
    at_utc_ms = int(datetime.fromisoformat(f"{day}T12:00:00+00:00").timestamp()) * 1000
    with writing(engine) as connection:
        one = Voucher(number, "gift_card", "SEK", minor, issued_utc_ms=at_utc_ms)
        give_out(connection, one, Act(number, "cash", "u2", day, at_utc_ms))


class Shop(NamedTuple):
    """A running store, and what its books have."""

    served: Served
    books: Ledger


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    folder: Path = tmp_path_factory.mktemp("reports")
    url, file = f"sqlite:///{folder}/store.db", folder / "store.toml"
    engine = open_books(url)
    PriceBook(engine).replace(ROWS_, 0, "test")
    add_user(engine, "Anna", "manager", PIN)
    add_user(engine, "Bo", "cashier", "1357", any_pin=True)
    today = datetime.now(ZONE).date()
    for name, busy in (("k01", 3), ("k02", 5)):
        lane = Lane(engine, name)
        for ago in (4, 3, 2):
            traded(lane, (today - timedelta(days=ago)).isoformat(), busy)
        with_a_card(engine, f"KG-{name}", busy * 10_000, (today - timedelta(days=busy)).isoformat())
    books = ledger(engine)
    engine.dispose()
    file.write_text(f'[store]\nid = "s001"\n[database]\nurl = "{url}"\n[http]\nlisten = "127.0.0.1:0"\n')
    served = Served(file)
    yield Shop(served, books)
    assert served.end() == 0


@pytest.fixture(scope="module")
def page(shop: Shop, browser: Browser) -> Iterator[Page]:
    """One for all reports, as somebody who looks at one after the other has it."""
    with window(browser) as opened:
        sign_in(opened, shop.served.url)
        tab(opened, "Reports")
        yield opened


# --- what each report must say ----------------------------------------------------------------------------------------


class Case(NamedTuple):
    """A report, the column of it that is looked at, and what the ledger makes of that."""

    title: str
    column: str
    unit: str
    figure: Callable[[Ledger], int]


def _goods(books: Ledger) -> int:
    return sum(line["amount_minor"] for _, line in books.lines())


def _due(books: Ledger, kind: str) -> int:
    return sum(one["totals"]["due_minor"] for one in books.sold(kind))


CASES = {
    "sales": Case("Sales", "Paid", "money", lambda b: _due(b, "sale") + _due(b, "return")),
    "products": Case("Top sellers", "Goods", "money", _goods),
    "categories": Case("Categories", "Goods", "money", _goods),
    "baskets": Case("Basket size", "Sales", "count", lambda b: len(b.sold())),
    "tenders": Case("Tenders", "Paid back", "money", lambda b: _due(b, "return")),
    "tax": Case("Tax", "Tax", "money", lambda b: sum(
        tax["tax_minor"] for one in b.sales if one["kind"] != "void" for tax in one["totals"]["tax"])),
    "interventions": Case("Interventions", "Cleared", "count", lambda b: len(b.told("intervention.cleared"))),
    "staff": Case("Staff", "Refunded", "money", lambda b: sum(
        one["amount_minor"] for one in b.told("return.confirmed"))),
    "self-checkout": Case("Self-checkout", "By the shopper", "count", lambda b: sum(
        not one.get("served_by") for one in b.sold())),
    "bagging": Case("Bagging alarms", "Alarms", "count", lambda b: len(b.told("bagging.stopped"))),
    "voids": Case("Voids", "Worth", "money", lambda b: _due(b, "void")),
    "loss": Case("Loss indicators", "Returned", "money", lambda b: _due(b, "return")),
    "stock": Case("Stock velocity and cover", "Sold", "count", lambda b: b.pieces(BREAD.code)),
    "slow": Case("Slow movers", "Sold", "count", lambda b: b.pieces(BREAD.code)),
    "gift-cards": Case("Gift cards", "At the desk", "money", lambda b: sum(one["amount_minor"] for one in b.loads)),
}  # fmt: skip
BY_DAY = ("tax", "staff")
"""There is one rate of tax here, and one of the staff: of a single row no picture is drawn."""
OF_GOODS = ("stock", "slow")
"""They are about products, not about days: no picture, no sums below, and no filter by till."""
UNFILTERED = ("gift-cards",)
"""What is owed goes on from one day to the next: nothing can be left out of it."""


def test_there_is_no_report_that_nobody_looks_at_here() -> None:
    assert {name: case.title for name, case in CASES.items()} == TITLES
    assert len(TITLES) == 15


@pytest.mark.parametrize("name", CASES)
def test_a_report_says_what_the_ledger_says_on_the_page_and_in_every_file(shop: Shop, page: Page, name: str) -> None:
    case = CASES[name]
    asked_for(page, name)
    expected = case.figure(shop.books)
    assert expected, "the ledger has something to say"
    says(page, name, shown(expected, case.unit))
    if name not in OF_GOODS:
        until(lambda: drawn(page), "no chart is drawn")
    in_the_files(page, name, expected)
    if name in UNFILTERED:
        expect(page.get_by_role("button", name="Add filter")).to_be_hidden()
        return
    if name in OF_GOODS:
        only(page, "Category", "Drinks")
        expect(page.locator(".k-wide")).not_to_contain_text(BREAD.name)
        expect(page.locator(".k-wide")).to_contain_text(WATER.name)
    else:
        only(page, "Checkout", "k01")
        less = case.figure(shop.books.of("k01"))
        assert less != expected, "the filter takes something away"
        says(page, name, shown(less, case.unit))
    page.locator(".k-page .q-chip__icon--remove").click()
    says(page, name, shown(expected, case.unit))


def asked_for(page: Page, name: str) -> None:
    """This one of the list, and there it is."""
    about = page.locator(".k-report > .k-muted").first
    expect(about).to_be_visible()
    if page.get_by_label("Report", exact=True).input_value() != TITLES[name]:
        before = about.inner_text()
        pick(page, "Report", TITLES[name])
        if name != "slow":
            expect(about).not_to_have_text(before)
    if name in BY_DAY:
        pick(page, "By", "Day")


def says(page: Page, name: str, figure: str) -> None:
    """The figure is in its column: in the sums, or beside the bread where there are none."""
    case = CASES[name]
    seen: list[str] = []

    def there() -> bool:
        seen[:] = [column(page, case.column, BREAD.name if name in OF_GOODS else "")]
        return seen == [figure]

    until(there, f"{case.title}: {case.column} is not {figure}")


def column(page: Page, title: str, of: str) -> str:
    """The cell below this title, of the sums or of the row that has this name."""
    return page.evaluate(
        """([title, of]) => {
            const table = document.querySelector('.k-wide')
            if (!table) return ''
            const heads = [...table.querySelectorAll('thead th')].map(
                head => [...head.childNodes].filter(one => one.nodeType === 3).map(one => one.data).join('').trim())
            const rows = [...table.querySelectorAll(of ? 'tbody tr' : '.k-sums')]
            const row = rows.find(one => one.innerText.includes(of))
            return row ? row.children[heads.indexOf(title)]?.innerText.trim() ?? '' : ''
        }""",
        [title, of],
    )


def drawn(page: Page) -> bool:
    """Whether the picture has more than a few pixels in the colour of its first row of figures."""
    red, green, blue = (int(PRIMARY[at : at + 2], 16) for at in (1, 3, 5))
    return page.evaluate(
        """([red, green, blue]) => {
            const canvas = document.querySelector('.k-chart canvas')
            if (!canvas || !canvas.width) return false
            const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
            let found = 0
            for (let at = 0; at < data.length; at += 4)
                found += data[at] === red && data[at + 1] === green && data[at + 2] === blue && data[at + 3] === 255
            return found > 50
        }""",
        [red, green, blue],
    )


def only(page: Page, what: str, which: str) -> None:
    """Count only what has this value."""
    page.get_by_role("button", name="Add filter").click()
    pick(page, "What", what)
    pick(page, "Which", which)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Use", exact=True).click()
    expect(page.locator(".q-chip", has_text=f"{what}: {which}")).to_be_visible()


# --- the files --------------------------------------------------------------------------------------------------------


def in_the_files(page: Page, name: str, expected: int) -> None:
    """What programs add up, what a spreadsheet has, and what is printed."""
    case, of = CASES[name], BREAD.code if name in OF_GOODS else ""
    button = partial(page.get_by_role, "button")
    files = {form: taken(page, button(name=f"Download {form}").click) for form in ("CSV", "XLSX", "PDF")}
    assert {file.suggested_filename.partition("_")[0] for file in files.values()} == {name}
    assert [file.suggested_filename.rpartition(".")[2].upper() for file in files.values()] == list(files)
    rows = list(csv.reader(files["CSV"].path().read_text().splitlines()))
    sheet = openpyxl.load_workbook(BytesIO(files["XLSX"].path().read_bytes())).active
    written = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert len(written[0]) == len(rows[0]), "the same columns, in words"
    place = written[0].index(case.column)
    cells = [row[place] for row in rows[1:] if of in row or not of]
    assert sum(int(cell or 0) for cell in cells) == expected
    whole = Decimal(expected).scaleb(-2) if case.unit == "money" else expected
    found = [row[place] for row in written if of in row] if of else [written[-1][place]]
    assert [Decimal(str(cell)) for cell in found] == [whole]
    pages = pypdf.PdfReader(BytesIO(files["PDF"].path().read_bytes())).pages
    text = " ".join(" ".join(one.extract_text() for one in pages).split())
    assert case.title in text and shown(expected, case.unit) in text


def shown(value: int, unit: str) -> str:
    """As people read it."""
    return f"{Decimal(value).scaleb(-2):,.2f}" if unit == "money" else f"{value:,}"
