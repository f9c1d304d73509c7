"""Card ledger: what the shop owes on gift cards and vouchers, and what has changed it, day by day.

It grows by what lanes and the desk have sold, by what the shop gave away, by what came in from elsewhere (an import,
points, the shell), and by returns onto a card. It shrinks by what is redeemed and by what is left on a card whose last
day is over. A blocked card is still owed, for that may be taken back. Bottle slips are a matter of their own. All of it
is queries over the facts, so a sale that comes late is in its own day.

Loads and sales bear their business day; an end and an issue without a load are taken by the calendar day (UTC), as the
last day of a card is written.
"""

import csv
from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from datetime import date
from io import StringIO
from typing import Any, Literal, TypeVar

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from store.day_figures import DESK, EXPIRED, LOADED, Figures
from store.loading import LOADED as KINDS
from store.loading import SOLD
from store.schema import hold, sale, voucher, voucher_load

By = Literal["day", "month", "year"]
Key = TypeVar("Key", bound=Hashable)
_DAY_MS = 86_400_000
_LENGTH: dict[By, int] = {"day": 10, "month": 7, "year": 4}
"""Of an ISO date, so many letters name the period."""


class Flow(msgspec.Struct, frozen=True):
    """One period; minor units, none of them negative but `desk_minor` where more was paid back. `owed_minor`: at its
    end."""

    period: str
    sold_minor: int = 0
    """At lanes."""
    desk_minor: int = 0
    """At the desk, what it paid back taken off."""
    given_minor: int = 0
    """By the shop, for nothing."""
    other_minor: int = 0
    redeemed_minor: int = 0
    returned_minor: int = 0
    """Put back onto a card by a return."""
    expired_minor: int = 0
    owed_minor: int = 0


def statement(engine: Engine, currency: str, from_day: str, to_day: str, by: By = "month") -> list[Flow]:
    """The periods in which something has changed, the oldest first. Days are ISO dates, both included."""
    with engine.connect() as connection:
        return list(flows(connection, currency, from_day, to_day, lambda day: day[: _LENGTH[by]]).values())


def flows(
    connection: Connection, currency: str, from_day: str, to_day: str, period_of: Callable[[str], Key]
) -> dict[Key, Flow]:
    """Each period in which something has changed, the oldest first. `period_of` a day, as an ISO date.

    Where nothing has changed and something is owed, the first day's period says how much.
    """
    days: dict[str, Counter[str]] = {}
    before: Counter[str] = Counter()
    for day, name, minor in _changes(connection, currency):
        if day < from_day:
            before[name] += minor
        elif day <= to_day:
            days.setdefault(day, Counter())[name] += minor
    sums: dict[Key, Counter[str]] = {}
    for day in sorted(days):
        sums.setdefault(period_of(day), Counter()).update(days[day])
    owed = _grown(before)
    if owed and not sums:
        sums = {period_of(from_day): Counter()}
    found: dict[Key, Flow] = {}
    for period, changed in sums.items():
        owed += _grown(changed)
        amounts = {f"{name}_minor": minor for name, minor in changed.items()}
        found[period] = Flow(str(period), **amounts, owed_minor=owed)
    return found


def currencies(connection: Connection) -> list[str]:
    """Those of all gift cards and vouchers."""
    query = sa.select(voucher.c.currency).where(voucher.c.kind.in_(KINDS)).distinct()
    return sorted(connection.scalars(query))


def as_csv(flows: Iterable[Flow]) -> str:
    """With a heading; amounts in minor units."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(Flow.__struct_fields__)
    writer.writerows(msgspec.structs.astuple(flow) for flow in flows)
    return out.getvalue()


def _grown(changes: Counter[str]) -> int:
    return changes.total() - 2 * (changes["redeemed"] + changes["expired"])


def _changes(connection: Connection, currency: str) -> Iterable[tuple[str, str, int]]:
    """(day, which of the fields of Flow, minor units)."""
    ours = (voucher.c.currency == currency, voucher.c.kind.in_(KINDS))
    load = voucher_load.c
    loads = (
        sa.select(load.business_day, load.paid, _sum(load.amount_minor))
        .join(voucher, voucher.c.number == load.number)
        .where(*ours)
        .group_by(load.business_day, load.paid)
    )
    for day, paid, minor in connection.execute(loads):
        yield day, {SOLD: "sold", "free": "given"}.get(paid, "desk"), minor
    issued = voucher.c.issued_utc_ms // _DAY_MS
    others = sa.select(issued, _sum(voucher.c.amount_minor)).where(*ours, voucher.c.amount_minor != 0).group_by(issued)
    for number, minor in connection.execute(others):
        yield _day(number), "other", minor
    back = hold.c.amount_minor < 0
    uses = (
        sa.select(sale.c.business_day, back, _sum(sa.func.abs(hold.c.amount_minor)))
        .join(sale, sale.c.key == hold.c.sale_key)
        .join(voucher, voucher.c.number == hold.c.number)
        .where(*ours, hold.c.state == "spent")
        .group_by(sale.c.business_day, back)
    )
    for day, is_back, minor in connection.execute(uses):
        yield day, "returned" if is_back else "redeemed", minor
    left, ended = _left().subquery(), (voucher.c.expires_utc_ms - 1) // _DAY_MS
    over = (
        sa.select(ended, _sum(left.c.minor))
        .join(left, left.c.number == voucher.c.number)
        .where(*ours, voucher.c.expires_utc_ms > 0, left.c.minor > 0)
        .group_by(ended)
    )
    for number, minor in connection.execute(over):
        yield _day(number), "expired", minor


def _sum(minor: "sa.ColumnElement[int]") -> "sa.ColumnElement[int]":
    return sa.cast(sa.func.sum(minor), sa.BigInteger)


def _day(number: int) -> str:
    """Of the days since 1970."""
    return date.fromordinal(date(1970, 1, 1).toordinal() + number).isoformat()


def _left() -> "sa.Select[Any]":
    """What is on each that has a last day, as the facts are now."""
    used = sa.select(_sum(hold.c.amount_minor)).where(hold.c.number == voucher.c.number, hold.c.state == "spent")
    put_on = sa.select(_sum(voucher_load.c.amount_minor)).where(voucher_load.c.number == voucher.c.number)
    minor = (
        voucher.c.amount_minor
        + sa.func.coalesce(put_on.scalar_subquery(), 0)
        - sa.func.coalesce(used.scalar_subquery(), 0)
    )
    return sa.select(voucher.c.number, minor.label("minor")).where(voucher.c.expires_utc_ms > 0)


# --- of one day, for its end ------------------------------------------------------------------------------------------


def desk_figures(connection: Connection, currency: str, business_day: str, *, expired: bool) -> Figures:
    """What the desk has loaded, both sides of it; `expired`: and what has ended with the day."""
    ours = (voucher.c.currency == currency, voucher.c.kind.in_(KINDS))
    load = voucher_load.c
    loads = (
        sa.select(voucher.c.kind, load.paid, _sum(load.amount_minor))
        .join(voucher, voucher.c.number == load.number)
        .where(*ours, load.business_day == business_day, load.sale_key.is_(None))
        .group_by(voucher.c.kind, load.paid)
    )
    found: Counter[str] = Counter()
    for kind, paid, minor in connection.execute(loads):
        found[f"{LOADED}:{kind}"] += minor
        found[f"{DESK}:{paid}"] += minor
    if expired:
        begins = (date.fromisoformat(business_day).toordinal() - date(1970, 1, 1).toordinal()) * _DAY_MS
        left = _left().subquery()
        ended = (
            sa.select(voucher.c.kind, _sum(left.c.minor))
            .join(left, left.c.number == voucher.c.number)
            .where(*ours, voucher.c.expires_utc_ms.between(begins + 1, begins + _DAY_MS), left.c.minor > 0)
            .group_by(voucher.c.kind)
        )
        for kind, minor in connection.execute(ended):
            found[f"{EXPIRED}:{kind}"] += minor
    return found


def sold_by_till(connection: Connection, business_day: str) -> dict[str, int]:
    """What the day's sales have put on cards, as the ledger has it."""
    query = (
        sa.select(sale.c.till, _sum(voucher_load.c.amount_minor))
        .join(sale, sale.c.key == voucher_load.c.sale_key)
        .where(sale.c.business_day == business_day)
        .group_by(sale.c.till)
    )
    return {till: int(minor) for till, minor in connection.execute(query)}
