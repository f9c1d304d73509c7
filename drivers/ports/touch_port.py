"""Touch port: a touch screen of the kernel, grabbed, as a line that can only be read.

Beside a keyboard it must be asked two things. How far its axes go (EVIOCGABS). And what lies on it now, since its
records tell only what changes: when it is opened, and after SYN_DROPPED, when the kernel's buffer ran over. Then
what still waits is thrown away and the slots are asked (EVIOCGMTSLOTS) and put into the stream as records, behind a
SYN_DROPPED, as libevdev does (its page "SYN_DROPPED handling"). So whoever reads the bytes needs to know nothing of it.
"""

import fcntl
import struct
from collections.abc import Callable
from typing import Any

from drivers.ports.hid_port import HidPort, InputDevice, find, load_evdev
from drivers.ports.port import PortLost
from drivers.scanner.input_events import EV_KEY, EV_SYN, RECORD, SYN_DROPPED, SYN_REPORT, InputEvent, encode
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
    EV_ABS,
    Axes,
    Span,
)

_ABSINFO = struct.Struct("@6i")
"""struct input_absinfo: value, minimum, maximum, fuzz, flat, resolution."""
_STATE = (ABS_MT_POSITION_X, ABS_MT_POSITION_Y, ABS_MT_TOUCH_MAJOR, ABS_MT_TOOL_TYPE, ABS_MT_TRACKING_ID)
_SLOTS_MOST = 64
"""The largest panels know some dozens of points."""
_DROPPED, _REPORT = encode(InputEvent(EV_SYN, SYN_DROPPED, 0)), encode(InputEvent(EV_SYN, SYN_REPORT, 0))


class TouchPort(HidPort):
    """One grabbed panel."""

    def __init__(self, device: InputDevice, *, many: bool) -> None:
        """`many`: whether it knows several points. Raises PortLost if it cannot be grabbed or does not answer."""
        super().__init__(device)
        self._many = many
        self._name = device.name
        try:
            self.axes = self._ask_axes()
            self._told = _DROPPED + self._state()
        except PortLost:
            self.close()
            raise

    def read(self) -> bytes:
        """As Port; whole records, and what lies on the panel wherever that is not known from them."""
        told, self._told = self._told, b""
        if told:
            return told
        data = super().read()
        dropped = _first_dropped(data)
        if dropped is None:
            return data
        while super().read():  # all of it is older than what the panel is asked now
            pass
        return data[:dropped] + _DROPPED + self._state()

    def _ask_axes(self) -> Axes:
        codes = (ABS_MT_POSITION_X, ABS_MT_POSITION_Y) if self._many else (ABS_X, ABS_Y)
        x, y = (self._absinfo(code) for code in codes)
        slots = min(self._absinfo(ABS_MT_SLOT)[2] + 1, _SLOTS_MOST) if self._many else 0
        axes = Axes(Span(*x[1:3]), Span(*y[1:3]), slots)
        if axes.x.most <= axes.x.least or axes.y.most <= axes.y.least:
            raise PortLost(f"{self._name} says that its axes go nowhere: it is no touch screen, or broken")
        return axes

    def _state(self) -> bytes:
        """An end for what was cut, and one packet of all slots, the empty ones too."""
        if not self._many:
            place = [InputEvent(EV_ABS, code, self._absinfo(code)[0]) for code in (ABS_X, ABS_Y)]
            return _REPORT + b"".join(map(encode, place)) + _REPORT
        columns = {code: self._slots(code) for code in _STATE}
        events = []
        for number in range(self.axes.slots):
            events.append(InputEvent(EV_ABS, ABS_MT_SLOT, number))
            events += [InputEvent(EV_ABS, code, columns[code][number]) for code in _STATE]
        events.append(InputEvent(EV_ABS, ABS_MT_SLOT, self._absinfo(ABS_MT_SLOT)[0]))
        return _REPORT + b"".join(map(encode, events)) + _REPORT

    def _absinfo(self, code: int) -> tuple[int, ...]:
        """EVIOCGABS(code)."""
        buffer = bytearray(_ABSINFO.size)
        self._ask(0x40 + code, buffer)
        return _ABSINFO.unpack(buffer)

    def _slots(self, code: int) -> tuple[int, ...]:
        """EVIOCGMTSLOTS: one value of each slot."""
        layout = struct.Struct(f"@I{self.axes.slots}i")
        buffer = bytearray(layout.pack(code, *[0] * self.axes.slots))
        self._ask(0x0A, buffer)
        return tuple(layout.unpack(buffer)[1:])

    def _ask(self, number: int, buffer: bytearray) -> None:
        """An ioctl of linux/input.h that reads: _IOC(_IOC_READ, 'E', number, size)."""
        fd = self.fileno()
        assert fd is not None, "asked a closed port"
        try:
            fcntl.ioctl(fd, 2 << 30 | len(buffer) << 16 | ord("E") << 8 | number, buffer)
        except OSError as trouble:
            raise PortLost(f"{self._name} does not answer: {(trouble.strerror or str(trouble)).lower()}") from trouble


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


def _first_dropped(data: bytes) -> int | None:
    """Where the first SYN_DROPPED begins."""
    for place, (_, _, type_, code, _) in enumerate(RECORD.iter_unpack(data)):
        if type_ == EV_SYN and code == SYN_DROPPED:
            return place * RECORD.size
    return None
