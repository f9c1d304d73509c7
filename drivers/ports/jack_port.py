"""Jack port: the switches of a sound card's jack as the kernel shows them, as a line that can only be read.

The kernel tells only what changes, so the switch is asked (EVIOCGSW) when it is opened and after SYN_DROPPED, when the
kernel's buffer ran over, and what it says is put into the stream as a record. It is read without being grabbed: the
sound server may listen to the same jack.
"""

import fcntl
from collections.abc import Callable
from typing import Any

from drivers.headphones.switches import EV_SW
from drivers.ports.descriptor import read_some
from drivers.ports.hid_port import InputDevice, find, load_evdev, why_not
from drivers.ports.port import PortLost
from drivers.scanner.input_events import EV_SYN, RECORD, SYN_DROPPED, SYN_REPORT, InputEvent, encode

_STATE_BYTES = 4
"""SW_MAX is 0x11 (linux/input-event-codes.h): as many bits, rounded up."""
_REPORT = encode(InputEvent(EV_SYN, SYN_REPORT, 0))


class JackPort:
    """One jack."""

    def __init__(self, device: InputDevice, switch: int) -> None:
        """Takes the device over. Raises PortLost if it does not answer."""
        self._device: InputDevice | None = device
        self._fd, self._name, self._switch = device.fileno(), device.name, switch
        try:
            self._told = self._state()
        except PortLost:
            self.close()
            raise

    def fileno(self) -> int | None:
        """As Port."""
        return self._fd if self._device is not None else None

    @property
    def ready(self) -> bool:
        """As Port."""
        return self._device is not None

    def read(self) -> bytes:
        """As Port; whole records, and the switch as it is wherever that is not known from them."""
        told, self._told = self._told, b""
        if told:
            return told
        data = self._read()
        if not any(record[2:4] == (EV_SYN, SYN_DROPPED) for record in RECORD.iter_unpack(data)):
            return data
        while self._read():  # older than what the switch is asked now
            pass
        return encode(InputEvent(EV_SYN, SYN_DROPPED, 0)) + _REPORT + self._state()

    def write(self, data: bytes) -> int:
        """A jack takes no bytes."""
        assert not data, "an input device takes no bytes"
        return 0

    def close(self) -> None:
        """As Port."""
        if self._device is not None:
            self._device.close()
            self._device = None

    def _read(self) -> bytes:
        try:
            data = read_some(self._fd)
        except OSError as trouble:
            raise PortLost(why_not(self._name, trouble)) from trouble
        if data == b"":
            raise PortLost(f"{self._name} was unplugged")
        return data or b""

    def _state(self) -> bytes:
        """EVIOCGSW(len) of linux/input.h: _IOC(_IOC_READ, 'E', 0x1b, len)."""
        bits = bytearray(_STATE_BYTES)
        try:
            fcntl.ioctl(self._fd, 2 << 30 | len(bits) << 16 | ord("E") << 8 | 0x1B, bits)
        except OSError as trouble:
            raise PortLost(why_not(self._name, trouble)) from trouble
        on = bits[self._switch // 8] >> self._switch % 8 & 1
        return encode(InputEvent(EV_SW, self._switch, on)) + _REPORT


def open_jack(wanted: str, switch: int) -> Callable[[], JackPort]:
    """How to open the jack of this path or name that has this switch. Raises DeviceError if evdev is not installed."""
    evdev = load_evdev()
    away = f"no jack is named {wanted!r}: is the sound card there"

    def has_switch(device: Any) -> bool:
        return switch in device.capabilities().get(EV_SW, ())

    return lambda: JackPort(find(wanted, evdev, has_switch, away), switch)
