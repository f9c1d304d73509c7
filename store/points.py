"""Points: the account of one member, entry by entry, and the entries that no sale makes.

Sales bring points and returns take them (`store.members`); beside these stand entries of the desk: a gift, a mend, or
points that were changed into a voucher. An entry has an id, so that whoever asks again changes nothing, and an account
never goes below nothing by an entry.
"""

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from kiosk.values.moment import rfc3339
from store import members, vouchers
from store.customers_schema import member_voucher, point_entry
from store.database import writing
from store.schema import member, member_sale, sale
from store.vouchers import Voucher


class Entry(msgspec.Struct, frozen=True):
    """One line of the account: when (RFC 3339), how many, why; of a sale its key."""

    at: str
    points: int
    reason: str
    sale_key: str = ""
    voucher: str = ""
    by: str = ""


class NoPoints(Exception):
    """That is not possible; one line for a person."""


def ledger(connection: Connection, member_id: str) -> list[Entry]:
    """Every entry, the newest first."""
    bought = (
        sa.select(sale.c.key, sale.c.sealed, sale.c.kind, sale.c.goods_minor)
        .join(member_sale, member_sale.c.sale_key == sale.c.key)
        .where(member_sale.c.member_id == member_id, sale.c.kind.in_(("sale", "return")), sale.c.training.is_(False))
    )
    entries = [
        Entry(row.sealed, members.points_of(row.goods_minor), row.kind, row.key) for row in connection.execute(bought)
    ]
    by_hand = sa.select(point_entry).where(point_entry.c.member_id == member_id)
    entries += [
        Entry(rfc3339(row.at_utc_ms), row.points, row.reason, "", row.voucher, row.by)
        for row in connection.execute(by_hand)
    ]
    return sorted(entries, key=lambda entry: entry.at, reverse=True)


def adjust(engine: Engine, member_id: str, id_: str, points: int, reason: str, by: str, now_utc_ms: int) -> int:
    """Give (or, below zero, take) so many; the new balance. The same id again changes nothing. NoPoints."""
    if not reason.strip():
        raise NoPoints("say why: the member sees it on the account")
    with writing(engine) as connection:
        _lock(connection, member_id)
        if not _is_entered(connection, id_):
            _enter(connection, member_id, id_, points, reason.strip(), "", by, now_utc_ms)
        return members.points(connection, member_id)


def change_into_voucher(
    engine: Engine, member_id: str, id_: str, points: int, worth: Voucher, by: str, now_utc_ms: int
) -> str:
    """Points become a voucher; its number. The same id again gives the same voucher. NoPoints."""
    if points <= 0:
        raise NoPoints("a voucher costs at least one point")
    with writing(engine) as connection:
        _lock(connection, member_id)
        query = sa.select(point_entry.c.voucher).where(point_entry.c.id == id_)
        if (made := connection.scalar(query)) is not None:
            return str(made)
        _enter(connection, member_id, id_, -points, "voucher", worth.number, by, now_utc_ms)
        vouchers.issue(connection, worth)
        connection.execute(sa.insert(member_voucher).values(number=worth.number, member_id=member_id))
    return worth.number


def _lock(connection: Connection, member_id: str) -> None:
    """Two who change one account queue."""
    found = connection.execute(sa.select(member.c.id).where(member.c.id == member_id).with_for_update()).first()
    if found is None:
        raise NoPoints(f"there is no member {member_id}")


def _is_entered(connection: Connection, id_: str) -> bool:
    return connection.scalar(sa.select(point_entry.c.id).where(point_entry.c.id == id_)) is not None


def _enter(
    connection: Connection, member_id: str, id_: str, points: int, reason: str, voucher: str, by: str, now_utc_ms: int
) -> None:
    has = members.points(connection, member_id)
    if has + points < 0:
        raise NoPoints(f"there are only {has} points on the account")
    row = {"id": id_, "member_id": member_id, "points": points, "reason": reason, "voucher": voucher}
    connection.execute(sa.insert(point_entry).values(**row, by=by, at_utc_ms=now_utc_ms))
