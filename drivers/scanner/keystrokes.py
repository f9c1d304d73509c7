"""Keystrokes: a keyboard scanner's stream of key events becomes labels. Pure.

Three readers in a row: the kernel's records, the keyboard, and the same framing as on a serial line (Enter and Tab are
terminators there too). Where the kernel says that records were lost, the label is spoilt.
"""

from drivers.input_events import EV_KEY, InputEvent, InputEventReader
from drivers.scanner.keyboard import Keyboard
from drivers.scanner.label import Label
from drivers.scanner.layouts import LayoutName
from drivers.scanner.protocol import ScannerProtocol

SILENCE_MS = 100
"""A key takes its time: a scanner at a full-speed port types a character in 2 to 20 ms."""


class Keystrokes:
    """The receiving end of one keyboard scanner."""

    def __init__(self, device: str, layout: LayoutName, silence_ms: int = SILENCE_MS) -> None:
        self._layout = layout
        self._records = InputEventReader()
        self._keyboard = Keyboard(layout)
        self._framing = ScannerProtocol(device, silence_ms)

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

    def reset(self) -> list[Label]:
        """As ScannerProtocol; no key is held on a keyboard that is plugged in anew."""
        self._records.reset()
        self._keyboard = Keyboard(self._layout)
        return self._framing.reset()

    def _typed(self, event: InputEvent | None) -> str:
        if event is None:
            return self._keyboard.lost()
        return self._keyboard.key(event.code, event.value) if event.type == EV_KEY else ""
