"""Badges: what a reader sends becomes badges. Pure.

The framing is a scanner's (`drivers/scanner/protocol.py` on a serial line, `keystrokes.py` on a keyboard): readers end
a badge as scanners end a label. What is theirs alone:

* `em4100`: ten hexadecimal digits and a check byte, the exclusive or of the five bytes before it, between STX and ETX
  (ID Innovations' ID-2, ID-12 and ID-20, Seeed's RDM6300). The check is made and taken off; what fails it is garbled;
* a badge that is held there is sent again and again, so the same one within REPEAT_MS of the last time is the same
  holding of it;
* a badge is short: anything over TEXT_LONGEST characters is none. White space around it is no part of it.
"""

import re
from collections.abc import Sequence
from typing import Literal

from drivers.events import BadgeGarbled, BadgeRead, HardwareEvent, Scanned
from drivers.listening import Ear

Format = Literal["text", "em4100"]
TEXT_LONGEST = 64
REPEAT_MS = 2_000
_EM4100 = re.compile(r"[0-9A-Fa-f]{12}")


class Badges:
    """The receiving end of one reader, over the ear that understands its framing."""

    def __init__(self, device: str, ear: Ear, format: Format = "text") -> None:
        """`device` names the reader in what is reported."""
        self._device, self._ear, self._format = device, ear, format
        self._last, self._last_ms = "", 0

    def receive(self, data: bytes, now_ms: int) -> list[HardwareEvent]:
        """Bytes in, badges out."""
        return self._badges(self._ear.receive(data, now_ms), now_ms)

    def deadline_ms(self) -> int | None:
        """When silence will mean something."""
        return self._ear.deadline_ms()

    def silence(self, now_ms: int) -> list[HardwareEvent]:
        """Nothing more has come by now."""
        return self._badges(self._ear.silence(now_ms), now_ms)

    def reset(self) -> list[HardwareEvent]:
        """The line was lost."""
        self._ear.reset()
        self._last = ""
        return []

    def _badges(self, labels: Sequence[HardwareEvent], now_ms: int) -> list[HardwareEvent]:
        return [badge for label in labels for badge in self._badge(label, now_ms)]

    def _badge(self, label: HardwareEvent, now_ms: int) -> list[HardwareEvent]:
        text = f"{label.symbology}{label.text}".strip() if isinstance(label, Scanned) else ""
        text = checked(text) if self._format == "em4100" else text
        if not text or len(text) > TEXT_LONGEST or not text.isprintable():
            self._last = ""
            return [BadgeGarbled(device=self._device, why="no badge can be read in it")]
        again = text == self._last and now_ms - self._last_ms < REPEAT_MS
        self._last, self._last_ms = text, now_ms
        return [] if again else [BadgeRead(device=self._device, text=text)]


def checked(text: str) -> str:
    """The ten digits of a badge whose check byte is right, in capitals; empty if it is not, or this is none."""
    if not _EM4100.fullmatch(text):
        return ""
    *number, check = bytes.fromhex(text)
    for byte in number:
        check ^= byte
    return "" if check else text[:10].upper()
