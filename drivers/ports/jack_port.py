"""Jack port: the switches of a sound card's jack as the kernel shows them, as a line that can only be read.

The switch is asked (EVIOCGSW) wherever its records do not tell. It is read without being grabbed: the sound server may
listen to the same jack.
"""

from collections.abc import Callable
from typing import Any

from drivers.input_events import EV_SW, REPORT, InputEvent, encode
from drivers.ports.input_port import InputDevice, ToldPort, find, load_evdev

_STATE_BYTES = 4
"""SW_MAX is 0x11 (linux/input-event-codes.h): as many bits, rounded up."""


class JackPort(ToldPort):
    """One jack."""

    def __init__(self, device: InputDevice, switch: int) -> None:
        """Takes the device over. Raises PortLost if it does not answer."""
        super().__init__(device, grab=False)
        self._switch = switch
        self.tell()

    def state(self) -> bytes:
        """As ToldPort. EVIOCGSW(len) of linux/input.h."""
        bits = bytearray(_STATE_BYTES)
        self.ask(0x1B, bits)
        on = bits[self._switch // 8] >> self._switch % 8 & 1
        return REPORT + encode(InputEvent(EV_SW, self._switch, on)) + REPORT


def open_jack(wanted: str, switch: int) -> Callable[[], JackPort]:
    """How to open the jack of this path or name that has this switch. Raises DeviceError if evdev is not installed."""
    evdev = load_evdev()
    away = f"no jack is named {wanted!r}: is the sound card there"

    def has_switch(device: Any) -> bool:
        return switch in device.capabilities().get(EV_SW, ())

    return lambda: JackPort(find(wanted, evdev, has_switch, away), switch)
