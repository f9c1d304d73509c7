"""Scanner protocol: a stream of bytes becomes labels. Pure; the same labels however the stream is cut into pieces.

A label ends where the scanner says so, and scanners say it in many ways:

* a terminator: CR, LF, CR LF, TAB, or ETX;
* a frame: STX opens, only ETX closes (CR, LF and TAB before it belong to the frame's end, not to the label);
* nothing at all: then silence ends it, `silence_ms` after the last byte (a frame that falls silent is broken off).

In front of the text there may be an AIM symbology identifier (ISO/IEC 15424): `]`, a letter, a modifier. It is taken
off and reported beside the text; whether it is right is not asked here.

A label is whatever somebody prints and holds up, so the protocol believes nothing: more than 4,096 bytes, bytes that
are not UTF-8, and characters that cannot be printed are a ScanGarbled. The one control character that labels may
carry is GS (0x1D), which separates GS1 element strings. A label that is too long is reported once, when it becomes so,
and the rest of it is thrown away up to its end. A label of no characters is nothing.
"""

import re

from drivers.events import ScanGarbled, Scanned

LABEL_LONGEST = 4_096
"""Bytes of one label, its symbology identifier included."""
SILENCE_MS = 50
"""After so long without a byte a label without a terminator is over. At 9,600 baud a byte takes 1 ms."""

STX, ETX, TAB, LF, CR = 0x02, 0x03, 0x09, 0x0A, 0x0D
GS = "\x1d"

_TERMINATORS = (CR, LF, TAB, ETX)
_FRAME_TAIL = b"\r\n\t"
_IDENTIFIER = re.compile(r"\][A-Za-z][0-9A-Za-z]")

Label = Scanned | ScanGarbled


class ScannerProtocol:
    """The receiving end of one scanner. It has nothing to say."""

    def __init__(self, device: str, silence_ms: int = SILENCE_MS) -> None:
        """`device` names the scanner in what is reported; `silence_ms` 0: only terminators end a label."""
        self._device = device
        self._silence_ms = silence_ms
        self._label = bytearray()
        self._framed = False
        self._too_long = False
        self._last_byte_ms = 0

    def receive(self, data: bytes, now_ms: int) -> list[Label]:
        """Bytes from the scanner; the labels that they complete, in order."""
        labels: list[Label] = []
        for byte in data:
            labels += self._take(byte)
        if data:
            self._last_byte_ms = now_ms
        return labels

    def deadline_ms(self) -> int | None:
        """When silence will end what has come so far."""
        if not self._silence_ms or not (self._label or self._framed or self._too_long):
            return None
        return self._last_byte_ms + self._silence_ms

    def silence(self, now_ms: int) -> list[Label]:
        """Nothing more has come by now: the label that this completes. Ask only after reading what there is."""
        deadline_ms = self.deadline_ms()
        if deadline_ms is None or now_ms < deadline_ms:
            return []
        return self._broken_off() if self._framed else self._end()

    def reset(self) -> list[Label]:
        """The line was lost: what was half said is forgotten."""
        self._label.clear()
        self._framed = self._too_long = False
        return []

    def _take(self, byte: int) -> list[Label]:
        if byte == STX:
            begun = self._broken_off() if self._framed else self._end()
            self._framed = True
            return begun
        if byte == ETX or (byte in _TERMINATORS and not self._framed):
            return self._end()
        if self._too_long:
            return []
        if len(self._label) == LABEL_LONGEST:
            self._label.clear()
            self._too_long = True
            return [self._garbled(f"longer than {LABEL_LONGEST} bytes")]
        self._label.append(byte)
        return []

    def _end(self) -> list[Label]:
        label, framed, told = bytes(self._label), self._framed, self._too_long
        if framed:
            label = label.rstrip(_FRAME_TAIL)
        self.reset()
        if framed and not label and not told:
            return [self._garbled("a frame with nothing in it")]
        return self._read(label)

    def _broken_off(self) -> list[Label]:
        said_already = self._too_long
        empty = not self._label
        self.reset()
        return [] if said_already or empty else [self._garbled("broken off before its end")]

    def _read(self, label: bytes) -> list[Label]:
        try:
            text = label.decode("utf-8")
        except UnicodeDecodeError:
            return [self._garbled("bytes that are no text")]
        identifier = _IDENTIFIER.match(text)
        symbology = identifier[0] if identifier else ""
        text = text.removeprefix(symbology)
        if not text:
            # Without an identifier it is the second half of CR LF, or Enter pressed on nothing.
            return [self._garbled("an identifier with nothing behind it")] if symbology else []
        if not all(char.isprintable() or char == GS for char in text):
            return [self._garbled("control characters in it")]
        return [Scanned(device=self._device, symbology=symbology, text=text)]

    def _garbled(self, why: str) -> ScanGarbled:
        return ScanGarbled(device=self._device, why=why)
