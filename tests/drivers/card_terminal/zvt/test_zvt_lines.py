"""The same terminal over a real socket and over a real serial line (a pty)."""

import os
import select
import time
import tty
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from drivers.card_terminal.zvt.driver import Settings, make
from drivers.card_terminal.zvt.simulated.faults import BlockFault
from drivers.card_terminal.zvt.simulator import ZvtSimulator
from drivers.device import Device
from drivers.events import (
    Acknowledge,
    Authorize,
    Enquire,
    HardwareEvent,
    Prepare,
    TerminalApproved,
    TerminalCompleted,
    TerminalInDoubt,
    TerminalPrint,
    TerminalReady,
)
from drivers.ports.serving import SimulatorServer

PATIENCE_S = 20
QUICK = {"currency": "EUR", "ask_every_ms": 50, "confirm_ms": 100, "give_up_ms": 5_000}
NUMBERED = (TerminalApproved, TerminalPrint, TerminalCompleted)


def clock() -> int:
    return time.monotonic_ns() // 1_000_000


def drive(
    device: Device, pump: Callable[[], None], wanted: type, on_event: Callable[[Any], None] = lambda event: None
) -> Any:
    """Turn the device as the loop does until the wanted event, acknowledging what waits for it."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        pump()
        fd = device.fileno()
        readers = [fd] if fd is not None else []
        select.select(readers, readers if device.wants_write else [], [], 0.002)
        waiting: list[HardwareEvent] = device.service(clock())
        while waiting:
            event = waiting.pop(0)
            on_event(event)
            if isinstance(event, NUMBERED) and event.message:
                waiting += device.command(Acknowledge(event.ticket, event.message), clock())
            if isinstance(event, wanted):
                return event
    raise AssertionError(f"no {wanted.__name__} within {PATIENCE_S} s")


@pytest.fixture
def terminal() -> ZvtSimulator:
    return ZvtSimulator(bank_ms=20)


@pytest.fixture
def server(terminal: ZvtSimulator) -> Iterator[SimulatorServer[ZvtSimulator]]:
    server = SimulatorServer(terminal, ("127.0.0.1", 0), clock)
    yield server
    server.close()


def test_a_payment_over_a_socket(server: SimulatorServer[ZvtSimulator], terminal: ZvtSimulator) -> None:
    device = make("card", Settings(port=server.url, **QUICK))  # type: ignore[arg-type]

    def pump() -> None:
        server.turn()
        terminal.tap_card()

    device.command(Prepare("a1"), clock())
    ready = drive(device, pump, TerminalReady)
    device.command(Authorize("a1", 1_250, ready.baseline), clock())
    completed = drive(device, pump, TerminalCompleted)
    device.close()
    assert [entry.amount_minor for entry in terminal.journal.standing] == [1_250]
    assert int(completed.record.receipt) == terminal.journal.last.receipt


def test_a_cable_pulled_from_a_socket_is_a_doubt_that_is_settled(
    server: SimulatorServer[ZvtSimulator], terminal: ZvtSimulator
) -> None:
    device = make("card", Settings(port=server.url, **QUICK))  # type: ignore[arg-type]
    device.command(Prepare("a1"), clock())
    ready = drive(device, server.turn, TerminalReady)
    device.command(Authorize("a1", 1_250, ready.baseline), clock())

    def pump() -> None:
        server.turn()
        terminal.tap_card()

    drive(
        device, pump, TerminalInDoubt, lambda event: terminal.unplug() if isinstance(event, TerminalApproved) else None
    )
    server.turn()
    terminal.plug()
    device.command(Enquire("a1", 1_250, ready.baseline), clock())
    completed = drive(device, pump, TerminalCompleted)
    device.close()
    assert completed.message == 0
    assert len(terminal.journal.charges) == 1


class Wire:
    """A serial line (a pty) with the simulated terminal at its other end; `at_once` bytes pass in one go."""

    def __init__(self, terminal: ZvtSimulator, at_once: int) -> None:
        self.terminal, self.at_once = terminal, at_once
        self._ours, self._theirs = os.openpty()
        tty.setraw(self._theirs)
        os.set_blocking(self._ours, False)
        terminal.connected(clock())

    @property
    def port(self) -> str:
        """The till's end."""
        return os.ttyname(self._theirs)

    def pump(self) -> None:
        """Let pass what waits; somebody holds a card to the terminal."""
        if select.select([self._ours], [], [], 0)[0]:
            self.terminal.receive(os.read(self._ours, self.at_once), clock())
        self.terminal.advance(clock())
        self.terminal.tap_card()
        os.write(self._ours, self.terminal.take())

    def close(self) -> None:
        """Both ends."""
        os.close(self._ours)
        os.close(self._theirs)


@pytest.fixture
def wired() -> Iterator[Callable[[int], Wire]]:
    """Serial lines to a terminal each."""
    made: list[Wire] = []

    def make_wire(at_once: int) -> Wire:
        made.append(Wire(ZvtSimulator(bank_ms=20, framing="serial"), at_once))
        made[-1].terminal.faults.one_byte = at_once == 1
        return made[-1]

    yield make_wire
    for wire in made:
        wire.close()


def paid_over(wire: Wire, amount_minor: int = 1_050) -> TerminalCompleted:
    """A payment; its outcome, through a doubt if there is one. 10.50 has the byte in it that blocks double."""
    device = make("card", Settings(port=wire.port, **QUICK))  # type: ignore[arg-type]
    device.command(Prepare("a1"), clock())
    ready = drive(device, wire.pump, TerminalReady)
    device.command(Authorize("a1", amount_minor, ready.baseline), clock())
    completed: TerminalCompleted = drive(device, wire.pump, TerminalCompleted)
    device.close()
    assert [entry.amount_minor for entry in wire.terminal.journal.standing] == [amount_minor]
    return completed


@pytest.mark.parametrize("at_once", [1, 4_096])
def test_a_payment_over_a_serial_line(wired: Callable[[int], Wire], at_once: int) -> None:
    wire = wired(at_once)
    assert int(paid_over(wire).record.receipt) == wire.terminal.journal.last.receipt


@pytest.mark.parametrize("kind", ["garbled", "half"])
@pytest.mark.parametrize("at", [1, 9, 15])
def test_a_bad_block_on_a_real_line_is_sent_again(wired: Callable[[int], Wire], kind: Any, at: int) -> None:
    """The order, the status, the end: the rest of a half block never comes, and T1 notices on the wall's own clock."""
    wire = wired(4_096)
    wire.terminal.faults.block = BlockFault(at, kind)
    paid_over(wire)
    assert wire.terminal.faults.block is None


def test_a_payment_byte_by_byte_over_a_socket(server: SimulatorServer[ZvtSimulator], terminal: ZvtSimulator) -> None:
    terminal.faults.one_byte = True
    device = make("card", Settings(port=server.url, **QUICK))  # type: ignore[arg-type]

    def pump() -> None:
        server.turn()
        terminal.tap_card()

    device.command(Prepare("a1"), clock())
    ready = drive(device, pump, TerminalReady)
    device.command(Authorize("a1", 1_250, ready.baseline), clock())
    drive(device, pump, TerminalCompleted)
    device.close()
    assert [entry.amount_minor for entry in terminal.journal.standing] == [1_250]
