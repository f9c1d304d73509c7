"""Chain: whether the sales of a till follow one another, as far as we hold them.

Each sale carries the hash of the one before. A sale whose neighbour below (by sequence number) has another hash is
flagged `chain`: one in between is missing or was altered. Sales may arrive in any order, so newcomers settle both
their own place and that of their neighbours above; the flags end the same, whatever the order. Of the first that we
hold nothing can be said. Where a till goes on on another machine (`replacing`), its first sale must follow the very
head that both were told, whatever lies below it.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from kiosk.checkout.sale import Sale
from store.bulk import insert_rows
from store.replacing import Segment, begins_between, by_till
from store.schema import sale, sale_flag

Link = tuple[int, str, str, str]
"""Sequence number, key, hash, and the hash of the one before."""
_FAR = 64
"""Newcomers of one till further apart than this are looked at by themselves, not with all that is between them."""
_REASONS = ("chain", "sequence")


def recheck_chains(connection: Connection, newcomers: Sequence[Sale]) -> None:
    """Settle the flags `chain` and `sequence` around sales that have just been written, of any tills."""
    details: dict[tuple[str, str], str] = {}
    tills = sorted({one.till for one in newcomers})
    segments = by_till(connection, tills)
    for till in tills:
        numbers = sorted({one.sequence for one in newcomers if one.till == till})
        for first, last in _stretches(numbers):
            links = _links(connection, till, first, last)
            details.update(_around(links, set(numbers), segments.get(till, ())))
    _settle_all(connection, details, {one.key for one in newcomers})


def _stretches(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last of each run of numbers that are near each other."""
    first = numbers[0]
    for number, after in zip(numbers, [*numbers[1:], None], strict=True):
        if after is None or after - number > _FAR:
            yield first, number
            first = after or 0


def _links_query() -> sa.Select[Link]:
    """Made once: making it anew for every till of a batch costs more than running it."""
    number = sale.c.sequence
    first, last = (sa.bindparam(name, type_=sa.BigInteger) for name in ("first", "last"))
    here = sale.c.till == sa.bindparam("till")
    below = sa.select(sa.func.max(number)).where(here, number < first).scalar_subquery()
    above = sa.select(sa.func.min(number)).where(here, number > last).scalar_subquery()
    return sa.select(number, sale.c.key, sale.c.hash, sale.c.previous).where(
        here, number >= sa.func.coalesce(below, first), number <= sa.func.coalesce(above, last)
    )


_LINKS = _links_query()


def _links(connection: Connection, till: str, first: int, last: int) -> list[Link]:
    """What we hold of a till from first to last, with the neighbours below and above, in order."""
    rows = connection.execute(_LINKS, {"till": till, "first": first, "last": last})
    return sorted((row.sequence, row.key, row.hash, row.previous) for row in rows)


def _around(
    links: Iterable[Link], numbers: set[int], segments: Sequence[Segment]
) -> Iterator[tuple[tuple[str, str], str]]:
    """(key, reason) and what is wrong, empty if nothing is, of the links at these numbers and right above them."""
    below: list[Link] = []
    for number, level in groupby(links, key=lambda link: link[0]):
        twins = list(level)
        begins = begins_between(segments, below[0][0] if below else 0, number)
        for _, key, _, previous in twins:
            if number in numbers:
                yield (key, "sequence"), "" if len(twins) == 1 else f"{number} was used twice"
            if number in numbers or (below and below[0][0] in numbers):
                yield (key, "chain"), _break(below, previous) if begins is None else _false_start(begins, previous)
        below = twins


def _break(below: Sequence[Link], previous: str) -> str:
    if not below or any(hash_ == previous for _, _, hash_, _ in below):
        return ""
    return f"does not follow {below[0][1]}: a sale between them is missing, or one was altered"


def _false_start(begins: Segment, previous: str) -> str:
    """What is wrong with the first sale that we hold of another machine."""
    if previous == begins.head or not begins.head:
        return ""
    return (
        f"does not follow {begins.head_sale}, upon which machine {begins.segment} of this till was to begin: its first "
        "sale is missing, or one was altered"
    )


def _settle_all(connection: Connection, details: dict[tuple[str, str], str], new: set[str]) -> None:
    """Write these flags; take back what late arrivals have explained. New sales have none to be taken back."""
    old = sorted({key for key, _ in details if key not in new})
    if old:
        mine = (sale_flag.c.sale_key.in_(old), sale_flag.c.reason.in_(_REASONS))
        for row in connection.execute(sa.select(sale_flag).where(*mine)).all():
            known = details.get((row.sale_key, row.reason))
            if known == row.detail:
                del details[row.sale_key, row.reason]
            elif known is not None:
                settle(connection, row.sale_key, row.reason, "")
    rows = [{"sale_key": key, "reason": reason, "detail": said} for (key, reason), said in details.items() if said]
    insert_rows(connection, sale_flag, rows)


def settle(connection: Connection, key: str, reason: str, detail: str) -> None:
    """Flag, or take a flag back that a late arrival has explained."""
    connection.execute(sa.delete(sale_flag).where(sale_flag.c.sale_key == key, sale_flag.c.reason == reason))
    if detail:
        connection.execute(sa.insert(sale_flag).values(sale_key=key, reason=reason, detail=detail))
