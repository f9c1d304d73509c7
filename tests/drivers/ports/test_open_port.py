"""What an address in the configuration means, and what is said of one that means nothing."""

import os
import select
from collections.abc import Callable
from pathlib import Path

import pytest

from drivers.device import DeviceError
from drivers.ports.file_port import FilePort
from drivers.ports.open import open_port
from drivers.ports.port import PortLost
from drivers.ports.serial_port import SerialPort
from drivers.ports.tcp_port import TcpPort
from drivers.ports.worker import WorkerPort
from kiosk.demo.ports import free_port


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "localhost"])
def test_a_socket(host: str) -> None:
    port = open_port(f"socket://{host}:1")
    try:
        assert isinstance(port(), TcpPort)
    except PortLost as refused:
        assert "refused" in str(refused) or "unreachable" in str(refused) or "assign" in str(refused)


def test_a_serial_line_with_settings_of_the_driver_and_of_the_address() -> None:
    device, ours = os.openpty()
    port = open_port(f"{os.ttyname(ours)}?baud=19200", baud=9600, stopbits=2)()
    assert isinstance(port, SerialPort)
    assert port._serial is not None
    assert (port._serial.baudrate, port._serial.stopbits) == (19_200, 2)
    port.close()
    os.close(ours)
    os.close(device)


def test_a_file(tmp_path: Path) -> None:
    port = open_port(f"file:{tmp_path}/roll.bin")()
    assert isinstance(port, FilePort)
    port.close()


def test_usb_says_that_the_device_is_away(read_until: Callable[..., bytes]) -> None:
    port = open_port("usb:04b8:0202")()
    assert isinstance(port, WorkerPort)
    with pytest.raises(PortLost, match=r"04b8:0202|libusb"):
        read_until(port, b"never")
    port.close()


def test_whatever_else_pyserial_knows(read_until: Callable[..., bytes]) -> None:
    port = open_port("loop://", baud=19_200)()
    fd = port.fileno()
    assert fd is not None
    assert select.select([fd], [], [], 10)[0]
    assert port.write(b"there and back") == 14
    assert read_until(port, b"back") == b"there and back"
    port.close()


def test_a_remote_serial_port_that_is_away(read_until: Callable[..., bytes]) -> None:
    port = open_port(f"rfc2217://127.0.0.1:{free_port()}")()
    with pytest.raises(PortLost, match=r"(?i)refused"):
        read_until(port, b"never")
    port.close()


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("", "no address"),
        ("ttyUSB0", "no address"),
        ("socket://printer", "host and a port number"),
        ("socket://:9100", "host and a port number"),
        ("socket://printer:lots", "host and a port number"),
        ("socket://printer:70000", "host and a port number"),
        ("usb:04b8", "lsusb"),
        ("usb:epson:tm88", "lsusb"),
        ("foo://bar", "foo"),
        ("/dev/ttyUSB0?buad=9600", "did you mean 'baud'"),
        ("/dev/ttyUSB0?baud=fast", "baud: expected int"),
        ("/dev/ttyUSB0?parity=even", "choose one of E, M, N, O, S"),
    ],
)
def test_an_address_that_means_nothing_is_explained_at_once(url: str, words: str) -> None:
    with pytest.raises(DeviceError, match=words):
        open_port(url)
