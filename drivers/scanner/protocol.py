"""Scanner protocol: a stream of bytes becomes labels. Pure; the same labels however the stream is cut into pieces.

A label ends where the scanner says so, and scanners say it in many ways:

* a terminator: CR, LF, CR LF, TAB, or ETX;
* a frame: STX opens, only ETX closes (CR, LF and TAB before it belong to the frame's end, not to the label);
* nothing at all: then silence ends it, `silence_ms` after the last byte (a frame that falls silent is broken off). Two
  that ran together meanwhile are told apart where that is certain (`together.py`).

What a label says, and what is none, is `label.py`'s. One that is too long is reported once, when it becomes so, and the
rest of it is thrown away up to its end. A label of no characters is nothing.
"""

from drivers.events import ScanGarbled
from drivers.scanner.label import BROKEN_OFF, LABEL_LONGEST, TOO_LONG, Label, read
from drivers.scanner.together import apart

SILENCE_MS = 50
"""After so long without a byte a label without a terminator is over. At 9,600 baud a byte takes 1 ms."""

STX, ETX, TAB, LF, CR = 0x02, 0x03, 0x09, 0x0A, 0x0D
_TERMINATORS = (CR, LF, TAB, ETX)
_FRAME_TAIL = b"\r\n\t"


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
        return self._broken_off() if self._framed else self._apart()

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
            return [self._garbled(TOO_LONG)]
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
        return [] if said_already or empty else [self._garbled(BROKEN_OFF)]

    def _apart(self) -> list[Label]:
        """What silence ends may be two."""
        try:
            texts = apart(self._label.decode("ascii"))
        except UnicodeDecodeError:
            return self._end()
        if len(texts) < 2:
            return self._end()
        self.reset()
        return [label for text in texts for label in self._read(text.encode())]

    def _read(self, data: bytes) -> list[Label]:
        label = read(self._device, data)
        return [] if label is None else [label]

    def _garbled(self, why: str) -> ScanGarbled:
        return ScanGarbled(device=self._device, why=why)
