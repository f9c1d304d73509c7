"""A year of a busy shop, made up from a seed: a million sales of ten lines, day after day, straight into the tables.

Too much to go through ingest, which is measured on its own: the rows are written in bulk as ingest writes them, and the
roll-ups are what `store.contributions` makes of each day. A month is made up, and the database repeats it to the year's
end (`repeats`).
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import sqlalchemy as sa

from kiosk.checkout.sale import (
    CardSlipData,
    Chain,
    ClearedIntervention,
    Sale,
    SaleLine,
    TaxTotal,
    Tender,
    Totals,
)  # fmt: skip
from kiosk.wire.price_csv import PriceRow
from store.contributions import Sums, add_up, fact_row, intervention_rows
from store.report_schema import DAILY, MONTHLY, intervention, lane_act, rollup_category, rollup_product, sale_fact
from store.schema import sale, sale_line, sale_tax, sale_tender, stock_movement
from store.stock_ledger import Moved

FIRST_DAY, DAYS, MADE_UP, SALES_A_DAY, LINES = date(2025, 1, 1), 365, 30, 2740, 10
PRODUCTS, CATEGORIES, TILLS = 12_000, 40, 8
ZONE = ZoneInfo("Europe/Stockholm")
HOURS = (7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20)
BUSY = (3, 4, 4, 5, 7, 8, 6, 6, 8, 11, 13, 11, 8, 6)
GROUPS = ("", "", "", "members", "members", "members staff")
TABLES = (sale, sale_line, sale_tax, sale_tender, sale_fact, intervention, lane_act, *DAILY)
"""Made up and repeated. Months are the sums of their days."""
Rows = dict[sa.Table, list[tuple[Any, ...]]]
_CARD = CardSlipData("Visa", "************4021", "29001234", "0175", "000312", "831000")


class Year:
    """All of it, from one seed."""

    def __init__(self, seed: int, days: int = MADE_UP, sales_a_day: int = SALES_A_DAY) -> None:
        self._random, self._days, self._sales_a_day = Random(seed), days, sales_a_day
        self._weights = [1_000_000 // (rank + 20) for rank in range(PRODUCTS)]
        self._goods = [
            (f"{9520000000000 + n:013d}", f"Product {n}", f"Department {n % 8}/Category {n % CATEGORIES}",
             self._random.randrange(500, 20_000, 10), (600, 1200, 2500)[n % 3])
            for n in range(PRODUCTS)
        ]  # fmt: skip
        self._sequence = [0] * TILLS
        self._n = [0] * TILLS

    def price_rows(self) -> tuple[PriceRow, ...]:
        """The price book."""
        return tuple(
            PriceRow(gtin=code, name=name, category=category, price_minor=minor, tax_class="food", tax_bp=rate)
            for code, name, category, minor, rate in self._goods
        )

    def deliveries(self) -> list[tuple[Any, ...]]:
        """One of each, as rows of `stock_movement`."""
        moved = (msgspec.structs.asdict(Moved(goods[0], "delivery", 0, 500, 0)) for goods in self._goods)
        return [_in_order(stock_movement, {"n": n, **row}) for n, row in enumerate(moved, start=1)]

    def days(self) -> Iterator[Rows]:
        """The rows of one day after the other."""
        for number in range(self._days):
            yield self._day((FIRST_DAY + timedelta(days=number)).isoformat())

    def _day(self, day: str) -> Rows:
        rows: Rows = {table: [] for table in TABLES}
        sums: Sums = {}
        hours = sorted(self._random.choices(HOURS, BUSY, k=self._sales_a_day))
        for hour in hours:
            self._one(rows, sums, day, hour)
        for table, added in sums.items():
            if table in rows:
                rows[table] = [(*key, *measures) for key, measures in added.items()]
        return rows

    def _one(self, rows: Rows, sums: Sums, day: str, hour: int) -> None:
        random = self._random
        sold = self._sale(day, hour)
        group = random.choice(GROUPS)
        add_up(sums, sold, group, ZONE)
        rows[sale].append(_sale_row(sold))
        rows[sale_line] += _line_rows(sold)
        rows[sale_tax] += [(sold.key, n, t.rate_bp, t.net_minor, t.tax_minor) for n, t in enumerate(sold.totals.tax, 1)]
        rows[sale_tender] += [(sold.key, n, t.kind, t.amount_minor, t.attempt) for n, t in enumerate(sold.tenders, 1)]
        rows[sale_fact].append(_in_order(sale_fact, fact_row(sold, group, ZONE)))
        rows[intervention] += [_in_order(intervention, row) for row in intervention_rows(sold, ZONE)]
        for one in sold.interventions:
            self._act(rows, sold, "intervention.opened", one.reason, 0)
            self._act(rows, sold, "intervention.cleared", one.reason, random.randrange(5_000, 180_000))
        if random.random() < 0.01:
            self._act(rows, sold, random.choice(("staff.price", "drawer.asked", "bagging.accepted")), "", 0)

    def _act(self, rows: Rows, sold: Sale, kind: str, reason: str, later_ms: int) -> None:
        till = int(sold.till[1:]) - 1
        self._n[till] += 1
        hour = int(sold.sealed[11:13]) + 1
        at = self._n[till] * 600_000 + later_ms
        id_ = f"s001/{sold.till}/event/{self._n[till]}"
        row = (id_, sold.business_day, hour, sold.till, self._n[till], kind, "u1", reason, "", -100, at)
        rows[lane_act].append(row)

    def _sale(self, day: str, hour: int) -> Sale:
        random = self._random
        till = random.randrange(TILLS)
        self._sequence[till] += 1
        drawn = random.random()
        kind = "void" if drawn < 0.03 else "return" if drawn < 0.045 else "sale"
        sign = -1 if kind == "return" else 1
        lines = tuple(self._line(n, sign) for n in range(1, LINES + 1))
        goods = sum(line.amount_minor + sum(off.amount_minor for off in line.discounts) for line in lines)
        taxes = tuple(TaxTotal(rate, goods // 3 - goods // 30, goods // 30) for rate in (600, 1200, 2500))
        helped = random.random() < 0.12
        reason = random.choice(("age", "age", "bag", "bag", "bag", "help", "item"))
        at = f"{day}T{hour - 1:02d}:{random.randrange(60):02d}:"
        notes = (ClearedIntervention(reason, f"{at}10Z", f"{at}35Z", f"u{till % 3 + 1}", "lane"),) if helped else ()
        card = random.random() < 0.8
        paid = (Tender("card" if card else "cash", goods, f"{self._sequence[till]}-1", _CARD if card else None),)
        return Sale(
            store="s001", till=f"k{till + 1:02d}", business_day=day, sequence=self._sequence[till], kind=kind,
            training=False, started=f"{at}01Z", sealed=f"{at}58Z", currency="SEK", language="sv", price_book="1",
            customer=None, lines=lines, totals=Totals(goods, 0, 0, goods, taxes),
            tenders=() if kind == "void" else paid, interventions=notes, chain=Chain("0" * 64, "0" * 64),
        )  # fmt: skip

    def _line(self, number: int, sign: int) -> SaleLine:
        code, name, category, minor, rate = self._random.choices(self._goods, cum_weights=self._cumulated())[0]
        count = 1 if self._random.random() < 0.8 else 2
        return SaleLine(
            line=number, gtin=code, name=name, category=category, entry="scan", count=count, weight_g=None,
            unit_price_minor=minor, amount_minor=sign * count * minor, discounts=(), tax_bp=rate, deposit_minor=0,
            price_book="1",
        )  # fmt: skip

    def _cumulated(self) -> list[int]:
        if not hasattr(self, "_sums"):
            total = 0
            self._sums = [total := total + weight for weight in self._weights]
        return self._sums


def _in_order(table: sa.Table, row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(row[column.name] for column in table.c)


def _sale_row(sold: Sale) -> tuple[Any, ...]:
    totals = sold.totals
    return (
        sold.key, sold.till, sold.business_day, sold.sequence, sold.kind, sold.training, sold.started, sold.sealed,
        sold.currency, totals.goods_minor, totals.deposit_minor, totals.due_minor, sold.key, "", sold.key, 0,
        msgspec.json.encode(sold).decode(),
    )  # fmt: skip


def _line_rows(sold: Sale) -> list[tuple[Any, ...]]:
    return [
        (sold.key, line.line, line.gtin, line.name, line.category, line.entry, line.count, line.weight_g,
         line.unit_price_minor, line.amount_minor, 0, line.deposit_minor, line.tax_bp, line.price_book)
        for line in sold.lines
    ]  # fmt: skip


def repeats() -> Iterator[str]:
    """SQL that makes the year of the month, in both dialects. Keys carry the day in them; a lane's numbers go on.

    Month after month, as a shop writes it: a database that finds a day's lines side by side shall find them so here.
    """
    pairs = [(FIRST_DAY + timedelta(days=n % MADE_UP), n) for n in range(MADE_UP, DAYS)]
    yield "CREATE TEMPORARY TABLE other (old TEXT, new TEXT, turn INTEGER)"
    for old, n in pairs:
        yield f"INSERT INTO other VALUES ('{old}', '{FIRST_DAY + timedelta(days=n)}', {n // MADE_UP})"
    for table in TABLES:
        day = "t.business_day" if "business_day" in table.c else "substr(t.sale_key, 10, 10)"
        columns = ", ".join(f't."{column.name}"' for column in table.c)
        for name, new in _SHIFTED.items():
            columns = columns.replace(f't."{name}"', new)
        if table is lane_act:
            columns = columns.replace('t."id"', "t.id || o.new").replace('t."n"', "t.n + 100000 * o.turn")
        names = ", ".join(f'"{column.name}"' for column in table.c)
        for turn in range(1, DAYS // MADE_UP + 1):
            here = f"o.old = {day} AND o.turn = {turn}"
            yield f"INSERT INTO {table.name} ({names}) SELECT {columns} FROM {table.name} t JOIN other o ON {here}"
    for month, of_days in zip(MONTHLY, (rollup_category, rollup_product), strict=True):
        keys = [f'"{column.name}"' for column in month.primary_key if column.name != "month"]
        sums = [f'"{column.name}"' for column in month.c if not column.primary_key]
        by = f"substr(business_day, 1, 7), {', '.join(keys)}"
        summed = ", ".join(f"CAST(sum({name}) AS BIGINT)" for name in sums)
        columns = ", ".join(("month", *keys, *sums))
        yield f"INSERT INTO {month.name} ({columns}) SELECT {by}, {summed} FROM {of_days.name} GROUP BY {by}"


_SHIFTED = {
    "business_day": "o.new",
    **{name: f"replace(t.{name}, o.old, o.new)" for name in ("sale_key", "key", "hash", "token", "body", "sealed")},
}

Put = Callable[[sa.Table, list[tuple[Any, ...]]], None]
