"""Update order: what a lane is to become, how far it is, and where that lies on the disk. Whole at any moment.

Everything is in one folder beside the journal, which both slots of the machine see: `state.json` (written by the lane
alone), the bundle, and what a USB stick has brought (`order.json` beside `bundle.usb`, until the lane takes them).
"""

import hashlib
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, NamedTuple, TypeVar

import msgspec

from drivers.life import Life
from kiosk.app.identity import written
from kiosk.values.version import NoVersion, newer, same

Stage = Literal[
    "fetching", "checking", "ready", "installing", "starting", "trying", "updated", "fell_back", "failed"
]  # fmt: skip
OVER: tuple[Stage, ...] = ("updated", "fell_back", "failed")
INSTALLS: tuple[Stage, ...] = ("installing", "starting", "trying")
"""From here on nobody takes it back."""
LARGEST_BYTES = 4 << 30
RESERVE_MIB = 256
"""What the journal must still have beside a bundle."""
_CHUNK = 1 << 20
_THERE = ("ready", "degraded", "faulty")
T = TypeVar("T")
_SHA256 = re.compile(r"[0-9a-f]{64}")


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody ordered. `staff`, `name` and `role` are whose will it is; the two times are when it may be
    installed, 0: whenever nobody is served."""

    id: str
    version: str
    sha256: str
    size: int
    staff: str = ""
    name: str = ""
    role: str = "operator"
    not_before_utc_ms: int = 0
    not_after_utc_ms: int = 0


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """How far it is. `before` is the version that ran when it was ordered, `boot` the boot in which it was installed,
    `again` how often it was fetched anew and `tries` how often the installing began; `paused`: the lane was, for it.
    `had` are the devices that answered before: a new version counts when all of them answer again."""

    order: Order
    stage: Stage
    before: str
    boot: str = ""
    again: int = 0
    tries: int = 0
    paused: bool = False
    why: str = ""
    had: tuple[str, ...] = ()

    def lacks(self, lives: Mapping[str, Life]) -> tuple[str, ...]:
        """Of `had` those that do not answer now. One that is not configured any more is missed by nobody."""
        return tuple(name for name in self.had if name in lives and lives[name].stage not in _THERE)


class Since(msgspec.Struct, frozen=True):
    """Since when a version runs here."""

    version: str
    utc_ms: int


class Places(NamedTuple):
    """The folder's files."""

    folder: Path

    @property
    def bundle(self) -> Path:
        """What is installed, or the part of it that is here."""
        return self.folder / "bundle"

    @property
    def stick(self) -> Path:
        """What a stick has brought, whole."""
        return self.folder / "bundle.usb"

    def kept(self) -> Kept | None:
        """What was written last; None: nothing that can be read."""
        return _read(self.folder / "state.json", Kept)

    def keep(self, kept: Kept) -> None:
        """On the disk when this returns. OSError."""
        written(self.folder / "state.json", msgspec.json.encode(kept))

    def brought(self) -> Order | None:
        """What a stick has brought."""
        return _read(self.folder / "order.json", Order)

    def bring(self, order: Order) -> None:
        """As the stick's command does, last of all. OSError."""
        written(self.folder / "order.json", msgspec.json.encode(order))

    def take(self, kept: Kept) -> None:
        """What a stick has brought is the lane's: the bundle first, then what says that it is here, then the stick's
        own order, so that after a cut it is taken once more. OSError."""
        if kept.stage == "ready" and self.stick.exists():
            self.stick.replace(self.bundle)
        self.keep(kept)
        self.stick.unlink(missing_ok=True)
        self.folder.joinpath("order.json").unlink(missing_ok=True)

    def since(self, version: str, now_utc_ms: int) -> int:
        """Since when this version runs here: now, if another one ran last. OSError."""
        path = self.folder / "since.json"
        known = _read(path, Since)
        if known is None or known.version != version:
            known = Since(version, now_utc_ms)
            written(path, msgspec.json.encode(known))
        return known.utc_ms

    def have(self) -> int:
        """Bytes of the bundle that are here."""
        try:
            return self.bundle.stat().st_size
        except FileNotFoundError:
            return 0


def refusal(order: Order, running: str, free_mib: int) -> str:
    """Why this machine does not want it, in words; empty: it does."""
    try:
        if same(order.version, running):
            return f"{running} runs here already"
        if not newer(order.version, running):
            return f"{order.version} is older than {running}, which runs here"
    except NoVersion as error:
        return str(error)
    if not _SHA256.fullmatch(order.sha256) or not 0 < order.size <= LARGEST_BYTES:
        return "its digest or its size cannot be read"
    needed = (order.size >> 20) + 1 + RESERVE_MIB
    if free_mib < needed:
        return f"too little space: {needed} MiB are needed, {free_mib} MiB are free"
    return ""


def resumed(kept: Kept, running: str, boot: str) -> Kept:
    """What is left of it at a start: did the machine come up with the new version, the old one, or was it cut?"""
    if kept.stage in OVER:
        return kept
    replace = msgspec.structs.replace
    if _is(kept.order.version, running):
        return replace(kept, stage="trying")
    if not _is(kept.before, running):
        return replace(kept, stage="failed", why=f"{running} runs here now, which nobody ordered")
    if kept.stage == "trying" or (kept.stage == "starting" and kept.boot != boot):
        return replace(kept, stage="fell_back", why=f"{kept.order.version} did not come up: {running} runs again")
    if kept.stage == "installing":
        return replace(kept, stage="ready")
    return kept


def answering(lives: Mapping[str, Life]) -> tuple[str, ...]:
    """The devices that answer, whatever they have to say."""
    return tuple(sorted(name for name, life in lives.items() if life.stage in _THERE))


def sha256_of(path: Path) -> str:
    """Of a file that is on the disk for good when this returns. OSError."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        os.fsync(file.fileno())
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _is(version: str, other: str) -> bool:
    try:
        return same(version, other)
    except NoVersion:
        return version == other


def _read(path: Path, kind: type[T]) -> T | None:
    try:
        return msgspec.json.decode(path.read_bytes(), type=kind)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return None
