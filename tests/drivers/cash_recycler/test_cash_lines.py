"""The cash machines over a real serial line, played by a pty: as registry and configuration make them."""

import os
import select
import tty
from collections.abc import Iterator
from typing import Any

import pytest
from money_bench import metered, stored

from drivers import events as d
from drivers.cash_recycler.cctalk.parts import Hopper
from drivers.cash_recycler.cctalk.simulator import CoinSetSimulator
from drivers.cash_recycler.essp_simulator import EsspSimulator, HopperSimulator
from drivers.cash_recycler.simulator import RecyclerSimulator
from drivers.device import Device
from drivers.registry import make_devices

NAME = "cash_recycler"
ON_ITS_WAY_S = 0.02
"""In which bytes come through a pty."""
HOPPER = {"address": 3, "value_minor": 100, "path": 1}


class Counter:
    """A device on its lines, and the machines at their other ends, with a clock that is turned by hand."""

    def __init__(self, machines: dict[int, Any]) -> None:
        self.machines, self.now_ms = machines, 0
        self.device: Device

    def made(self, table: dict[str, Any]) -> "Counter":
        (self.device,) = make_devices({NAME: table}, {"currency": "SEK"})
        return self

    def wait(self, ms: int) -> list[d.HardwareEvent]:
        until, heard = self.now_ms + ms, []
        while True:
            heard += self.device.service(self.now_ms)
            if self._carry():
                continue
            dues = [self.device.deadline_ms(), *(machine.deadline_ms() for machine in self.machines.values())]
            due = min((due for due in dues if due is not None), default=until)
            if due > until:
                break
            self.now_ms = max(due, self.now_ms + 1)
        self.now_ms = until
        return heard

    def _carry(self) -> bool:
        """Whatever is on its way, in both directions; whether anything was."""
        ready, _, _ = select.select(list(self.machines), [], [], ON_ITS_WAY_S)
        for fd in ready:
            self.machines[fd].receive(os.read(fd, 4_096), self.now_ms)
        said = False
        for fd, machine in self.machines.items():
            machine.advance(self.now_ms)
            if out := machine.take():
                os.write(fd, out)
                said = True
        line = self.device.fileno()
        if said and line is not None:
            select.select([line], [], [], 1.0)
        return bool(ready) or said

    def tell(self, command: d.Command, ms: int = 4_000) -> list[d.HardwareEvent]:
        return self.device.command(command, self.now_ms) + self.wait(ms)


@pytest.fixture
def ends() -> Iterator[list[tuple[int, str]]]:
    """Two lines: the machine's end, and the path of ours."""
    pairs = [os.openpty() for _ in range(2)]
    for device, _ in pairs:
        tty.setraw(device)
    yield [(device, os.ttyname(ours)) for device, ours in pairs]
    for pair in pairs:
        for end in pair:
            os.close(end)


@pytest.mark.parametrize("kind", ["ssp", "essp", "hopper", "cctalk"])
def test_coins_in_and_change_out_over_a_serial_line(ends: list[tuple[int, str]], kind: str) -> None:
    (fd, path), _ = ends
    machines: dict[str, tuple[Any, dict[str, Any]]] = {
        "ssp": (RecyclerSimulator(), {"driver": "ssp"}),
        "essp": (EsspSimulator(), {"driver": "essp"}),
        "hopper": (HopperSimulator(), {"driver": "essp", "address": 16}),
        "cctalk": (CoinSetSimulator((Hopper(**HOPPER),)), {"driver": "cctalk", "hoppers": [HOPPER]}),
    }
    machine, table = machines[kind]
    machine.connected(0)
    counter = Counter({fd: machine}).made({**table, "port": path})
    assert counter.wait(5_000)[0] == d.DeviceOnline(device=NAME)
    counter.tell(d.FillCash("", 4_000))
    counter.tell(d.AcceptCash("a"), 500)
    assert machine.insert_coin(100)
    counter.wait(1_000)
    before = metered(counter.tell(d.CloseCash("m")))[-1]
    assert machine.taken_minor == 100
    heard = counter.tell(d.DispenseCash("p", 300), 20_000)
    (told,) = [event for event in heard if isinstance(event, d.CashDispensed)]
    assert stored(before) - stored(told.meter) == machine.paid_minor == 300
    counter.device.close()


def test_two_machines_on_two_lines_are_one(ends: list[tuple[int, str]]) -> None:
    (notes_fd, notes_path), (coins_fd, coins_path) = ends
    notes, coins = EsspSimulator(store={10_000: 5}), CoinSetSimulator((Hopper(**HOPPER),))
    parts = {
        "notes": {"driver": "essp", "port": notes_path},
        "coins": {"driver": "cctalk", "port": coins_path, "hoppers": [HOPPER]},
    }
    counter = Counter({notes_fd: notes, coins_fd: coins}).made({"driver": "joined", "parts": parts})
    assert d.DeviceOnline(device=NAME) in counter.wait(5_000)
    counter.tell(d.FillCash("", 4_000))
    heard = counter.tell(d.DispenseCash("p", 10_200), 20_000)
    (told,) = [event for event in heard if isinstance(event, d.CashDispensed)]
    assert (told.why, notes.take_back(), coins.take_back()) == ("", 10_000, 200)
    counter.device.close()
