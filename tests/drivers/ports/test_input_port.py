"""Finding and grabbing an input device, with evdev played by a small module."""

import errno
import os
import sys
from types import SimpleNamespace

import pytest

from drivers.device import DeviceError
from drivers.ports.input_port import InputPort, open_input
from drivers.ports.port import PortLost
from tests.drivers.ports.input_kernel import KernelDevice

KEYBOARD = {1: [2, 11, 28, 30]}
BUTTONS = {1: [113, 114]}


class Machine:
    """A machine's input devices; stands in for the module evdev."""

    def __init__(self) -> None:
        self.inputs: dict[str, tuple[str, dict[int, list[int]], int]] = {}
        self.opened: list[KernelDevice] = []

    def list_devices(self) -> list[str]:
        return list(self.inputs)

    def InputDevice(self, path: str) -> KernelDevice:
        if path not in self.inputs:
            raise FileNotFoundError(errno.ENOENT, "No such file or directory")
        name, can, trouble = self.inputs[path]
        self.opened.append(KernelDevice(name, can, path))
        self.opened[-1].trouble = trouble
        return self.opened[-1]


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    machine = Machine()
    module = SimpleNamespace(list_devices=machine.list_devices, InputDevice=machine.InputDevice)
    monkeypatch.setitem(sys.modules, "evdev", module)
    machine.inputs = {
        "/dev/input/event0": ("Power Button", BUTTONS, 0),
        "/dev/input/event1": ("Honeywell Scanner", BUTTONS, 0),
        "/dev/input/event2": ("Honeywell Scanner", KEYBOARD, 0),
        "/dev/input/event3": ("Other Keyboard", KEYBOARD, errno.EBUSY),
    }
    return machine


@pytest.mark.parametrize("wanted", ["/dev/input/event2", "Honeywell*", "honeywell scanner", "Honey?ell*"])
def test_by_path_or_by_name_the_one_that_types(machine: Machine, wanted: str) -> None:
    port = open_input(wanted)()
    assert [device.path for device in machine.opened if device.is_open] == ["/dev/input/event2"]
    assert port.ready and port.fileno() is not None
    port.close()
    assert not any(device.is_open for device in machine.opened)
    assert not port.ready and port.fileno() is None


@pytest.mark.parametrize("wanted", ["/dev/input/event9", "Zebra*", "Power Button"])
def test_one_that_is_away_is_a_lost_port_and_nothing_stays_open(machine: Machine, wanted: str) -> None:
    with pytest.raises(PortLost, match="plugged in"):
        open_input(wanted)()
    assert not any(device.is_open for device in machine.opened)


def test_one_that_somebody_else_has_grabbed(machine: Machine) -> None:
    with pytest.raises(PortLost, match="grabbed by another program"):
        open_input("Other*")()
    assert not any(device.is_open for device in machine.opened)


def test_it_is_looked_for_anew_each_time(machine: Machine) -> None:
    opening = open_input("Zebra*")
    with pytest.raises(PortLost):
        opening()
    machine.inputs["/dev/input/event7"] = ("Zebra DS9908", KEYBOARD, 0)
    opening().close()


def test_without_evdev_the_operator_reads_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "evdev", None)
    with pytest.raises(DeviceError, match="python3-evdev"):
        open_input("Honeywell*")


def test_it_reads_what_is_there_and_never_waits(machine: Machine) -> None:
    device = machine.InputDevice("/dev/input/event2")
    port = InputPort(device)
    assert port.read() == b""
    os.write(device.ends[1], b"records")
    assert port.read() == b"records"
    assert port.write(b"") == 0
    port.close()


def test_unplugged(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    port = InputPort(machine.InputDevice("/dev/input/event2"))

    def gone(fd: int, size: int) -> bytes:
        raise OSError(errno.ENODEV, "No such device")

    monkeypatch.setattr(os, "read", gone)
    with pytest.raises(PortLost, match="unplugged"):
        port.read()
    monkeypatch.undo()
    port.close()
