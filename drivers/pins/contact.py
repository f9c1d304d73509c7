"""Contact: a switch on a pin, as a person would say it: it has closed, it has opened. Believed once it stops bouncing.

The pin is pulled to one level and the contact joins it to the other, so a cable that is cut or pulled reads as open.
What is to be noticed when somebody cuts it (a door) is therefore wired closed at rest, what must not be had by cutting
it (the staff key) open at rest.

Where the factory has edges they wake the loop and the kernel keeps a contact that chatters from waking it more often
than once in BOUNCE_MS; elsewhere the pin is looked at every LOOK_MS.
"""

from typing import Any, Literal

from gpiozero import InputDevice

from drivers.ports.gpio_port import GpiodPin, claiming

STEADY_MS = 30
LOOK_MS = 100
BOUNCE_MS = 5
Level = Literal["low", "high"]


class Switch:
    """What a contact says, believed once it has said the same for STEADY_MS. Pure."""

    def __init__(self) -> None:
        self.believed: bool | None = None
        self._said: bool | None = None
        self._since_ms = 0

    def sensed(self, value: bool, now_ms: int) -> bool:
        """What it says now; True if that changes what is believed."""
        if value != self._said:
            self._said, self._since_ms = value, now_ms
        if value == self.believed or now_ms - self._since_ms < STEADY_MS:
            return False
        self.believed = value
        return True

    def deadline_ms(self) -> int | None:
        """When it will be believed if it stays as it is."""
        if self._said is None or self._said == self.believed:
            return None
        return self._since_ms + STEADY_MS


class Contact:
    """One of them, on its pin."""

    def __init__(self, number: int, factory: Any, closed_level: Level = "low", *, pull_up: bool | None = None) -> None:
        """`factory`: a gpiozero pin factory; `pull_up` None: away from the closed level.

        Raises DeviceError if the pin cannot be had.
        """
        self._switch = Switch()
        self._closed = closed_level == "high"
        self._now_ms = 0
        with claiming(number):
            up = not self._closed if pull_up is None else pull_up
            self._input = InputDevice(number, pull_up=up, pin_factory=factory)
            if isinstance(self._input.pin, GpiodPin):
                self._input.pin.bounce = BOUNCE_MS / 1_000
                self._input.pin.when_changed = self._moved

    def _moved(self, ticks: float, level: bool) -> None:
        """An edge woke us; what counts is the level that `look` finds then."""

    @property
    def _watched(self) -> GpiodPin | None:
        """The pin, if its edges wake the loop."""
        return self._input.pin if isinstance(self._input.pin, GpiodPin) else None

    def fileno(self) -> int | None:
        """The pin's edges, where the factory has them."""
        return self._watched.fileno() if self._watched is not None else None

    def deadline_ms(self) -> int | None:
        """When it is believed, or it is time to look."""
        due = self._switch.deadline_ms()
        if self._watched is not None:
            return due
        look = self._now_ms + LOOK_MS
        return look if due is None else min(due, look)

    def look(self, now_ms: int) -> bool | None:
        """True: it has closed. False: it has opened. None: nothing is new. The first time it says how it stands."""
        self._now_ms = now_ms
        if self._watched is not None:
            self._watched.service()
        closed = bool(self._input.pin.state) == self._closed
        return closed if self._switch.sensed(closed, now_ms) else None

    def close(self) -> None:
        """Let go of the pin. Idempotent."""
        self._input.close()
