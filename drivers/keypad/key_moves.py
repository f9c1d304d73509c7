"""Key moves: the kernel's key records become movements of named keys. Pure.

The kernel's own repeats of a held key are nothing: how long it is held is for whoever listens. When records were lost
nobody knows what is held: that is said, so that no key acts that was let go unseen.
"""

from typing import get_args

from drivers.events import Key, KeyMoved
from drivers.input_events import EV_KEY, InputEvent, InputEventReader

PRESSED, RELEASED = 1, 0
_DIGITS: tuple[Key, ...] = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "0")
CODES: dict[int, Key] = {
    103: "up",
    108: "down",
    105: "left",
    106: "right",
    28: "ok",
    96: "ok",
    1: "back",
    158: "back",
    138: "help",
    59: "help",
    115: "louder",
    114: "softer",
    **{2 + place: digit for place, digit in enumerate(_DIGITS)},
    **dict(zip((79, 80, 81, 75, 76, 77, 71, 72, 73, 82), _DIGITS, strict=True)),
}
"""By the kernel's key code (linux/input-event-codes.h)."""
CODE_OF: dict[Key, int] = {key: next(code for code, one in CODES.items() if one == key) for key in get_args(Key)}


class KeypadProtocol:
    """The receiving end of one keypad."""

    def __init__(self, device: str) -> None:
        self._device = device
        self._records = InputEventReader()

    def receive(self, data: bytes, now_ms: int) -> list[KeyMoved]:
        """Bytes in, movements out."""
        heard = (self._heard(event) for event in self._records.receive(data))
        return [moved for moved in heard if moved is not None]

    def deadline_ms(self) -> int | None:
        """None: silence means nothing."""
        return None

    def silence(self, now_ms: int) -> list[KeyMoved]:
        """Nothing."""
        return []

    def reset(self) -> list[KeyMoved]:
        """The line was lost."""
        self._records.reset()
        return [self._lost()]

    def _lost(self) -> KeyMoved:
        return KeyMoved(device=self._device, key="", way="lost")

    def _heard(self, event: InputEvent | None) -> KeyMoved | None:
        if event is None:
            return self._lost()
        key = CODES.get(event.code) if event.type == EV_KEY else None
        if key is None or event.value not in (PRESSED, RELEASED):
            return None
        return KeyMoved(device=self._device, key=key, way="down" if event.value == PRESSED else "up")
