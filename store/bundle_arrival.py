"""Bundle arrival: a version of the lanes' image comes onto this disk, whole or not at all.

RAUC's `verity` format ends with the signature and its length (eight bytes, most significant first); the signed message
holds the manifest, so which version a bundle is, and for which machines, can be read here without RAUC and without
being typed by anybody. Whether the signature is worth anything only the lanes know: they have the keyring, and refuse.
https://rauc.readthedocs.io/en/latest/reference.html#verity-format

It is written beside, synced, renamed and entered into the books. First goes what nobody needs any more
(`bundle_retention`); what then does not fit is refused before the disk is full, for the books may lie on it.
"""

import hashlib
import os
import re
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from kiosk.values.version import NoVersion, version_key
from store.bundle_retention import forget_superseded
from store.bundles import ARRIVING, Bundle, NoBundle
from store.database import writing
from store.disk_room import lacks
from store.updates_schema import bundle

LARGEST_BYTES = 4 << 30
_CHUNK = 1 << 20
_ASK_EVERY = 16 << 20
_MAGIC = (b"hsqs", b"casync")
_LENGTH_BYTES = 8
_LARGEST_SIGNATURE = 64 << 10
_FACT = re.compile(rb"^(version|compatible)=([\x21-\x7e]{1,64})\s*$", re.MULTILINE)


class Coming:
    """A bundle that arrives piece by piece; nothing is kept of one that does not arrive."""

    def __init__(self, folder: Path, name: str, size: int = 0) -> None:
        """`size`: bytes that are said to come; 0: nobody said. NoBundle if nothing can be written."""
        self._folder, self._name = folder, name.replace("\\", "/").rpartition("/")[2][:120]
        self._part = folder.joinpath(ARRIVING.replace("*", f"{os.getpid()}-{id(self)}"))
        self._digest, self._size, self._asked = hashlib.sha256(), 0, 0
        self._fits(size)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._file = self._part.open("wb", buffering=0)  # what does not fit fails where it is written
        except OSError as error:
            raise NoBundle(f"nothing can be kept in {folder}: {error.strerror}; see [updates] in store.toml") from error

    def add(self, piece: bytes) -> None:
        """The next of it. NoBundle."""
        self._size += len(piece)
        if self._size > LARGEST_BYTES:
            raise NoBundle(f"{self._name} is larger than {LARGEST_BYTES >> 30} GiB")
        if self._size - self._asked >= _ASK_EVERY:
            self._fits(0)
            self._asked = self._size
        try:
            left = memoryview(piece)
            while left:
                left = left[self._file.write(left) :]
        except OSError as error:
            raise NoBundle(f"it cannot be kept: {error.strerror}") from error
        self._digest.update(piece)

    def _fits(self, more_bytes: int) -> None:
        if why := lacks(self._folder, more_bytes):
            raise NoBundle(f"it does not fit: {why}, or forget a bundle")

    def keep(self, engine: Engine, by: str, now_utc_ms: int) -> Bundle:
        """It is whole: what it is, in the books. NoBundle."""
        try:
            os.fsync(self._file.fileno())
            self._file.close()
            version, compatible = read_manifest(self._part)
            found = Bundle(self._digest.hexdigest(), version, compatible, self._size, self._name, by, now_utc_ms)
            with writing(engine) as connection:  # so nobody forgets it between the two
                self._part.replace(self._folder.joinpath(found.sha256))
                row = {**msgspec.structs.asdict(found), "forgotten_utc_ms": 0}
                same = sa.update(bundle).where(bundle.c.sha256 == found.sha256).values(row)
                if not connection.execute(same).rowcount:
                    connection.execute(sa.insert(bundle).values(row))
        except OSError as error:
            raise NoBundle(f"it cannot be kept: {error.strerror}") from error
        return found

    def drop(self) -> None:
        """Nothing of it stays, unless it was kept."""
        self._file.close()
        self._part.unlink(missing_ok=True)


def take(engine: Engine, folder: Path, file: Path, now_utc_ms: int) -> Bundle:
    """One that lies on this machine. NoBundle."""
    try:
        with file.open("rb") as source:
            coming = _expected(engine, folder, file.name, file.stat().st_size, now_utc_ms)
            try:
                while piece := source.read(_CHUNK):
                    coming.add(piece)
                return coming.keep(engine, "", now_utc_ms)
            finally:
                coming.drop()
    except OSError as error:
        raise NoBundle(f"{file} cannot be read: {error.strerror}") from error


async def receive(
    engine: Engine, folder: Path, name: str, size: int, pieces: AsyncIterator[bytes], by: str, now_utc_ms: int
) -> Bundle:
    """One that somebody sends; `size` as they say, 0 if they do not. NoBundle."""
    coming = _expected(engine, folder, name, size, now_utc_ms)
    try:
        async for piece in pieces:
            coming.add(piece)
        return coming.keep(engine, by, now_utc_ms)
    finally:
        coming.drop()


def _expected(engine: Engine, folder: Path, name: str, size: int, now_utc_ms: int) -> Coming:
    """With what room there can be made."""
    try:
        forget_superseded(engine, folder, now_utc_ms)
    except OSError as error:
        raise NoBundle(f"older bundles cannot be removed from {folder}: {error.strerror}") from error
    return Coming(folder, name, size)


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
