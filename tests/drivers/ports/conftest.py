"""What the port tests share: a simulator that echoes, and a clock that is cranked by hand."""

import select
from collections.abc import Callable
from time import monotonic

import pytest

from drivers.ports.port import Port

DEADLINE_S = 10


class Echo:
    """The simplest device: greets, and says again what it hears. `unplugged` is its one fault."""

    def __init__(self) -> None:
        self.reachable = True
        self.lines = 0
        self.heard = b""
        self._out = b""
        self._due_ms: int | None = None

    def connected(self, now_ms: int) -> None:
        self.lines += 1
        self._out += b"hello;"

    def disconnected(self, now_ms: int) -> None:
        self.lines -= 1

    def receive(self, data: bytes, now_ms: int) -> None:
        self.heard += data
        self._out += data

    def say_at(self, tick_ms: int) -> None:
        self._due_ms = tick_ms

    def advance(self, now_ms: int) -> None:
        if self._due_ms is not None and now_ms >= self._due_ms:
            self._due_ms = None
            self._out += b"tick;"

    def deadline_ms(self) -> int | None:
        return self._due_ms

    def take(self) -> bytes:
        out, self._out = self._out, b""
        return out


class Crank:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.ms = 0

    def __call__(self) -> int:
        return self.ms


@pytest.fixture
def echo() -> Echo:
    return Echo()


@pytest.fixture
def crank() -> Crank:
    return Crank()


@pytest.fixture
def read_until() -> Callable[[Port, bytes, Callable[[], None]], bytes]:
    """Read a port until the bytes end as wanted; `meanwhile` turns the other end."""

    def until(port: Port, end: bytes, meanwhile: Callable[[], None] = lambda: None) -> bytes:
        data, give_up = b"", monotonic() + DEADLINE_S
        while not data.endswith(end):
            assert monotonic() < give_up, data
            meanwhile()
            fd = port.fileno()
            assert fd is not None
            if not port.ready:
                port.write(b"")
            select.select([fd], [], [], 0.01)
            data += port.read()
        return data

    return until
