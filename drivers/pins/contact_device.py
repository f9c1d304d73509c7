"""Contact device: a Device that is one contact on a pin; what its closing and opening mean, the kind says.

Keylock, door and button are this with a word each of their own.
"""

from collections.abc import Callable
from typing import Any

import msgspec

from drivers.device import DeviceError
from drivers.events import Command, DeviceOnline, HardwareEvent
from drivers.pins.contact import Contact, Level
from drivers.pins.contact_simulator import ContactSimulator
from drivers.ports.gpio_port import InputFactoryName, open_factory

SPARE_PIN = 25
Says = Callable[[str, bool], list[HardwareEvent]]
"""Of a device of this name whose contact has closed (True) or opened: what that means."""


class ContactSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One contact on a pin, by Broadcom number."""

    factory: InputFactoryName = "gpiod"
    chip: str = ""
    """Path of the GPIO chip, for boards whose lines have no names; of a `wire`, its address, socket://host:port."""
    pin: int | None = None
    closed_level: Level = "low"
    """What the contact joins the pin to; it is pulled to the other level."""


class ContactDevice:
    """One contact."""

    def __init__(self, name: str, factory: Any, settings: ContactSettings, says: Says) -> None:
        """`factory`: a gpiozero pin factory. Raises DeviceError if the pin cannot be had."""
        assert settings.pin is not None, "a contact without a pin"
        self.name = name
        self._factory, self._detail, self._says = factory, settings.factory, says
        self._contact = Contact(settings.pin, factory, settings.closed_level)
        self._announced = False

    def fileno(self) -> int | None:
        """The pin's edges, where the factory has them."""
        return self._contact.fileno()

    @property
    def wants_write(self) -> bool:
        """False."""
        return False

    def deadline_ms(self) -> int | None:
        """When the contact is believed, or it is time to look."""
        return self._contact.deadline_ms() if self._announced else 0

    def service(self, now_ms: int) -> list[HardwareEvent]:
        """Look at it."""
        events: list[HardwareEvent] = []
        if not self._announced:
            self._announced = True
            events.append(DeviceOnline(device=self.name, detail=self._detail))
        closed = self._contact.look(now_ms)
        return events if closed is None else events + self._says(self.name, closed)

    def command(self, command: Command, now_ms: int) -> list[HardwareEvent]:
        """A contact takes none: whoever sends one has mistaken the device."""
        raise AssertionError(f"{self.name} is a contact and takes no {type(command).__name__}")

    def close(self) -> None:
        """Let go of the pin."""
        self._contact.close()
        self._factory.close()


def make_contact(name: str, settings: ContactSettings, says: Says, what: str) -> ContactDevice:
    """The contact that the settings describe; `what` it is, for whoever has forgotten its pin. Raises DeviceError."""
    if settings.pin is None:
        raise DeviceError(f"{name}: the setting 'pin' is missing: the GPIO number of {what}")
    return ContactDevice(name, open_factory(settings.factory, settings.chip), settings, says)


def simulate_contact(name: str, settings: ContactSettings, says: Says) -> tuple[ContactDevice, ContactSimulator]:
    """A contact on a mock pin, with a hand that moves it; a pin that is not named is made up."""
    pin = SPARE_PIN if settings.pin is None else settings.pin
    wired = msgspec.structs.replace(settings, factory="mock", pin=pin)
    factory = open_factory("mock")
    simulator = ContactSimulator(factory, pin, closed_high=settings.closed_level == "high")
    return ContactDevice(name, factory, wired, says), simulator
