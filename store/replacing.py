"""Replacing: a till that goes on on another machine, and which sales belong to which of its machines (*segments*).

A machine that died has taken three things with it: the numbers that it used after we last heard it, the chain of
hashes behind our last sale, and perhaps sales that nobody has seen. A till is its name, its numbers and its chain, so
each of them needs an answer when a new machine takes the name.

*Numbers.* The new machine begins `ROOM` numbers above the highest that we know to have been used: booked, or said by
the lane itself. What the old machine sold while nobody heard it lies in between, and still has its place in the books
when its card is found in a drawer: same till, lower number, other machine. These numbers are no gap, as nobody knows
whether they were ever used; what is known to have been used and is not here, is a loss (`losses`).

*Chain.* The new machine's first sale names the last sale that we hold of the machine before (`head`) as the one that it
follows, and says that it is of segment 2. Chain and store agree on this in advance: so `chain` takes exactly that head
below exactly that number, whatever late sales come to lie between them, and flags anything else. The late sales follow
the same head on their own side: two branches from one sale, each of one machine, is what the chain of a replaced till
looks like, and nothing else makes that shape.

*Who wrote it.* A sale carries the number of its segment inside its hash. One below the border is taken like any late
sale. One at or above it that a machine before claims is none of ours to place: two machines would own the number. It
is kept aside, with words (`trespass`), and staff decide; so it is with everything that an old machine goes on selling
after its place was taken. Its certificate ends with its place (`ended_certificates`), so that it is not heard at all;
then its card is read where it lies (`kiosk export --format unsent`, `store till unsent`).

What a lane merely counts goes on far enough above what we know: reports, periods of random audits, days. An audit
period of the old machine whose secret was never shown stays "not over" (`audit_proof`); its card, found, shows it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from kiosk.checkout.proving_lots import COMMITTED
from kiosk.checkout.sale import FiscalMark, Sale
from kiosk.checkout.succession import Succession
from store.adoption_schema import till_certificate
from store.replacing_schema import till_segment
from store.schema import lane_event, sale

ROOM = 1_000
"""Numbers left free for what the old machine may have sold unheard: days of a busy lane."""
_REPORTS_ROOM, _PERIODS_ROOM, _DAYS_ROOM = 100_000, 100, 2


class Segment(msgspec.Struct, frozen=True):
    """One machine of a till, from its second on: its place among them, its first number, the hash that it follows."""

    segment: int
    sequence: int
    head: str
    head_sale: str
    begun_utc_ms: int


def begin(
    connection: Connection, till: str, key_digest: str, by: str, now_utc_ms: int, *, heard_sequence: int = 0
) -> tuple[Succession, bool]:
    """Give this till to the machine with this key: where it goes on, and whether that is new. The same key, the same.

    `heard_sequence`: the number that the machine before said it would use next; 0: not known.
    """
    known = connection.scalar(sa.select(till_segment.c.body).where(till_segment.c.key_digest == key_digest))
    if known is not None:
        return msgspec.json.decode(known, type=Succession), False
    before = of(connection, till)
    last = before[-1] if before else Segment(1, 1, "", "", 0)
    newest = sa.select(sale.c.sequence, sale.c.hash, sale.c.key).where(sale.c.till == till)
    head = connection.execute(newest.order_by(sale.c.sequence.desc(), sale.c.key.desc()).limit(1)).first()
    used = max(head.sequence if head else 0, heard_sequence - 1, last.sequence - 1)
    begun = Succession(
        segment=last.segment + 1,
        sequence=used + ROOM + 1,
        head=head.hash if head else "",
        head_sale=head.key if head else "",
        **_counted(connection, till),
    )
    row = {"till": till, "segment": begun.segment, "sequence": begun.sequence, "head": begun.head, "by": by}
    body = {"key_digest": key_digest, "begun_utc_ms": now_utc_ms, "body": msgspec.json.encode(begun).decode()}
    connection.execute(sa.insert(till_segment).values(**row, **body))
    return begun, True


def has_lived(connection: Connection, till: str) -> bool:
    """Whether the books have anything of this till: then another machine of its name begins where it ended."""
    one = sa.or_(sa.exists().where(sale.c.till == till), sa.exists().where(lane_event.c.till == till))
    return connection.scalar(sa.select(one)) or False


def tills(engine: Engine) -> list[str]:
    """Every till that the books know, by name: whose place a machine may take."""
    with engine.connect() as connection:
        return sorted(
            {
                *connection.scalars(sa.select(sale.c.till).distinct()),
                *connection.scalars(sa.select(lane_event.c.till).distinct()),
            }
        )


def of(connection: Connection, till: str) -> list[Segment]:
    """A till's machines from the second on, in order."""
    return by_till(connection, [till]).get(till, [])


def by_till(connection: Connection, tills: Sequence[str]) -> dict[str, list[Segment]]:
    """The same of many tills; those that never had a second machine are not among them."""
    query = sa.select(till_segment).where(till_segment.c.till.in_(tills)).order_by(till_segment.c.segment)
    found: dict[str, list[Segment]] = {}
    for row in connection.execute(query):
        head_sale = msgspec.json.decode(row.body, type=Succession).head_sale
        found.setdefault(row.till, []).append(Segment(row.segment, row.sequence, row.head, head_sale, row.begun_utc_ms))
    return found


def begins_between(segments: Sequence[Segment], below: int, number: int) -> Segment | None:
    """The machine whose numbers begin above `below` and not above `number`: the latest, if they are many."""
    return next((one for one in reversed(segments) if below < one.sequence <= number), None)


def trespass(segments: Mapping[str, Sequence[Segment]], sold: Sale) -> str:
    """Why this sale cannot have its number: it belongs to a later machine of its till. Empty: it can."""
    mine = sold.chain.segment if isinstance(sold.chain.segment, int) else 1
    owner = begins_between(segments.get(sold.till, ()), 0, sold.sequence)
    if owner is None or owner.segment <= mine:
        return ""
    return (
        f"{sold.till} is another machine since its number {owner.sequence}: {sold.sequence} is that one's, and this "
        "sale was sealed by the machine before it. Enter it by hand if money changed hands, and end it with the reason"
    )


def ended_certificates(engine: Engine) -> list[tuple[str, str]]:
    """(till, PEM) of all certificates that a replaced machine may have: for whoever makes the revocation list.

    What was issued to the till before its latest machine came, but for that machine's own. Those of `store init` and
    `store till add` are in the shop's folder and not in the books.
    """
    newest = sa.select(till_segment.c.till, sa.func.max(till_segment.c.segment).label("segment"))
    newest = newest.group_by(till_segment.c.till)
    latest = newest.subquery()
    join = (latest.c.till == till_segment.c.till) & (latest.c.segment == till_segment.c.segment)
    with engine.connect() as connection:
        machines = connection.execute(sa.select(till_segment).join(latest, join).order_by(till_segment.c.till)).all()
        return [
            (one.till, body)
            for one in machines
            for body in connection.scalars(
                sa.select(till_certificate.c.body)
                .where(
                    till_certificate.c.till == one.till,
                    till_certificate.c.issued_utc_ms <= one.begun_utc_ms,
                    till_certificate.c.key_digest != one.key_digest,
                )
                .order_by(till_certificate.c.issued_utc_ms)
            )
        ]


# --- what a lane counts -----------------------------------------------------------------------------------------------


def _counted(connection: Connection, till: str) -> dict[str, Any]:
    reports = connection.scalar(sa.select(sa.func.max(lane_event.c.n)).where(lane_event.c.till == till)) or 0
    period = _last_number(connection, till, COMMITTED, "period")
    day = _last_number(connection, till, "day.closed", "number")
    mark = _last_mark(connection, till)
    return {
        "reports": reports + _REPORTS_ROOM,
        "period": period + _PERIODS_ROOM if period else 0,
        "day": day + _DAYS_ROOM if day else 1,
        "signed": mark.number if mark else 0,
        "signature": mark.signature if mark else "",
    }


def _last_number(connection: Connection, till: str, kind: str, name: str) -> int:
    """The number that the last report of this kind gave; 0: there is none."""
    query = sa.select(lane_event.c.body).where(lane_event.c.till == till, lane_event.c.kind == kind)
    body = connection.scalar(query.order_by(lane_event.c.n.desc()).limit(1))
    said = msgspec.json.decode(body)["data"].get(name) if body is not None else 0
    return said if isinstance(said, int) else 0


def _last_mark(connection: Connection, till: str) -> FiscalMark | None:
    """The signature that the next one stands upon, as far as we have it."""
    query = sa.select(sale.c.body).where(sale.c.till == till, sale.c.body.contains('"fiscal":{'))
    body = connection.scalar(query.order_by(sale.c.sequence.desc()).limit(1))
    mark = msgspec.json.decode(body, type=Sale).fiscal if body is not None else None
    return mark if isinstance(mark, FiscalMark) else None
