"""A contact at the far end of a wire (`ports/wire.py`), and the hand that moves it: a Simulator that speaks."""

from gpiozero.pins.mock import MockFactory

from drivers.pins.contact_simulator import ContactSimulator
from drivers.ports.wire import said


class WiredContact(ContactSimulator):
    """As every simulated contact; whoever connects is told how it stands, and then each move."""

    def __init__(self, pin: int, *, closed_high: bool = False, closed: bool = False) -> None:
        self._number = pin
        self._out = bytearray()
        super().__init__(MockFactory(), pin, closed_high=closed_high, closed=closed)

    def _drive(self) -> None:
        super()._drive()
        self._out.append(said(self._number, bool(self._pin.state)))

    def connected(self, now_ms: int) -> None:
        """As Simulator."""
        self._out.clear()
        self._drive()

    def receive(self, data: bytes, now_ms: int) -> None:
        """As Simulator: a contact does not listen."""

    def deadline_ms(self) -> int | None:
        """As Simulator; past while there is something to take."""
        return 0 if self._out else None

    def take(self) -> bytes:
        """As Simulator."""
        out = bytes(self._out)
        self._out.clear()
        return out
