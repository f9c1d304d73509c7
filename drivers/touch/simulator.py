"""Simulated touch screen: the panel itself, as the kernel's records (MT protocol type B). It ships.

A hand touches with `down`, `move` and `up`, a finger by its number, at shares of the panel (0 to 1); `tap` is both,
`hand` several contacts at once. Like the kernel it sends only what has changed in a slot. Faults are `overrun`
(records were lost; the slots follow as they are), `absurd` (a place that the panel does not have), `cut` (half a
record and then nothing) and `unplug`.
"""

from drivers.input_events import DROPPED, EV_ABS, EV_KEY, REPORT, InputEvent, encode
from drivers.speaking import Told
from drivers.touch.contacts import (
    ABS_MT_POSITION_X,
    ABS_MT_POSITION_Y,
    ABS_MT_SLOT,
    ABS_MT_TOUCH_MAJOR,
    ABS_MT_TRACKING_ID,
    BTN_TOUCH,
)

_ABSURD = 2**31 - 1
_SIZE = 40
"""Of a finger, in the panel's units."""


class TouchSimulator(Told):
    """One panel, with as many slots as hands have fingers."""

    def __init__(self, units: tuple[int, int] = (4096, 4096)) -> None:
        super().__init__()
        self._units = units
        self._slots: list[dict[int, int]] = [{ABS_MT_TRACKING_ID: -1} for _ in range(10)]
        self._current = 0
        self._next_id = 0

    def tap(self, x: float, y: float) -> None:
        """Down and up at one place."""
        self.down(x, y)
        self.up()

    def down(self, x: float, y: float, finger: int = 0, size: int = _SIZE) -> None:
        """A finger comes down."""
        first = not self._down
        self._put(finger, {ABS_MT_TRACKING_ID: self._new_id(), **self._at(x, y), ABS_MT_TOUCH_MAJOR: size})
        self._say((encode(InputEvent(EV_KEY, BTN_TOUCH, 1)) if first else b"") + REPORT)

    def move(self, x: float, y: float, finger: int = 0, size: int = _SIZE) -> None:
        """It moves, or lies flatter."""
        self._put(finger, {**self._at(x, y), ABS_MT_TOUCH_MAJOR: size})
        self._say(REPORT)

    def up(self, finger: int = 0) -> None:
        """It leaves."""
        self._put(finger, {ABS_MT_TRACKING_ID: -1})
        self._say((b"" if self._down else encode(InputEvent(EV_KEY, BTN_TOUCH, 0))) + REPORT)

    def hand(self, x: float, y: float, contacts: int) -> None:
        """Several contacts at once, beside each other, in one frame."""
        for finger in range(contacts):
            place = self._at(x + 0.02 * finger, y)
            self._put(finger, {ABS_MT_TRACKING_ID: self._new_id(), **place, ABS_MT_TOUCH_MAJOR: _SIZE})
        self._say(encode(InputEvent(EV_KEY, BTN_TOUCH, 1)) + REPORT)

    def absurd(self, finger: int = 0) -> None:
        """A finger far outside the panel."""
        self._put(finger, {ABS_MT_TRACKING_ID: self._new_id(), ABS_MT_POSITION_X: _ABSURD, ABS_MT_POSITION_Y: -5})
        self._say(encode(InputEvent(EV_KEY, BTN_TOUCH, 1)) + REPORT)

    def overrun(self) -> None:
        """The kernel's buffer ran over: what the slots hold now is told anew, as whoever reads a real panel asks it."""
        if self.reachable:
            self._out = self.state()

    def cut(self) -> None:
        """Half a record of a finger that comes down, and then the cable."""
        self._out += encode(InputEvent(EV_ABS, ABS_MT_TRACKING_ID, self._new_id()))[:7]
        self.reachable = False

    def state(self) -> bytes:
        """As Told: every slot as it is, the empty ones too, as one packet behind a SYN_DROPPED."""
        records = DROPPED + REPORT
        for number, slot in enumerate(self._slots):
            records += encode(InputEvent(EV_ABS, ABS_MT_SLOT, number))
            records += b"".join(encode(InputEvent(EV_ABS, code, value)) for code, value in slot.items())
        return records + encode(InputEvent(EV_ABS, ABS_MT_SLOT, self._current)) + REPORT

    @property
    def _down(self) -> bool:
        return any(slot[ABS_MT_TRACKING_ID] >= 0 for slot in self._slots)

    def _at(self, x: float, y: float) -> dict[int, int]:
        wide, high = self._units
        return {ABS_MT_POSITION_X: int(x * wide), ABS_MT_POSITION_Y: int(y * high)}

    def _new_id(self) -> int:
        self._next_id = (self._next_id + 1) % 65536
        return self._next_id

    def _put(self, finger: int, values: dict[int, int]) -> None:
        """Only what differs travels."""
        if finger != self._current:
            self._current = finger
            self._say(encode(InputEvent(EV_ABS, ABS_MT_SLOT, finger)))
        slot = self._slots[finger]
        for code, value in values.items():
            if slot.get(code) != value:
                slot[code] = value
                self._say(encode(InputEvent(EV_ABS, code, value)))
