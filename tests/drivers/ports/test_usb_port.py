"""USB's bulk endpoints, with libusb's device played by a small class."""

from types import SimpleNamespace
from typing import Any

import pytest
import usb.core
import usb.util

from drivers.ports import usb_port
from drivers.ports.port import PortLost
from drivers.ports.usb_port import UsbTransport

BULK = usb.util.ENDPOINT_TYPE_BULK


class Endpoint:
    """One bulk endpoint. Takes at most `takes` bytes a time."""

    wMaxPacketSize = 64

    def __init__(self, address: int, attributes: int = BULK) -> None:
        self.bEndpointAddress, self.bmAttributes = address, attributes
        self.takes, self.written = 1_000, b""
        self.says: list[bytes | usb.core.USBError] = []

    def write(self, data: bytes, timeout: int) -> int:
        self.written += data[: self.takes]
        return min(len(data), self.takes)

    def read(self, size: int, timeout: int) -> Any:
        if not self.says:
            raise usb.core.USBTimeoutError("timed out", errno=110)
        answer = self.says.pop(0)
        if isinstance(answer, usb.core.USBError):
            raise answer
        return memoryview(answer)


class Interface(list[Endpoint]):
    """Endpoints with a class."""

    def __init__(self, number: int, class_: int, *endpoints: Endpoint) -> None:
        super().__init__(endpoints)
        self.bInterfaceNumber, self.bInterfaceClass = number, class_


class Device:
    """A device with a kernel driver on it."""

    def __init__(self, *interfaces: Interface) -> None:
        self._interfaces = interfaces
        self.done: list[str] = []
        self.pulled = False

    def get_active_configuration(self) -> tuple[Interface, ...]:
        return self._interfaces

    def is_kernel_driver_active(self, number: int) -> bool:
        return True

    def detach_kernel_driver(self, number: int) -> None:
        self.done.append(f"detach {number}")

    def attach_kernel_driver(self, number: int) -> None:
        if self.pulled:
            raise usb.core.USBError("no device", errno=19)
        self.done.append(f"attach {number}")


@pytest.fixture
def claims(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    done: list[str] = []
    fake = SimpleNamespace(**{name: getattr(usb.util, name) for name in dir(usb.util) if not name.startswith("__")})
    fake.claim_interface = lambda device, number: done.append(f"claim {number}")
    fake.release_interface = lambda device, number: done.append(f"release {number}")
    fake.dispose_resources = lambda device: done.append("dispose")
    monkeypatch.setattr(usb_port.usb, "util", fake)
    return done


def transport(device: Device | None) -> UsbTransport:
    """The transport on this device."""
    return UsbTransport(0x04B8, 0x0202, find=lambda **ids: device)


def test_it_takes_the_printers_interface_and_gives_it_back(claims: list[str]) -> None:
    out, back, storage = Endpoint(0x01), Endpoint(0x82), Endpoint(0x03)
    device = Device(Interface(0, 8, storage), Interface(1, 7, out, back))
    line = transport(device)
    out.takes = 3
    line.write(b"a receipt")
    assert out.written == b"a receipt"
    assert line.read() == b""
    back.says = [b"\x16"]
    assert line.read() == b"\x16"
    line.close()
    assert claims == ["claim 1", "release 1", "dispose"]
    assert device.done == ["detach 1", "attach 1"]


def test_a_device_that_only_listens_says_nothing(claims: list[str]) -> None:
    line = transport(Device(Interface(0, 255, Endpoint(0x81, usb.util.ENDPOINT_TYPE_INTR), Endpoint(0x02))))
    assert line.read() == b""
    line.close()


def test_a_device_that_was_pulled_fails_and_lets_go_quietly(claims: list[str]) -> None:
    out, back = Endpoint(0x01), Endpoint(0x81)
    device = Device(Interface(0, 7, out, back))
    line = transport(device)
    device.pulled = True
    back.says = [usb.core.USBError("no such device", errno=19)]
    with pytest.raises(OSError, match="no such device"):
        line.read()
    line.close()
    assert claims[-1] == "dispose"


def test_what_is_not_there_or_not_such_a_device(claims: list[str]) -> None:
    with pytest.raises(PortLost, match="usb:04b8:0202 is not there"):
        transport(None)
    with pytest.raises(PortLost, match="takes bytes"):
        transport(Device(Interface(0, 3, Endpoint(0x81, usb.util.ENDPOINT_TYPE_INTR))))


def test_without_libusb_one_reads_what_to_install(claims: list[str]) -> None:
    def find(**ids: int) -> None:
        raise usb.core.NoBackendError("No backend available")

    with pytest.raises(PortLost, match=r"libusb-1\.0-0"):
        UsbTransport(0x04B8, 0x0202, find=find)
