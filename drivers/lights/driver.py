"""The light tower: up to three lamps on GPIO pins, or one RGB light on three.

A pin is switched, or dimmed by pulse width (`dims`), which relays must never be. An RGB light is always dimmed: it
mixes amber and violet, and white at 40 %. The pin factory `gpiod` only switches; `lgpio` and `rpigpio` dim.
"""

from typing import Any

import msgspec
from gpiozero import DigitalOutputDevice, PWMOutputDevice
from gpiozero.pins.mock import MockPWMPin

from drivers.device import DeviceError, WithoutDescriptor
from drivers.events import Command, DeviceOnline, HardwareEvent, SetLights
from drivers.lights.protocol import FULL, Lamps
from drivers.lights.simulator import LightsSimulator
from drivers.ports.gpio_port import FactoryName, claiming, open_factory

AMBER = (100, 75, 0)
"""How an RGB light mixes it, in per cent: #FFBF00. Reds and greens of different makes differ."""
LAMPS = ("red", "amber", "green")
RGB = ("red", "green", "blue")


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`[devices.lights]`: pins by Broadcom number; a lamp that is not there has none."""

    factory: FactoryName = "gpiod"
    chip: str = ""
    """Path of the GPIO chip, for boards whose lines have no names."""
    red: int | None = None
    amber: int | None = None
    green: int | None = None
    blue: int | None = None
    """With it, this is one RGB light: `red`, `green` and `blue` are its channels, and there is no `amber`."""
    active_low: bool = False
    """Whether a lamp is lit by the low level (relay boards)."""
    dims: bool = False
    """Whether the lamps may be dimmed. Relays may not."""
    pwm_hz: int = 100
    """Of the pulse width that dims; 100 is gpiozero's own."""

    @property
    def is_rgb(self) -> bool:
        """One light of three channels."""
        return self.blue is not None

    @property
    def is_dimmed(self) -> bool:
        """By pulse width."""
        return self.dims or self.is_rgb


class GpioLights(WithoutDescriptor):
    """Three lamps, or as many as there are; or one RGB light."""

    def __init__(self, name: str, factory: Any, settings: Settings) -> None:
        """`factory`: a gpiozero pin factory. Raises DeviceError if a pin cannot be had."""
        self.name = name
        self._factory = factory
        self._detail = settings.factory
        self._lamps = Lamps(soft=settings.is_dimmed)
        self._announced = False
        self._now_ms = 0
        self._channels = RGB if settings.is_rgb else LAMPS
        pins = [getattr(settings, channel) for channel in self._channels]
        self._outputs = [None if n is None else self._output(n, settings) for n in pins]
        self._shown = (0, 0, 0)

    def _output(self, number: int, settings: Settings) -> Any:
        lit_by_high = not settings.active_low
        with claiming(number):
            if settings.is_dimmed:
                return PWMOutputDevice(
                    number, active_high=lit_by_high, frequency=settings.pwm_hz, pin_factory=self._factory
                )
            return DigitalOutputDevice(number, active_high=lit_by_high, pin_factory=self._factory)

    def deadline_ms(self) -> int | None:
        """When a pulse turns, or an order may be shown."""
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
        order, percent = self._lamps.shown(now_ms)
        colour = mixed(order) if self._channels is RGB else lamps(order)
        red, second, third = (channel * percent // FULL for channel in colour)
        after = (red, second, third)
        for output, before, level in zip(self._outputs, self._shown, after, strict=True):
            if output is not None and before != level:
                output.value = level / FULL
        self._shown = after

    def close(self) -> None:
        """Dark, and the pins released."""
        for output in self._outputs:
            if output is not None and not output.closed:
                output.off()
                output.close()
        self._factory.close()


def lamps(order: SetLights) -> tuple[int, int, int]:
    """Red, amber, green, in per cent."""
    return FULL * order.red, FULL * order.amber, FULL * order.green


def mixed(order: SetLights) -> tuple[int, int, int]:
    """Red, green, blue, in per cent: the colour that the order names, or that of its uppermost lamp."""
    if order.rgb is not None:
        return order.rgb
    if order.amber and not order.red:
        return AMBER
    return FULL * order.red, FULL * (order.green and not order.red), 0


def make(name: str, settings: Settings) -> GpioLights:
    """The lamps that the settings describe. Raises DeviceError."""
    _check(settings)
    return GpioLights(name, open_factory(settings.factory, settings.chip), settings)


def _check(settings: Settings) -> None:
    if settings.is_rgb and (settings.amber is not None or settings.red is None or settings.green is None):
        raise DeviceError("an RGB light has the pins red, green and blue, and no amber: it mixes that")
    if settings.is_dimmed and settings.factory == "gpiod":
        raise DeviceError('the pin factory "gpiod" only switches: dims and blue need factory = "lgpio" or "rpigpio"')
    if not 1 <= settings.pwm_hz <= 10_000:
        raise DeviceError(f"pwm_hz = {settings.pwm_hz} is not from 1 to 10000")


def make_simulated(name: str, settings: Settings) -> tuple[GpioLights, LightsSimulator]:
    """Lamps on mock pins, with somebody who looks at them; pins that are not named are made up."""
    spare = {"red": 17, "green": 22, "blue": 27} if settings.is_rgb else {"red": 17, "amber": 27, "green": 22}
    pins = {colour: getattr(settings, colour) or number for colour, number in spare.items()}
    known = msgspec.structs.replace(settings, factory="mock", active_low=False, **pins)
    _check(known)
    factory = open_factory("mock")
    factory.pin_class = MockPWMPin if known.is_dimmed else factory.pin_class
    return GpioLights(name, factory, known), LightsSimulator(factory, pins)
