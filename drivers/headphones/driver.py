"""Headphones: `driver = "evdev"`, the switch in the jack, which the kernel shows as an input device of the sound card.

It takes no commands. Nothing is taken to be in the jack of a sound card that is away.
"""

from collections.abc import Callable
from typing import Literal

import msgspec

from drivers.events import HeadphonesMoved
from drivers.headphones.simulator import JackSimulator
from drivers.headphones.switches import SW_HEADPHONE_INSERT, SW_LINEOUT_INSERT, JackProtocol
from drivers.listening import Listening
from drivers.ports.input_port import open_line
from drivers.ports.jack_port import open_jack
from drivers.ports.port import Port
from drivers.simulated import SimulatedDevice

_CODES = {"headphone": SW_HEADPHONE_INSERT, "lineout": SW_LINEOUT_INSERT}


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`[devices.headphones]` with `driver = "evdev"`.

    `port` is a path, /dev/input/by-path/..., or a pattern for the jack's name ("*Headphone*"); socket://host:port where
    another machine reads the records.
    """

    port: str
    switch: Literal["headphone", "lineout"] = "headphone"
    """What the sound card calls the jack; `lineout` only where headphones are what is plugged in there."""


class _Ear:
    """What a jack says, in events."""

    def __init__(self, device: str, switch: int) -> None:
        self._device, self._jack = device, JackProtocol(switch)
        self.deadline_ms = self._jack.deadline_ms

    def receive(self, data: bytes, now_ms: int) -> list[HeadphonesMoved]:
        return self._moved(self._jack.receive(data, now_ms))

    def silence(self, now_ms: int) -> list[HeadphonesMoved]:
        return self.receive(b"", now_ms)

    def reset(self) -> list[HeadphonesMoved]:
        return self._moved(self._jack.reset())

    def _moved(self, said: list[bool]) -> list[HeadphonesMoved]:
        return [HeadphonesMoved(device=self._device, plugged=plugged) for plugged in said]


class Headphones(Listening):
    """One jack."""

    def __init__(self, name: str, open_port: Callable[[], Port], switch: int = SW_HEADPHONE_INSERT) -> None:
        super().__init__(name, open_port, _Ear(name, switch))


def make(name: str, settings: Settings) -> Headphones:
    """The jack called `settings.port`. Raises DeviceError if evdev is not installed."""
    code = _CODES[settings.switch]
    return Headphones(name, open_line(settings.port, lambda wanted: open_jack(wanted, code)), code)


def make_simulated(name: str, settings: Settings) -> tuple[SimulatedDevice, JackSimulator]:
    """The same driver with a simulated jack at the other end."""
    code = _CODES[settings.switch]
    simulator = JackSimulator(code)
    return SimulatedDevice(simulator, lambda opening: Headphones(name, opening, code)), simulator
