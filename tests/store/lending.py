"""PostgreSQL databases that tests use one after the other: emptied in between, since to copy one costs far more.

A database is empty again when nobody is connected to it, the tables that something was written to are truncated, and it
then tells of itself what it told as a fresh copy: its tables and columns, what its migrations have put into it, and
that every sequence is at its beginning. One that does not, since a test has changed its schema, is dropped. Each test
knows its database by a name of its own: whoever is left over from an earlier test finds nothing under the old one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

import psycopg
from psycopg import sql

Connection = psycopg.Connection[tuple[object, ...]]

_NAMES = count(1)
_COPIED = sql.SQL("STRATEGY FILE_COPY")
"""Half the work of a copy through the log, which only somebody who must survive a power cut wants."""
_GOES_MS = 10_000
"""So long a session may take to end that is told to."""
_ENDED = """
    SELECT pg_terminate_backend(pid, %s) FROM pg_stat_activity
    WHERE datname = %s
"""
_WRITTEN_TO = """
    SELECT relname FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND pg_relation_size(oid) > 0 ORDER BY relname
"""
_SCHEMA = """
    SELECT (SELECT string_agg(relname, ',' ORDER BY relname) FROM pg_class WHERE relnamespace = 'public'::regnamespace),
        (SELECT (count(*), max(xmin::text::bigint))::text FROM pg_attribute),
        (SELECT (count(*), max(xmin::text::bigint))::text FROM pg_attrdef),
        (SELECT (count(*), max(xmin::text::bigint))::text FROM pg_constraint),
        (SELECT (count(*), max(xmin::text::bigint))::text FROM pg_trigger),
        (SELECT (count(*), max(xmin::text::bigint))::text FROM pg_proc),
        (SELECT string_agg(sequencename, ',' ORDER BY sequencename) FROM pg_sequences WHERE last_value IS NOT NULL)
"""
"""Names, and of each catalogue how many rows it has and the transaction that wrote the newest of them: a truncation
changes none of these, whatever changes a column, a default, a constraint, a trigger or a function does."""


def administrator(address: str, name: str = "postgres") -> Connection:
    """A connection of the one who may do everything, each statement of it a transaction, to this database."""
    return psycopg.connect(address.format(name).replace("+psycopg", ""), autocommit=True)


@contextmanager
def copied(cluster: str, template: str) -> Iterator[str]:
    """The name of a copy of this database, which is gone afterwards."""
    with administrator(cluster) as connection:
        name = _copy(connection, template)
        yield name
        _drop(connection, name)


class Lending:
    """Copies of one database, lent to one test at a time each."""

    def __init__(self, cluster: str, template: str, connection: Connection) -> None:
        self._cluster, self._template, self._connection = cluster, template, connection
        self._free: list[str] = []
        self._filled: dict[str, object] = {}
        self._fresh: object = None

    @contextmanager
    def lent(self) -> Iterator[str]:
        """The name of a database that is as the template is."""
        name = self._free.pop() if self._free else self._made()
        yield name
        self._connection.execute(_ENDED, (_GOES_MS, name))
        try:
            new = _renamed(self._connection, name)
        except psycopg.errors.ObjectInUse:  # somebody is back already: they may keep it to its end
            _drop(self._connection, name)
            return
        if self._emptied(new):
            self._free.append(new)
        else:
            _drop(self._connection, new)

    def _made(self) -> str:
        name = _copy(self._connection, self._template)
        if self._fresh is None:
            with administrator(self._cluster, name) as inside:
                rows = {table: _rows(inside, table) for table in _written_to(inside)}
                self._filled = {table: kept for table, kept in rows.items() if kept is not None}
                self._fresh = _schema(inside)
        return name

    def _emptied(self, name: str) -> bool:
        """Whether it is as new. What refers to a truncated table is truncated, too: the template has nothing there."""
        with administrator(self._cluster, name) as inside:
            full = [sql.Identifier(table) for table in _written_to(inside) if table not in self._filled]
            if full:
                inside.execute(sql.SQL("TRUNCATE {} RESTART IDENTITY CASCADE").format(sql.SQL(", ").join(full)))
            same = _schema(inside) == self._fresh
            return same and all(_rows(inside, table) == kept for table, kept in self._filled.items())


def _copy(connection: Connection, template: str) -> str:
    name = f"test{next(_NAMES)}"
    made = sql.SQL("CREATE DATABASE {} TEMPLATE {} ").format(sql.Identifier(name), sql.Identifier(template))
    connection.execute(made + _COPIED)
    return name


def _renamed(connection: Connection, name: str) -> str:
    new = f"test{next(_NAMES)}"
    connection.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(name), sql.Identifier(new)))
    return new


def _drop(connection: Connection, name: str) -> None:
    connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _written_to(inside: Connection) -> list[str]:
    return [str(name) for (name,) in inside.execute(_WRITTEN_TO)]


def _schema(inside: Connection) -> object:
    return inside.execute(_SCHEMA).fetchone()


def _rows(inside: Connection, table: str) -> object:
    """What is in a table; None: nothing."""
    asked = sql.SQL("SELECT string_agg(row::text, ',' ORDER BY row::text) FROM {} AS row").format(sql.Identifier(table))
    found = inside.execute(asked).fetchone()
    return found and found[0]
