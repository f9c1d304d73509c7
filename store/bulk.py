"""Bulk: many rows into one table, in the driver's own words.

SQLAlchemy takes each row apart and puts it together again for the driver: half of what a batch of sales cost. Here it
says once what the SQL of a table is, and the rows go to the driver as they are. So only plain values fit: text, whole
numbers, booleans and None.

SQLite lives in this process and takes row after row. PostgreSQL is told all rows in one statement, a column an array
(`unnest`): row after row, each is bound, executed and answered by itself, which costs both ends as much as the insert.
The arrays are written here, in PostgreSQL's own text form, because the driver does that value after value in Python.
https://www.postgresql.org/docs/15/functions-array.html https://www.postgresql.org/docs/15/arrays.html#ARRAYS-IO
"""

from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

Row = dict[str, Any]
Said = tuple[str, Callable[[Sequence[Row]], Any]]
"""SQL, and how rows become its parameters."""
_WORDS: dict[tuple[sa.Table, str, tuple[str, ...], bool], Said] = {}
"""What has been worked out: a handful of statements, each for one of two databases."""


def insert_rows(connection: Connection, table: sa.Table, rows: Sequence[Row]) -> None:
    """All of them, none of which is there. All name the same columns."""
    _run(connection, table, rows, add=False)


def add_rows(connection: Connection, table: sa.Table, rows: Sequence[Row]) -> None:
    """Insert these, or add their numbers to the row that is there under the same key; other columns become as said.

    No key twice: to PostgreSQL that is an error, since it would have to change a row that it has just changed.
    """
    _run(connection, table, rows, add=True)


def _run(connection: Connection, table: sa.Table, rows: Sequence[Row], *, add: bool) -> None:
    if not rows:
        return
    database, names = connection.dialect.name, tuple(rows[0])
    known = (table, database, names, add)
    if known not in _WORDS:
        _WORDS[known] = _SAYING[database](table, names, add)
    sql, bound = _WORDS[known]
    connection.exec_driver_sql(sql, bound(rows))


def _to_sqlite(table: sa.Table, names: tuple[str, ...], add: bool) -> Said:
    """Row after row, its values by their places."""
    new = sqlite.insert(table)
    statement = new.on_conflict_do_update(**_conflict(table, new.excluded)) if add else new
    compiled: Any = statement.compile(dialect=sqlite.dialect(), column_keys=list(names))
    order = compiled.positiontup
    pick = itemgetter(*order) if len(order) > 1 else lambda row: (row[order[0]],)
    return str(compiled), lambda rows: [pick(row) for row in rows]


def _to_postgresql(table: sa.Table, names: tuple[str, ...], add: bool) -> Said:
    """All rows at once, in their order, each column by its name."""
    types = {name: table.c[name].type for name in names}
    dialect: sa.Dialect = postgresql.dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy does not say
    arrays = [sa.cast(sa.bindparam(name, type_=sa.Text), postgresql.ARRAY(type_)) for name, type_ in types.items()]
    columns = [sa.column(name, type_) for name, type_ in types.items()]
    told = sa.func.unnest(*arrays).table_valued(*columns, name="told").render_derived()
    new = postgresql.insert(table).from_select(list(names), sa.select(*told.c), include_defaults=False)
    statement = new.on_conflict_do_update(**_conflict(table, new.excluded)) if add else new
    written = {name: _texts if isinstance(type_, sa.Text) else _plain for name, type_ in types.items()}
    return str(statement.compile(dialect=dialect)), lambda rows: {
        name: array([row[name] for row in rows]) for name, array in written.items()
    }


def _texts(values: Sequence[str | None]) -> str:
    """An array of texts: each in quotation marks, with a backslash before such a mark and before a backslash."""
    quoted = ["NULL" if one is None else '"' + one.replace("\\", "\\\\").replace('"', '\\"') + '"' for one in values]
    return "{" + ",".join(quoted) + "}"


def _plain(values: Sequence[int | bool | None]) -> str:
    """An array of whole numbers or booleans."""
    return "{" + ",".join(["NULL" if one is None else str(one) for one in values]) + "}"


_SAYING: dict[str, Callable[[sa.Table, tuple[str, ...], bool], Said]] = {
    "sqlite": _to_sqlite,
    "postgresql": _to_postgresql,
}


def _conflict(table: sa.Table, excluded: Any) -> dict[str, Any]:
    """What becomes of a row that is there, as both databases are told it."""
    keys = [column.name for column in table.primary_key]
    others = [column for column in table.c if column.name not in keys]
    then = {
        column.name: column + excluded[column.name] if isinstance(column.type, sa.Integer) else excluded[column.name]
        for column in others
    }
    return {"index_elements": keys, "set_": then}
