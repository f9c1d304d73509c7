"""Sessions: who is signed in at the console. A cookie holds a secret; the books hold its hash, and when it was used.

A session ends when its person signs out, when nobody has touched it for `idle_minutes`, or after a day's work. What
somebody may is looked up anew each time: whoever is made a cashier at noon is one at noon. A session for `only` one
page is a screen on the wall: it is touched by nobody, so it does not idle, and it may do nothing.

A manager ends other people's, with one word why: `role` (they may do something else now), `pin` (they have a new one),
`gone` (they are not of the staff any more). The door tells them in a sentence (`sign_in_page`).
"""

import secrets
from hashlib import sha256

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from store.database import writing
from store.rights import Right, may
from store.schema import staff
from store.sign_in_schema import session

DAY_S_WORK_MS = 14 * 60 * 60_000
WALL_MS = 90 * 24 * 60 * 60_000
_TOUCH_MS = 15_000
"""Not written more often: a finger is fast."""


class Person(msgspec.Struct, frozen=True):
    """Who asks: one of the staff with a session, or a program (`token:name`) without one."""

    id: str
    name: str
    role: str
    session: str = ""
    only: str = ""

    def may(self, right: Right) -> bool:
        """Whether their role has it."""
        return not self.only and may(self.role, right)


def begin(engine: Engine, who: str, address: str, now_utc_ms: int, only: str = "") -> str:
    """The secret for the cookie of a new session."""
    secret = secrets.token_urlsafe(32)
    row = {"id": hashed(secret), "staff": who, "address": address, "only": only}
    with writing(engine) as connection:
        gone = now_utc_ms - WALL_MS
        connection.execute(sa.delete(session).where(session.c.made_utc_ms < gone))
        connection.execute(sa.insert(session).values(**row, made_utc_ms=now_utc_ms, seen_utc_ms=now_utc_ms))
    return secret


def hashed(secret: str) -> str:
    """As it is in the books."""
    return sha256(secret.encode()).hexdigest()


def find(engine: Engine, id_: str, idle_ms: int, now_utc_ms: int) -> Person | None:
    """Whose session this is, by the hash of its secret; None once it has ended, whyever."""
    query = sa.select(session, staff.c.name, staff.c.role).join(staff, staff.c.id == session.c.staff)
    with engine.connect() as connection:
        row = connection.execute(
            query.where(session.c.id == id_, session.c.ended_utc_ms == 0, staff.c.ended_utc_ms == 0)
        ).first()
    if row is None:
        return None
    fresh = now_utc_ms - row.made_utc_ms < (WALL_MS if row.only else DAY_S_WORK_MS)
    used = bool(row.only) or now_utc_ms - row.seen_utc_ms < idle_ms
    return Person(row.staff, row.name, row.role, id_, row.only) if fresh and used else None


def touch(engine: Engine, id_: str, now_utc_ms: int) -> None:
    """Somebody is there."""
    late = session.c.seen_utc_ms < now_utc_ms - _TOUCH_MS
    with writing(engine) as connection:
        connection.execute(sa.update(session).where(session.c.id == id_, late).values(seen_utc_ms=now_utc_ms))


def end(engine: Engine, id_: str, now_utc_ms: int) -> None:
    """Signed out."""
    with writing(engine) as connection:
        connection.execute(sa.update(session).where(session.c.id == id_).values(ended_utc_ms=now_utc_ms))


def end_all(
    connection: Connection, staff_id: str, why: str, now_utc_ms: int, *, keep: str = "", walls: bool = False
) -> None:
    """All sessions of somebody, in the transaction of what it follows from. `keep`: one that goes on; `walls`: also
    the screens on walls that they set up."""
    theirs = [session.c.staff == staff_id, session.c.ended_utc_ms == 0, session.c.id != keep]
    if not walls:
        theirs.append(session.c.only == "")
    connection.execute(sa.update(session).where(*theirs).values(ended_utc_ms=now_utc_ms, why=why))


def ended(engine: Engine, id_: str) -> tuple[str, str]:
    """Whose session this was and why somebody else ended it; two empty words if nobody did."""
    query = sa.select(staff.c.name, session.c.why).join(staff, staff.c.id == session.c.staff)
    with engine.connect() as connection:
        row = connection.execute(query.where(session.c.id == id_, session.c.why != "")).first()
    return (row.name, row.why) if row is not None else ("", "")


def present(engine: Engine, idle_ms: int, now_utc_ms: int) -> list[Person]:
    """Who is signed in now, in the order in which they came; each once."""
    query = (
        sa.select(session.c.id, session.c.staff, staff.c.name, staff.c.role)
        .join(staff, staff.c.id == session.c.staff)
        .where(
            session.c.ended_utc_ms == 0,
            staff.c.ended_utc_ms == 0,
            session.c.only == "",
            session.c.seen_utc_ms > now_utc_ms - idle_ms,
            session.c.made_utc_ms > now_utc_ms - DAY_S_WORK_MS,
        )
        .order_by(session.c.made_utc_ms, session.c.staff)
    )
    with engine.connect() as connection:
        rows = connection.execute(query).all()
    return list({row.staff: Person(row.staff, row.name, row.role, row.id) for row in reversed(rows)}.values())[::-1]
