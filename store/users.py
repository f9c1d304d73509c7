"""Users: the shop's staff. Tills keep a copy, so that a PIN works while the store is away.

A PIN is short, so its hash must be slow: Argon2id (RFC 9106) with 19 MiB, two passes and one lane, the minimum that
OWASP's password storage sheet asks for. The lane asks only for the PIN and finds out by it who that is; so no two
people may have the same. Whoever leaves keeps their row, since the books go on naming them; what they could come in
with is gone (`user_changes`).
"""

import re
import secrets
from collections.abc import Sequence
from hashlib import sha256
from typing import Literal, get_args

import msgspec
import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from sqlalchemy.engine import Connection, Engine

from kiosk.wire.asking import StaffEntry
from store.database import writing
from store.schema import staff

Role = Literal["cashier", "supervisor", "manager", "operator"]
ROLES: tuple[str, ...] = get_args(Role)
PIN = re.compile(r"[0-9]{4,8}")
_GENERATED_DIGITS = 6
_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_TOO_SIMPLE = {digit * length for digit in "0123456789" for length in range(4, 9)} | {"1234", "12345", "123456"}
_HERE = staff.c.ended_utc_ms == 0
_ENTRY = (staff.c.id, staff.c.name, staff.c.role, staff.c.pin_hash, staff.c.badge)


class BadUser(ValueError):
    """Cannot be added or changed; the message says why and what to do."""


def add_user(
    engine: Engine, name: str, role: str, pin: str = "", badge: str = "", *, any_pin: bool = False
) -> tuple[StaffEntry, str]:
    """A new member of staff and their PIN: the given one, or one made up now and never shown again. BadUser.

    `any_pin` takes even one that everybody tries first: for a demo.
    """
    with writing(engine) as connection:
        return add(connection, name, role, pin, badge, any_pin=any_pin)


def add(
    connection: Connection, name: str, role: str, pin: str, badge: str, *, any_pin: bool = False
) -> tuple[StaffEntry, str]:
    """The same, in the caller's transaction."""
    name, role, badge = free_name(connection, name), known_role(role), free_badge(connection, badge)
    chosen = free_pin(connection, pin, any_pin=any_pin)
    entry = StaffEntry(id=_next_id(connection), name=name, role=role, pin_hash=hashed(chosen), badge=badge)
    connection.execute(sa.insert(staff).values(msgspec.structs.asdict(entry)))
    return entry, chosen


def everybody(engine: Engine) -> tuple[StaffEntry, ...]:
    """Who may sign in, in the order in which they were added."""
    with engine.connect() as connection:
        rows = connection.execute(sa.select(*_ENTRY).where(_HERE)).mappings().all()
    return tuple(StaffEntry(**row) for row in sorted(rows, key=lambda row: int(row["id"][1:])))


def names(engine: Engine) -> dict[str, str]:
    """What people are called, by id, and those too who have left: what they did is still theirs."""
    with engine.connect() as connection:
        return {row.id: row.name for row in connection.execute(sa.select(staff.c.id, staff.c.name))}


def digest(people: Sequence[StaffEntry]) -> str:
    """One word for this list: a till that has another has an old one."""
    return sha256(msgspec.json.encode(people)).hexdigest()


def who(engine: Engine, pin: str) -> StaffEntry | None:
    """Whose PIN this is. Takes as long as a hash for each of the staff: not for a thread that must not wait."""
    return next((one for one in everybody(engine) if fits(pin, one.pin_hash)), None)


def fits(pin: str, known: str) -> bool:
    """Whether this is the PIN of the hash; takes as long as the hash."""
    try:
        return _HASHER.verify(known, pin)
    except VerifyMismatchError:
        return False


def hashed(pin: str) -> str:
    """As it is in the books."""
    return _HASHER.hash(pin)


# --- what may stand in a row: each BadUser ----------------------------------------------------------------------------


def known_role(role: str) -> str:
    """One of ours."""
    if role not in ROLES:
        raise BadUser(f"{role!r} is no role; there are: {', '.join(ROLES)}")
    return role


def free_name(connection: Connection, name: str, besides: str = "") -> str:
    """A name that nobody else has, or had; `besides`: the id of whoever may have it."""
    name = name.strip()
    if not 1 <= len(name) <= 60 or not name.isprintable():
        raise BadUser("a name has 1 to 60 letters")
    same = sa.func.lower(staff.c.name) == name.lower()
    other = connection.execute(sa.select(staff).where(same, staff.c.id != besides)).first()
    if other is not None and other.ended_utc_ms:
        raise BadUser(f"there was a {other.name} once, {other.id}; take them back, or use another name")
    if other is not None:
        raise BadUser(f"there is a {other.name} already; use another name")
    return name


def free_badge(connection: Connection, badge: str, besides: str = "") -> str:
    """What a badge reader reads, and nobody else's badge does; empty: none."""
    badge = badge.strip()
    if len(badge) > 60 or not badge.isprintable():
        raise BadUser("what stands on a badge has at most 60 letters and digits; hold it to the reader once more")
    has = sa.and_(staff.c.badge == badge, staff.c.id != besides, _HERE)
    other = connection.scalar(sa.select(staff.c.name).where(has)) if badge else None
    if other is not None:
        raise BadUser(f"{other} has this badge; take it away there first")
    return badge


def free_pin(connection: Connection, pin: str, *, any_pin: bool = False) -> str:
    """The given PIN, if nobody has it; or, for an empty one, one made up now. Takes as long as everybody's hashes."""
    if pin and not PIN.fullmatch(pin):
        raise BadUser("a PIN has 4 to 8 digits")
    if pin in _TOO_SIMPLE and not any_pin:
        raise BadUser("everybody tries this PIN first; choose another, or none to have one made")
    hashes = connection.scalars(sa.select(staff.c.pin_hash).where(_HERE)).all()
    if pin and _taken(pin, hashes):
        raise BadUser("somebody has this PIN; choose another")
    return pin or _generate(hashes)


def _next_id(connection: Connection) -> str:
    return f"u{max((int(id[1:]) for id in connection.scalars(sa.select(staff.c.id))), default=0) + 1}"


def _generate(hashes: Sequence[str]) -> str:
    while True:
        pin = "".join(secrets.choice("0123456789") for _ in range(_GENERATED_DIGITS))
        if pin not in _TOO_SIMPLE and not _taken(pin, hashes):
            return pin


def _taken(pin: str, hashes: Sequence[str]) -> bool:
    return any(fits(pin, known) for known in hashes)
