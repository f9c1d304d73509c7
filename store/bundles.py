"""Bundles: versions of the lanes' image, kept as files by their SHA-256 and handed to lanes in parts.

RAUC's `verity` format ends with the signature and its length (eight bytes, most significant first); the signed message
holds the manifest, so which version a bundle is, and for which machines, can be read here without RAUC and without
being typed by anybody. Whether the signature is worth anything only the lanes know: they have the keyring, and refuse.
https://rauc.readthedocs.io/en/latest/reference.html#verity-format

A bundle is written beside, whole and synced, and renamed; then it is in the books. What is in no rollout can go again.
"""

import hashlib
import os
import re
from collections.abc import AsyncIterator, Iterable
from pathlib import Path
from typing import BinaryIO

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from kiosk.values.version import NoVersion, version_key
from kiosk.wire.asking import UpdateAsk, UpdatePart
from store.database import writing
from store.updates_schema import bundle, rollout

PART_BYTES = 256 << 10
LARGEST_BYTES = 4 << 30
_CHUNK = 1 << 20
_MAGIC = (b"hsqs", b"casync")
_LENGTH_BYTES = 8
_LARGEST_SIGNATURE = 64 << 10
_FACT = re.compile(rb"^(version|compatible)=([\x21-\x7e]{1,64})\s*$", re.MULTILINE)
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


class Coming:
    """A bundle that arrives piece by piece; nothing is kept of one that does not arrive."""

    def __init__(self, folder: Path, name: str) -> None:
        """NoBundle if nothing can be written."""
        self._folder, self._name = folder, name.replace("\\", "/").rpartition("/")[2][:120]
        self._part = folder.joinpath(f"coming-{os.getpid()}-{id(self)}.half")
        self._digest, self._size = hashlib.sha256(), 0
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._file: BinaryIO = self._part.open("wb")
        except OSError as error:
            raise NoBundle(f"nothing can be kept in {folder}: {error.strerror}; see [updates] in store.toml") from error

    def add(self, piece: bytes) -> None:
        """The next of it. NoBundle."""
        self._size += len(piece)
        if self._size > LARGEST_BYTES:
            raise NoBundle(f"{self._name} is larger than {LARGEST_BYTES >> 30} GiB")
        try:
            self._file.write(piece)
        except OSError as error:
            raise NoBundle(f"it cannot be kept: {error.strerror}") from error
        self._digest.update(piece)

    def keep(self, engine: Engine, by: str, now_utc_ms: int) -> Bundle:
        """It is whole: what it is, in the books. NoBundle."""
        try:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            version, compatible = read_manifest(self._part)
            sha256 = self._digest.hexdigest()
            self._part.replace(self._folder.joinpath(sha256))
        except OSError as error:
            raise NoBundle(f"it cannot be kept: {error.strerror}") from error
        found = Bundle(sha256, version, compatible, self._size, self._name, by, now_utc_ms)
        with writing(engine) as connection:
            if connection.execute(sa.select(bundle.c.sha256).where(bundle.c.sha256 == sha256)).first() is None:
                connection.execute(sa.insert(bundle).values(msgspec.structs.asdict(found)))
        return found

    def drop(self) -> None:
        """Nothing of it stays, unless it was kept."""
        self._file.close()
        self._part.unlink(missing_ok=True)


def take(engine: Engine, folder: Path, file: Path, now_utc_ms: int) -> Bundle:
    """One that lies on this machine. NoBundle."""
    coming = Coming(folder, file.name)
    try:
        with file.open("rb") as source:
            while piece := source.read(_CHUNK):
                coming.add(piece)
        return coming.keep(engine, "", now_utc_ms)
    except OSError as error:
        raise NoBundle(f"{file} cannot be read: {error.strerror}") from error
    finally:
        coming.drop()


async def receive(
    engine: Engine, folder: Path, name: str, pieces: AsyncIterator[bytes], by: str, now_utc_ms: int
) -> Bundle:
    """One that somebody sends. NoBundle."""
    coming = Coming(folder, name)
    try:
        async for piece in pieces:
            coming.add(piece)
        return coming.keep(engine, by, now_utc_ms)
    finally:
        coming.drop()


def read_manifest(file: Path) -> tuple[str, str]:
    """Version, and which machines it is for. NoBundle; OSError."""
    size = file.stat().st_size
    with file.open("rb") as data:
        if not data.read(_LENGTH_BYTES).startswith(_MAGIC):
            raise NoBundle("this is no bundle for RAUC")
        data.seek(max(0, size - _LENGTH_BYTES))
        length = int.from_bytes(data.read(_LENGTH_BYTES), "big")
        if not 0 < length <= min(_LARGEST_SIGNATURE, size - _LENGTH_BYTES):
            raise NoBundle("this bundle is not signed, or was cut off")
        data.seek(size - _LENGTH_BYTES - length)
        signed = data.read(length)
    begins = signed.find(b"[update]")
    facts = dict(_FACT.findall(signed[begins:])) if begins >= 0 else {}
    if b"version" not in facts or b"compatible" not in facts:
        raise NoBundle("its manifest is not in its signature: make it of the format verity, with a version")
    version = facts[b"version"].decode("ascii")
    try:
        version_key(version)
    except NoVersion as error:
        raise NoBundle(str(error)) from error
    return version, facts[b"compatible"].decode("ascii")


def bundles(engine: Engine) -> list[Bundle]:
    """The newest first."""
    with engine.connect() as connection:
        rows = connection.execute(sa.select(bundle).order_by(bundle.c.at_utc_ms.desc(), bundle.c.sha256)).all()
    return [Bundle(**row._mapping) for row in rows]


def find(engine: Engine, sha256: str) -> Bundle | None:
    """By its SHA-256."""
    with engine.connect() as connection:
        row = connection.execute(sa.select(bundle).where(bundle.c.sha256 == sha256)).first()
    return None if row is None else Bundle(**row._mapping)


def forget(engine: Engine, folder: Path, sha256: str) -> None:
    """Nobody needs it. NoBundle if a rollout was of it, whose record stays."""
    with writing(engine) as connection:
        if connection.execute(sa.select(rollout.c.n).where(rollout.c.sha256 == sha256).limit(1)).first() is not None:
            raise NoBundle("a rollout was of it: its record is kept")
        connection.execute(sa.delete(bundle).where(bundle.c.sha256 == sha256))
    if _SHA256.fullmatch(sha256):
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
