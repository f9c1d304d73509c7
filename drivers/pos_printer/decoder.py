"""The printer's head: ESC/POS commands in, paper out. Written from the command reference, not from our encoder.

Commands are cut out of the byte stream by a table of their lengths, so that one which means nothing here is still
passed over whole; one that is longer than LONGEST is passed over as it comes and never held. `step` works one command
off and says what it was, because some of them want an answer, which is the simulator's business, and because a
mechanism works line by line.
"""

from collections.abc import Callable
from typing import Literal

import msgspec

from drivers.pos_printer.paper import Align, PaperKind, PaperLine, Receipt
from drivers.pos_printer.picture import Picture

ESC, GS, FS, DLE = 0x1B, 0x1D, 0x1C, 0x10
# Code pages by their number in ESC t, as in Epson's table for the TM-T88 family.
CODE_PAGES = {
    **{0: "cp437", 2: "cp850", 3: "cp860", 4: "cp863", 5: "cp865", 13: "cp857", 14: "cp737", 15: "iso8859-7"},
    **{16: "cp1252", 17: "cp866", 18: "cp852", 19: "cp858", 33: "cp775", 34: "cp855", 35: "cp861"},
    **{39: "iso8859-2", 40: "iso8859-15", 45: "cp1250", 46: "cp1251", 47: "cp1253", 48: "cp1254", 51: "cp1257"},
}
# Parameter bytes after the command's two; what is not here has none.
PARAMETERS = {
    **{(ESC, ord(letter)): 1 for letter in " !%-3=?EGJMRTUVadert{"},
    **{(ESC, ord("c")): 2, (ESC, ord("$")): 2, (ESC, ord("\\")): 2, (ESC, ord("p")): 3, (ESC, ord("W")): 8},
    **{(GS, ord(letter)): 1 for letter in "!/BEHITabfhrw"},
    **{(GS, ord(letter)): 2 for letter in "$LWP\\"},
    **{(FS, ord(letter)): 1 for letter in "!-CW"},
    **{(FS, ord("S")): 2, (FS, ord("p")): 2, (DLE, 0x04): 1, (DLE, 0x05): 1},
}
ALIGNS: tuple[Align, ...] = ("left", "centre", "right")
LONGEST = 65_536
CODE_128, ONE_DIMENSIONAL_BY_LENGTH = 73, 65


class Done(msgspec.Struct, frozen=True):
    """One command, worked off."""

    what: Literal["nothing", "line", "cut", "kick", "automatic_status", "ask_status", "process_id", "ask_name"]
    data: bytes = b""


class PrintHead:
    """The mechanism's state from power-on."""

    def __init__(self, columns: int = 42) -> None:
        self.columns = columns
        self.roll: list[Receipt] = []
        self._buffer = bytearray()
        self._passing = 0
        self._hanging: list[PaperLine] = []
        self.reset()

    def reset(self) -> None:
        """ESC @: the styles of power-on; a line begun is dropped."""
        self._page, self._align, self._bold, self._tall = "cp437", ALIGNS[0], False, False
        self._line = ""
        self._qr = b""

    def power_off(self) -> None:
        """All that is not paper is gone."""
        self._buffer.clear()
        self._passing = 0
        self.reset()

    def clear(self) -> None:
        """DLE DC4 8: the receive buffer and the line begun; the styles stay."""
        self._buffer.clear()
        self._passing = 0
        self._line = ""

    def feed(self, data: bytes) -> None:
        """Bytes into the receive buffer."""
        self._buffer += data

    @property
    def waiting(self) -> int:
        """Bytes in the receive buffer."""
        return len(self._buffer)

    @property
    def paper(self) -> tuple[Receipt, ...]:
        """Everything printed so far; last what still hangs in the printer, if anything does."""
        hanging = [Receipt(tuple(self._hanging), cut=False)] if self._hanging else []
        return (*self.roll, *hanging)

    def step(self) -> Done | None:
        """Work one command or one character off; None when the buffer holds no whole one."""
        passed = min(self._passing, len(self._buffer))
        del self._buffer[:passed]
        self._passing -= passed
        if not self._buffer:
            return None
        first = self._buffer[0]
        if first in (ESC, GS, FS, DLE):
            length = self._length()
            if length is None and len(self._buffer) >= LONGEST:
                length = LONGEST + 1  # one without an end
            if length is not None and length > LONGEST:
                self._passing = length
                return Done("nothing")
            if length is None or length > len(self._buffer):
                return None
            command = bytes(self._buffer[:length])
            del self._buffer[:length]
            return self._obey(command)
        del self._buffer[0]
        return self._character(first)

    def _character(self, byte: int) -> Done:
        if byte == 0x0A:
            return self._print_line()
        if byte >= 0x20:
            self._line += bytes([byte]).decode(self._page, "replace")
            if len(self._line) > self.columns:
                overflow, self._line = self._line[self.columns :], self._line[: self.columns]
                done = self._print_line()
                self._line = overflow
                return done
        return Done("nothing")

    def _print_line(self, text: str | None = None, kind: PaperKind = "text") -> Done:
        shown = self._line if text is None else text
        self._line = ""
        self._hanging.append(PaperLine(shown, kind, self._align, self._bold, self._tall))
        return Done("line")

    def _print_picture(self, rest: bytes) -> Done:
        """GS v 0 m xL xH yL yH rows."""
        mode, width_bytes, rows = rest[1], rest[2] + 256 * rest[3], rest[6:]
        picture = Picture(width_bytes, rows)
        self._hanging.append(PaperLine("", "picture", self._align, tall=bool(mode & 2), picture=picture))
        return Done("line")

    # --- how long a command is ----------------------------------------------------------------------------------------

    def _length(self) -> int | None:
        """Bytes of the command at the head of the buffer; None while that cannot be told yet."""
        held = self._buffer
        if len(held) < 2:
            return None
        lead, letter = held[0], held[1]
        if letter == ord("(") and lead in (ESC, GS, FS):
            return 5 + held[3] + 256 * held[4] if len(held) >= 5 else None
        variable = self._variable(lead, letter)
        return variable() if variable is not None else 2 + PARAMETERS.get((lead, letter), 0)

    def _variable(self, lead: int, letter: int) -> Callable[[], int | None] | None:
        return {
            (GS, ord("k")): self._barcode_length,
            (GS, ord("V")): lambda: self._third(lambda mode: 4 if mode in (65, 66) else 3),
            (GS, ord("v")): self._raster_length,
            (ESC, ord("*")): self._column_image_length,
            (ESC, ord("D")): lambda: self._up_to_nul(2),
            (DLE, 0x14): lambda: self._third(lambda function: 10 if function == 8 else 5),
        }.get((lead, letter))

    def _third(self, length: Callable[[int], int | None]) -> int | None:
        return length(self._buffer[2]) if len(self._buffer) >= 3 else None

    def _up_to_nul(self, start: int) -> int | None:
        end = self._buffer.find(0, start)
        return end + 1 if end >= 0 else None

    def _barcode_length(self) -> int | None:
        held = self._buffer
        if len(held) < 4:
            return None
        return 4 + held[3] if held[2] >= ONE_DIMENSIONAL_BY_LENGTH else self._up_to_nul(3)

    def _raster_length(self) -> int | None:
        held = self._buffer
        return 8 + (held[4] + 256 * held[5]) * (held[6] + 256 * held[7]) if len(held) >= 8 else None

    def _column_image_length(self) -> int | None:
        held = self._buffer
        return 5 + (held[3] + 256 * held[4]) * (3 if held[2] >= 32 else 1) if len(held) >= 5 else None

    # --- what a command does ------------------------------------------------------------------------------------------

    def _obey(self, command: bytes) -> Done:
        lead, letter, rest = command[0], chr(command[1]), command[2:]
        if lead == ESC:
            return self._obey_esc(letter, rest)
        if lead == GS:
            return self._obey_gs(letter, rest)
        return Done("nothing")

    def _obey_esc(self, letter: str, rest: bytes) -> Done:
        match letter:
            case "@":
                self.reset()
            case "t":
                self._page = CODE_PAGES.get(rest[0], "ascii")
            case "a":
                self._align = ALIGNS[rest[0] % 48 % 3]
            case "E" | "G":
                self._bold = bool(rest[0] & 1)
            case "!":
                self._bold, self._tall = bool(rest[0] & 0x08), bool(rest[0] & 0x10)
            case "d" if rest[0]:
                self._print_line()
                self._hanging += [PaperLine()] * (rest[0] - 1)
                return Done("line")
            case "p":
                return Done("kick", rest)
        return Done("nothing")

    def _obey_gs(self, letter: str, rest: bytes) -> Done:
        match letter:
            case "!":
                self._tall = bool(rest[0] & 0x07)
            case "a":
                return Done("automatic_status", rest)
            case "r":
                return Done("ask_status", rest)
            case "I":
                return Done("ask_name", rest)
            case "V":
                return self._cut()
            case "v":
                return self._print_picture(rest)
            case "k":
                return self._barcode(rest)
            case "(" if rest[0] == ord("k"):
                return self._two_dimensional(rest[3:])
            case "(" if rest[0] == ord("H") and rest[3:5] == b"00":
                return Done("process_id", rest[5:9])
        return Done("nothing")

    def _cut(self) -> Done:
        while self._hanging and self._hanging[-1].kind == "text" and not self._hanging[-1].text:
            self._hanging.pop()  # the white before the knife
        self.roll.append(Receipt(tuple(self._hanging)))
        self._hanging = []
        return Done("cut")

    def _barcode(self, rest: bytes) -> Done:
        text = rest[2:] if rest[0] >= ONE_DIMENSIONAL_BY_LENGTH else rest[1:-1]
        if rest[0] == CODE_128:
            text = _code_128(text)
        return self._print_line(text.decode("ascii", "replace"), "barcode")

    def _two_dimensional(self, parameters: bytes) -> Done:
        """GS ( k: `cn fn ...`; 1P0 stores the QR code's text, 1Q0 prints it."""
        if parameters[:3] == b"1P0":
            self._qr = parameters[3:]
        if parameters[:3] == b"1Q0":
            return self._print_line(self._qr.decode(errors="replace"), "qr")
        return Done("nothing")


def _code_128(data: bytes) -> bytes:
    """What a reader says (GS k 73): set B as it is, set C two digits a byte; FNC1 at the head is not said, else it is
    the separator of elements."""
    said, code_set, at = b"", "", 0
    while at < len(data):
        two = data[at : at + 2]
        at += 2 if two[:1] == b"{" else 1
        if two in (b"{A", b"{B", b"{C"):
            code_set = chr(two[1])
        elif two == b"{1":
            said += b"\x1d" if said else b""
        elif two[:1] == b"{":
            said += two[1:]
        else:
            said += b"%02d" % two[0] if code_set == "C" else two[:1]
    return said
