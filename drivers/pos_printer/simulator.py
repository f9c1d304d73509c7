"""A receipt printer on a desk: speaks ESC/POS bytes, has a roll, a cover, a cutter and a cable that can be pulled.

It behaves as the TM-T88 family is documented to: what it receives waits in a buffer and is worked off at the speed of
the mechanism; commands in real time (DLE) are obeyed on reception, even in trouble; out of paper, with the cover open
or jammed it is offline and works nothing off, and goes on with *what is in its buffer* when that is mended. That is
how old receipts come out of refilled printers, and a till that does not clear the buffer will be seen doing it here.

Its buffer is as large as it is. On a serial line with `flow` it says XOFF before it is full and XON when there is room
again; a till that goes on all the same loses what it sends, as on a cable without the wire for it.

Faults: `load_paper("low" or "out")`, `lines_left` (the roll ends in the middle), `open_cover`, `jam`, `overheat`,
`go_offline`, `mute` (takes bytes, says nothing), `line_ms` (slow), `babble` (noise to the till), `unplug` (power and
data), `bytes_left` (the power goes in the middle of a job).
"""

from typing import Literal

from drivers.pos_printer.decoder import Done, PrintHead
from drivers.pos_printer.paper import Receipt

DRAWER_LOW_WHEN_OPEN = 0x04
REAL_TIME_LONGEST = 10
REAL_LINE_MS = 20
XON, XOFF = b"\x11", b"\x13"
LARGE = 1 << 20
CLEAR = bytes((0x10, 0x14, 8, 1, 3, 20, 1, 6, 2, 8))
NAMES = {b"A": b"1.00 ESC/POS", b"B": b"Kassa", b"C": b"simulated"}
"""What it answers to GS I: firmware, maker, model."""


class PrinterSimulator:
    """One simulated printer with a drawer on its kick connector."""

    def __init__(self, columns: int = 42, line_ms: int = 0, buffer_bytes: int = LARGE, *, flow: bool = False) -> None:
        """`line_ms`: how long the mechanism takes for a line; a real one about REAL_LINE_MS. `flow`: XON and XOFF."""
        self.line_ms = line_ms
        self.buffer_bytes = buffer_bytes
        self.lost_bytes = 0
        """What did not fit the buffer."""
        self.bytes_left: int | None = None
        """Bytes until the power goes; None: it stays."""
        self.lines_left: int | None = None
        """Lines until the roll ends; None: plenty."""
        self.mute = False
        self.drawer_open = False
        self.kicks = 0
        """How often the drawer was pushed open by a pulse."""
        self._head = PrintHead(columns)
        self._paper: Literal["ok", "low", "out"] = "ok"
        self._cover_open = False
        self._jammed = False
        self._hot = False
        self._switched_off = False
        self._plugged = True
        self._flow, self._held_back = flow, False
        self._to_till = bytearray()
        self._held = bytearray()
        self._automatic = 0
        self._ready_at_ms = 0
        self._has_work = False

    # --- as a person sees and touches it ------------------------------------------------------------------------------

    @property
    def paper(self) -> tuple[Receipt, ...]:
        """All that was printed, oldest first; the last may still hang in the printer."""
        return self._head.paper

    @property
    def paper_left(self) -> Literal["ok", "low", "out"]:
        """How much paper is in it."""
        return self._paper

    @property
    def cover_open(self) -> bool:
        """Whether its cover stands open."""
        return self._cover_open

    @property
    def jammed(self) -> bool:
        """Whether its cutter is jammed."""
        return self._jammed

    @property
    def hot(self) -> bool:
        """Whether its head is too hot to print."""
        return self._hot

    @property
    def switched_off(self) -> bool:
        """Whether it is offline by its own button."""
        return self._switched_off

    def tear_off(self) -> None:
        """Throw away what was cut."""
        self._head.roll.clear()

    def roll_text(self) -> str:
        """The whole roll as text, a line of dots at each cut."""
        columns = self._head.columns
        cut = "." * columns
        return "\n".join(r.as_text(columns) + ("\n" + cut if r.cut else "") for r in self.paper)

    def load_paper(self, paper: Literal["ok", "low", "out"] = "ok") -> None:
        """A new roll, one near its end, or none."""
        self._paper, self.lines_left = paper, None
        self._tell()

    def open_cover(self) -> None:
        """Open it."""
        self._cover_open = True
        self._tell()

    def close_cover(self) -> None:
        """Close it."""
        self._cover_open = False
        self._tell()

    def jam(self) -> None:
        """The cutter jams."""
        self._jammed = True
        self._tell()

    def free(self) -> None:
        """The cutter is freed."""
        self._jammed = False
        self._tell()

    def overheat(self) -> None:
        """The head is too hot to print; it goes on when it has cooled."""
        self._hot = True
        self._tell()

    def cool(self) -> None:
        """It has cooled."""
        self._hot = False
        self._tell()

    def go_offline(self) -> None:
        """Somebody holds its feed button, or has switched it offline there."""
        self._switched_off = True
        self._tell()

    def go_online(self) -> None:
        """The button is let go."""
        self._switched_off = False
        self._tell()

    def open_drawer(self) -> None:
        """It springs open, by its key or by a pulse."""
        self.drawer_open = True
        self._tell()

    def _kick(self) -> None:
        self.kicks += 1
        self.open_drawer()

    def close_drawer(self) -> None:
        """Push the drawer in."""
        self.drawer_open = False
        self._tell()

    def unplug(self) -> None:
        """Power and cable: what was in its buffers is gone."""
        self._plugged, self.bytes_left = False, None
        self._head.power_off()
        self._held.clear()
        self._to_till.clear()
        self._automatic = 0

    def plug_in(self) -> None:
        """Power and cable are back."""
        self._plugged = True

    def babble(self, noise: bytes) -> None:
        """Send bytes that mean nothing."""
        self._to_till += noise

    # --- the wire -----------------------------------------------------------------------------------------------------

    @property
    def reachable(self) -> bool:
        """Whether it has power and a cable."""
        return self._plugged

    def connected(self, now_ms: int) -> None:
        """A till opened the line; a printer does not care."""

    def disconnected(self, now_ms: int) -> None:
        """The line is gone; what it was told it goes on printing."""

    def receive(self, data: bytes, now_ms: int) -> None:
        """Bytes from the till: real-time commands are obeyed at once, the rest waits its turn."""
        whole = data if self.bytes_left is None else data[: self.bytes_left]
        for byte in whole:
            self._held.append(byte)
            self._sort()
        if self.bytes_left is not None:
            self.bytes_left -= len(whole)
            if not self.bytes_left:
                self.unplug()
        self.advance(now_ms)

    def advance(self, now_ms: int) -> None:
        """Print what there is time for."""
        self._has_work = False
        while not self._offline:
            if now_ms < self._ready_at_ms:
                self._has_work = True
                return
            done = self._head.step()
            if done is None:
                return
            self._react(done, now_ms)
            self._hold_back()

    def deadline_ms(self) -> int | None:
        """When the next line can be printed."""
        return self._ready_at_ms if self._has_work else None

    def take(self) -> bytes:
        """What it says to the till."""
        said = bytes(self._to_till)
        self._to_till.clear()
        return said

    # --- inside -------------------------------------------------------------------------------------------------------

    @property
    def _offline(self) -> bool:
        stopped = self._paper == "out" or self._cover_open or self._jammed or self._hot
        return stopped or self._switched_off or not self._plugged

    def _sort(self) -> None:
        """Take real-time commands out of the stream, also when they come in pieces; pass the rest on."""
        held = self._held
        while held:
            if held[0] != 0x10:
                self._buffer(held)
            elif self._may_become_real_time():
                return
            elif not self._obey_now():
                self._buffer(held)

    def _buffer(self, held: bytearray) -> None:
        """Put the first byte into the receive buffer, if there is room."""
        if self._head.waiting < self.buffer_bytes:
            self._head.feed(bytes(held[:1]))
        else:
            self.lost_bytes += 1
        del held[0]
        self._hold_back()

    def _hold_back(self) -> None:
        """Say XOFF when a quarter of the buffer is left, XON when half of it is (once each)."""
        full = self._head.waiting >= self.buffer_bytes * (2 if self._held_back else 3) // 4
        if self._flow and full != self._held_back:
            self._held_back = full
            self._say(XOFF if full else XON)

    def _may_become_real_time(self) -> bool:
        """A whole command is not there yet, but so far it looks like one."""
        held = bytes(self._held)
        if held[1:2] in (b"\x04", b""):
            return len(held) < 3
        if held[1:2] != b"\x14":
            return False
        return len(held) < (REAL_TIME_LONGEST if held[2:3] == b"\x08" and CLEAR.startswith(held) else 5)

    def _obey_now(self) -> bool:
        """Obey the real-time command at the head, if it is one."""
        held = bytes(self._held)
        if held[1] == 0x04 and held[2] in (1, 2, 3, 4):
            self._say(bytes([self._real_time(held[2])]))
            del self._held[:3]
        elif held[1] == 0x14 and held.startswith(CLEAR):
            self._head.clear()
            self._say(b"\x37\x25\x00")
            del self._held[:REAL_TIME_LONGEST]
        elif held[1] == 0x14 and held[2] == 1:
            self._kick()
            del self._held[:5]
        else:
            return False
        return True

    def _react(self, done: Done, now_ms: int) -> None:
        match done.what:
            case "line":
                self._ready_at_ms = now_ms + self.line_ms
                self._use_paper()
            case "kick":
                self._kick()
            case "automatic_status":
                self._automatic = done.data[0]
                self._tell()
            case "ask_status":
                self._say(bytes([self._paper_bits(low=0x03, out=0x0C)]))
            case "ask_name" if done.data in NAMES:
                self._say(b"_" + NAMES[done.data] + b"\x00")
            case "process_id":
                self._say(b"\x37\x22" + done.data + b"\x00")

    def _use_paper(self) -> None:
        if self.lines_left is not None:
            self.lines_left -= 1
            if self.lines_left <= 0:
                self.load_paper("out")

    def _say(self, data: bytes) -> None:
        if self._plugged and not self.mute:
            self._to_till += data

    def _tell(self) -> None:
        """Automatic status, if the till wants it (GS a)."""
        if self._automatic:
            first = 0x10 | self._drawer_bit | 0x08 * self._offline | 0x20 * self._cover_open
            self._say(bytes([first, self._error_bits, self._paper_bits(low=0x03, out=0x0C), 0]))

    def _real_time(self, question: int) -> int:
        """The answer to DLE EOT 1 to 4."""
        out = self._paper == "out"
        answers = {
            1: self._drawer_bit | 0x08 * self._offline,
            2: 0x04 * self._cover_open | 0x08 * self._switched_off | 0x20 * out | 0x40 * bool(self._error_bits),
            3: self._error_bits,
            4: self._paper_bits(low=0x0C, out=0x60),
        }
        return 0x12 | answers[question]

    @property
    def _error_bits(self) -> int:
        return 0x08 * self._jammed | 0x40 * self._hot

    @property
    def _drawer_bit(self) -> int:
        return 0 if self.drawer_open else DRAWER_LOW_WHEN_OPEN

    def _paper_bits(self, *, low: int, out: int) -> int:
        return {"ok": 0, "low": low, "out": low | out}[self._paper]
