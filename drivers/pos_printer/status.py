"""What a printer says of itself: the bytes that come back, told apart and put into words.

A printer sends five kinds of answers down one line without framing. Fixed bits tell them apart (Epson ESC/POS
Application Programming Guide, "Identification of transmission status"):

    answer to DLE EOT n              0xx1xx10   one byte; which n it answers is for the asker to remember
    automatic status (GS a), 1st     0xx1xx00   then three bytes 0xx0xxxx
    answer to GS r                   0xx0xxxx   one byte, outside an automatic status
    block                            00110111   (37h) an identifier, data, a closing NUL
    answer to GS I 65, 66, 67        01011111   (5Fh) text, a closing NUL; only while one is due

XON and XOFF may stand anywhere outside a block and mean nothing here. Whatever fits nowhere is line noise and dropped.
"""

from collections.abc import Iterator
from typing import Literal

import msgspec

XON, XOFF = 0x11, 0x13
BLOCK, BLOCK_LONGEST = 0x37, 16
NAME, NAME_LONGEST = 0x5F, 82
"""With header and NUL; Bixolon names itself in 15 characters at most (SRP-330II manual, GS I), and others in more."""
PROCESS_ID, CLEARED = 0x22, 0x25
HOT = 0x40
"""The one error that mends itself (Epson, DLE EOT 3: `Auto-recoverable error`)."""

Paper = Literal["ok", "low", "out"]


class Status(msgspec.Struct, frozen=True):
    """The printer's whole state. `error` is empty or words for staff; `hot`: it pauses until its head has cooled;
    `drawer_high` the level of the drawer's pin 3."""

    paper: Paper = "ok"
    cover_open: bool = False
    error: str = ""
    hot: bool = False
    offline: bool = False
    drawer_high: bool = True

    @property
    def trouble(self) -> str:
        """Why nothing can be printed now; empty when it can."""
        if self.cover_open:
            return "the cover is open"
        if self.paper == "out":
            return "out of paper"
        return self.error

    @property
    def pause(self) -> str:
        """Why it prints nothing for the moment and then goes on with what it has; empty when it does not pause.

        Offline without a cause is somebody's finger on its feed button, or the second in which a new roll runs in.
        """
        if self.trouble:
            return ""
        if self.hot:
            return "the print head is too hot: it goes on by itself"
        return "the printer is offline: press its feed button, or switch it off and on" if self.offline else ""


class AutomaticStatus(msgspec.Struct, frozen=True):
    """Four bytes sent unasked whenever something changed (GS a)."""

    status: Status


class RealTimeAnswer(msgspec.Struct, frozen=True):
    """The byte that answers DLE EOT n."""

    byte: int


class PaperAnswer(msgspec.Struct, frozen=True):
    """The byte that answers GS r 1: everything before the question has been worked through."""

    paper: Paper


class ProcessDone(msgspec.Struct, frozen=True):
    """Everything before GS ( H with this id is on paper."""

    id: bytes


class BuffersCleared(msgspec.Struct, frozen=True):
    """The answer to DLE DC4 8."""


class Named(msgspec.Struct, frozen=True):
    """The answer to GS I: its maker's name, its model or its firmware."""

    text: str


Report = AutomaticStatus | RealTimeAnswer | PaperAnswer | ProcessDone | BuffersCleared | Named


def from_automatic(data: bytes) -> Status:
    """Read the four bytes of an automatic status (Epson, GS a)."""
    printer, fault, paper, _ = data
    return Status(
        paper=_paper(paper, low=0x03, out=0x0C),
        cover_open=bool(printer & 0x20),
        error=_error(fault),
        hot=bool(fault & HOT),
        offline=bool(printer & 0x08),
        drawer_high=bool(printer & 0x04),
    )


def from_real_time(printer: int, offline: int, error: int, paper: int) -> Status:
    """Read the answers to DLE EOT 1, 2, 3 and 4 (Epson, DLE EOT)."""
    return Status(
        paper="out" if offline & 0x20 else _paper(paper, low=0x0C, out=0x60),
        cover_open=bool(offline & 0x04),
        error=_error(error),
        hot=bool(error & HOT),
        offline=bool(printer & 0x08),
        drawer_high=bool(printer & 0x04),
    )


def _paper(byte: int, *, low: int, out: int) -> Paper:
    return "out" if byte & out else "low" if byte & low else "ok"


def _error(byte: int) -> str:
    """The error bits stand alike in the second automatic byte and in the answer to DLE EOT 3."""
    if byte & 0x20:
        return "the printer is broken: switch it off, and call service if that does not help"
    if byte & 0x08:
        return "the cutter is jammed: open the cover and clear it"
    if byte & 0x04:
        return "the printer is jammed: open the cover and clear it"
    return ""


class StatusReader:
    """The stream of answers, in whatever pieces it comes."""

    def __init__(self) -> None:
        self._held = bytearray()
        self.names_due = 0
        """Answers to GS I that may come. Without one due its header is noise, and hides no status behind it."""

    def reset(self) -> None:
        """The line was opened anew: half an answer is worth nothing."""
        self._held.clear()
        self.names_due = 0

    def feed(self, data: bytes) -> Iterator[Report]:
        """The answers that these bytes complete."""
        for byte in data:
            yield from self._byte(byte)

    def _byte(self, byte: int) -> Iterator[Report]:
        if self._held and self._held[0] == BLOCK:
            yield from self._in_block(byte)
        elif self._held and self._held[0] == NAME:
            yield from self._in_name(byte)
        elif byte in (XON, XOFF):
            return
        elif self._held:
            yield from self._in_automatic(byte)
        elif byte == BLOCK or byte & 0x93 == 0x10 or (byte == NAME and self.names_due):
            self._held.append(byte)
        elif byte & 0x93 == 0x12:
            yield RealTimeAnswer(byte)
        elif byte & 0x90 == 0:
            yield PaperAnswer(_paper(byte, low=0x03, out=0x0C))

    def _in_automatic(self, byte: int) -> Iterator[Report]:
        if byte & 0x90:
            self._held.clear()
            yield from self._byte(byte)
            return
        self._held.append(byte)
        if len(self._held) == 4:
            whole = bytes(self._held)
            self._held.clear()
            yield AutomaticStatus(from_automatic(whole))

    def _in_block(self, byte: int) -> Iterator[Report]:
        self._held.append(byte)
        if byte and len(self._held) < BLOCK_LONGEST:
            return
        block = bytes(self._held)
        self._held.clear()
        if block[1] == PROCESS_ID and len(block) == 7:
            yield ProcessDone(block[2:6])
        elif block[1] == CLEARED:
            yield BuffersCleared()

    def _in_name(self, byte: int) -> Iterator[Report]:
        self._held.append(byte)
        if byte and len(self._held) < NAME_LONGEST:
            return
        text = bytes(self._held[1:]).decode("ascii", "replace")
        self._held.clear()
        self.names_due -= 1
        yield Named("".join(char for char in text if char.isprintable()).strip())
