"""A nexo terminal as a Device: two lines to it, the pure client on top of them, and nothing else.

The main line carries every question, opened for each one; on the side line a payment that runs is asked to stop. The
loop selects on the main line. The side line lives for a moment only, and is looked at every 50 ms while it does. Where
the terminal may come in with requests of its own, the loop selects on that door between payments, and it is looked at
just as often during one.
"""

import os
import re
from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit

from drivers.card_terminal.nexo.amounts import CURRENCIES
from drivers.card_terminal.nexo.binding import Binding
from drivers.card_terminal.nexo.protocol import Client, Which
from drivers.card_terminal.nexo.session import Surroundings, Terms
from drivers.card_terminal.nexo.visitors import Door, Visitors
from drivers.device import DeviceError
from drivers.events import Command, HardwareEvent
from drivers.ports.line import Line
from drivers.ports.port import Port

GLANCE_MS = 50
OpenPort = Callable[[], Port]
_ID = re.compile(r"[0-9A-Za-z._+:-]{1,32}")


class NexoTerminal:
    """One terminal."""

    def __init__(
        self,
        name: str,
        open_line: OpenPort,
        terms: Terms,
        binding: Binding,
        surroundings: Surroundings,
        open_side: OpenPort | None = None,
        door: Door | None = None,
    ) -> None:
        """`open_side`: another way for the side line, where `open_line` leads to one line only (in memory). `door`:
        where the terminal comes in with requests of its own."""
        self.name = name
        self._client = Client(name, terms, binding, surroundings)
        self._main = Line(open_line, hold=False)
        self._side = Line(open_side or open_line, hold=False)
        self._lines: tuple[tuple[Which, Line], ...] = (("main", self._main), ("side", self._side))
        self._glance_ms = 0
        self._now_ms = 0
        self._told: list[HardwareEvent] = []
        content_type = binding.headers["content-type"]
        self._visitors = Visitors(door, content_type, self._hear) if door is not None else None

    def fileno(self) -> int | None:
        """The main line's, while it is open; otherwise that of the door, if there is one."""
        line = self._main.fileno()
        return self._visitors.fileno() if line is None and self._visitors is not None else line

    @property
    def wants_write(self) -> bool:
        """As Device, of the main line."""
        return self._main.wants_write

    def deadline_ms(self) -> int | None:
        """The earliest of the client's timers, the lines' next tries and the next glance at the side line."""
        due = [self._client.deadline_ms(), self._main.deadline_ms(), self._side.deadline_ms()]
        due += [self._glance_ms] if self._client.wants_line("side") or self._looks_at_the_door else []
        return min((tick for tick in due if tick is not None), default=None)

    @property
    def _looks_at_the_door(self) -> bool:
        """Whether nothing else would tell that somebody is there."""
        visitors = self._visitors
        return visitors is not None and (visitors.any or self._main.is_open or visitors.fileno() is None)

    def _hear(self, body: bytes) -> bytes | None:
        answer, told = self._client.asked(body, self._now_ms)
        self._told += told
        return answer

    def service(self, now_ms: int) -> list[HardwareEvent]:
        """One turn: what came over the lines, then time, then what is to be said."""
        events: list[HardwareEvent] = []
        for which, line in self._lines:
            turn = line.service(now_ms)
            if turn.change == "opened":
                events += self._client.opened(which, now_ms)
            if turn.data:
                events += self._client.received(which, turn.data, now_ms)
            if turn.change == "lost":
                events += self._client.lost(which, turn.why, now_ms)
        if self._visitors is not None:
            self._now_ms = now_ms
            self._visitors.service(now_ms)
            events, self._told = self._told + events, []
        events += self._client.advance(now_ms)
        self._settle(now_ms)
        return events

    def command(self, command: Command, now_ms: int) -> list[HardwareEvent]:
        """Pass it to the client."""
        events = self._client.command(command, now_ms)
        self._settle(now_ms)
        return events

    def _settle(self, now_ms: int) -> None:
        """Hang up first: what is said next is said on a connection of its own."""
        self._glance_ms = now_ms + GLANCE_MS
        for which, line in self._lines:
            if self._client.take_hang_up(which) or not self._client.wants_line(which):
                line.hang_up()
            if not self._client.wants_line(which):
                continue
            line.connect()
            data = self._client.take(which) if line.is_open else b""
            if data:
                line.send(data)
                line.flush(now_ms)

    def close(self) -> None:
        """Let go of both lines."""
        for _, line in self._lines:
            line.close()
        if self._visitors is not None:
            self._visitors.close()


def real_surroundings() -> Surroundings:
    """This machine's clock and chance."""
    return Surroundings(lambda: datetime.now().astimezone().isoformat(timespec="milliseconds"), os.urandom)


def address(name: str, port: str, default: int, schemes: tuple[str, ...]) -> str:
    """The port with the protocol's own TCP port filled in where none is named. Raises DeviceError for another way."""
    scheme, found, host = port.partition("://")
    if not found or scheme not in schemes:
        ways = " or ".join(f'"{each}://address-of-the-terminal"' for each in schemes)
        raise DeviceError(f"{name}: port = {port!r} cannot be used; write {ways}")
    return port if ":" in host else f"{port}:{default}"


def host_of(port: str) -> str:
    """What the Host header says."""
    return urlsplit(port).netloc or "terminal"


def check(name: str, currency: str, ids: dict[str, str]) -> None:
    """What every terminal must be told. Raises DeviceError."""
    if currency not in CURRENCIES:
        known = ", ".join(sorted(CURRENCIES))
        raise DeviceError(f"{name}: currency {currency!r} cannot be used; name one of {known}")
    for key, value in ids.items():
        if not _ID.fullmatch(value):
            raise DeviceError(
                f"{name}: {key} = {value!r} cannot be used; write the id agreed with the acquirer: "
                "1 to 32 letters, digits, and any of . _ + : -"
            )
