"""The terminal's end of a serial line: blocks, their confirmations, repeats and timers (PA00P016 section 4).

Written apart from the till's end (`serial_block`), so that a mistake in one is not repeated in the other. One block may
go wrong by plan: `Faults.block` says which and how, in either direction.
"""

from typing import Protocol

from drivers.card_terminal.zvt.simulated.faults import BlockFault
from drivers.card_terminal.zvt.simulated.wire import checksum

BLOCK_LONGEST = 2 * 65_536
BETWEEN_BYTES_MS = 200
CONFIRMED_WITHIN_MS = 5_000
SENT_AT_MOST = 3
_NOISE = bytes(set(range(256)) - {0x06, 0x10, 0x15})
_MOVES_MONEY = (b"\x06\x01", b"\x06\x30", b"\x06\x31")


class HasBlockFault(Protocol):
    """Where the plan stands."""

    block: BlockFault | None


class SerialSide:
    """Messages as blocks on a serial line."""

    def __init__(self, faults: HasBlockFault) -> None:
        self._faults = faults
        self._strikes = 0
        self._counted: int | None = None
        self.reset()

    def reset(self) -> None:
        """The line was opened anew."""
        self._buffer, self.out = b"", b""
        self._waiting: list[bytes] = []
        self._unconfirmed, self._sent, self._sent_ms, self._byte_ms = b"", 0, 0, 0
        self._unheard = 0

    # --- what goes wrong ---

    def _strikes_now(self, plain: bytes, *, of_till: bool) -> bool:
        """Whether this block is one that goes wrong: the planned one, or its repeat."""
        fault = self._faults.block
        if fault is None:
            return False
        if self._counted is None and of_till and plain[:2] in _MOVES_MONEY:
            self._counted = 0
        if self._counted is None:
            return False
        self._counted += 1
        if self._counted == fault.at:
            self._strikes = fault.times
        if not self._strikes:
            return False
        self._strikes -= 1
        if not self._strikes:
            self._faults.block, self._counted = None, None
        return True

    # --- sending ---

    def send(self, raw: bytes, now_ms: int) -> None:
        """Queue a message as a block."""
        self._waiting.append(raw)
        self._next(now_ms)

    def _next(self, now_ms: int) -> None:
        if not self._unconfirmed and self._waiting:
            self._unconfirmed, self._sent = self._waiting.pop(0), 0
            self._transmit(now_ms)

    def _transmit(self, now_ms: int) -> None:
        raw, self._sent, self._sent_ms = self._unconfirmed, self._sent + 1, now_ms
        kind = self._faults.block.kind if self._faults.block is not None else None
        block = b"\x10\x02" + raw.replace(b"\x10", b"\x10\x10") + b"\x10\x03" + checksum(raw + b"\x03")
        if self._strikes_now(raw, of_till=False):
            if kind == "garbled":
                block = block[:-1] + bytes([block[-1] ^ 0x40])
            elif kind == "half":
                block = block[: len(block) // 2]
            elif kind == "lost":
                block = b""
            else:
                self._unheard += 1
        self.out += block

    def _confirm(self, good: bool, now_ms: int) -> None:
        if self._unheard:
            self._unheard -= 1
        elif good:
            self._unconfirmed = b""
            self._next(now_ms)
        elif self._unconfirmed:
            self._transmit(now_ms)

    # --- receiving ---

    def receive(self, data: bytes, now_ms: int) -> list[tuple[str, bytes]]:
        """The messages of the blocks that have arrived whole and right."""
        self._buffer += data
        self._byte_ms = now_ms
        found = []
        while self._buffer:
            if self._buffer[:1] in (b"\x06", b"\x15"):
                good, self._buffer = self._buffer[:1] == b"\x06", self._buffer[1:]
                self._confirm(good, now_ms)
            elif not b"\x10\x02".startswith(self._buffer[:2]):
                self._buffer = self._buffer[1:].lstrip(_NOISE)
            elif (raw := self._block()) is None:
                break
            elif raw:
                found.append((raw[:2].hex(), raw[5:] if raw[2] == 255 else raw[3:]))
        return found

    def _block(self) -> bytes | None:
        """The content of the first block; None if it is not there yet, empty if it was not taken."""
        end = self._end()
        if end is None and len(self._buffer) > BLOCK_LONGEST:
            self._buffer, self.out = b"", self.out + b"\x15"
        if end is None:
            return None
        block, rest = self._buffer[:end], self._buffer[end:]
        raw = block[2:-4].replace(b"\x10\x10", b"\x10")
        kind = self._faults.block.kind if self._faults.block is not None else None
        struck = self._strikes_now(raw, of_till=True)
        if struck and kind == "half":
            self._buffer = block[: end // 2]
            return None
        self._buffer = rest
        if struck and kind == "lost":
            return b""
        whole = len(raw) >= 3 and checksum(raw + b"\x03") == block[-2:] and not (struck and kind == "garbled")
        if not (struck and kind == "unconfirmed"):
            self.out += b"\x06" if whole else b"\x15"
        return raw if whole else b""

    def _end(self) -> int | None:
        at = 2
        while at + 1 < len(self._buffer):
            if self._buffer[at] != 0x10:
                at += 1
            elif self._buffer[at + 1] == 0x03:
                return at + 4 if len(self._buffer) >= at + 4 else None
            else:
                at += 2
        return None

    # --- time ---

    def advance(self, now_ms: int) -> bool:
        """Time passes; False when the till has confirmed nothing for too long: it is not there any more."""
        if self._buffer and now_ms - self._byte_ms >= BETWEEN_BYTES_MS:
            self._buffer, self.out = b"", self.out + b"\x15"
        if self._unconfirmed and now_ms - self._sent_ms >= CONFIRMED_WITHIN_MS:
            if self._sent == SENT_AT_MOST:
                self._unconfirmed, self._waiting = b"", []
                return False
            self._transmit(now_ms)
        return True

    def deadline_ms(self) -> int | None:
        """When the next of these timers runs out."""
        due = [self._byte_ms + BETWEEN_BYTES_MS] if self._buffer else []
        if self._unconfirmed:
            due.append(self._sent_ms + CONFIRMED_WITHIN_MS)
        return min(due, default=None)
