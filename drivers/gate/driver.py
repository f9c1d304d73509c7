"""Exit gate: `driver = "gpio"`, one pulse on the input with which the gate is told to open (no UnifiedPOS category).

A gate has a control of its own, which opens, waits for somebody to walk through and shuts again; the pulse is all that
it is told, and a dry contact is what it takes it from: a relay on the pin. The pulse is as long as the gate's manual
says; 500 ms is our own choice where it says nothing.
"""

from typing import Annotated, Any

import msgspec
from msgspec.structs import replace

from drivers.device import DeviceError, WithoutDescriptor
from drivers.events import Command, DeviceOnline, HardwareEvent, OpenGate
from drivers.gate.simulator import GateSimulator
from drivers.pins.pulsed_output import NewTimer, PulsedOutput, thread_timer
from drivers.ports.gpio_port import FactoryName, open_factory

REST_MS = 1_000
SHORTEST_MS, LONGEST_MS = 50, 5_000
SPARE_PIN = 16
PulseMs = Annotated[int, msgspec.Meta(ge=SHORTEST_MS, le=LONGEST_MS)]


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`[devices.gate]` on a pin, by Broadcom number."""

    factory: FactoryName = "gpiod"
    chip: str = ""
    """Path of the GPIO chip, for boards whose lines have no names."""
    pin: int | None = None
    active_low: bool = False
    """Whether the relay is driven by the low level."""
    pulse_ms: PulseMs = 500


class GpioGate(WithoutDescriptor):
    """One gate."""

    def __init__(self, name: str, factory: Any, settings: Settings, new_timer: NewTimer = thread_timer) -> None:
        """`factory`: a gpiozero pin factory. Raises DeviceError if the pin cannot be had."""
        assert settings.pin is not None, "a gate without a pin"
        self.name = name
        self._factory, self._detail = factory, settings.factory
        self._announced = False
        self._relay = PulsedOutput(
            settings.pin,
            factory,
            active_low=settings.active_low,
            on_ms=settings.pulse_ms,
            rest_ms=REST_MS,
            new_timer=new_timer,
        )

    def deadline_ms(self) -> int | None:
        """When the pulse ends."""
        return self._relay.deadline_ms() if self._announced else 0

    def service(self, now_ms: int) -> list[HardwareEvent]:
        """End the pulse."""
        self._relay.service(now_ms)
        if self._announced:
            return []
        self._announced = True
        return [DeviceOnline(device=self.name, detail=self._detail)]

    def command(self, command: Command, now_ms: int) -> list[HardwareEvent]:
        """OpenGate: one pulse."""
        assert isinstance(command, OpenGate), f"{type(command).__name__} is not for a gate"
        self._relay.push(now_ms)
        return []

    def close(self) -> None:
        """No current, and the pin released."""
        self._relay.close()
        self._factory.close()


def make(name: str, settings: Settings) -> GpioGate:
    """The gate that the settings describe. Raises DeviceError."""
    if settings.pin is None:
        raise DeviceError(f"{name}: the setting 'pin' is missing: the GPIO number of the gate's relay")
    return GpioGate(name, open_factory(settings.factory, settings.chip), settings)


def make_simulated(name: str, settings: Settings) -> tuple[GpioGate, GateSimulator]:
    """A gate on a mock pin."""
    pin = SPARE_PIN if settings.pin is None else settings.pin
    factory = open_factory("mock")
    simulator = GateSimulator(factory, pin)
    return GpioGate(name, factory, replace(settings, factory="mock", pin=pin)), simulator
