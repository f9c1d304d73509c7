"""What blocks does so in its own thread; the loop sees a port like any other."""

import queue
import select
import threading
from collections.abc import Callable
from time import monotonic

import pytest

from drivers.ports.port import PortLost
from drivers.ports.worker import PIECE_LARGEST, QUEUE_LONGEST, Errand, WakeUp, WorkerPort

GIVE_UP_S = 10


class Transport:
    """A blocking line whose device is the test."""

    def __init__(self) -> None:
        self.to_till: queue.Queue[bytes] = queue.Queue()
        self.from_till = b""
        self.taking = threading.Event()
        self.taking.set()
        self.closed = threading.Event()
        self.trouble: OSError | None = None

    def read(self) -> bytes:
        if self.trouble is not None:
            raise self.trouble
        try:
            return self.to_till.get(timeout=0.02)
        except queue.Empty:
            return b""

    def write(self, data: bytes) -> None:
        self.taking.wait(GIVE_UP_S)
        self.from_till += data

    def close(self) -> None:
        self.closed.set()


def wait(port: WorkerPort, wanted: Callable[[], object]) -> None:
    """Until the port's wake-ups have brought what is wanted."""
    give_up = monotonic() + GIVE_UP_S
    while not wanted():
        assert monotonic() < give_up, "never"
        fd = port.fileno()
        assert fd is not None
        select.select([fd], [], [], 0.01)


def test_both_ways() -> None:
    transport = Transport()
    port = WorkerPort(lambda: transport)
    wait(port, lambda: port.ready)
    assert port.read() == b""
    assert port.write(b"print this") == 10
    wait(port, lambda: transport.from_till == b"print this")
    transport.to_till.put(b"ok")
    wait(port, lambda: port.read() == b"ok")
    port.close()
    port.close()
    assert transport.closed.wait(GIVE_UP_S)


def test_while_it_opens_it_takes_nothing_and_the_loop_goes_on() -> None:
    gate, transport = threading.Event(), Transport()

    def slow() -> Transport:
        gate.wait(GIVE_UP_S)
        return transport

    port = WorkerPort(slow)
    assert not port.ready
    assert port.write(b"early") == 0
    assert port.read() == b""
    gate.set()
    wait(port, lambda: port.ready)
    port.close()


def test_a_line_that_cannot_be_opened_says_why() -> None:
    def refuse() -> Transport:
        raise PortLost("usb:04b8:0202 is not there")

    port = WorkerPort(refuse)
    with pytest.raises(PortLost, match="04b8"):
        wait(port, port.read)
    with pytest.raises(PortLost, match="04b8"):
        port.write(b"")
    port.close()


def test_what_came_before_a_trouble_is_read_before_it() -> None:
    transport = Transport()
    port = WorkerPort(lambda: transport)
    transport.to_till.put(b"last words")
    got = b""

    def read() -> bytes:
        nonlocal got
        got += port.read()
        if got:
            transport.trouble = OSError("pulled")
        return b""

    with pytest.raises(PortLost, match="pulled"):
        wait(port, read)
    assert got == b"last words"
    port.close()
    assert transport.closed.wait(GIVE_UP_S)


def test_what_the_device_does_not_take_is_bounded_and_the_room_is_told() -> None:
    transport = Transport()
    transport.taking.clear()
    port = WorkerPort(lambda: transport)
    wait(port, lambda: port.ready)
    data = b"x" * (PIECE_LARGEST * QUEUE_LONGEST * 2)
    sent = port.write(data)
    assert 0 < sent <= PIECE_LARGEST * (QUEUE_LONGEST + 1)
    port.read()
    transport.taking.set()

    def push() -> bool:
        nonlocal sent
        port.read()
        sent += port.write(data[sent:])
        return sent == len(data)

    wait(port, push)
    wait(port, lambda: len(transport.from_till) == len(data))
    port.close()


def test_a_bug_in_a_transport_shows_and_does_not_leave_a_port_that_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken(Transport):
        def read(self) -> bytes:
            raise ZeroDivisionError

    shown: queue.Queue[type] = queue.Queue()
    monkeypatch.setattr(threading, "excepthook", lambda bug: shown.put(bug.exc_type))
    port = WorkerPort(Broken)
    with pytest.raises(PortLost, match="thread has ended"):
        wait(port, port.read)
    assert shown.get(timeout=GIVE_UP_S) is ZeroDivisionError
    port.close()


def test_its_wake_up_is_never_writable() -> None:
    wake = WakeUp()
    assert select.select([], [wake], [], 0) == ([], [], [])
    wake.ring()
    assert select.select([wake], [], [], 0)[0] == [wake]
    wake.hush()
    assert select.select([wake], [], [], 0)[0] == []
    wake.close()
    wake.close()
    wake.ring()


def test_a_thousand_rings_do_not_block() -> None:
    wake = WakeUp()
    for _ in range(100_000):
        wake.ring()
    wake.hush()
    assert select.select([wake], [], [], 0)[0] == []
    wake.close()


def test_an_errand_brings_an_answer_or_a_trouble() -> None:
    errand = Errand(lambda: 42)
    assert select.select([errand], [], [], GIVE_UP_S)[0]
    assert errand.answer() == 42
    errand.close()

    def fail() -> int:
        raise OSError("no name server")

    failed = Errand(fail)
    select.select([failed], [], [], GIVE_UP_S)
    with pytest.raises(PortLost, match="no name server"):
        failed.answer()
    failed.close()


def test_an_errand_that_is_forgotten_harms_nobody() -> None:
    gate = threading.Event()
    errand = Errand(lambda: gate.wait(GIVE_UP_S))
    assert errand.answer() is None
    errand.close()
    gate.set()
