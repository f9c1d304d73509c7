"""A HID device of the kernel, its file and ioctls played: found by name and reports, read and written by reports."""

import errno
import os
import socket
import struct
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from drivers.events import DeviceOffline, DeviceOnline, EnableScanner, Scanned, WeightSeen, ZeroScale
from drivers.ports import descriptor, hidraw_port
from drivers.ports.hidraw_port import HidrawPort, open_hidraw
from drivers.ports.port import PortLost
from drivers.registry import make_device
from drivers.scale.hid_reports import ScaleReports
from drivers.scale.hid_simulator import DESCRIBED
from drivers.scanner.driver_hid_pos import Settings, make
from drivers.scanner.pos_reports import PosReports
from drivers.scanner.simulated_pos import DESCRIPTOR, PosScannerSimulator

MOUSE = bytes.fromhex("05010902a101050919012903150025017501950381028505c0".replace("8505", ""))


class Kernel:
    """The machine's HID devices: names, descriptors, and for each that is open the other end of its file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.devices: dict[str, tuple[str, bytes]] = {}
        self.ends: dict[int, socket.socket] = {}
        self.opened: dict[int, str] = {}
        self.trouble = 0

    def plug(self, file: str, name: str, told: bytes) -> None:
        (self.folder / file).touch()
        self.devices[str(self.folder / file)] = (name, told)

    def open(self, path: str, flags: int) -> int:
        if path not in self.devices:
            raise OSError(errno.ENOENT, "No such file or directory")
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        ours.setblocking(False)
        fd = ours.detach()
        self.ends[fd], self.opened[fd] = theirs, path
        return fd

    def close(self, fd: int) -> None:
        self.ends.pop(fd).close()
        del self.opened[fd]
        os.close(fd)

    def ioctl(self, fd: int, request: int, buffer: bytearray) -> int:
        """linux/hidraw.h: HIDIOCGRDESCSIZE, HIDIOCGRDESC, HIDIOCGRAWNAME(len)."""
        if self.trouble:
            raise OSError(self.trouble, os.strerror(self.trouble))
        assert (request >> 30, request >> 8 & 0xFF, request >> 16 & 0x3FFF) == (2, ord("H"), len(buffer))
        name, told = self.devices[self.opened[fd]]
        match request & 0xFF:
            case 0x01:
                struct.pack_into("@i", buffer, 0, len(told))
            case 0x02:
                assert struct.unpack_from("@I", buffer) == (len(told),)
                buffer[4 : 4 + len(told)] = told
            case 0x04:
                buffer[: len(name) + 1] = name.encode() + b"\0"
        return 0

    @property
    def end(self) -> socket.socket:
        """Of the one device that is open."""
        (end,) = self.ends.values()
        return end


@pytest.fixture
def kernel(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    kernel = Kernel(tmp_path)
    real = SimpleNamespace(**{name: getattr(os, name) for name in ("write", "O_RDWR", "O_NONBLOCK", "O_CLOEXEC")})
    real.open, real.close = kernel.open, kernel.close
    monkeypatch.setattr(hidraw_port, "os", real)
    monkeypatch.setattr(hidraw_port, "fcntl", SimpleNamespace(ioctl=kernel.ioctl))
    monkeypatch.setattr(hidraw_port, "DEVICES", str(tmp_path))
    kernel.plug("hidraw0", "Logitech Mouse", MOUSE)
    kernel.plug("hidraw1", "Honeywell 7990g", MOUSE)
    kernel.plug("hidraw2", "Honeywell 7990g", DESCRIPTOR)
    return kernel


@pytest.mark.parametrize("wanted", ["Honeywell*", "honeywell 7990?", "*7990*"])
def test_by_name_the_interface_that_sends_labels(kernel: Kernel, wanted: str) -> None:
    port, reports = open_hidraw(wanted, PosReports)()
    assert [Path(path).name for path in kernel.opened.values()] == ["hidraw2"]
    assert (port.name, reports.can_rest) == ("Honeywell 7990g", True)
    port.close()
    assert not kernel.opened
    assert not port.ready


def test_by_path_and_by_a_pattern_of_it(kernel: Kernel) -> None:
    for wanted in (f"{kernel.folder}/hidraw2", f"{kernel.folder}/*2"):
        open_hidraw(wanted, PosReports)()[0].close()
    with pytest.raises(PortLost, match="is it set to HID POS"):
        open_hidraw(f"{kernel.folder}/hidraw1", PosReports)()
    with pytest.raises(PortLost, match="plugged in"):
        open_hidraw(f"{kernel.folder}/hidraw7", PosReports)()
    assert not kernel.opened


def test_why_it_is_not_there(kernel: Kernel) -> None:
    with pytest.raises(PortLost, match=r"no HID device is named 'Zebra\*'"):
        open_hidraw("Zebra*", PosReports)()
    with pytest.raises(PortLost, match="Logitech Mouse: it sends no decoded data: is it set to HID POS"):
        open_hidraw("Logitech*", PosReports)()
    kernel.plug("hidraw3", "Zebra DS9908", b"\x05")
    with pytest.raises(PortLost, match="describes its reports wrongly: it ends within an item"):
        HidrawPort(f"{kernel.folder}/hidraw3")
    kernel.trouble = errno.ENODEV
    with pytest.raises(PortLost, match="unplugged"):
        HidrawPort(f"{kernel.folder}/hidraw2")
    assert not kernel.opened


def test_a_report_is_as_long_as_its_descriptor_says_or_none(kernel: Kernel) -> None:
    """Half of a scale's report could be a weight that nobody put on it."""
    kernel.plug("hidraw3", "Dymo S50", DESCRIBED)
    port, reports = open_hidraw("Dymo*", ScaleReports)()
    whole = b"\x03\x04\x02\x00\x4d\x03"
    for said in (whole[:5], whole + b"\xff\xff", b"\x09\x04\x02\x00\x4d\x03"):
        kernel.end.send(said)
    assert [port.read() for _ in range(3)] == [b"", whole, b""]
    assert reports.length(3) == len(whole)
    port.close()


def test_the_scale_on_it_over_a_hot_plug(kernel: Kernel) -> None:
    device = make_device("scale", {"driver": "hid", "port": "Dymo*"})
    assert [*map(type, device.service(0))] == [DeviceOffline]
    kernel.plug("hidraw3", "Dymo S50", DESCRIBED)
    assert device.service(1_000) == [DeviceOnline(device="scale")]
    kernel.end.send(b"\x03\x04\x02\x00\x4d\x03")
    assert device.service(1_001) == [WeightSeen(device="scale", grams=845, stable=True)]
    device.command(ZeroScale(), 1_002)
    device.service(1_003)
    assert kernel.end.recv(64) == b"\x02\x02"
    kernel.end.close()
    assert [*map(type, device.service(1_004))] == [DeviceOffline]
    device.close()


def test_a_short_report_is_filled_up_and_each_write_is_one_report(kernel: Kernel) -> None:
    port = HidrawPort(f"{kernel.folder}/hidraw2", fills=True)
    assert port.read() == b""
    kernel.end.send(b"\x02\x01]E07")
    assert port.read() == b"\x02\x01]E07".ljust(64, b"\0")
    assert port.write(b"\x04\x02\x04\x40") == 2
    assert port.write(b"\x04\x40") == 2
    assert [kernel.end.recv(64), kernel.end.recv(64)] == [b"\x04\x02", b"\x04\x40"]
    port.close()


def test_reports_without_ids_are_written_behind_a_nought(kernel: Kernel) -> None:
    kernel.plug("hidraw4", "Old scanner", bytes.fromhex("058c095f750195089102c0"))
    port = HidrawPort(f"{kernel.folder}/hidraw4")
    port.write(b"\x01")
    assert kernel.end.recv(64) == b"\0\x01"
    port.close()


def test_the_driver_on_it_over_a_hot_plug(kernel: Kernel, monkeypatch: pytest.MonkeyPatch) -> None:
    device, simulator = make("scanner", Settings(port="Honeywell*", host=True)), PosScannerSimulator()
    assert device.service(0) == [DeviceOnline(device="scanner")]
    assert kernel.end.recv(64) == b"\x04\x00"
    simulator.connected(0)
    simulator.scan("7310865004703" * 9, "]Q1")
    simulator.advance(0)
    for report in (data := simulator.take())[:64], data[64:128], data[128:]:
        kernel.end.send(report)
    assert device.service(1) == [Scanned(device="scanner", symbology="]Q1", text="7310865004703" * 9)]
    device.command(EnableScanner(enabled=False), 2)
    simulator.receive(kernel.end.recv(64), 2)
    assert not simulator.enabled
    kernel.end.close()
    (lost,) = device.service(3)
    assert isinstance(lost, DeviceOffline)
    kernel.devices = {}
    assert device.service(1_000) == []
    kernel.plug("hidraw9", "Honeywell 7990g", DESCRIPTOR)
    assert device.service(9_000) == [DeviceOnline(device="scanner")]
    assert kernel.end.recv(64) == b"\x04\x02"
    device.close()


def test_unplugged(kernel: Kernel, monkeypatch: pytest.MonkeyPatch) -> None:
    port = HidrawPort(f"{kernel.folder}/hidraw2")

    def gone(*_: Any) -> bytes:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(descriptor, "os", SimpleNamespace(read=gone))
    with pytest.raises(PortLost, match="Honeywell 7990g was unplugged"):
        port.read()
    port.close()
