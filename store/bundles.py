"""Bundles: versions of the lanes' image, kept as files by their SHA-256 and handed to lanes in parts.

How one comes here is `bundle_arrival`, which of them nobody needs any more `bundle_retention`. A bundle that a rollout
was of is in the books for ever, since its record is about it; that its file is gone is written beside it.
"""

import re
from collections.abc import Iterable
from pathlib import Path

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from kiosk.wire.asking import UpdateAsk, UpdatePart
from store.acts import Act, add
from store.database import writing
from store.updates_schema import OPEN, bundle, rollout

PART_BYTES = 256 << 10
ARRIVING = "coming-*.half"
"""How files are called that are not whole yet."""
_SHA256 = re.compile(r"[0-9a-f]{64}")


class Bundle(msgspec.Struct, frozen=True):
    """One that is kept. `by`: a user's id; empty: the shell."""

    sha256: str
    version: str
    compatible: str
    size: int
    name: str
    by: str
    at_utc_ms: int


class NoBundle(Exception):
    """It cannot be kept. One line for a person."""


_COLUMNS = tuple(bundle.c[name] for name in Bundle.__struct_fields__)
_HERE = bundle.c.forgotten_utc_ms == 0


def bundles(engine: Engine) -> list[Bundle]:
    """Those that are here, the newest first."""
    query = sa.select(*_COLUMNS).where(_HERE).order_by(bundle.c.at_utc_ms.desc(), bundle.c.sha256)
    with engine.connect() as connection:
        return [Bundle(**row._mapping) for row in connection.execute(query)]


def ever_known(engine: Engine) -> dict[str, Bundle]:
    """By SHA-256, also those whose files are gone: for the records of rollouts."""
    with engine.connect() as connection:
        return {row.sha256: Bundle(**row._mapping) for row in connection.execute(sa.select(*_COLUMNS))}


def find(engine: Engine, sha256: str) -> Bundle | None:
    """One that is here, by its SHA-256."""
    with engine.connect() as connection:
        return find_in(connection, sha256)


def find_in(connection: Connection, sha256: str) -> Bundle | None:
    """The same, in a transaction: nobody forgets it before that ends, if it writes."""
    row = connection.execute(sa.select(*_COLUMNS).where(_HERE, bundle.c.sha256 == sha256)).first()
    return None if row is None else Bundle(**row._mapping)


def forget(engine: Engine, folder: Path, sha256: str, now_utc_ms: int, why: str = "") -> None:
    """Nobody needs it: its file goes, and what is known of it unless a rollout was of it; the acts say so. OSError.

    NoBundle: it is not here, or lanes still fetch it.
    """
    with writing(engine) as connection:
        states = set(connection.scalars(sa.select(rollout.c.state).where(rollout.c.sha256 == sha256)))
        if states & set(OPEN):
            raise NoBundle("a rollout of it is not over: abort that first")
        known, here = find_in(connection, sha256), bundle.c.sha256 == sha256
        if known is None:
            raise NoBundle("the store has no such bundle")
        if states:
            connection.execute(sa.update(bundle).where(here).values(forgotten_utc_ms=now_utc_ms))
        else:
            connection.execute(sa.delete(bundle).where(here))
        told = f"bundle {known.version} for {known.compatible} forgotten, {known.size >> 20} MiB"
        add(connection, Act("", "rollout", about=f"{told}: {why}" if why else told), now_utc_ms)
        if _SHA256.fullmatch(sha256):  # before the commit: whoever is cut off here does the same once more
            folder.joinpath(sha256).unlink(missing_ok=True)


def part(engine: Engine, folder: Path, ask: UpdateAsk) -> UpdatePart | None:
    """What a lane asked for; None: it is not here."""
    known = find(engine, ask.sha256)
    if known is None or not 0 <= ask.offset < known.size:
        return None
    try:
        with folder.joinpath(known.sha256).open("rb") as file:
            file.seek(ask.offset)
            content = file.read(PART_BYTES)
    except OSError:
        return None
    return UpdatePart(sha256=known.sha256, size=known.size, offset=ask.offset, content=content)


def names(found: Iterable[Bundle]) -> dict[str, str]:
    """What people choose by: `1.4.0 (kassa-rpi)`, by SHA-256."""
    return {one.sha256: f"{one.version} ({one.compatible})" for one in found}
