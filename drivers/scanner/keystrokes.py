"""Keystrokes: a keyboard scanner's stream of key events becomes labels. Pure.

Three readers in a row: the kernel's records, the keyboard, and the same framing as on a serial line (Enter and Tab are
terminators there too). When the kernel says that it dropped events (SYN_DROPPED), everything up to the next report is
ignored, as its documentation asks, and the label is spoilt.
"""

from drivers.scanner.input_events import EV_KEY, EV_SYN, SYN_DROPPED, SYN_REPORT, InputEvent, InputEventReader
from drivers.scanner.keyboard import Keyboard
from drivers.scanner.layouts import LayoutName
from drivers.scanner.protocol import Label, ScannerProtocol

SILENCE_MS = 100
"""A key takes its time: a scanner at a full-speed port types a character in 2 to 20 ms."""


class Keystrokes:
    """The receiving end of one keyboard scanner."""

    def __init__(self, device: str, layout: LayoutName, silence_ms: int = SILENCE_MS) -> None:
        self._layout = layout
        self._records = InputEventReader()
        self._keyboard = Keyboard(layout)
        self._framing = ScannerProtocol(device, silence_ms)
        self._dropping = False

    def receive(self, data: bytes, now_ms: int) -> list[Label]:
        """Records from the device; the labels that they complete, in order."""
        text = "".join(self._typed(event) for event in self._records.receive(data))
        return self._framing.receive(text.encode(), now_ms)

    def deadline_ms(self) -> int | None:
        """As ScannerProtocol."""
        return self._framing.deadline_ms()

    def silence(self, now_ms: int) -> list[Label]:
        """As ScannerProtocol."""
        return self._framing.silence(now_ms)

    def reset(self) -> None:
        """As ScannerProtocol; no key is held on a keyboard that is plugged in anew."""
        self._records.reset()
        self._keyboard = Keyboard(self._layout)
        self._framing.reset()
        self._dropping = False

    def _typed(self, event: InputEvent) -> str:
        if event.type == EV_SYN and event.code == SYN_DROPPED:
            self._dropping = True
            return self._keyboard.lost()
        if event.type == EV_SYN and event.code == SYN_REPORT:
            self._dropping = False
        if event.type != EV_KEY or self._dropping:
            return ""
        return self._keyboard.key(event.code, event.value)
