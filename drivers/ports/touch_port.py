"""Touch port: a touch screen of the kernel, grabbed, as a line that can only be read.

It is asked how far its axes go (EVIOCGABS), and what lies on it now (EVIOCGMTSLOTS).
"""

import struct
from collections.abc import Callable
from typing import Any

from drivers.input_events import EV_ABS, EV_KEY, REPORT, InputEvent, encode
from drivers.ports.input_port import InputDevice, ToldPort, find, load_evdev
from drivers.ports.port import PortLost
from drivers.touch.contacts import (
    ABS_MT_POSITION_X,
    ABS_MT_POSITION_Y,
    ABS_MT_SLOT,
    ABS_MT_TOOL_TYPE,
    ABS_MT_TOUCH_MAJOR,
    ABS_MT_TRACKING_ID,
    ABS_X,
    ABS_Y,
    BTN_TOUCH,
    Axes,
    Span,
)

_ABSINFO = struct.Struct("@6i")
"""struct input_absinfo: value, minimum, maximum, fuzz, flat, resolution."""
_STATE = (ABS_MT_POSITION_X, ABS_MT_POSITION_Y, ABS_MT_TOUCH_MAJOR, ABS_MT_TOOL_TYPE, ABS_MT_TRACKING_ID)
_SLOTS_MOST = 64
"""The largest panels know some dozens of points."""


class TouchPort(ToldPort):
    """One grabbed panel."""

    def __init__(self, device: InputDevice, *, many: bool) -> None:
        """`many`: whether it knows several points. Raises PortLost if it cannot be grabbed or does not answer."""
        super().__init__(device)
        self._many = many
        try:
            self.axes = self._ask_axes()
        except PortLost:
            self.close()
            raise
        self.tell()

    def _ask_axes(self) -> Axes:
        codes = (ABS_MT_POSITION_X, ABS_MT_POSITION_Y) if self._many else (ABS_X, ABS_Y)
        x, y = (self._absinfo(code) for code in codes)
        slots = min(self._absinfo(ABS_MT_SLOT)[2] + 1, _SLOTS_MOST) if self._many else 0
        axes = Axes(Span(*x[1:3]), Span(*y[1:3]), slots)
        if axes.x.most <= axes.x.least or axes.y.most <= axes.y.least:
            raise PortLost(f"{self.name} says that its axes go nowhere: it is no touch screen, or broken")
        return axes

    def state(self) -> bytes:
        """As ToldPort: one packet of all slots, the empty ones too."""
        if not self._many:
            place = [InputEvent(EV_ABS, code, self._absinfo(code)[0]) for code in (ABS_X, ABS_Y)]
            return REPORT + b"".join(map(encode, place)) + REPORT
        columns = {code: self._slots(code) for code in _STATE}
        events = []
        for number in range(self.axes.slots):
            events.append(InputEvent(EV_ABS, ABS_MT_SLOT, number))
            events += [InputEvent(EV_ABS, code, columns[code][number]) for code in _STATE]
        events.append(InputEvent(EV_ABS, ABS_MT_SLOT, self._absinfo(ABS_MT_SLOT)[0]))
        return REPORT + b"".join(map(encode, events)) + REPORT

    def _absinfo(self, code: int) -> tuple[int, ...]:
        """EVIOCGABS(code)."""
        buffer = bytearray(_ABSINFO.size)
        self.ask(0x40 + code, buffer)
        return _ABSINFO.unpack(buffer)

    def _slots(self, code: int) -> tuple[int, ...]:
        """EVIOCGMTSLOTS: one value of each slot."""
        layout = struct.Struct(f"@I{self.axes.slots}i")
        buffer = bytearray(layout.pack(code, *[0] * self.axes.slots))
        self.ask(0x0A, buffer)
        return tuple(layout.unpack(buffer)[1:])


def open_touch(wanted: str) -> Callable[[], tuple[TouchPort, Axes]]:
    """How to open the panel of this path or name. Raises DeviceError if evdev is not installed."""
    evdev = load_evdev()

    def opening() -> tuple[TouchPort, Axes]:
        away = f"no touch screen is named {wanted!r}: is it plugged in"
        device = find(wanted, evdev, lambda found: bool(_points(found)), away)
        port = TouchPort(device, many=_points(device) == "many")
        return port, port.axes

    return opening


def _points(device: Any) -> str:
    """How many points it knows; empty: it is no touch screen."""
    can = device.capabilities(absinfo=False)
    axes = set(can.get(EV_ABS, ()))
    if axes >= {ABS_MT_SLOT, ABS_MT_POSITION_X, ABS_MT_POSITION_Y, ABS_MT_TRACKING_ID}:
        return "many"
    return "one" if axes >= {ABS_X, ABS_Y} and BTN_TOUCH in can.get(EV_KEY, ()) else ""
