"""Keylock: `driver = "gpio"`, the key switch that staff turn. UnifiedPOS Keylock, of two positions.

Wired open at rest, so that a cut cable is a lane without its staff key and never the other way round.
"""

from drivers.events import HardwareEvent, KeylockTurned
from drivers.pins.contact_device import ContactDevice, ContactSettings, make_contact, simulate_contact
from drivers.pins.contact_simulator import ContactSimulator


class Settings(ContactSettings, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`[devices.keylock]`: the contact that the turned key closes."""


def says(name: str, closed: bool) -> list[HardwareEvent]:
    """Where the key stands."""
    return [KeylockTurned(device=name, position="supervisor" if closed else "normal")]


def make(name: str, settings: Settings) -> ContactDevice:
    """The keylock that the settings describe. Raises DeviceError."""
    return make_contact(name, settings, says, "the key's contact")


def make_simulated(name: str, settings: Settings) -> tuple[ContactDevice, ContactSimulator]:
    """A keylock on a mock pin."""
    return simulate_contact(name, settings, says)
