"""The ZVT terminal as a Device: a line, the pure client on top of it, and nothing else.

On TCP the line is opened for each command and closed soon after, because many terminals drop idle connections. On a
serial port it stays open.
"""

import re
from collections.abc import Callable
from typing import Annotated, Literal

import msgspec

from drivers.card_terminal.zvt.apdu import Stream
from drivers.card_terminal.zvt.messages import DISPLAY_LINES
from drivers.card_terminal.zvt.protocol import Client
from drivers.card_terminal.zvt.serial_block import SerialBlocks
from drivers.card_terminal.zvt.session import Terms
from drivers.card_terminal.zvt.simulator import ZvtSimulator
from drivers.device import Device, DeviceError
from drivers.events import Command, HardwareEvent
from drivers.ports.line import Line
from drivers.ports.open import open_port
from drivers.ports.port import Port
from drivers.settings import NotNegative, Positive
from drivers.simulated import SimulatedDevice

DEFAULT_PORT = 20007
HOURS = re.compile(r"([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d")
LINE_LONGEST = 24
"""Letters on a line of an idle text, so that it fits the smaller displays."""
CURRENCIES = {
    "EUR": 978,
    "SEK": 752,
    "DKK": 208,
    "NOK": 578,
    "CHF": 756,
    "GBP": 826,
    "PLN": 985,
    "CZK": 203,
    "HUF": 348,
    "RON": 946,
    "BGN": 975,
    "ISK": 352,
    "USD": 840,
}
"""ISO 4217 numbers of the currencies with which terminals of this protocol are sold."""


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[devices.card_terminal]` with `driver = "zvt"`.

    `port`: `socket://host[:port]` (20007 if not named) or a serial path. `currency`: ISO 4217 letters; whoever reads
    the configuration fills in the lane's where none is named, since a guess would charge the wrong money. `framing`:
    `auto` takes serial blocks on a serial port. `idle_hang_up_ms` 0 holds the connection. `language` is the simulated
    terminal's. `maintenance`: from and to on the shop's clock, when the lane lets it go; whoever owns a clock sees to
    that. `idle_text`: what it shows while nobody pays, `|` between two lines. `unattended`: no key of it opens the
    service menu. `columns`: characters on a line of the receipt printer, for its papers; 0: as it likes.
    """

    port: str = ""
    password: str = "000000"
    currency: str = ""
    framing: Literal["auto", "tcp", "serial"] = "auto"
    baud: Positive = 9600
    idle_hang_up_ms: NotNegative = 1_000
    connect_ms: Positive = 3_000
    answer_ms: Positive = 5_000
    finish_ms: Positive = 180_000
    ask_every_ms: Positive = 10_000
    confirm_ms: Positive = 30_000
    give_up_ms: Positive = 180_000
    probe_ms: Positive = 15_000
    maintenance: str = ""
    idle_text: str = ""
    unattended: bool = True
    columns: Annotated[int, msgspec.Meta(ge=0, le=99)] = 0
    language: str = "en"


class ZvtTerminal:
    """One terminal on one line."""

    def __init__(self, name: str, open_line: Callable[[], Port], settings: Settings) -> None:
        """Raises DeviceError for settings that no terminal can have."""
        self.name = name
        serial = is_serial(settings)
        self._client = Client(name, terms(settings), SerialBlocks() if serial else Stream())
        self._line = Line(open_line, hold=False)

    def fileno(self) -> int | None:
        """The line's, while it is open."""
        return self._line.fileno()

    @property
    def wants_write(self) -> bool:
        """Whether bytes wait, or the connection is still being made."""
        return self._line.wants_write

    def deadline_ms(self) -> int | None:
        """The earlier of the client's timers and the line's next try."""
        due = [self._client.deadline_ms(), self._line.deadline_ms()]
        return min((tick for tick in due if tick is not None), default=None)

    def service(self, now_ms: int) -> list[HardwareEvent]:
        """One turn: what came over the line, then time, then what is to be said."""
        turn = self._line.service(now_ms)
        events: list[HardwareEvent] = []
        if turn.change == "opened":
            events += self._client.opened(now_ms)
        if turn.data:
            events += self._client.received(turn.data, now_ms)
        if turn.change == "lost":
            events += self._client.lost(turn.why, now_ms)
        events += self._client.advance(now_ms)
        self._settle(now_ms)
        return events

    def command(self, command: Command, now_ms: int) -> list[HardwareEvent]:
        """Pass it to the client."""
        events = self._client.command(command, now_ms)
        self._settle(now_ms)
        return events

    @property
    def identity(self) -> str:
        """As Identified: the version of its software."""
        version = self._client.version
        return f"software {version}" if version else ""

    def identify(self, now_ms: int) -> bool:
        """As Identified: it tells when it is asked how it is, which it is soon after it has come."""
        return not self._client.version

    def _settle(self, now_ms: int) -> None:
        """Say what is to be said, then hang up if so wished, then open if so wished: in this order."""
        data = self._client.take()
        if data and self._line.is_open:
            self._line.send(data)
            self._line.flush(now_ms)
        if self._client.take_hang_up():
            self._line.hang_up()
        if self._client.wants_line:
            self._line.connect()

    def close(self) -> None:
        """Let go of the line."""
        self._line.close()


def is_serial(settings: Settings) -> bool:
    """Whether blocks are used: on serial ports, unless the settings say otherwise."""
    if settings.framing != "auto":
        return settings.framing == "serial"
    return settings.port.startswith(("/", "COM", "rfc2217://"))


def terms(settings: Settings) -> Terms:
    """The settings as the client understands them. Raises DeviceError."""
    if settings.currency not in CURRENCIES:
        known = ", ".join(sorted(CURRENCIES))
        raise DeviceError(f"card terminal: currency {settings.currency!r} cannot be used; name one of {known}")
    if not (settings.password.isdigit() and len(settings.password) == 6):
        raise DeviceError("card terminal: the password must be the terminal's six digits, for example 000000")
    if settings.maintenance and not HOURS.fullmatch(settings.maintenance):
        raise DeviceError(
            f"card terminal: maintenance {settings.maintenance!r} is not from and to on the clock, such as 03:00-03:30"
        )
    lines = tuple(line.strip() for line in settings.idle_text.split("|")) if settings.idle_text else ()
    if len(lines) > DISPLAY_LINES or any(len(line) > LINE_LONGEST for line in lines):
        raise DeviceError(
            f"card terminal: idle_text has more than {DISPLAY_LINES} lines or {LINE_LONGEST} letters in one; shorten it"
        )
    hold = is_serial(settings) or not settings.idle_hang_up_ms
    return Terms(
        password=settings.password,
        currency=CURRENCIES[settings.currency],
        connect_ms=settings.connect_ms,
        t3_ms=settings.answer_ms,
        t4_ms=settings.finish_ms,
        ask_every_ms=settings.ask_every_ms,
        confirm_ms=settings.confirm_ms,
        give_up_ms=settings.give_up_ms,
        probe_ms=settings.probe_ms,
        idle_text=lines,
        unattended=settings.unattended,
        columns=settings.columns,
        idle_hang_up_ms=None if hold else settings.idle_hang_up_ms,
    )


def address(port: str) -> str:
    """The port with ZVT's own TCP port filled in where none is named."""
    host = port.removeprefix("socket://")
    return f"{port}:{DEFAULT_PORT}" if port.startswith("socket://") and ":" not in host else port


def make(name: str, settings: Settings) -> Device:
    """The terminal at `settings.port`. Raises DeviceError."""
    if not settings.port:
        raise DeviceError(f'{name}: no port; say port = "socket://address-of-the-terminal" or a serial path')
    return ZvtTerminal(name, open_port(address(settings.port), baud=settings.baud, stopbits=2), settings)


def make_simulated(name: str, settings: Settings) -> tuple[Device, ZvtSimulator]:
    """A terminal in memory, with the simulator to play with."""
    agreed = terms(settings)
    framing: Literal["tcp", "serial"] = "serial" if is_serial(settings) else "tcp"
    simulator = ZvtSimulator(currency=agreed.currency, language=settings.language, framing=framing)
    return SimulatedDevice(simulator, lambda open_line: ZvtTerminal(name, open_line, settings)), simulator
