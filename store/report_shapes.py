"""Report shapes: what is asked of a report, and what one is."""

from collections.abc import Mapping

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

Row = tuple[str | int | None, ...]
_SETTINGS = {"work_mem": "64MB", "plan_cache_mode": "force_custom_plan", "jit": "off"}
"""Of PostgreSQL, for the transaction of a report."""


class Ask(msgspec.Struct, frozen=True):
    """What is wanted. Days are business days, both included; `by` empty is the report's habit; `limit` 0 is all rows.

    `filters`: dimension -> the values that count. Several values of one are "or", several dimensions "and".
    """

    name: str
    from_day: str = "0001-01-01"
    to_day: str = "9999-12-31"
    by: tuple[str, ...] = ()
    filters: Mapping[str, tuple[str, ...]] = {}
    limit: int = 0


class Head(msgspec.Struct, frozen=True):
    """A column: its name for programs, its title for people, and what its values are: a `Unit`, `text`, a dimension."""

    name: str
    title: str
    unit: str


class Report(msgspec.Struct, frozen=True):
    """One report, added up. `totals`: one row for each currency, of all that was found, also beyond the limit."""

    name: str
    title: str
    heads: tuple[Head, ...]
    rows: tuple[Row, ...]
    totals: tuple[Row, ...] = ()
    by: tuple[str, ...] = ()
    found: int = 0

    @property
    def columns(self) -> tuple[str, ...]:
        """Their names."""
        return tuple(head.name for head in self.heads)


class UnknownReport(LookupError):
    """There is no such report, or it cannot be split or filtered that way; the message names what there is."""


def reading(engine: Engine) -> Connection:
    """A connection whose questions are all answered from one moment.

    On PostgreSQL with room to add up a year's products in memory: with the 4 MB of a fresh installation it sorts them
    on the disk, which takes twice as long. And every question is planned for what it asks: a report that reads the
    lines asks the same of one month after the other, and from the tenth on it would be answered by a plan for any
    months at all, which takes twenty times as long. To compile a question costs more than it saves.
    """
    connection = engine.connect()
    if connection.dialect.name == "postgresql":
        connection.execution_options(isolation_level="REPEATABLE READ")
        connection.execute(sa.select(*(sa.func.set_config(name, value, True) for name, value in _SETTINGS.items())))
    return connection
