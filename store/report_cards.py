"""Report cards: what the shop owes on gift cards and vouchers, and what has changed it, out of the card ledger.

What is owed at the end of a period is no sum of its rows but goes on from all that was before, so no cube has it. The
last row's is what is owed at the end of all, and stands in the totals.
"""

from typing import Any

from sqlalchemy.engine import Engine

from store.card_ledger import Flow, currencies, flows
from store.dimensions import DIMENSIONS, PERIODS
from store.report_book import GIFT_CARDS
from store.report_shapes import Ask, Head, Report, Row, reading

_NAMES = tuple(column.name for column in GIFT_CARDS.columns)
_LAST = "owed_minor"


def cards_report(engine: Engine, ask: Ask, by: tuple[str, ...]) -> Report:
    """The ledger over these days, all currencies; what it is split by is known to be some of `PERIODS`."""
    assert set(by) <= set(PERIODS), by
    rows: list[Row] = []
    totals: list[Row] = []
    with reading(engine) as connection:
        for currency in currencies(connection):
            found = flows(
                connection, currency, ask.from_day, ask.to_day, lambda day: tuple(_of(day, one) for one in by)
            )
            rows += [(*key, currency, *_amounts(flow)) for key, flow in found.items()]
            if found:
                totals.append((*(None,) * len(by), currency, *_together(list(found.values()))))
    rows.sort(key=lambda row: row[: len(by) + 1])
    heads = [Head(one, DIMENSIONS[one].title, one) for one in (*by, "currency")]
    heads += [Head(column.name, column.title, column.unit) for column in GIFT_CARDS.columns]
    kept = rows[: ask.limit] if ask.limit else rows
    return Report(GIFT_CARDS.name, GIFT_CARDS.title, tuple(heads), tuple(kept), tuple(totals), by, len(rows))


def _of(day: str, name: str) -> Any:
    """The day, week, month or year that this day is in."""
    fold = DIMENSIONS[name].fold
    return fold(day) if fold else day[: {"day": 10, "month": 7, "year": 4}[name]]


def _amounts(flow: Flow) -> tuple[int, ...]:
    return tuple(getattr(flow, name) for name in _NAMES)


def _together(of: list[Flow]) -> tuple[int, ...]:
    return tuple(of[-1].owed_minor if name == _LAST else sum(getattr(flow, name) for flow in of) for name in _NAMES)
