"""Member file: all that the shop keeps of one member, to be shown, handed over, or erased.

Erasure takes the person out and leaves the books as they are: name, contact, cards, consents, points and the links to
sales and vouchers go; the sealed sales stay, and what they say of a customer (an id, or a card scanned while the store
was away) leads to nobody any more. No id is given twice, so no later member inherits them, and a sale that arrives late
finds nobody.
"""

from typing import Any

import sqlalchemy as sa
from msgspec.structs import asdict
from sqlalchemy.engine import Connection, Engine

from kiosk.values.moment import rfc3339
from store.customers_schema import member_change, member_voucher, point_entry
from store.database import writing
from store.members import Member, find, points
from store.points import ledger
from store.schema import member, member_consent, member_key, member_sale, sale

_DAY_MS = 24 * 60 * 60_000


class NoSuchMember(LookupError):
    """Nobody is known by this."""


def file_of(engine: Engine, who: str) -> dict[str, Any]:
    """Everything of the member with this id, card, number or address, as plain values. NoSuchMember."""
    with engine.connect() as connection:
        one = _named(connection, who)
        mine = member_sale.c.member_id == one.id
        bought = sa.select(member_sale.c.sale_key, sale.c.sealed, sale.c.due_minor, sale.c.currency).join(
            sale, sale.c.key == member_sale.c.sale_key, isouter=True
        )
        about = asdict(one)
        about["groups"] = about.pop("member_groups").split()
        about["consented"] = rfc3339(about.pop("consented_utc_ms"))
        return {
            **about,
            "points": points(connection, one.id),
            "keys": list(
                connection.scalars(sa.select(member_key.c.key).where(member_key.c.member_id == one.id).order_by("key"))
            ),
            "consents": [_consent(row) for row in connection.execute(_consents(one.id)).mappings()],
            "point_entries": [asdict(entry) for entry in ledger(connection, one.id) if not entry.sale_key],
            "changes": [_change(row) for row in connection.execute(_changes(one.id)).mappings()],
            "vouchers": list(
                connection.scalars(sa.select(member_voucher.c.number).where(member_voucher.c.member_id == one.id))
            ),
            "sales": [dict(row) for row in connection.execute(bought.where(mine).order_by("sale_key")).mappings()],
        }


def _changes(member_id: str) -> sa.Select[Any]:
    return sa.select(member_change).where(member_change.c.member_id == member_id).order_by(member_change.c.n)


def _change(row: sa.RowMapping) -> dict[str, Any]:
    return {**{name: row[name] for name in ("what", "before", "after", "by")}, "at": rfc3339(row["at_utc_ms"])}


def _consents(member_id: str) -> sa.Select[Any]:
    return sa.select(member_consent).where(member_consent.c.member_id == member_id).order_by(member_consent.c.purpose)


def _consent(row: sa.RowMapping) -> dict[str, Any]:
    kept = {name: row[name] for name in ("purpose", "text", "language", "place")}
    return {**kept, "given": rfc3339(row["given_utc_ms"])}


def erase(engine: Engine, who: str) -> str:
    """Take this member out of the books for good; the id that led to them. NoSuchMember."""
    with writing(engine) as connection:
        one = _named(connection, who)
        erase_in(connection, one.id)
    return one.id


def erase_in(connection: Connection, member_id: str) -> None:
    """The same of the member with this id, in a transaction of others."""
    for table in (member_consent, member_sale, member_key, point_entry, member_change, member_voucher):
        connection.execute(sa.delete(table).where(table.c.member_id == member_id))
    connection.execute(sa.delete(member).where(member.c.id == member_id))


def erase_idle(engine: Engine, keep_days: int, now_utc_ms: int) -> int:
    """Take out whoever joined before these days and has bought nothing since; how many. 0 days keeps everybody."""
    if not keep_days:
        return 0
    since_utc_ms = now_utc_ms - keep_days * _DAY_MS
    recent = (
        sa.select(member_sale.c.member_id)
        .join(sale, sale.c.key == member_sale.c.sale_key)
        .where(sale.c.received_utc_ms >= since_utc_ms)
    )
    idle = sa.select(member.c.id).where(member.c.consented_utc_ms < since_utc_ms, member.c.id.not_in(recent))
    with writing(engine) as connection:
        gone = connection.scalars(idle).all()
        for member_id in gone:
            erase_in(connection, member_id)
    return len(gone)


def _named(connection: Connection, who: str) -> Member:
    row = connection.execute(sa.select(member).where(member.c.id == who)).mappings().first()
    one = Member(**row) if row is not None else find(connection, who)
    if one is None:
        raise NoSuchMember(f"nobody is known by {who!r}")
    return one
