"""Reports: running what the report book describes.

The database sums by the dimensions that it has, the rest is folded here: weeks out of days, several subjects into one
row. Everything of a report is read in one snapshot, so its figures fit together while tills go on selling. What no
roll-up can tell is summed over the lines themselves, some days at a time, so that whoever waits sees how far it is and
may stop it: `told` is called between, and what it raises ends the report.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from store.cubes import SUBJECTS, Cube, cube_of
from store.dimensions import DIMENSIONS, PERIODS
from store.months import borders, months_in
from store.report_book import BOOK, GIFT_CARDS, Description
from store.report_cards import cards_report
from store.report_filters import BadFilter, condition
from store.report_names import names_of
from store.report_schema import rollup_sale
from store.report_shapes import Ask, Head, Report, Row, UnknownReport, reading
from store.report_stock import OF_STOCK, stock_report
from store.rollup_care import keep

Told = Callable[[int, int], None]
"""How far it is: parts done, parts in all."""
_DAYS_AT_ONCE = 28
MOST_SPLITS = 2


def _nobody_waits(done: int, parts: int) -> None:
    """Nobody looks on."""


def make_report(
    engine: Engine, ask: Ask, timezone: str, told: Told = _nobody_waits, today: str = "9999-12-31"
) -> Report:
    """What is asked for. UnknownReport; whatever `told` raises.

    `today`: what is known to happen later, as the end of a gift card, is not in it.
    """
    keep(engine, timezone)
    if ask.name in OF_STOCK:
        return stock_report(engine, ask)
    described = BOOK.get(ask.name)
    if described is None:
        raise UnknownReport(f"no report {ask.name!r}: there is {', '.join(sorted({*BOOK, *OF_STOCK}))}")
    by = _split(described, ask.by)
    if described is GIFT_CARDS:
        _known(described, ask)
        return cards_report(engine, msgspec.structs.replace(ask, to_day=min(ask.to_day, today)), by)
    with reading(engine) as connection:
        return _finished(connection, described, by, ask, _summed(connection, described, by, ask, told))


def _split(described: Description, by: tuple[str, ...]) -> tuple[str, ...]:
    wanted = by or described.by[:1]
    for one in wanted:
        if one not in described.by:
            raise UnknownReport(f"{described.name} by {one!r}: there is {', '.join(sorted(described.by))}")
    if len(set(wanted)) != len(wanted) or len(wanted) > MOST_SPLITS:
        raise UnknownReport(f"a report is split by at most {MOST_SPLITS} different things")
    return wanted


# --- summing ----------------------------------------------------------------------------------------------------------

_Key = tuple[Any, ...]
_Sums = dict[_Key, dict[str, int]]


def _has_currency(described: Description) -> bool:
    return all("currency" in SUBJECTS[subject][0].dims for subject in described.subjects)


def filterable(described: Description) -> list[str]:
    """What it can be filtered by: what all its subjects know. What is owed goes on from one day to the next."""
    if described is GIFT_CARDS:
        return []
    known = [set().union(*(cube.dims for cube in SUBJECTS[subject])) for subject in described.subjects]
    return [name for name, one in DIMENSIONS.items() if all(one.column in dims for dims in known)]


def _summed(
    connection: Connection, described: Description, by: tuple[str, ...], ask: Ask, told: Told
) -> tuple[_Sums, list[str]]:
    """(split values -> measure -> sum, the currency last where there is one; all measures)."""
    split = [*by, *(["currency"] if _has_currency(described) else [])]
    columns = list(dict.fromkeys(DIMENSIONS[one].column for one in split))
    measures = list(dict.fromkeys(measure for column in described.columns for measure in column.of))
    sums: _Sums = {}
    for subject in described.subjects:
        cube = _cube(described, subject, ask, {*columns, *(DIMENSIONS[one].column for one in _known(described, ask))})
        ours = [name.partition(".")[2] for name in measures if name.startswith(f"{subject}.")]
        for row in _rows(connection, cube, columns, ours, ask, told):
            values = dict(zip(columns, row, strict=False))
            into = sums.setdefault(tuple(_folded(one, values) for one in split), dict.fromkeys(measures, 0))
            for name, value in zip(ours, row[len(columns) :], strict=True):
                into[f"{subject}.{name}"] += value
    return {key: values for key, values in sums.items() if any(values.values())}, measures


def _known(described: Description, ask: Ask) -> Sequence[str]:
    """The filters, if the report has them all."""
    there = filterable(described)
    for one in ask.filters:
        if one not in there:
            raise UnknownReport(
                f"{described.name} cannot be filtered by {one!r}: there is {', '.join(there) or 'no filter'}"
            )
    return list(ask.filters)


def _cube(described: Description, subject: str, ask: Ask, dims: set[str]) -> Cube:
    cube = cube_of(subject, dims, months=months_in(ask.from_day, ask.to_day) is not None)
    if cube is None:
        raise UnknownReport(f"{described.name}: nothing can be added up by {', '.join(sorted(dims))} together")
    return cube


def _folded(name: str, values: dict[str, Any]) -> Any:
    dimension = DIMENSIONS[name]
    value = values[dimension.column]
    return dimension.fold(value) if dimension.fold else value


def _rows(
    connection: Connection, cube: Cube, columns: list[str], measures: list[str], ask: Ask, told: Told
) -> Iterator[Any]:
    """Sums by the database; of raw lines some days at a time."""
    needs_days = cube.raw or any(DIMENSIONS[one].column == "day" for one in ask.filters)
    days = _days(connection, ask) if needs_days else []
    query = _query(cube, columns, measures, ask, days)
    if cube.near is not None and connection.dialect.name == "postgresql":
        query = query.where(cube.near >= sa.bindparam("from_day"), cube.near <= sa.bindparam("to_day"))
    if not cube.raw:
        yield from connection.execute(query, borders(ask.from_day, ask.to_day))
        return
    parts = [days[start : start + _DAYS_AT_ONCE] for start in range(0, len(days), _DAYS_AT_ONCE)]
    for done, part in enumerate(parts):
        told(done, len(parts))
        yield from connection.execute(query, {"from_day": part[0], "to_day": part[-1]})
    told(len(parts), len(parts))


def _query(cube: Cube, columns: list[str], measures: list[str], ask: Ask, days: list[str]) -> "sa.Select[Any]":
    split = [cube.dims[name].label(f"d{place}") for place, name in enumerate(columns)]
    places: list[Any] = [sa.literal_column(str(place)) for place in range(1, len(columns) + 1)]
    try:
        where = [condition(one, cube.dims[DIMENSIONS[one].column], ask.filters[one], days) for one in ask.filters]
    except BadFilter as bad:
        raise UnknownReport(str(bad)) from bad
    if not cube.monthly:
        where += [cube.day >= sa.bindparam("from_day"), cube.day <= sa.bindparam("to_day")]
    return (
        sa.select(*split, *(cube.measures[name].label(f"m{place}") for place, name in enumerate(measures)))
        .select_from(cube.table)
        .where(*where)
        .group_by(*places)
    )


def _days(connection: Connection, ask: Ask) -> list[str]:
    """The days of the period on which anything was sold."""
    day = rollup_sale.c.business_day
    query = sa.select(day).distinct().where(day.between(ask.from_day, ask.to_day)).order_by(day)
    return list(connection.scalars(query))


# --- rows -------------------------------------------------------------------------------------------------------------


def _finished(
    connection: Connection, described: Description, by: tuple[str, ...], ask: Ask, summed: tuple[_Sums, list[str]]
) -> Report:
    """In order, cut, named and with its totals."""
    sums, measures = summed
    has_currency = _has_currency(described)
    split = [*by, *(["currency"] if has_currency else [])]
    keys = sorted(sums, key=lambda key: [(isinstance(part, str), part) for part in key])
    if described.order and by[0] not in PERIODS and not DIMENSIONS[by[0]].number:
        (shown,) = (column for column in described.columns if column.name == described.order)
        keys.sort(key=lambda key: -(shown.value(sums[key]) or 0))
    kept = keys[: ask.limit] if ask.limit else keys
    names = {one: names_of(connection, one, [key[by.index(one)] for key in kept]) for one in by}
    heads: list[Head] = []
    for one in split:
        heads.append(Head(one, DIMENSIONS[one].title, one))
        if one in by and names[one] is not None:
            heads.append(Head("name", "Name", "text"))
    heads += [Head(column.name, column.title, column.unit) for column in described.columns]
    rows = []
    for key in kept:
        cells: list[str | int | None] = []
        for one, value in zip(split, key, strict=True):
            cells.append(value)
            known = names.get(one)
            if known is not None:
                cells.append(known.get(value, ""))
        rows.append((*cells, *(column.value(sums[key]) for column in described.columns)))
    totals = _totals(described, sums, measures, len(heads) - len(described.columns), has_currency)
    return Report(described.name, described.title, tuple(heads), tuple(rows), totals, by, len(keys))


def _totals(
    described: Description, sums: _Sums, measures: list[str], places: int, has_currency: bool
) -> tuple[Row, ...]:
    added: dict[str, dict[str, int]] = {}
    for key, values in sums.items():
        into = added.setdefault(key[-1] if has_currency else "", dict.fromkeys(measures, 0))
        for name, value in values.items():
            into[name] += value
    return tuple(
        (*(None,) * (places - 1), currency or None, *(column.value(values) for column in described.columns))
        for currency, values in sorted(added.items())
    )
