"""Bulk: many rows into one table, in the driver's own words.

SQLAlchemy takes each row apart and puts it together again for the driver: half of what a batch of sales cost. Here it
says once what the SQL of a table is, and the rows go to the driver as they are. So only plain values fit: text, whole
numbers, booleans and None.
"""

from collections.abc import Callable, Sequence
from functools import cache
from operator import itemgetter
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

Row = dict[str, Any]
_DIALECT: dict[str, Any] = {"sqlite": sqlite, "postgresql": postgresql}
_WORDS: dict[tuple[sa.Insert, str, tuple[str, ...]], tuple[str, Callable[[Row], Any]]] = {}
"""What `_words` has found: a handful of statements, each for one of two databases."""


def insert_rows(connection: Connection, table: sa.Table, rows: Sequence[Row]) -> None:
    """All of them, none of which is there. All name the same columns."""
    if rows:
        _run(connection, _inserting(table, connection.dialect.name), rows)


def add_rows(connection: Connection, table: sa.Table, rows: Sequence[Row]) -> None:
    """Insert these, or add their numbers to the row that is there under the same key; other columns become as said."""
    if rows:
        _run(connection, _adding(table, connection.dialect.name), rows)


def _run(connection: Connection, statement: sa.Insert, rows: Sequence[Row]) -> None:
    dialect, names = connection.dialect, tuple(rows[0])
    known = (statement, dialect.name, names)
    if known not in _WORDS:
        _WORDS[known] = _words(statement, dialect, names)
    sql, bound = _WORDS[known]
    connection.exec_driver_sql(sql, [bound(row) for row in rows])


@cache
def _inserting(table: sa.Table, dialect: str) -> sa.Insert:
    assert dialect in _DIALECT
    return sa.insert(table)


@cache
def _adding(table: sa.Table, dialect: str) -> sa.Insert:
    """Both databases can insert or add in one step, each in a dialect of its own."""
    new = _DIALECT[dialect].insert(table)
    keys = [column.name for column in table.primary_key]
    others = [column for column in table.c if column.name not in keys]
    then = {
        column.name: column + new.excluded[column.name]
        if isinstance(column.type, sa.Integer)
        else new.excluded[column.name]
        for column in others
    }
    added: sa.Insert = new.on_conflict_do_update(index_elements=keys, set_=then)
    return added


def _words(statement: sa.Insert, dialect: sa.Dialect, names: tuple[str, ...]) -> tuple[str, Callable[[Row], Any]]:
    """The SQL, and how a row becomes its parameters: by place where the driver counts them, else by name."""
    compiled: Any = statement.compile(dialect=dialect, column_keys=list(names))
    order = compiled.positiontup
    if order is None:
        return str(compiled), lambda row: row
    pick = itemgetter(*order)
    return str(compiled), pick if len(order) > 1 else lambda row: (pick(row),)
