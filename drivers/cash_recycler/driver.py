"""Cash recycler: joins a line to what talks on it. UnifiedPOS BillAcceptor, CoinAcceptor and CashDispenser.

`driver = "ssp"` is this module's own: SSP in the open, for machines that move money without encryption.
"""

from collections.abc import Callable

import msgspec

from drivers.cash_recycler.protocol import Host
from drivers.cash_recycler.simulator import RecyclerSimulator
from drivers.cash_recycler.talk import Talker
from drivers.device import Device, DeviceError
from drivers.events import Command, HardwareEvent
from drivers.ports.line import Line
from drivers.ports.open import open_port
from drivers.ports.port import Port
from drivers.settings import Positive
from drivers.simulated import SimulatedDevice


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`[devices.cash_recycler]`. `currency`: the lane's if none is named; `unit_minor`: of its channel values."""

    port: str
    baud: int = 9600
    currency: str = ""
    unit_minor: Positive = 100


class Recycler:
    """One machine."""

    def __init__(self, name: str, open_port: Callable[[], Port], host: Talker) -> None:
        self.name = name
        self._line = Line(open_port)
        self._host = host

    def fileno(self) -> int | None:
        """As Device."""
        return self._line.fileno()

    @property
    def wants_write(self) -> bool:
        """As Device."""
        return self._line.wants_write

    def deadline_ms(self) -> int | None:
        """As Device: the earlier of the line's and the host's."""
        due = [self._line.deadline_ms(), self._host.deadline_ms() if self._line.is_open else None]
        return min((tick for tick in due if tick is not None), default=None)

    def service(self, now_ms: int) -> list[HardwareEvent]:
        """As Device."""
        turn = self._line.service(now_ms)
        events: list[HardwareEvent] = []
        if turn.change == "opened":
            events += self._host.opened(now_ms)
        if turn.data:
            events += self._host.received(turn.data, now_ms)
        if turn.change == "lost":
            return events + self._host.lost(turn.why)
        if self._line.is_open:
            events += self._host.advance(now_ms)
            self._say(now_ms)
        return events

    def command(self, command: Command, now_ms: int) -> list[HardwareEvent]:
        """As Device."""
        events = self._host.command(command, now_ms)
        self._say(now_ms)
        return events

    @property
    def identity(self) -> str:
        """As Identified."""
        return self._host.identity

    def identify(self, now_ms: int) -> bool:
        """As Identified: it has told before it is there."""
        return False

    def _say(self, now_ms: int) -> None:
        data = self._host.take()
        if data and self._line.is_open:
            self._line.send(data)
            self._line.flush(now_ms)

    def close(self) -> None:
        """As Device."""
        self._line.close()


def make(name: str, settings: Settings) -> Device:
    """The machine at `settings.port`. Raises DeviceError."""
    if len(settings.currency) != 3:
        raise DeviceError(f"{name}: no currency; write its three letters, such as SEK")
    opening = open_port(settings.port, baud=settings.baud, bytesize=8, parity="N", stopbits=2)
    return Recycler(name, opening, Host(name, settings.currency, settings.unit_minor))


def make_simulated(name: str, settings: Settings) -> tuple[Device, RecyclerSimulator]:
    """The same driver with a simulated machine at the other end."""
    currency = settings.currency or "SEK"
    simulator = RecyclerSimulator(currency)
    return SimulatedDevice(simulator, lambda opening: Recycler(name, opening, Host(name, currency))), simulator
