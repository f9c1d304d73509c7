"""A contact on a mock pin, and the hand that moves it: a key that is turned, a door, a button."""

from typing import Any

from drivers.ports.gpio_port import PinSimulator


class ContactSimulator(PinSimulator):
    """Open until it is closed. Faults: `bounce`, and `cut`, a cable that is pulled."""

    def __init__(self, factory: Any, pin: int, *, closed_high: bool = False, closed: bool = False) -> None:
        """`factory` is gpiozero's MockFactory, `pin` that of the driver; `closed`: how it stands at first."""
        self._pin = factory.pin(pin)
        self._pin.pull = "down" if closed_high else "up"
        self._closed_high = closed_high
        self.is_closed = closed
        self._cut = False
        self._drive()

    def close_contact(self) -> None:
        """The key is turned, the door is shut, the button is pressed."""
        self._move(True)

    def open_contact(self) -> None:
        """And back."""
        self._move(False)

    def bounce(self, times: int) -> None:
        """It changes so many times and back at once, as metal on metal does."""
        for _ in range(times):
            self._move(not self.is_closed)
            self._move(not self.is_closed)

    @property
    def is_cut(self) -> bool:
        """Whether its cable is cut."""
        return self._cut

    def cut(self) -> None:
        """The cable is cut: the pull has the pin."""
        self._cut = True
        self._drive()

    def mend(self) -> None:
        """It is whole again."""
        self._cut = False
        self._drive()

    def _move(self, closed: bool) -> None:
        self.is_closed = closed
        self._drive()

    def _drive(self) -> None:
        if (self.is_closed and not self._cut) == self._closed_high:
            self._pin.drive_high()
        else:
            self._pin.drive_low()
