"""Charts: a report as what ECharts draws. Pure.

Time runs along the bottom, names stand at the left where they can be read, shares of a whole are a ring. A chart shows
what can be told apart (the first rows of many); the table below it has everything. Amounts are handed over as exact
decimal text, which ECharts reads as a number. Keys that begin with a colon are functions of the browser's.
"""

from typing import Any

from babel.numbers import get_currency_precision

from store.console.look import AMBER, INK, PRIMARY, RED, SUN
from store.dimensions import DIMENSIONS, PERIODS, read
from store.report_book import Description
from store.report_shapes import Report, Row

MOST_BARS, MOST_SERIES, MOST_SLICES = 15, 8, 7
COLOURS = [PRIMARY, SUN, "#3E7CB1", AMBER, "#57B98C", RED, "#7A5BA6", "#9AA8A0"]
_DIGITS = {"grams": 3, "permille": 1, "milli": 3, "ms": 3}
_SUFFIX = {"grams": " kg", "permille": " %", "ms": " s", "days": " d"}
_GRID = {"left": 8, "right": 24, "top": 40, "bottom": 8, "containLabel": True}


def chart(report: Report, described: Description | None, currency: str) -> dict[str, Any] | None:
    """ECharts options; None where there is nothing that a picture tells better than the table."""
    if described is None or len(report.rows) < 2:
        return None
    place = report.columns.index(described.shown)
    head = report.heads[place]
    digits = get_currency_precision(currency) if head.unit == "money" else _DIGITS.get(head.unit, 0)
    unit = f" {currency}" if head.unit == "money" else _SUFFIX.get(head.unit, "")
    options = _drawn(report, described, place, digits)
    said = f"value => Number(value).toLocaleString('en', {{maximumFractionDigits: {digits}}}) + '{unit}'"
    options["tooltip"] = {"trigger": "item" if _is_ring(report, described) else "axis", ":valueFormatter": said}
    return {
        "title": {"text": f"{head.title}{unit and f' ({unit.strip()})'}", "textStyle": {"fontSize": 14, "color": INK}},
        "color": COLOURS,
        "aria": {"enabled": True},
        "animationDuration": 200,
        **options,
    }


def _is_ring(report: Report, described: Description) -> bool:
    return described.chart == "pie" and len(report.by) == 1 and not _runs(report.by[0])


def _runs(name: str) -> bool:
    """Whether the values have an order of their own, as days and hours have."""
    return name in PERIODS or DIMENSIONS[name].number


def label(report: Report, row: Row, which: int = 0) -> str:
    """How the row is called in a chart: by its name, where it has one."""
    name = report.by[which]
    if name in ("product", "staff") and "name" in report.columns:
        named = row[report.columns.index("name")]
        if named:
            return str(named)
    return read(name, row[report.columns.index(name)])


def _drawn(report: Report, described: Description, place: int, digits: int) -> dict[str, Any]:
    if _is_ring(report, described):
        return _ring(report, place, digits)
    runs = _runs(report.by[0])
    labels = list(dict.fromkeys(label(report, row) for row in report.rows))
    labels = labels if runs else labels[:MOST_BARS]
    axis = {"type": "category", "data": labels, "axisLabel": {"color": INK, **({} if runs else _NARROW)}}
    value = {"type": "value", "axisLabel": {"color": "#55645C", ":formatter": _SHORT}}
    series = _series(report, place, labels, digits)
    line = runs and described.chart == "line" and len(labels) > 2
    for one in series:
        one["type"] = "line" if line else "bar"
        one |= {"showSymbol": len(labels) < 40, "lineStyle": {"width": 2}} if line else {"barMaxWidth": 36}
        one |= {"stack": "all"} if len(series) > 1 and not line and described.shown.endswith("minor") else {}
    options: dict[str, Any] = {"grid": _GRID, "series": series}
    options |= {"xAxis": axis, "yAxis": value} if runs else {"yAxis": {**axis, "inverse": True}, "xAxis": value}
    if len(series) > 1:
        options["legend"] = {"type": "scroll", "top": 0, "right": 0, "left": "40%"}
    return options


_NARROW = {"width": 130, "overflow": "truncate"}
_SHORT = "value => Intl.NumberFormat('en', {notation: 'compact'}).format(value)"


def _series(report: Report, place: int, labels: list[str], digits: int) -> list[dict[str, Any]]:
    """One, or one for each value of the second split: the largest, and no more than can be told apart."""
    sums: dict[str, dict[str, int]] = {}
    for row in report.rows:
        name = label(report, row, 1) if len(report.by) > 1 else ""
        into = sums.setdefault(name, {})
        at = label(report, row)
        into[at] = into.get(at, 0) + _whole(row[place])
    largest = sorted(sums, key=lambda name: -sum(map(abs, sums[name].values())))[:MOST_SERIES]
    return [
        {"name": name or report.heads[place].title, "data": [_exact(sums[name].get(at, 0), digits) for at in labels]}
        for name in sums
        if name in largest
    ]


def _ring(report: Report, place: int, digits: int) -> dict[str, Any]:
    rows = sorted((row for row in report.rows if _whole(row[place]) > 0), key=lambda row: -_whole(row[place]))
    slices = [{"name": label(report, row), "value": _exact(_whole(row[place]), digits)} for row in rows[:MOST_SLICES]]
    if rest := sum(_whole(row[place]) for row in rows[MOST_SLICES:]):
        slices.append({"name": "Everything else", "value": _exact(rest, digits)})
    look = {"type": "pie", "radius": ["42%", "70%"], "label": {"formatter": "{b}  {d} %"}, "data": slices}
    return {"series": [look]}


def _whole(value: str | int | None) -> int:
    return value if isinstance(value, int) else 0


def _exact(value: int, digits: int) -> str:
    """`-1234.50` of -123450 and two digits."""
    if not digits:
        return str(value)
    whole, part = divmod(abs(value), 10**digits)
    return f"{'-' if value < 0 else ''}{whole}.{part:0{digits}d}"
