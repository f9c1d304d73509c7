r"""Single cable: a scanner with a scale in it, both on one line (Datalogic Magellan, NCR RealScan). Pure.

Facts. Datalogic, knowledge base KA-01089 ("RS232 Single Cable & USB Com Single Cable"); letters are function codes:

    S14 CR  ->  S144 weight CR   at rest, not zero            S11 CR  ->  S11 weight CR   the next weight at rest
                S143 CR          at rest, zero
                S140 CR          cannot find its zero: switch it off and on, or have it calibrated
                S141 CR          in motion        S142 CR   over capacity        S145 CR   under zero
    S08 kind label CR            a label was read, whenever that is

Five digits are grams; four are hundredths of a pound, which are told as `unit` trouble. The first character and the
last are programmed in the device; NCR's are STX and ETX (NCR 7874 manual, 5-47), and behind ETX there may be a BCC, the
exclusive or of each byte sent before it except the prefix (NCR 7870 manual, 7-42). NCR's labels have the same address
and function code, `08` (NCR RealPOS 7893 user guide, 5-52); that NCR's scales take the codes 11 and 14 too is taken for
granted: NCR's own guide, D2-1074-A, could not be had.

Kinds of labels, as IT CORE's SPH_Magellan_Scale reads them, which also opens the line with 7 bits and odd parity: A
UPC-A, F EAN-13, R GS1 DataBar, B1 Code 39, B2 Interleaved 2 of 5, B3 Code 128. What begins otherwise is handed on
whole: the shop then says what it does not know. No command is known that zeroes the scale: its own key does.
"""

import re
from typing import NamedTuple

from drivers.events import DeviceOffline, DeviceOnline, HardwareEvent, ScanGarbled, Scanned, WeightSeen, WeightTrouble
from drivers.scale.talk import SILENT, Talk

LONGEST = 4_096
"""Bytes of a message."""
MONITOR = b"14"

_WEIGHT = re.compile(rb"(\d{5})")
_POUNDS = re.compile(rb"(\d{4})")
_TROUBLES: dict[bytes, WeightTrouble] = {b"0": "calibration", b"1": "", b"2": "over", b"5": "under"}
_KINDS = {"A": "]E0", "F": "]E0", "R": "]e0", "B1": "]A0", "B2": "]I0", "B3": "]C0"}
_UPC_A_DIGITS = 12


class Framing(NamedTuple):
    """What the device puts around a message; bytes, of which `bcc` is one more."""

    prefix: int = ord("S")
    terminator: int = 0x0D
    bcc: bool = False

    def around(self, message: bytes) -> bytes:
        """The message as it goes onto the wire."""
        body = message + bytes((self.terminator,))
        return bytes((self.prefix,)) + body + (bytes((_xor(body),)) if self.bcc else b"")


DATALOGIC = Framing()
"""What a Magellan has from its factory."""


class SingleCable(Talk):
    """Both of them. The scanner is there when the line is, the scale when it answers."""

    def __init__(self, scanner: str, framing: Framing = DATALOGIC) -> None:
        """`scanner` names the one that owns the line; the scale is asked for once it has a name (`scale`)."""
        super().__init__("")
        self._scanner = scanner
        self._framing = framing
        self._message: bytearray | None = None
        self._whole = False
        """The terminator has come, and the BCC is awaited."""
        self._opened: bool | None = None

    def scale(self, name: str) -> None:
        """From now on ask the scale too, and report it by this name."""
        self._device = name

    def opened(self) -> list[HardwareEvent]:
        """As Talk: the scanner is there."""
        self._opened = True
        return [DeviceOnline(device=self._scanner)]

    def lost(self, why: str) -> list[HardwareEvent]:
        """As Talk: and both are gone with it."""
        told: list[HardwareEvent] = [DeviceOffline(device=self._scanner, why=why)] if self._opened is not False else []
        self._opened = False
        return told + (self.gone(why) if self._device else [])

    def deadline_ms(self) -> int | None:
        """As Talk; a scanner alone is never asked."""
        return super().deadline_ms() if self._device else None

    def request(self, now_ms: int) -> tuple[bytes, list[HardwareEvent]]:
        """As Talk; a label that is half heard when the scale falls silent is not forgotten for it."""
        if not self._device:
            return b"", []
        silent = self._rhythm.gave_up(now_ms) and self._rhythm.is_away
        told = self._fell_silent() if silent else []
        return (self._question() if self._rhythm.asks(now_ms) else b""), told

    def receive(self, data: bytes, now_ms: int) -> list[HardwareEvent]:
        """Bytes in, events out."""
        happened: list[HardwareEvent] = []
        for byte in data:
            happened += self._take(byte, now_ms)
        return happened

    def _take(self, byte: int, now_ms: int) -> list[HardwareEvent]:
        message = self._message
        if message is None:
            self._message = bytearray() if byte == self._framing.prefix else None
            return []
        if self._whole:
            self._forget()
            if _xor(message) != byte:
                return self._damaged(bytes(message))
            return self._said(bytes(message[:-1]), now_ms)
        message.append(byte)
        if byte == self._framing.terminator:
            if self._framing.bcc:
                self._whole = True
                return []
            self._forget()
            return self._said(bytes(message[:-1]), now_ms)
        if len(message) > LONGEST:
            self._forget()
            return [self._garbled(f"longer than {LONGEST} bytes")]
        return []

    def _question(self) -> bytes:
        return self._framing.around(MONITOR)

    def _forget(self) -> None:
        self._message, self._whole = None, False

    def _fell_silent(self) -> list[HardwareEvent]:
        message, whole = self._message, self._whole
        told = self.gone(SILENT)
        self._message, self._whole = message, whole
        return told

    def _said(self, message: bytes, now_ms: int) -> list[HardwareEvent]:
        """A whole message: a label, or what the scale says."""
        if message[:2] == b"08":
            return [self._label(message[2:])]
        seen = self._read(message) if self._device else None
        if seen is None:
            return []
        self._rhythm.answered(now_ms)
        return self._heard(seen)

    def _damaged(self, message: bytes) -> list[HardwareEvent]:
        """A label with a wrong BCC is told kindly; a weight is asked for again anyway."""
        return [self._garbled("a label that was damaged on the way")] if message[:2] == b"08" else []

    def _read(self, message: bytes) -> WeightSeen | None:
        status, weight = message[2:3], message[3:]
        if message[:2] != MONITOR:
            return None
        if status == b"3" and not weight:
            return self._seen(0, stable=True)
        if status == b"4" and (found := _WEIGHT.fullmatch(weight)):
            return self._seen(int(found[1]), stable=True)
        if status == b"4" and _POUNDS.fullmatch(weight):
            return self._seen(None, trouble="unit")
        if status in _TROUBLES and not weight:
            return self._seen(None, trouble=_TROUBLES[status])
        return None

    def _label(self, label: bytes) -> Scanned | ScanGarbled:
        try:
            text = label.decode("ascii")
        except UnicodeDecodeError:
            return self._garbled("bytes that are no text")
        kind = next((kind for kind in _KINDS if text.startswith(kind)), "")
        text = text.removeprefix(kind)
        if not text or not all(char.isprintable() or char == "\x1d" for char in text):
            return self._garbled("control characters in it, or nothing")
        if kind == "A" and len(text) == _UPC_A_DIGITS:
            text = f"0{text}"
        return Scanned(device=self._scanner, symbology=_KINDS.get(kind, ""), text=text)

    def _garbled(self, why: str) -> ScanGarbled:
        return ScanGarbled(device=self._scanner, why=why)


def _xor(body: bytes | bytearray) -> int:
    total = 0
    for byte in body:
        total ^= byte
    return total
