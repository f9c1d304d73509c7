"""QR payment as a Device: a line to the provider, opened for each request, and the pure client on top of it."""

from collections.abc import Callable
from urllib.parse import urlsplit

import msgspec

from drivers.device import Device, DeviceError
from drivers.events import Command, HardwareEvent
from drivers.ports.line import Line
from drivers.ports.open import open_port
from drivers.ports.port import Port
from drivers.qr_payment.protocol import Client, Terms
from drivers.qr_payment.simulator import ProviderSimulator
from drivers.settings import Positive
from drivers.simulated import SimulatedDevice


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[devices.qr_payment]` with `driver = "http"`.

    `port`: `https://host[:port]`, or `socket://host:port` to a proxy on this machine. `merchant`: the shop's name at
    the provider. `name`: what the payment is called on receipts. `token`: sent as a bearer token (RFC 6750). `ca`,
    `cert`, `key`: PEM files, where the provider asks for a certificate. `currency`: the lane's if none is named.
    """

    port: str = ""
    merchant: str = ""
    name: str = "Phone"
    token: str = ""
    ca: str = ""
    cert: str = ""
    key: str = ""
    currency: str = ""
    answer_ms: Positive = 5_000
    look_ms: Positive = 1_000
    probe_ms: Positive = 15_000


class QrPayment:
    """One provider."""

    def __init__(self, name: str, open_line: Callable[[], Port], terms: Terms) -> None:
        self.name = name
        self._client = Client(name, terms)
        self._line = Line(open_line, hold=False)

    def fileno(self) -> int | None:
        """As Device."""
        return self._line.fileno()

    @property
    def wants_write(self) -> bool:
        """As Device."""
        return self._line.wants_write

    def deadline_ms(self) -> int | None:
        """As Device: the earlier of the client's and the line's."""
        due = [self._client.deadline_ms(), self._line.deadline_ms()]
        return min((tick for tick in due if tick is not None), default=None)

    def service(self, now_ms: int) -> list[HardwareEvent]:
        """As Device: what came, then time, then what is to be said."""
        turn = self._line.service(now_ms)
        events: list[HardwareEvent] = []
        if turn.change == "opened":
            self._client.opened()
        if turn.data:
            events += self._client.received(turn.data, now_ms)
        if turn.change == "lost":
            events += self._client.lost(turn.why, now_ms)
        events += self._client.advance(now_ms)
        self._settle(now_ms)
        return events

    def command(self, command: Command, now_ms: int) -> list[HardwareEvent]:
        """As Device."""
        events = self._client.command(command, now_ms)
        self._settle(now_ms)
        return events

    def _settle(self, now_ms: int) -> None:
        """Hang up first: what is said next is said on a connection of its own."""
        if self._client.take_hang_up():
            self._line.hang_up()
        if not self._client.wants_line:
            self._line.hang_up()
            return
        self._line.connect()
        data = self._client.take()
        if data and self._line.is_open:
            self._line.send(data)
            self._line.flush(now_ms)

    def close(self) -> None:
        """As Device."""
        self._line.close()


def _terms(settings: Settings) -> Terms:
    return Terms(
        host=urlsplit(settings.port).netloc or "localhost",
        merchant=settings.merchant,
        currency=settings.currency,
        name=settings.name,
        token=settings.token,
        answer_ms=settings.answer_ms,
        look_ms=settings.look_ms,
        probe_ms=settings.probe_ms,
    )


def make(name: str, settings: Settings) -> Device:
    """The provider at `settings.port`. Raises DeviceError."""
    if not settings.merchant:
        raise DeviceError(f"{name}: no merchant; write what the provider calls this shop")
    opening = open_port(settings.port, ca=settings.ca, cert=settings.cert, key=settings.key)
    return QrPayment(name, opening, _terms(settings))


def make_simulated(name: str, settings: Settings) -> tuple[Device, ProviderSimulator]:
    """A provider in memory, with the shopper's phone to play with."""
    simulator = ProviderSimulator()
    terms = _terms(settings)
    return SimulatedDevice(simulator, lambda opening: QrPayment(name, opening, terms)), simulator
