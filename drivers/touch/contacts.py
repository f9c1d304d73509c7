"""Contacts: the kernel's multi-touch records become what lies on the glass, one frame after the other. Pure.

Protocol type B (the kernel's Documentation/input/multi-touch-protocol.rst): a slot holds one contact, a tracking id
that is not negative begins one and -1 ends it, and only what has changed is sent. So a slot remembers its position
even while it is empty: the next finger at the same height is told without its height. A panel that knows one point
only (ABS_X, ABS_Y, BTN_TOUCH; Documentation/input/event-codes.rst) is read as one slot.

Where records were lost nobody knows what went before: that is said (None) and everything is forgotten. Whoever reads
the device then puts the slots as they are into the stream (`ports/touch_port.py`).
"""

from collections.abc import Iterator
from typing import NamedTuple

from drivers.input_events import EV_ABS, EV_KEY, EV_SYN, SYN_REPORT, InputEvent, InputEventReader

BTN_TOUCH = 0x14A
ABS_X, ABS_Y = 0x00, 0x01
ABS_MT_SLOT, ABS_MT_TOUCH_MAJOR, ABS_MT_POSITION_X, ABS_MT_POSITION_Y = 0x2F, 0x30, 0x35, 0x36
ABS_MT_TOOL_TYPE, ABS_MT_TRACKING_ID = 0x37, 0x39
MT_TOOL_PALM = 2
"""linux/input-event-codes.h, linux/input.h."""
_KEPT = (ABS_MT_TRACKING_ID, ABS_MT_POSITION_X, ABS_MT_POSITION_Y, ABS_MT_TOUCH_MAJOR, ABS_MT_TOOL_TYPE)


class Span(NamedTuple):
    """From the least to the most that an axis says."""

    least: int
    most: int

    def share(self, value: int) -> float:
        """0 at the left or upper edge, just below 1 at the other."""
        return (value - self.least) / (self.most - self.least + 1)


class Axes(NamedTuple):
    """What the panel's numbers mean. `slots` is 0 for a panel that knows one point only."""

    x: Span
    y: Span
    slots: int = 10


class Contact(NamedTuple):
    """Something that lies on the glass, in the panel's own units. `key` is its own as long as it lies there."""

    key: tuple[int, int]
    x: int
    y: int
    size: int = 0
    """ABS_MT_TOUCH_MAJOR; 0 where the panel does not say."""
    palm: bool = False
    """The panel itself takes it for a palm."""


Frame = tuple[Contact, ...]


class ContactReader:
    """The receiving end of one panel."""

    def __init__(self) -> None:
        self._records = InputEventReader()
        self.start(0)

    def start(self, slots: int) -> None:
        """A panel of so many slots was opened."""
        self._records.reset()
        self._many = slots > 0
        self._forget(max(1, slots))

    def receive(self, data: bytes) -> Iterator[Frame | None]:
        """All that lies there, each time the panel says that it is whole; None: what lay there is not known."""
        for event in self._records.receive(data):
            if event is None:
                self._forget(len(self._slots))
                yield None
            elif event.type == EV_SYN and event.code == SYN_REPORT:
                yield self._frame()
            else:
                self._take(event)

    def _forget(self, slots: int) -> None:
        self._slots: list[dict[int, int]] = [{} for _ in range(slots)]
        self._current: int = 0
        self._touching = True

    def _take(self, event: InputEvent) -> None:
        if event.type == EV_KEY and event.code == BTN_TOUCH:
            self._touching = bool(event.value)
            if not self._many:
                self._slots[0][ABS_MT_TRACKING_ID] = 0 if event.value else -1
        elif event.type != EV_ABS:
            return
        elif event.code == ABS_MT_SLOT:
            self._current = event.value
        elif 0 <= self._current < len(self._slots) and self._meant(event.code) in _KEPT:
            self._slots[self._current][self._meant(event.code)] = event.value

    def _meant(self, code: int) -> int:
        """Many-point panels send the first point's ABS_X and ABS_Y as well, for programs that know no other."""
        if self._many:
            return code
        return {ABS_X: ABS_MT_POSITION_X, ABS_Y: ABS_MT_POSITION_Y}.get(code, code)

    def _frame(self) -> Frame:
        """A contact whose place is not known yet does not count; hovering (BTN_TOUCH is 0) is no touch."""
        if not self._touching:
            return ()
        return tuple(
            Contact(
                (number, slot[ABS_MT_TRACKING_ID]),
                slot[ABS_MT_POSITION_X],
                slot[ABS_MT_POSITION_Y],
                slot.get(ABS_MT_TOUCH_MAJOR, 0),
                slot.get(ABS_MT_TOOL_TYPE, 0) == MT_TOOL_PALM,
            )
            for number, slot in enumerate(self._slots)
            if slot.get(ABS_MT_TRACKING_ID, -1) >= 0 and ABS_MT_POSITION_X in slot and ABS_MT_POSITION_Y in slot
        )
