"""The lamp on the pole: up to three lights on GPIO pins."""

from typing import Any

import msgspec
from gpiozero import DigitalOutputDevice

from drivers.device import WithoutDescriptor
from drivers.events import Command, DeviceOnline, HardwareEvent, SetLights
from drivers.lights.protocol import Lamps
from drivers.lights.simulator import LightsSimulator
from drivers.ports.gpio_port import FactoryName, claiming, open_factory


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`[devices.lights]`: pins by Broadcom number; a lamp that is not there has none."""

    factory: FactoryName = "gpiod"
    chip: str = ""
    """Path of the GPIO chip, for boards whose lines have no names."""
    red: int | None = None
    amber: int | None = None
    green: int | None = None
    active_low: bool = False
    """Whether a lamp is lit by the low level (relay boards)."""


class GpioLights(WithoutDescriptor):
    """Three lamps, or as many as there are."""

    def __init__(self, name: str, factory: Any, settings: Settings) -> None:
        """`factory`: a gpiozero pin factory. Raises DeviceError if a pin cannot be had."""
        self.name = name
        self._factory = factory
        self._detail = settings.factory
        self._lamps = Lamps()
        self._announced = False
        self._now_ms = 0
        numbers = (settings.red, settings.amber, settings.green)
        self._outputs = [None if n is None else self._output(n, settings.active_low) for n in numbers]
        self._shown = (False, False, False)

    def _output(self, number: int, active_low: bool) -> Any:
        with claiming(number):
            return DigitalOutputDevice(number, active_high=not active_low, pin_factory=self._factory)

    def deadline_ms(self) -> int | None:
        """When a pulse turns."""
        return self._lamps.deadline_ms(self._now_ms) if self._announced else 0

    def service(self, now_ms: int) -> list[HardwareEvent]:
        """Turn the pulse."""
        self._show(now_ms)
        if self._announced:
            return []
        self._announced = True
        return [DeviceOnline(device=self.name, detail=self._detail)]

    def command(self, command: Command, now_ms: int) -> list[HardwareEvent]:
        """SetLights."""
        assert isinstance(command, SetLights), f"{type(command).__name__} is not for lamps"
        self._lamps.set(command, now_ms)
        self._show(now_ms)
        return []

    def _show(self, now_ms: int) -> None:
        self._now_ms = now_ms
        lit = self._lamps.lit(now_ms)
        for output, before, after in zip(self._outputs, self._shown, lit, strict=True):
            if output is not None and before != after:
                output.value = after
        self._shown = lit

    def close(self) -> None:
        """Dark, and the pins released."""
        for output in self._outputs:
            if output is not None and not output.closed:
                output.off()
                output.close()
        self._factory.close()


def make(name: str, settings: Settings) -> GpioLights:
    """The lamps that the settings describe. Raises DeviceError."""
    return GpioLights(name, open_factory(settings.factory, settings.chip), settings)


def make_simulated(name: str, settings: Settings) -> tuple[GpioLights, LightsSimulator]:
    """Lamps on mock pins, with somebody who looks at them; pins that are not named are made up."""
    pins = {colour: getattr(settings, colour) or spare for colour, spare in (("red", 17), ("amber", 27), ("green", 22))}
    known = msgspec.structs.replace(settings, factory="mock", active_low=False, **pins)
    factory = open_factory("mock")
    return GpioLights(name, factory, known), LightsSimulator(factory, pins)
