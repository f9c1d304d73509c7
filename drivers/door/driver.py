"""Door: `driver = "gpio"`, the switch that tells whether a door of the kiosk is shut (no UnifiedPOS category).

Wired closed while the door is shut, so that whoever cuts the cable opens the door as far as the lane knows.
"""

from drivers.events import DoorMoved, HardwareEvent
from drivers.pins.contact_device import ContactDevice, ContactSettings, make_contact, simulate_contact
from drivers.pins.contact_simulator import ContactSimulator


class Settings(ContactSettings, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`[devices.door.NAME]`: the contact that is closed while the door is shut."""


def says(name: str, closed: bool) -> list[HardwareEvent]:
    """Whether it is open."""
    return [DoorMoved(device=name, open=not closed)]


def make(name: str, settings: Settings) -> ContactDevice:
    """The door that the settings describe. Raises DeviceError."""
    return make_contact(name, settings, says, "the door's contact")


def make_simulated(name: str, settings: Settings) -> tuple[ContactDevice, ContactSimulator]:
    """A door on a mock pin, which is shut."""
    device, simulator = simulate_contact(name, settings, says)
    simulator.close_contact()
    return device, simulator
