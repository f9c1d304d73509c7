"""The cash drawer on GPIO pins: a coil that opens it, and a switch that says whether it is open.

The coil of a cash drawer is made for a push, not for a hold: PULSE_MS on, then at least REST_MS without current,
whatever is asked meanwhile, and off within LATE_MS more even if the loop hangs (`drivers/pins/pulsed_output.py`).
"""

from typing import Any, Literal

import msgspec
from msgspec.structs import replace

from drivers.cash_drawer.simulator import DrawerSimulator
from drivers.device import DeviceError
from drivers.events import Command, DeviceOnline, DrawerStatus, HardwareEvent, OpenDrawer
from drivers.pins.contact import Contact
from drivers.pins.pulsed_output import NewTimer, PulsedOutput, thread_timer
from drivers.ports.gpio_port import FactoryName, open_factory

PULSE_MS = 200
REST_MS = 400
SPARE_COIL, SPARE_SWITCH = 23, 24


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

    def __init__(self, name: str, factory: Any, settings: Settings, new_timer: NewTimer = thread_timer) -> None:
        """`factory`: a gpiozero pin factory. Raises DeviceError if a pin cannot be had."""
        self.name = name
        self._factory = factory
        self._detail = settings.factory
        self._announced = False
        assert settings.pin is not None, "a drawer without a coil"
        self._coil = PulsedOutput(
            settings.pin,
            factory,
            active_low=settings.active_low,
            on_ms=PULSE_MS,
            rest_ms=REST_MS,
            new_timer=new_timer,
        )
        level = settings.sensor_open_level
        self._sensor = None if settings.sensor is None else Contact(settings.sensor, factory, level, pull_up=True)

    def fileno(self) -> int | None:
        """The sensor's edges, where the factory has them."""
        return self._sensor.fileno() if self._sensor is not None else None

    @property
    def wants_write(self) -> bool:
        """False."""
        return False

    def deadline_ms(self) -> int | None:
        """When the pulse ends, the switch is believed, or it is time to look."""
        if not self._announced:
            return 0
        times = (self._coil.deadline_ms(), self._sensor.deadline_ms() if self._sensor is not None else None)
        return min((time for time in times if time is not None), default=None)

    def service(self, now_ms: int) -> list[HardwareEvent]:
        """End the pulse, look at the switch."""
        self._coil.service(now_ms)
        events: list[HardwareEvent] = []
        if not self._announced:
            self._announced = True
            events.append(DeviceOnline(device=self.name, detail=self._detail))
        is_open = self._sensor.look(now_ms) if self._sensor is not None else None
        return events if is_open is None else [*events, DrawerStatus(device=self.name, open=is_open)]

    def command(self, command: Command, now_ms: int) -> list[HardwareEvent]:
        """OpenDrawer: one pulse."""
        assert isinstance(command, OpenDrawer), f"{type(command).__name__} is not for a drawer"
        self._coil.push(now_ms)
        return []

    def close(self) -> None:
        """No current, and the pins released."""
        self._coil.close()
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
    coil = SPARE_COIL if settings.pin is None else settings.pin
    switch = SPARE_SWITCH if settings.sensor is None else settings.sensor
    wired = replace(settings, factory="mock", pin=coil, sensor=switch)
    factory = open_factory("mock")
    simulator = DrawerSimulator(factory, coil=coil, switch=switch, open_level_high=settings.sensor_open_level == "high")
    return GpioDrawer(name, factory, wired), simulator
