"""Boot state: which slot is started next, and how often it may still be tried. Two files, so that one is always whole.

Each file is what U-Boot's `env export -c -s 0x1000` writes and `env import -c` checks: a CRC-32, then `name=value`
texts with a zero byte behind each, zeros to the end. BOOT_SEQ counts, in hexadecimal as U-Boot does; the file with the
higher number counts. Whoever writes (one at a time: `change`) writes the next number into the *other* file: a cut while
it is written leaves the state from before. Where neither file is whole, both slots get their tries back, A first.

The file needs nothing but Python's own library: it runs on the appliance, and in the tests.
"""

import binascii
import fcntl
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

Slot = Literal["A", "B"]
SIZE = 0x1000
"""Bytes of a file."""
TRIES = 3
NAMES = ("state1.env", "state2.env")


class BootState(NamedTuple):
    """What the boot script goes by. `order`: which slot is tried first; a slot without tries left is passed over."""

    order: tuple[Slot, ...] = ("A", "B")
    a_left: int = TRIES
    b_left: int = TRIES

    def left(self, slot: Slot) -> int:
        """How often the slot may still be tried."""
        return self.a_left if slot == "A" else self.b_left

    def with_left(self, slot: Slot, tries: int) -> "BootState":
        """The same with so many tries."""
        return self._replace(a_left=tries) if slot == "A" else self._replace(b_left=tries)

    def first(self, slot: Slot) -> "BootState":
        """The same with this slot in front, all of its tries given back."""
        rest = tuple(each for each in self.order if each != slot)
        return self._replace(order=(slot, *rest)).with_left(slot, TRIES)


def encode(state: BootState, sequence: int) -> bytes:
    """One file."""
    values = {
        "BOOT_SEQ": f"{sequence:x}",
        "BOOT_ORDER": " ".join(state.order),
        "BOOT_A_LEFT": f"{state.a_left:x}",
        "BOOT_B_LEFT": f"{state.b_left:x}",
    }
    body = b"".join(f"{name}={value}\0".encode() for name, value in values.items()).ljust(SIZE - 4, b"\0")
    return binascii.crc32(body).to_bytes(4, "little") + body


def decode(file: bytes) -> tuple[int, BootState] | None:
    """Number and state of one file; nothing if it is not whole."""
    body = file[4:]
    if len(file) != SIZE or binascii.crc32(body).to_bytes(4, "little") != file[:4]:
        return None
    texts = body.partition(b"\0\0")[0].decode("ascii", "replace").split("\0")
    values = dict(text.split("=", 1) for text in texts if "=" in text)
    try:
        order: tuple[Slot, ...] = tuple(_slot(word) for word in values["BOOT_ORDER"].split())
        left = (int(values["BOOT_A_LEFT"], 16), int(values["BOOT_B_LEFT"], 16))
        return int(values["BOOT_SEQ"], 16), BootState(order, *left)
    except (KeyError, ValueError):
        return None


def _slot(word: str) -> Slot:
    if word == "A":
        return "A"
    if word == "B":
        return "B"
    raise ValueError(word)


def newest(files: Sequence[bytes]) -> tuple[int, int, BootState]:
    """Which file counts, its number and its state. Of two that are not whole the second does, with number 0."""
    found = [(decoded[0], place, decoded[1]) for place, file in enumerate(files) if (decoded := decode(file))]
    sequence, place, state = max(found, default=(0, len(files) - 1, BootState()))
    return place, sequence, state


def read(folder: Path) -> BootState:
    """The state that counts."""
    return newest([_content(folder / name) for name in NAMES])[2]


def write(folder: Path, state: BootState) -> None:
    """Write it into the file that does not count, and onto the card before this returns. Raises OSError.

    In place: a FAT file that keeps its size keeps its place on the card and its entry in the folder.
    """
    place, sequence, _ = newest([_content(folder / name) for name in NAMES])
    flags = os.O_WRONLY | os.O_CREAT
    file = os.open(folder / NAMES[1 - place], flags, 0o600)
    try:
        os.pwrite(file, encode(state, sequence + 1), 0)
        os.fsync(file)
    finally:
        os.close(file)


def change(folder: Path, changed: Callable[[BootState], BootState]) -> BootState:
    """Read, change and write it while nobody else does; the new state. Raises OSError."""
    lock = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        before = read(folder)
        after = changed(before)
        if after != before:
            write(folder, after)
        return after
    finally:
        os.close(lock)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
