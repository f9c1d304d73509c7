"""Report shown: the sums in large figures, and the table, of a report that is there."""

from typing import Any

from msgspec.structs import replace
from nicegui import ui

from store.report_book import BOOK, per
from store.report_shapes import Head, Report, Row
from store.report_words import is_number, shown

MOST_TILES = 4
_FALLING = "k-below"


def tiles(report: Report, earlier: Report | None, currency: str) -> None:
    """The sums that say most, of each currency, with how they have changed since the time before."""
    was = {_currency(report, row): row for row in earlier.totals} if earlier else {}
    with ui.element("div").classes("k-tiles").mark("report-tiles"):
        for row in report.totals:
            known = _currency(report, row)
            for place, head in _chosen(report, row):
                with ui.element("div").classes("k-tile"):
                    ui.label(head.title).classes("k-muted")
                    money = f" {known or currency}" if head.unit == "money" else ""
                    ui.label(f"{shown(row[place], head.unit, known or currency)}{money}").classes("k-due")
                    _changed(row[place], was.get(known), earlier, head)


def _currency(report: Report, row: Row) -> str:
    return str(row[report.columns.index("currency")]) if "currency" in report.columns else ""


def _chosen(report: Report, row: Row) -> list[tuple[int, Head]]:
    """What the report is about first, then money, then the rest; what is nothing is left out."""
    shown_first = BOOK[report.name].shown if report.name in BOOK else ""
    numbers = [(place, head) for place, head in enumerate(report.heads) if is_number(head.unit) and row[place]]
    by_worth = sorted(numbers, key=lambda one: (one[1].name != shown_first, one[1].unit != "money", one[0]))
    chosen = by_worth[: MOST_TILES - 1]
    chosen += [one for one in numbers if one not in chosen][:1]
    return sorted(chosen)


def _changed(now: str | int | None, was: Row | None, earlier: Report | None, head: Head) -> None:
    if earlier is None or was is None or not isinstance(now, int) or head.unit == "permille":
        return
    before = was[earlier.columns.index(head.name)]
    change = per(now - before, before, 1000) if isinstance(before, int) and before > 0 else None
    if change is not None:
        sign = "+" if change > 0 else ""
        ui.label(f"{sign}{shown(change, 'permille', '')} on the time before").classes("k-muted")


def wide_table(report: Report, currency: str) -> None:
    """All rows, numbers at the right and sorted as numbers, the sums below. Columns that say nothing are left out."""
    report = _telling(report, currency)
    columns, rows = _columns(report), [_cells(report, number, row, currency) for number, row in enumerate(report.rows)]
    with ui.element("div").classes("k-sheet k-wide"):
        table = ui.table(columns=columns, rows=rows, row_key="n", pagination=25).classes("w-full").mark("report-table")
        table.props("dense flat")
    if report.totals:
        cells = [_cells(report, -1, row, currency) for row in report.totals]
        with table.add_slot("bottom-row"):
            for sums in cells:
                with ui.element("q-tr").classes("k-sums"):
                    for place, column in enumerate(columns):
                        text = sums[f"s{place}"] or ("Together" if place == 0 else "")
                        with ui.element("q-td").classes("text-right" if column["align"] == "right" else ""):
                            ui.label(text)


def _telling(report: Report, currency: str) -> Report:
    """Without columns of nothing but 0, and without the currency where all is in the shop's own."""
    places = [
        place
        for place, head in enumerate(report.heads)
        if (any(row[place] for row in report.rows) if is_number(head.unit) else not _is_usual(report, place, currency))
    ]

    def less(rows: tuple[Row, ...]) -> tuple[Row, ...]:
        return tuple(tuple(row[place] for place in places) for row in rows)

    heads = tuple(report.heads[place] for place in places)
    return replace(report, heads=heads, rows=less(report.rows), totals=less(report.totals))


def _is_usual(report: Report, place: int, currency: str) -> bool:
    return report.heads[place].name == "currency" and all(row[place] == currency for row in report.rows)


def _columns(report: Report) -> list[dict[str, Any]]:
    return [
        {
            "name": f"c{place}",
            "label": head.title,
            "field": f"c{place}",
            "align": "right" if is_number(head.unit) else "left",
            "sortable": True,
            ":format": f"(value, row) => row.s{place}",
        }
        for place, head in enumerate(report.heads)
    ]


def _cells(report: Report, number: int, row: Row, currency: str) -> dict[str, Any]:
    """What is sorted by (`c`) and what is read (`s`), column by column."""
    known = _currency(report, row) or currency
    cells: dict[str, Any] = {"n": number}
    for place, (value, head) in enumerate(zip(row, report.heads, strict=True)):
        cells[f"c{place}"] = value
        cells[f"s{place}"] = shown(value, head.unit, known)
    return cells
