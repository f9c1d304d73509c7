"""The cash drawer on GPIO pins: a coil that opens it, and a switch that says whether it is open."""

from typing import Any, Literal

import msgspec
from gpiozero import DigitalOutputDevice, InputDevice
from msgspec.structs import replace

from drivers.cash_drawer.protocol import Coil, Switch
from drivers.cash_drawer.simulator import DrawerSimulator
from drivers.device import DeviceError
from drivers.events import Command, DeviceOnline, DrawerStatus, HardwareEvent, OpenDrawer
from drivers.ports.gpio_port import FactoryName, GpiodPin, claiming, open_factory

SPARE_COIL, SPARE_SWITCH = 23, 24
LOOK_MS = 100
"""How often the switch is looked at where its edges do not wake the loop."""


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`[devices.cash_drawer]` on pins, by Broadcom number."""

    factory: FactoryName = "gpiod"
    chip: str = ""
    """Path of the GPIO chip, for boards whose lines have no names."""
    pin: int | None = None
    """The coil's."""
    active_low: bool = False
    """Whether the coil is driven by the low level."""
    sensor: int | None = None
    """The switch, pulled up; without one nobody knows whether the drawer is open."""
    sensor_open_level: Literal["low", "high"] = "low"


class GpioDrawer:
    """One drawer."""

    def __init__(self, name: str, factory: Any, settings: Settings) -> None:
        """`factory`: a gpiozero pin factory. Raises DeviceError if a pin cannot be had."""
        self.name = name
        self._factory = factory
        self._detail = settings.factory
        self._open_level = settings.sensor_open_level == "high"
        self._coil, self._switch = Coil(), Switch()
        self._announced = False
        self._now_ms = 0
        assert settings.pin is not None, "a drawer without a coil"
        with claiming(settings.pin):
            high = not settings.active_low
            self._output = DigitalOutputDevice(settings.pin, active_high=high, pin_factory=factory)
        self._sensor = None if settings.sensor is None else self._input(settings.sensor)

    def _input(self, number: int) -> Any:
        with claiming(number):
            sensor = InputDevice(number, pull_up=True, pin_factory=self._factory)
            if isinstance(sensor.pin, GpiodPin):
                sensor.pin.when_changed = self._moved
        return sensor

    def _moved(self, ticks: float, level: bool) -> None:
        """An edge woke us; what counts is the level that `service` finds then."""

    @property
    def _watched(self) -> GpiodPin | None:
        """The sensor's pin, if its edges wake the loop."""
        return self._sensor.pin if self._sensor is not None and isinstance(self._sensor.pin, GpiodPin) else None

    def fileno(self) -> int | None:
        """The sensor's edges, where the factory has them."""
        return self._watched.fileno() if self._watched is not None else None

    @property
    def wants_write(self) -> bool:
        """False."""
        return False

    def deadline_ms(self) -> int | None:
        """When the pulse ends, the switch is believed, or it is time to look."""
        if not self._announced:
            return 0
        look = self._now_ms + LOOK_MS if self._sensor is not None and self._watched is None else None
        times = (self._coil.deadline_ms(self._now_ms), self._switch.deadline_ms(), look)
        return min((time for time in times if time is not None), default=None)

    def service(self, now_ms: int) -> list[HardwareEvent]:
        """End the pulse, look at the switch."""
        self._now_ms = now_ms
        self._drive(now_ms)
        events: list[HardwareEvent] = []
        if not self._announced:
            self._announced = True
            events.append(DeviceOnline(device=self.name, detail=self._detail))
        return events + self._look(now_ms)

    def _look(self, now_ms: int) -> list[HardwareEvent]:
        if self._sensor is None:
            return []
        if self._watched is not None:
            self._watched.service()
        is_open = bool(self._sensor.pin.state) == self._open_level
        return [DrawerStatus(device=self.name, open=is_open)] if self._switch.sensed(is_open, now_ms) else []

    def command(self, command: Command, now_ms: int) -> list[HardwareEvent]:
        """OpenDrawer: one pulse."""
        assert isinstance(command, OpenDrawer), f"{type(command).__name__} is not for a drawer"
        self._now_ms = now_ms
        self._coil.pulse(now_ms)
        self._drive(now_ms)
        return []

    def _drive(self, now_ms: int) -> None:
        energised = self._coil.energised(now_ms)
        if energised != bool(self._output.value):
            self._output.value = energised

    def close(self) -> None:
        """No current, and the pins released."""
        if not self._output.closed:
            self._output.off()
            self._output.close()
        if self._sensor is not None:
            self._sensor.close()
        self._factory.close()


def make(name: str, settings: Settings) -> GpioDrawer:
    """The drawer that the settings describe. Raises DeviceError."""
    if settings.pin is None:
        raise DeviceError(f"{name}: the setting 'pin' is missing: the GPIO number of the drawer's coil")
    return GpioDrawer(name, open_factory(settings.factory, settings.chip), settings)


def make_simulated(name: str, settings: Settings) -> tuple[GpioDrawer, DrawerSimulator]:
    """A drawer on mock pins, with a hand that shuts it; pins that are not named are made up."""
    coil, switch = settings.pin or SPARE_COIL, settings.sensor or SPARE_SWITCH
    wired = replace(settings, factory="mock", pin=coil, sensor=switch)
    factory = open_factory("mock")
    simulator = DrawerSimulator(factory, coil=coil, switch=switch, open_level_high=settings.sensor_open_level == "high")
    return GpioDrawer(name, factory, wired), simulator
