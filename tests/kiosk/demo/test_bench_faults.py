"""The bench's faults: every simulator that ships has its own, every button does what it says, and undoes it."""

import importlib
import inspect
from pathlib import Path
from typing import Any

import pytest

import drivers
from kiosk.demo.bench.faults import FAULTS, Misfortune, Switch
from kiosk.demo.devices import Devices
from kiosk.demo.kinds import ROLES, chosen

PLAYED_OTHERWISE = {
    "CoinSetSimulator": "the coins' half of CashParts, with its faults",
    "HopperSimulator": "the hoppers of CashParts",
    "ValidatorSimulator": "an EsspSimulator that pays nothing out",
    "SingleCableSimulator": "a scale and a scanner in one housing: those two panels",
    "TouchSimulator": "the picture of the lane's screen is touched",
    "ContactSimulator": "WiredContact is one behind a socket",
    "GateSimulator": "an output on a pin; the gate stands on a relay board",
    "DrawerSimulator": "an output on a pin; the drawer hangs on the printer",
    "LightsSimulator": "outputs on pins; the tower shows what the lane orders",
    "PinSimulator": "what simulators of things on pins have in common",
}
"""Simulators that no panel holds in hands themselves."""
ALL = sorted(FAULTS, key=lambda kind: kind.__name__)
FAULTY = [(kind, fault) for kind in ALL for fault in FAULTS[kind]]


def counter_of(*words: str) -> Any:
    """What stands on the demo's counter."""
    devices = Devices(chosen(words))
    simulators = [server for server in vars(devices).values() if hasattr(server, "hands")]
    found = []
    for server in simulators:
        with server.hands() as simulator:
            found.append(simulator)
    devices.close()
    return found


def any_of(kind: type) -> Any:
    """One as it stands there."""
    usual = [*counter_of(), *(made.simulator() for role in ROLES.values() for made in role.kinds.values())]
    return next(simulator for simulator in usual if type(simulator) is kind)


def shipped() -> set[str]:
    """The names of all simulators beside the drivers."""
    root = Path(drivers.__path__[0])
    modules = [".".join(("drivers", *path.relative_to(root).with_suffix("").parts)) for path in root.rglob("*.py")]
    found = [kind for name in modules for _, kind in inspect.getmembers(importlib.import_module(name), inspect.isclass)]
    return {
        kind.__name__
        for kind in found
        if kind.__module__.startswith("drivers.")
        and kind.__name__.endswith("Simulator")
        and kind.__name__ != "Simulator"
    }


def test_no_simulator_has_been_forgotten() -> None:
    on_the_bench = {kind.__name__ for kind in FAULTS}
    assert shipped() - on_the_bench == set(PLAYED_OTHERWISE)


@pytest.mark.parametrize(
    "words", [[f"{role}={kind}"] for role, found in ROLES.items() for kind in found.kinds], ids=str
)
def test_whatever_stands_on_the_counter_can_go_wrong(words: list[str]) -> None:
    without_a_row = {"MailCatcher"}
    kinds = {type(simulator) for simulator in counter_of(*words)}
    assert {kind.__name__ for kind in kinds - set(FAULTS)} == without_a_row


@pytest.mark.parametrize(("kind", "fault"), FAULTY, ids=lambda one: getattr(one, "__name__", getattr(one, "name", "")))
def test_every_button_does_what_it_says_and_undoes_it(kind: type, fault: Switch | Misfortune) -> None:
    simulator = any_of(kind)
    if isinstance(fault, Misfortune):
        fault.happen(simulator)
        return
    assert not fault.thrown(simulator)
    fault.throw(simulator, True)
    assert fault.thrown(simulator)
    fault.throw(simulator, False)
    assert not fault.thrown(simulator)


def test_no_two_buttons_of_a_device_have_one_name() -> None:
    for kind in ALL:
        names = [fault.name for fault in FAULTS[kind]]
        assert len(names) == len(set(names)), kind.__name__
