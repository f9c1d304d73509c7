"""Reports: the books added up, for the shell and the console.

A report is a name, its columns and rows of plain values; how it is written (table, CSV, JSON) is the same for all.
Voids and training count for nothing. Amounts stay whole minor units: a spreadsheet adds them up without losing a cent.
"""

import csv
import json
from collections.abc import Callable, Iterator
from io import StringIO

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from store.schema import sale, sale_line

Row = tuple[str | int, ...]


class Report(msgspec.Struct, frozen=True):
    """One report, added up."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


class UnknownReport(LookupError):
    """There is no such report, or it cannot be split that way; the message names what there is."""


_BY: dict[str, "sa.ColumnElement[str]"] = {"day": sale.c.business_day, "till": sale.c.till, "kind": sale.c.kind}


def sales(engine: Engine, from_day: str, to_day: str, by: str) -> Report:
    """How many sales and how much money, by business day, till or kind. Pieces that came back are taken off."""
    if by not in _BY:
        raise UnknownReport(f"sales by {by!r}: there is {', '.join(sorted(_BY))}")
    items = (
        sa.select(sale_line.c.sale_key, sa.func.sum(sale_line.c.count).label("items"))
        .group_by(sale_line.c.sale_key)
        .subquery()
    )
    came_or_went = items.c["items"] * sa.case((sale.c.kind == "return", -1), else_=1)
    sums: list[sa.ColumnElement[int]] = [came_or_went, sale.c.goods_minor, sale.c.deposit_minor, sale.c.due_minor]
    query = (
        sa.select(_BY[by], sale.c.currency, sa.func.count(), *(_sum(column) for column in sums))
        .select_from(sale.join(items, items.c.sale_key == sale.c.key, isouter=True))
        .where(sale.c.kind != "void", sa.not_(sale.c.training), sale.c.business_day.between(from_day, to_day))
        .group_by(_BY[by], sale.c.currency)
        .order_by(_BY[by], sale.c.currency)
    )
    with engine.connect() as connection:
        rows = tuple(tuple(row) for row in connection.execute(query))
    columns = (by, "currency", "sales", "items", "goods_minor", "deposit_minor", "due_minor")
    return Report("sales", columns, rows)


def _sum(column: "sa.ColumnElement[int]") -> "sa.ColumnElement[int]":
    return sa.cast(sa.func.coalesce(sa.func.sum(column), 0), sa.BigInteger)


REPORTS: dict[str, Callable[[Engine, str, str, str], Report]] = {"sales": sales}
"""Name -> (books, first business day, last, split by) -> report."""


def make_report(engine: Engine, name: str, from_day: str, to_day: str, by: str) -> Report:
    """The report of this name. UnknownReport."""
    if name not in REPORTS:
        raise UnknownReport(f"no report {name!r}: there is {', '.join(sorted(REPORTS))}")
    return REPORTS[name](engine, from_day, to_day, by)


def written(report: Report, form: str) -> Iterator[str]:
    """Its lines as `table`, `csv` or `json`."""
    match form:
        case "csv":
            text = StringIO()
            csv.writer(text, lineterminator="\n").writerows([report.columns, *report.rows])
            yield from text.getvalue().splitlines()
        case "json":
            rows = [dict(zip(report.columns, row, strict=True)) for row in report.rows]
            yield json.dumps({"report": report.name, "rows": rows}, ensure_ascii=False)
        case _:
            yield from _table(report)


def _table(report: Report) -> Iterator[str]:
    cells = [[str(cell) for cell in row] for row in (report.columns, *report.rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for row, values in zip(cells, (report.columns, *report.rows), strict=True):
        placed = [
            cell.rjust(width) if isinstance(value, int) else cell.ljust(width)
            for cell, width, value in zip(row, widths, values, strict=True)
        ]
        yield "  ".join(placed).rstrip()
