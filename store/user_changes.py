"""User changes: what becomes of people: added; another name, role, PIN or badge; off the staff, and back.

Each change is one transaction with its act, so that whatever was done stands in the acts with who did it. Two things
never happen: that the last manager goes or is made something else, since then nobody could take it back; and that
somebody takes themselves off the staff, which is always a slip of the finger.

Whoever may do something else from now on is signed out at once (`sessions`), and the tills hear the new list
(`clerk`). Leaving takes the badge away, for the next person to wear, and puts a hash in the PIN's place that no PIN
fits; whoever comes back gets a new one. A new PIN ends other people's borrowed sessions, but not the page on which its
own person has just asked for it.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from store import acts, proving_pins, sessions, signing_in, users
from store.acts import Act
from store.database import writing
from store.schema import staff
from store.users import BadUser

SHELL = "shell"
"""Who it was, when it was done in the shell."""


class NoSuchUser(BadUser):
    """Nobody has this id."""


class By(msgspec.Struct, frozen=True):
    """Whose hand it is: a user's id, `token:name` or the shell, at which address and in which session."""

    id: str = SHELL
    address: str = ""
    session: str = ""


class Changes:
    """The books of one store. `any_pin` as in `users.add_user`."""

    def __init__(self, engine: Engine, *, any_pin: bool = False) -> None:
        self._engine, self._any_pin = engine, any_pin

    def add(self, by: By, now_utc_ms: int, name: str, role: str, pin: str = "", badge: str = "") -> tuple[str, str]:
        """Their id and PIN. BadUser."""
        with writing(self._engine) as connection:
            entry, chosen = users.add(connection, name, role, pin, badge, any_pin=self._any_pin)
            _note(connection, by, entry.id, entry.name, f"added as {role}", now_utc_ms)
        return entry.id, chosen

    def change(
        self, by: By, now_utc_ms: int, id_: str, *, name: str | None = None, role: str | None = None,
        badge: str | None = None,
    ) -> None:  # fmt: skip
        """What is not None; an empty badge takes it away. All of it, or nothing. BadUser."""
        with self._person(id_) as (connection, before):
            after: dict[str, Any] = {}
            if name is not None:
                after["name"] = users.free_name(connection, name, besides=id_)
            if role is not None:
                after["role"] = users.known_role(role)
            if badge is not None:
                after["badge"] = users.free_badge(connection, badge, besides=id_)
            after = {what: to for what, to in after.items() if to != getattr(before, what)}
            if not after:
                return
            if "role" in after:
                _keep_a_manager(connection, before)
                sessions.end_all(connection, id_, "role", now_utc_ms)
            connection.execute(sa.update(staff).where(staff.c.id == id_).values(after))
            for told in _in_words(before, after):
                _note(connection, by, id_, before.name, told, now_utc_ms)

    def new_pin(self, by: By, now_utc_ms: int, id_: str, pin: str = "") -> str:
        """The given one, or one made up now and never shown again. BadUser."""
        with self._person(id_) as (connection, before):
            chosen = self._pin(connection, id_, pin)
            keep = by.session if by.id == id_ else ""
            sessions.end_all(connection, id_, "pin", now_utc_ms, keep=keep)
            _looked_at(connection, id_)
            _note(connection, by, id_, before.name, "new PIN", now_utc_ms)
        return chosen

    def unlock(self, by: By, now_utc_ms: int, id_: str) -> None:
        """After too many wrong PINs, at the door or at a desk: the next try is looked at again. BadUser."""
        with self._person(id_) as (connection, before):
            if _looked_at(connection, id_):
                _note(connection, by, id_, before.name, "unlocked", now_utc_ms)

    def unlock_desks(self, by: By, now_utc_ms: int) -> None:
        """The same at the desks alone, where nobody knows whose the wrong PINs were."""
        with writing(self._engine) as connection:
            if proving_pins.unlock(connection):
                told = Act(by.id, "user", about="PINs at the desks: unlocked", address=by.address)
                acts.add(connection, told, now_utc_ms)

    def deactivate(self, by: By, now_utc_ms: int, id_: str) -> None:
        """Off the staff: signed out everywhere, screens on walls too, and neither PIN nor badge opens anything.

        BadUser.
        """
        with self._person(id_) as (connection, before):
            if by.id == id_:
                raise BadUser("nobody takes themselves off the staff; ask another manager")
            _keep_a_manager(connection, before)
            nothing_fits = users.hashed(secrets.token_hex(16))
            gone = {"ended_utc_ms": now_utc_ms, "pin_hash": nothing_fits, "badge": ""}
            connection.execute(sa.update(staff).where(staff.c.id == id_).values(gone))
            sessions.end_all(connection, id_, "gone", now_utc_ms, walls=True)
            signing_in.unlock(connection, id_)
            _note(connection, by, id_, before.name, "taken off the staff", now_utc_ms)

    def take_back(self, by: By, now_utc_ms: int, id_: str, pin: str = "") -> str:
        """On the staff again, in the role they had, without a badge; their new PIN. BadUser."""
        with self._person(id_, gone=True) as (connection, before):
            chosen = self._pin(connection, id_, pin)
            connection.execute(sa.update(staff).where(staff.c.id == id_).values(ended_utc_ms=0))
            _note(connection, by, id_, before.name, f"back on the staff as {before.role}", now_utc_ms)
        return chosen

    @contextmanager
    def _person(self, id_: str, *, gone: bool = False) -> Iterator[tuple[Connection, Any]]:
        """A transaction, and the row of somebody who is of the staff, or was. NoSuchUser, BadUser."""
        with writing(self._engine) as connection:
            found = connection.execute(sa.select(staff).where(staff.c.id == id_)).first()
            if found is None:
                raise NoSuchUser(f"nobody is {id_!r}; `store user list` names everybody")
            if gone and not found.ended_utc_ms:
                raise BadUser(f"{found.name} is one of the staff already")
            if found.ended_utc_ms and not gone:
                raise BadUser(f"{found.name} is not one of the staff any more; take them back first")
            yield connection, found

    def _pin(self, connection: Connection, id_: str, pin: str) -> str:
        chosen = users.free_pin(connection, pin, any_pin=self._any_pin)
        connection.execute(sa.update(staff).where(staff.c.id == id_).values(pin_hash=users.hashed(chosen)))
        return chosen


def _keep_a_manager(connection: Connection, leaves: Any) -> None:
    others = sa.and_(staff.c.role == "manager", staff.c.ended_utc_ms == 0, staff.c.id != leaves.id)
    if leaves.role == "manager" and not connection.scalar(sa.select(staff.c.id).where(others).limit(1)):
        raise BadUser(f"{leaves.name} is the only manager; make somebody else one first")


def _in_words(before: Any, after: dict[str, Any]) -> Iterator[str]:
    if "name" in after:
        yield f"is called {after['name']} now"
    if "role" in after:
        yield f"{after['role']}, was {before.role}"
    if "badge" in after:
        yield "badge given" if after["badge"] else "badge taken away"


def _looked_at(connection: Connection, id_: str) -> bool:
    """Their next PIN is looked at, at the door and at every desk; whether it would not have been counted so."""
    at_the_door, at_a_desk = signing_in.unlock(connection, id_), proving_pins.unlock(connection)
    return at_the_door or at_a_desk


def _note(connection: Connection, by: By, id_: str, name: str, told: str, now_utc_ms: int) -> None:
    acts.add(connection, Act(by.id, "user", about=f"{name} ({id_}): {told}", address=by.address), now_utc_ms)
