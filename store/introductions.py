"""Introductions: machines that show a code on their screen until somebody types it here (`kiosk.wire.introduction`).

A machine says the same thing every other second: here is my request, and here is the proof that I know the code which
stands on my screen. Whoever comes later finds it in the books; nothing is believed of it, and what is not heard for
`HEARD_MS` is not shown any more. A code that somebody types is tried on each machine that waits; the one that it fits
is adopted in the same transaction that writes its certificate, and hears of it the next time it asks, as often as it
asks. A machine that comes with another proof has lost its code (its power was cut) and waits again, under the same key:
whoever types the new code gets the same certificate and the same place.

Strangers may fill the list, so it is short: `MOST` machines, `MOST_OF_ONE` from one address, and those that went silent
make room.
"""

from collections.abc import Callable

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from kiosk.wire import introduction as wire
from kiosk.wire.adoption import BadCode
from store import losses
from store.adoption import CannotAdopt, WrongCode, answer, check_name, folder_of, issued, told_before
from store.adoption_schema import introduction
from store.certificates import der, key_digest
from store.config import Config, host_and_port
from store.database import writing
from store.founding import CannotFound, authority_of, reach, url_host
from store.lanes import Lane

HEARD_MS = 60_000
MOST, MOST_OF_ONE = 32, 8
_FORGET_MS = 24 * 60 * 60_000


class Machine(msgspec.Struct, frozen=True):
    """One that waits. `number`: what its screen calls it."""

    key_digest: str
    address: str
    first_utc_ms: int
    heard_utc_ms: int

    @property
    def number(self) -> str:
        """Four letters of its key, on both screens."""
        return wire.number_of(self.key_digest)


class Wish(msgspec.Struct, frozen=True):
    """What somebody wants of the machine that shows `code`: which till it becomes, and whether it replaces that one."""

    code: str
    till: str
    by: str
    replaces: bool = False


class Done(msgspec.Struct, frozen=True):
    """What became of it. `begins`: the first number of a machine that replaces another, otherwise 0; `losses`: how many
    things may be missing."""

    till: str
    number: str
    begins: int = 0
    losses: int = 0


class TooMany(CannotAdopt):
    """There is no room for one more that waits."""


def knock(
    engine: Engine, config: Config, request: bytes, proof: str, address: str, now_utc_ms: int
) -> wire.Waiting | wire.Introduced:
    """A machine says that it is there. TooMany; NotOurs: a bad request."""
    key = key_digest(request)
    with writing(engine) as connection:
        row = connection.execute(sa.select(introduction).where(introduction.c.key_digest == key)).first()
        if row is not None and row.till and wire.same(row.proof, proof):
            return wire.Introduced(row.answer, row.answer_proof)
        said = {"request": request.decode(), "proof": proof, "address": address, "heard_utc_ms": now_utc_ms}
        if row is None:
            _make_room(connection, address, now_utc_ms)
            connection.execute(sa.insert(introduction).values(key_digest=key, first_utc_ms=now_utc_ms, **said))
        else:
            mine = introduction.c.key_digest == key
            again = {"till": "", "by": "", "adopted_utc_ms": 0, "answer": "", "answer_proof": ""}
            connection.execute(sa.update(introduction).where(mine).values(**said, **again))
    return wire.Waiting(console_url(config))


def waiting(engine: Engine, now_utc_ms: int) -> list[Machine]:
    """Those that are there now, the longest waiting first."""
    with engine.connect() as connection:
        return _waiting(connection, now_utc_ms)


def adopt(engine: Engine, config: Config, wish: Wish, now_utc_ms: int, heard: Callable[[str], Lane | None]) -> Done:
    """Make the machine that shows this code a till. CannotAdopt; WrongCode if none shows it; BadCode: mistyped.

    `heard`: what a till last said of itself.
    """
    code = wire.typed(wish.code)
    try:
        authority = der(authority_of(folder_of(config.adoption)).certificate)
        found = _fitting(engine, code, authority, now_utc_ms)
        with writing(engine) as connection:
            check_name(connection, wish.till, keeps_journal=False, replaces=wish.replaces)
            return _adopted(connection, config, wish, found, authority, now_utc_ms, heard)
    except CannotFound as error:
        raise CannotAdopt(str(error)) from error


def console_url(config: Config) -> str:
    """Where a browser in the shop finds the console; empty: nobody can know."""
    if config.console.address:
        return config.console.address.rstrip("/")
    host, port = host_and_port(config.http.listen)
    if host in ("127.0.0.1", "::1", "localhost") or not config.adoption.folder:
        return ""
    return f"{'https' if config.http.cert else 'http'}://{url_host(reach(folder_of(config.adoption))[1])}:{port}"


class _Found(msgspec.Struct, frozen=True):
    """The machine that a code fits, and what its answer is proved with."""

    machine: Machine
    request: bytes
    proof: str
    secret: bytes


def _fitting(engine: Engine, code: str, authority: bytes, now_utc_ms: int) -> _Found:
    """Each try takes a moment of the processor, so it is made outside of any transaction. WrongCode."""
    with engine.connect() as connection:
        here = [
            (one, connection.execute(sa.select(introduction).where(introduction.c.key_digest == one.key_digest)).one())
            for one in _waiting(connection, now_utc_ms)
        ]
    for one, row in here:
        secret = wire.stretched(code, one.key_digest)
        if wire.same(wire.machines_proof(secret, authority, one.key_digest), row.proof):
            return _Found(one, row.request.encode(), row.proof, secret)
    raise WrongCode(
        "no machine that waits here shows this code: look at its screen once more. If the code is right, the machine "
        "talks to another store, or somebody stands between"
    )


def _adopted(
    connection: Connection,
    config: Config,
    wish: Wish,
    found: _Found,
    authority: bytes,
    now_utc_ms: int,
    heard: Callable[[str], Lane | None],
) -> Done:
    key, till = found.machine.key_digest, wish.till
    mine = (introduction.c.key_digest == key, introduction.c.proof == found.proof, introduction.c.till == "")
    if connection.scalar(sa.select(sa.func.count()).select_from(introduction).where(*mine)) == 0:
        raise CannotAdopt("somebody else has just adopted this machine, or it shows another code now")
    taken = losses.take_over(connection, till, key, wish.by, now_utc_ms, heard(till)) if wish.replaces else None
    certificate = told_before(connection, till, key)
    if not certificate:
        certificate = issued(connection, config, till, found.request, "adopted", now_utc_ms)
    text = msgspec.json.encode(answer(config, till, certificate, taken)).decode()
    values = {
        "till": till, "by": wish.by, "adopted_utc_ms": now_utc_ms, "answer": text,
        "answer_proof": wire.stores_proof(found.secret, authority, key, text),
    }  # fmt: skip
    connection.execute(sa.update(introduction).where(*mine).values(**values))
    missed = losses.count(connection, till, taken.segment) if taken is not None else 0
    return Done(till, found.machine.number, taken.sequence if taken is not None else 0, missed)


def _waiting(connection: Connection, now_utc_ms: int) -> list[Machine]:
    names = [introduction.c[name] for name in Machine.__struct_fields__]
    there = (introduction.c.till == "", introduction.c.heard_utc_ms > now_utc_ms - HEARD_MS)
    query = sa.select(*names).where(*there).order_by(introduction.c.first_utc_ms).limit(MOST)
    return [Machine(*row) for row in connection.execute(query)]


def _make_room(connection: Connection, address: str, now_utc_ms: int) -> None:
    """Forget those that went away. TooMany."""
    silent = (introduction.c.till == "", introduction.c.heard_utc_ms <= now_utc_ms - HEARD_MS)
    connection.execute(sa.delete(introduction).where(*silent))
    old = (introduction.c.till != "", introduction.c.adopted_utc_ms < now_utc_ms - _FORGET_MS)
    connection.execute(sa.delete(introduction).where(*old))
    count = sa.select(sa.func.count()).select_from(introduction).where(introduction.c.till == "")
    here = connection.scalar(count.where(introduction.c.address == address)) or 0
    if here >= MOST_OF_ONE or (connection.scalar(count) or 0) >= MOST:
        raise TooMany("too many new machines wait at this store; switch the others off, and wait a minute")


__all__ = ["BadCode", "Done", "Machine", "TooMany", "Wish", "adopt", "console_url", "knock", "waiting"]
