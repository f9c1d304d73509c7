"""Voucher book: gift cards, vouchers, slips and coupons as the shop's people see them: found, with what became of each,
and how much the shop still owes to whoever has them."""

from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from store.schema import hold, voucher, voucher_load
from store.vouchers import LOAD, Voucher, is_in_use


class Line(msgspec.Struct, frozen=True):
    """One voucher with what is left of it, held or not. `uses` of a coupon count instead of money."""

    voucher: Voucher
    spent: int
    left: int


class Use(msgspec.Struct, frozen=True):
    """What became of a part of it: `spent` by a sale, `held` by a visit that is going on, `released`; or `loaded`.

    Of a load `till` is empty at the desk, and `paid` and `by` say how it was paid for and who did it."""

    state: str
    amount: int
    till: str
    sale_key: str
    at_utc_ms: int
    paid: str = ""
    by: str = ""


def find_all(engine: Engine, words: str = "", kind: str = "", limit: int = 50, offset: int = 0) -> list[Line]:
    """The latest issued first. `words`: a part of the number, the offer or the note."""
    spent, put_on = _spent().subquery(), _put_on().subquery()
    query = (
        sa.select(
            voucher,
            sa.func.coalesce(spent.c.spent, 0).label("used"),
            sa.func.coalesce(put_on.c.put_on, 0).label("put_on"),
        )
        .join(spent, spent.c.number == voucher.c.number, isouter=True)
        .join(put_on, put_on.c.number == voucher.c.number, isouter=True)
        .order_by(voucher.c.issued_utc_ms.desc(), voucher.c.number)
        .limit(limit)
        .offset(offset)
    )
    if kind:
        query = query.where(voucher.c.kind == kind)
    for word in words.split()[:5]:
        places = (voucher.c.number, voucher.c.offer, voucher.c.note)
        query = query.where(sa.or_(*(place.contains(word, autoescape=True) for place in places)))
    with engine.connect() as connection:
        return [_line(dict(row)) for row in connection.execute(query).mappings()]


def _spent() -> "sa.Select[Any]":
    return (
        sa.select(hold.c.number, sa.cast(sa.func.sum(hold.c.amount_minor), sa.BigInteger).label("spent"))
        .where(hold.c.state == "spent")
        .group_by(hold.c.number)
    )


def _put_on() -> "sa.Select[Any]":
    minor = sa.cast(sa.func.sum(voucher_load.c.amount_minor), sa.BigInteger)
    return sa.select(voucher_load.c.number, minor.label("put_on")).group_by(voucher_load.c.number)


def _line(row: dict[str, Any]) -> Line:
    used, put_on = int(row.pop("used")), int(row.pop("put_on"))
    one = Voucher(**{**row, "amount_minor": row["amount_minor"] + put_on})
    return Line(one, used, max(0, one.amount_minor - used))


def uses(engine: Engine, number: str) -> list[Use]:
    """What became of it, in order."""
    used = sa.select(hold).where(hold.c.number == number, hold.c.kind != LOAD).order_by(hold.c.made_utc_ms, hold.c.id)
    put_on = sa.select(voucher_load).where(voucher_load.c.number == number).order_by(voucher_load.c.id)
    with engine.connect() as connection:
        found = [
            Use(row.state, row.amount_minor, row.till, row.sale_key or "", row.ended_utc_ms or row.made_utc_ms)
            for row in connection.execute(used)
        ]
        for row in connection.execute(put_on):
            till = (row.sale_key or "//").split("/")[1]
            found.append(Use("loaded", row.amount_minor, till, row.sale_key or "", row.at_utc_ms, row.paid, row.by))
    return sorted(found, key=lambda one: one.at_utc_ms)


def owed_minor(engine: Engine, currency: str, now_utc_ms: int) -> int:
    """What is left on all gift cards, vouchers and slips that are still good: the shop's debt to their holders."""
    spent, put_on = _spent().subquery(), _put_on().subquery()
    left = voucher.c.amount_minor + sa.func.coalesce(put_on.c.put_on, 0) - sa.func.coalesce(spent.c.spent, 0)
    query = (
        sa.select(sa.func.coalesce(sa.func.sum(sa.case((left > 0, left), else_=0)), 0))
        .select_from(
            voucher.join(spent, spent.c.number == voucher.c.number, isouter=True).join(
                put_on, put_on.c.number == voucher.c.number, isouter=True
            )
        )
        .where(
            voucher.c.kind != "coupon",
            voucher.c.currency == currency,
            voucher.c.blocked.is_(False),
            sa.or_(voucher.c.expires_utc_ms == 0, voucher.c.expires_utc_ms > now_utc_ms),
        )
    )
    with engine.connect() as connection:
        return int(connection.scalar(query) or 0)


def held_minor(engine: Engine, number: str, now_utc_ms: int) -> int:
    """What visits that are going on keep of it."""
    query = sa.select(sa.func.coalesce(sa.func.sum(hold.c.amount_minor), 0)).where(
        hold.c.number == number, hold.c.state == "held", is_in_use(now_utc_ms)
    )
    with engine.connect() as connection:
        return int(connection.scalar(query) or 0)
