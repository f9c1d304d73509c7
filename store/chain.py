"""Chain: whether the sales of a till follow one another, as far as we hold them.

Each sale carries the hash of the one before. A sale whose neighbour below (by sequence number) has another hash is
flagged `chain`: one in between is missing or was altered. Sales may arrive in any order, so a newcomer settles both
its own place and that of its neighbour above; the flags end the same, whatever the order. Of the first that we hold
nothing can be said.
"""

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from kiosk.checkout.sale import Sale
from store.schema import sale, sale_flag

_LINK = (sale.c.key, sale.c.sequence, sale.c.hash, sale.c.previous)


def recheck_chain(connection: Connection, newcomer: Sale) -> None:
    """Settle the flags `chain` and `sequence` around a sale that has just been written."""
    same = sa.select(*_LINK).where(sale.c.till == newcomer.till, sale.c.sequence == newcomer.sequence)
    twins = connection.execute(same).all()
    for twin in twins:
        settle(connection, twin.key, "sequence", "" if len(twins) == 1 else f"{twin.sequence} was used twice")
    for link in (*twins, *_above(connection, newcomer)):
        settle(connection, link.key, "chain", _break_below(connection, newcomer.till, link))


def _above(connection: Connection, newcomer: Sale) -> "list[sa.Row[tuple[str, int, str, str]]]":
    """The sales (one, unless a number was used twice) with the next number above."""
    till = sale.c.till == newcomer.till
    number = sa.select(sa.func.min(sale.c.sequence)).where(till, sale.c.sequence > newcomer.sequence).scalar_subquery()
    return list(connection.execute(sa.select(*_LINK).where(till, sale.c.sequence == number)))


def _break_below(connection: Connection, till: str, link: "sa.Row[tuple[str, int, str, str]]") -> str:
    """What is wrong with the link to the sale below; empty if nothing is, or if there is none below."""
    here = sale.c.till == till
    number = sa.select(sa.func.max(sale.c.sequence)).where(here, sale.c.sequence < link.sequence).scalar_subquery()
    below = connection.execute(sa.select(*_LINK).where(here, sale.c.sequence == number).order_by(sale.c.key)).all()
    if not below or any(one.hash == link.previous for one in below):
        return ""
    return f"does not follow {below[0].key}: a sale between them is missing, or one was altered"


def settle(connection: Connection, key: str, reason: str, detail: str) -> None:
    """Flag, or take a flag back that a late arrival has explained."""
    connection.execute(sa.delete(sale_flag).where(sale_flag.c.sale_key == key, sale_flag.c.reason == reason))
    if detail:
        connection.execute(sa.insert(sale_flag).values(sale_key=key, reason=reason, detail=detail))
