"""User list: everybody who is or was of the staff, with how it stands with them and when they were last here.

Nothing of it is a secret: neither PINs nor what stands on a badge are told, only whether there is one.
"""

from typing import Any, Literal

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from store import signing_in
from store.schema import staff
from store.sign_in_schema import act

State = Literal["active", "locked", "gone"]
_SIGN_INS = ("sign_in", "first_user")


class User(msgspec.Struct, frozen=True):
    """One person. `locked`: too many wrong PINs at the console's door, for the moment."""

    id: str
    name: str
    role: str
    badge: bool
    state: State
    signed_in_utc_ms: int
    """The last time at the console; 0: never."""


def listed(engine: Engine, now_utc_ms: int) -> list[User]:
    """Who is here first, in the order in which they were added; then whoever has left."""
    last = (
        sa.select(act.c.who, sa.func.max(act.c.at_utc_ms).label("at"))
        .where(act.c.kind.in_(_SIGN_INS))
        .group_by(act.c.who)
    ).subquery()
    query = sa.select(staff, last.c.at).join(last, last.c.who == staff.c.id, isouter=True)
    with engine.connect() as connection:
        locked = signing_in.locked(connection, now_utc_ms)
        rows = connection.execute(query).all()
    rows = sorted(rows, key=lambda row: (row.ended_utc_ms > 0, int(row.id[1:])))
    return [User(row.id, row.name, row.role, bool(row.badge), _state(row, locked), row.at or 0) for row in rows]


def _state(row: Any, locked: frozenset[str]) -> State:
    if row.ended_utc_ms:
        return "gone"
    return "locked" if row.id in locked else "active"


def find(engine: Engine, said: str, now_utc_ms: int) -> User | None:
    """By number or name, as people write it."""
    said = said.strip().casefold()
    return next((one for one in listed(engine, now_utc_ms) if said in (one.id, one.name.casefold())), None)
