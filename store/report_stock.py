"""Report stock: how fast goods leave, how long what is there will last, and what hardly moves.

The velocity is what was sold, less what came back, over the days of the period; days of cover are what is on hand over
it. What is sold by weight is counted in grams. Goods that sold nothing are among the slow movers too: that report is
for them. It asks the stock's own room what is on hand.
"""

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from store import stock
from store.cubes import cube_of
from store.dimensions import DIMENSIONS
from store.months import borders, months_in
from store.report_book import per
from store.report_filters import BadFilter, condition
from store.report_schema import rollup_sale
from store.report_shapes import Ask, Head, Report, UnknownReport, reading
from store.schema import price

OF_STOCK = {"stock": "Stock velocity and cover", "slow": "Slow movers"}
FILTERS = ("category", "department", "group", "product")
_EVERYTHING = 1_000_000
_HEADS = (
    Head("product", "Product", "product"),
    Head("name", "Name", "text"),
    Head("sold", "Sold", "count"),
    Head("sold_g", "Sold by weight", "grams"),
    Head("last_sold", "Last sold in", "month"),
    Head("per_day_milli", "A day", "milli"),
    Head("on_hand", "On hand", "count"),
    Head("on_hand_g", "On hand by weight", "grams"),
    Head("cover_days", "Lasts", "days"),
)
_LASTS = len(_HEADS) - 1
_FOR_EVER = 1 << 60


def stock_report(engine: Engine, ask: Ask) -> Report:
    """`stock`: what runs out first; `slow`: what has sold least, the largest stock first. UnknownReport."""
    if ask.by not in ((), ("product",)):
        raise UnknownReport(f"{ask.name} by {', '.join(ask.by)!r}: there is product")
    if strange := [one for one in ask.filters if one not in FILTERS]:
        raise UnknownReport(f"{ask.name} cannot be filtered by {strange[0]!r}: there is {', '.join(FILTERS)}")
    sold, first, last = _sold(engine, ask)
    days = _days_between(max(first, ask.from_day), min(last, ask.to_day)) if sold else 1
    rows = [
        _row(code, name, sold.get(code, (0, 0, "")), level, days) for code, name, level in _goods(engine, ask, sold)
    ]
    if ask.name == "slow":
        rows.sort(key=lambda row: (row[2] + row[3], -row[6] - row[7], row[0]))
    else:
        rows.sort(key=lambda row: (_FOR_EVER if row[_LASTS] is None else row[_LASTS], -row[2] - row[3], row[0]))
    kept = rows[: ask.limit] if ask.limit else rows
    return Report(ask.name, OF_STOCK[ask.name], _HEADS, tuple(map(tuple, kept)), (), ("product",), len(rows))


_Sold = dict[str, tuple[int, int, str]]


def _sold(engine: Engine, ask: Ask) -> tuple[_Sold, str, str]:
    """(product -> pieces, grams, the last month; the first and the last day on which anything at all was sold)."""
    cube = cube_of("line", {"product", *(DIMENSIONS[one].column for one in ask.filters)}, months=_has_months(ask))
    assert cube is not None, "products are filtered by all that is in FILTERS"
    try:
        where = [condition(one, cube.dims[DIMENSIONS[one].column], ask.filters[one], ()) for one in ask.filters]
    except BadFilter as bad:
        raise UnknownReport(str(bad)) from bad
    if not cube.monthly:
        where += [cube.day >= sa.bindparam("from_day"), cube.day <= sa.bindparam("to_day")]
    product, measures = cube.dims["product"], (cube.measures["count"], cube.measures["weight_g"])
    last = sa.func.max(sa.case((cube.dims["kind"] == "sale", cube.dims["month"]), else_=""))
    query = sa.select(product, *measures, last).select_from(cube.table).where(*where).group_by(product)
    day = rollup_sale.c.business_day
    ends = sa.select(sa.func.min(day), sa.func.max(day)).where(day.between(ask.from_day, ask.to_day))
    with reading(engine) as connection:
        rows = connection.execute(query, borders(ask.from_day, ask.to_day))
        found = {code: (count, grams, month) for code, count, grams, month in rows}
        first_day, last_day = connection.execute(ends).one()
    return found, first_day or ask.from_day, last_day or ask.to_day


def _has_months(ask: Ask) -> bool:
    return months_in(ask.from_day, ask.to_day) is not None


def _goods(engine: Engine, ask: Ask, sold: _Sold) -> list[tuple[str, str, tuple[int, int]]]:
    """(code, name, what is on hand) of everything that was sold, is there, or has a price."""
    levels = {one.gtin: one for one in stock.on_hand(engine, limit=_EVERYTHING)}
    with engine.connect() as connection:
        query = sa.select(price.c.code, price.c.name).where(price.c.until.is_(None))
        names = {row.code: row.name for row in connection.execute(query)}
    codes = set(sold) if ask.filters else {*sold, *levels, *names}
    here = ((code, levels.get(code)) for code in codes)
    return [
        (code, names.get(code) or (level.name if level else ""), (level.count, level.weight_g) if level else (0, 0))
        for code, level in here
    ]


def _row(code: str, name: str, sold: tuple[int, int, str], level: tuple[int, int], days: int) -> list[Any]:
    count, grams, last = sold
    much, here = (grams, level[1]) if grams else (count, level[0])
    covers = max(0, here) * days // much if much > 0 else None
    return [code, name, count, grams, last, per(much, days, 1000) or 0, *level, covers]


def _days_between(first: str, last: str) -> int:
    try:
        return max(1, (date.fromisoformat(last) - date.fromisoformat(first)).days + 1)
    except ValueError:
        return 1
