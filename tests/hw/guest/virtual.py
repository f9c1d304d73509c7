"""Virtual input devices: uinput makes the kernel show one, and a simulator's records become its events.

Our simulators speak in the kernel's records, so they stand behind a real device as they are: between them and the
driver is the kernel, which drops what is no change, repeats held keys and overruns its buffer as with any hardware.
"""

import os

import evdev
from evdev import AbsInfo, ecodes

from drivers.device import Simulator
from tests.hw.guest.turning import now_ms

NAME = "Kassa test"
KEYS = {ecodes.EV_KEY: range(1, 249), ecodes.EV_REP: ()}
"""A keyboard that has all keys, and that the kernel repeats."""
POINTS, UNITS = 10, 4096
_AXIS = AbsInfo(value=0, min=0, max=UNITS - 1, fuzz=0, flat=0, resolution=0)
PANEL = {
    ecodes.EV_KEY: [ecodes.BTN_TOUCH],
    ecodes.EV_ABS: [
        (ecodes.ABS_X, _AXIS),
        (ecodes.ABS_Y, _AXIS),
        (ecodes.ABS_MT_SLOT, _AXIS._replace(max=POINTS - 1)),
        (ecodes.ABS_MT_POSITION_X, _AXIS),
        (ecodes.ABS_MT_POSITION_Y, _AXIS),
        (ecodes.ABS_MT_TOUCH_MAJOR, _AXIS),
        (ecodes.ABS_MT_TRACKING_ID, _AXIS._replace(max=65_535)),
    ],
}
JACK = {ecodes.EV_SW: [ecodes.SW_HEADPHONE_INSERT]}


class Virtual:
    """One device that the kernel shows while it is plugged."""

    def __init__(self, simulator: Simulator, can: dict[int, object], name: str = NAME) -> None:
        self._simulator, self._can, self._name = simulator, can, name
        self._device: evdev.UInput | None = None
        simulator.connected(0)
        self.plug()

    def plug(self) -> None:
        """The kernel shows it. What the simulator would have told a reader at once, the kernel's own state tells."""
        self._device = evdev.UInput(self._can, name=self._name)
        self._simulator.take()

    def unplug(self) -> None:
        """It is gone."""
        if self._device is not None:
            self._device.close()
            self._device = None

    def say(self) -> None:
        """Whatever the simulator has to say now happens, at once and without a pause."""
        assert self._device is not None
        self._simulator.advance(now_ms())
        records = self._simulator.take()
        assert os.write(self._device.fd, records) == len(records), "uinput takes whole records"

    @property
    def path(self) -> str:
        """/dev/input/event*."""
        assert self._device is not None
        return str(self._device.device.path)
