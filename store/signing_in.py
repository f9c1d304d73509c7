"""Signing in: a name, a number or a badge says who, the PIN proves it; and nobody tries all PINs.

A PIN has four digits, so tries are few: after five wrong ones for one person, or twenty from one address, the next
five minutes look at none, right or wrong. A try is counted before it is looked at, so that many at once are still many,
and the count is in the books, so that a new start does not forget it. A name that nobody has takes as long as one that
somebody has (OWASP, Authentication Cheat Sheet: answers must not tell which names exist).
"""

from ipaddress import IPv6Address, ip_address, ip_network

import sqlalchemy as sa
from argon2 import PasswordHasher
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import IntegrityError

from kiosk.wire.asking import StaffEntry
from store.acts import Act, record
from store.database import writing
from store.sign_in_schema import sign_in_try
from store.users import PIN, everybody, fits

MOST_OF_A_PERSON, MOST_OF_AN_ADDRESS, PAUSE_MS = 5, 20, 5 * 60_000
_NOBODY = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1).hash("nobody has it")


class NotSignedIn(Exception):
    """Why not, in words for whoever stands there."""


class _TooMany(Exception):
    """Wrong ones."""


def prove(engine: Engine, name: str, pin: str, address: str, now_utc_ms: int) -> StaffEntry:
    """Who it is. NotSignedIn. Takes as long as a hash."""
    person = _named(engine, name)
    keys = {f"address {_network(address)}": MOST_OF_AN_ADDRESS}
    if person is not None:
        keys[f"person {person.id}"] = MOST_OF_A_PERSON
    whom = person.id if person is not None else ""
    try:
        _count(engine, keys, now_utc_ms)
    except _TooMany:
        record(engine, Act(whom, "locked", address=address), now_utc_ms)
        raise NotSignedIn("Too many wrong PINs. Try again in five minutes.") from None
    except IntegrityError:
        raise NotSignedIn("Somebody signs in at this very moment. Try again.") from None
    right = fits(pin, person.pin_hash if person is not None else _NOBODY) if PIN.fullmatch(pin) else False
    if person is None or not right:
        record(engine, Act(whom, "sign_in_refused", address=address), now_utc_ms)
        raise NotSignedIn("Name and PIN do not match. Check both and try again.")
    with writing(engine) as connection:
        connection.execute(sa.delete(sign_in_try).where(sign_in_try.c.key == f"person {person.id}"))
        _forgive(connection, f"address {_network(address)}")
    return person


def locked(connection: Connection, now_utc_ms: int) -> frozenset[str]:
    """The ids of those whose tries are not looked at for the moment."""
    tries = sign_in_try.c
    now = sa.and_(tries.last_utc_ms > now_utc_ms - PAUSE_MS, tries.last_utc_ms <= now_utc_ms)
    too_many = sa.select(tries.key).where(tries.key.startswith("person "), tries.wrong >= MOST_OF_A_PERSON, now)
    return frozenset(key.removeprefix("person ") for key in connection.scalars(too_many))


def unlock(connection: Connection, id_: str) -> bool:
    """Forget the wrong PINs of this person; whether there were any. Those of an address stay counted."""
    return bool(connection.execute(sa.delete(sign_in_try).where(sign_in_try.c.key == f"person {id_}")).rowcount)


def _named(engine: Engine, said: str) -> StaffEntry | None:
    """By badge, number or name; a badge is read as it is, a name as people write it."""
    said = said.strip()
    staff = everybody(engine)
    badge = next((one for one in staff if said and one.badge == said), None)
    return badge or next((one for one in staff if said.casefold() in (one.id, one.name.casefold())), None)


def _network(address: str) -> str:
    """Who counts as one: an address, or the /64 that one machine has to itself."""
    try:
        ip = ip_address(address)
    except ValueError:
        return address[:60]
    return str(ip_network(f"{ip}/64", strict=False)) if isinstance(ip, IPv6Address) and not ip.ipv4_mapped else str(ip)


def _count(engine: Engine, keys: dict[str, int], now_utc_ms: int) -> None:
    """One more try under each key, wrong until found right. _TooMany, and none counted."""
    tries = sign_in_try.c
    with writing(engine) as connection:
        # A clock that was set back ends a pause too: nobody can tell how long it has been.
        over = sa.or_(tries.last_utc_ms <= now_utc_ms - PAUSE_MS, tries.last_utc_ms > now_utc_ms)
        connection.execute(sa.delete(sign_in_try).where(over))
        for key, most in sorted(keys.items()):
            one_more = {"wrong": tries.wrong + 1, "last_utc_ms": now_utc_ms}
            room = sa.update(sign_in_try).where(tries.key == key, tries.wrong < most)
            if connection.execute(room.values(one_more)).rowcount:
                continue
            if connection.scalar(sa.select(tries.key).where(tries.key == key)):
                raise _TooMany
            connection.execute(sa.insert(sign_in_try).values(key=key, wrong=1, last_utc_ms=now_utc_ms))


def _forgive(connection: Connection, key: str) -> None:
    """The try was right after all. Only this one: a right PIN of one's own makes no room for trying others'."""
    fewer = {"wrong": sign_in_try.c.wrong - 1}
    connection.execute(sa.update(sign_in_try).where(sign_in_try.c.key == key).values(fewer))
