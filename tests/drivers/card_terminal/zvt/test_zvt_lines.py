"""The same terminal over a real socket and over a real serial line (a pty)."""

import os
import select
import time
import tty
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from drivers.card_terminal.zvt.driver import Settings, make
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


def test_a_payment_over_a_serial_line(tmp_path: Path) -> None:
    terminal = ZvtSimulator(bank_ms=20, framing="serial")
    ours, theirs = os.openpty()
    tty.setraw(theirs)
    device = make("card", Settings(port=os.ttyname(theirs), **QUICK))  # type: ignore[arg-type]
    terminal.connected(clock())
    os.set_blocking(ours, False)

    def pump() -> None:
        if select.select([ours], [], [], 0)[0]:
            terminal.receive(os.read(ours, 4_096), clock())
        terminal.advance(clock())
        terminal.tap_card()
        os.write(ours, terminal.take())

    device.command(Prepare("a1"), clock())
    ready = drive(device, pump, TerminalReady)
    device.command(Authorize("a1", 1_050, ready.baseline), clock())
    drive(device, pump, TerminalCompleted)
    device.close()
    os.close(ours)
    os.close(theirs)
    assert [entry.amount_minor for entry in terminal.journal.standing] == [1_050]
