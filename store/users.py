"""Users: the shop's staff. Tills keep a copy, so that a PIN works while the store is away.

A PIN is short, so its hash must be slow: Argon2id (RFC 9106) with 19 MiB, two passes and one lane, the minimum that
OWASP's password storage sheet asks for. The lane asks only for the PIN and finds out by it who that is; so no two
people may have the same.
"""

import re
import secrets
from collections.abc import Sequence
from typing import Literal, get_args

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


class BadUser(ValueError):
    """Cannot be added; the message says why and what to do."""


def add_user(
    engine: Engine, name: str, role: str, pin: str = "", badge: str = "", *, any_pin: bool = False
) -> tuple[StaffEntry, str]:
    """A new member of staff and their PIN: the given one, or one made up now and never shown again. BadUser.

    `any_pin` takes even one that everybody tries first: for a demo.
    """
    if not 1 <= len(name.strip()) <= 60 or not name.isprintable():
        raise BadUser("a name has 1 to 60 letters")
    if role not in ROLES:
        raise BadUser(f"{role!r} is no role; there are: {', '.join(ROLES)}")
    if pin and not PIN.fullmatch(pin):
        raise BadUser("a PIN has 4 to 8 digits")
    if pin in _TOO_SIMPLE and not any_pin:
        raise BadUser("everybody tries this PIN first; choose another, or none to have one made")
    with writing(engine) as connection:
        if connection.scalar(sa.select(staff.c.id).where(staff.c.name == name.strip())):
            raise BadUser(f"there is a {name.strip()} already; use another name")
        hashes = connection.scalars(sa.select(staff.c.pin_hash)).all()
        if pin and _taken(pin, hashes):
            raise BadUser("somebody has this PIN; choose another")
        chosen = pin or _generate(hashes)
        entry = StaffEntry(
            id=_next_id(connection),
            name=name.strip(),
            role=role,
            pin_hash=_HASHER.hash(chosen),
            badge=badge,
        )
        row = {"id": entry.id, "name": entry.name, "role": role, "pin_hash": entry.pin_hash, "badge": badge}
        connection.execute(sa.insert(staff).values(row))
    return entry, chosen


def everybody(engine: Engine) -> tuple[StaffEntry, ...]:
    """Who may sign in, in the order in which they were added."""
    with engine.connect() as connection:
        rows = connection.execute(sa.select(staff)).mappings().all()
    return tuple(StaffEntry(**row) for row in sorted(rows, key=lambda row: int(row["id"][1:])))


def who(engine: Engine, pin: str) -> StaffEntry | None:
    """Whose PIN this is. Takes as long as a hash for each of the staff: not for a thread that must not wait."""
    return next((one for one in everybody(engine) if fits(pin, one.pin_hash)), None)


def _next_id(connection: Connection) -> str:
    return f"u{max((int(id[1:]) for id in connection.scalars(sa.select(staff.c.id))), default=0) + 1}"


def _generate(hashes: Sequence[str]) -> str:
    while True:
        pin = "".join(secrets.choice("0123456789") for _ in range(_GENERATED_DIGITS))
        if pin not in _TOO_SIMPLE and not _taken(pin, hashes):
            return pin


def _taken(pin: str, hashes: Sequence[str]) -> bool:
    return any(fits(pin, known) for known in hashes)


def fits(pin: str, known: str) -> bool:
    """Whether this is the PIN of the hash; takes as long as the hash."""
    try:
        return _HASHER.verify(known, pin)
    except VerifyMismatchError:
        return False
