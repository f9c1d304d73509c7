"""Button: `driver = "gpio"`, one button on a pin that is one key of the keypad: Call staff, where nothing else is said.

It reports as a keypad does, down and up. One that is down when the lane starts is jammed, not pressed: it says nothing
before it has come up once.
"""

from drivers.events import HardwareEvent, Key, KeyMoved
from drivers.pins.contact_device import ContactDevice, ContactSettings, Says, make_contact, simulate_contact
from drivers.pins.contact_simulator import ContactSimulator


class Settings(ContactSettings, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`[devices.button.NAME]`: the contact that is closed while the button is down."""

    key: Key = "help"
    """Which key of the keypad it is."""


def saying(key: Key) -> Says:
    """What this button says of itself."""
    free = False

    def says(name: str, closed: bool) -> list[HardwareEvent]:
        nonlocal free
        if not free:
            free = not closed
            return []
        return [KeyMoved(device=name, key=key, way="down" if closed else "up")]

    return says


def make(name: str, settings: Settings) -> ContactDevice:
    """The button that the settings describe. Raises DeviceError."""
    return make_contact(name, settings, saying(settings.key), "the button's contact")


def make_simulated(name: str, settings: Settings) -> tuple[ContactDevice, ContactSimulator]:
    """A button on a mock pin."""
    return simulate_contact(name, settings, saying(settings.key))
