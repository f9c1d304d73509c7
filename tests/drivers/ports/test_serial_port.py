"""A serial line, played by a pty: opened for one, never waiting, and told apart: nothing yet from gone."""

import os
import termios
import tty
from collections.abc import Callable, Iterator
from typing import NamedTuple

import pytest
import serial

from drivers.ports.port import PortLost
from drivers.ports.serial_port import SerialPort, SerialSettings, pyserial_words


class Pty(NamedTuple):
    """The device's end, and the path of ours."""

    device: int
    path: str


@pytest.fixture
def pty() -> Iterator[Pty]:
    device, ours = os.openpty()
    tty.setraw(device)
    yield Pty(device, os.ttyname(ours))
    os.close(ours)
    os.close(device)


def test_both_ways(pty: Pty, read_until: Callable[..., bytes]) -> None:
    port = SerialPort(pty.path, SerialSettings())
    assert port.ready
    assert port.read() == b""
    os.write(pty.device, b"\x00\x03\r\n\xff7310")
    assert read_until(port, b"7310") == b"\x00\x03\r\n\xff7310"
    assert port.write(b"\x11\x13\n\x04") == 4
    assert os.read(pty.device, 100) == b"\x11\x13\n\x04"
    port.close()
    port.close()
    assert not port.ready


def test_it_never_waits_for_a_line_that_takes_nothing(pty: Pty) -> None:
    port = SerialPort(pty.path, SerialSettings())
    taken = [port.write(b"x" * 10_000) for _ in range(100)]
    assert taken[0] > 0
    assert taken[-1] == 0, "a line that nobody reads took a million bytes"
    port.close()


def test_a_line_that_is_gone_is_lost() -> None:
    device, ours = os.openpty()
    port = SerialPort(os.ttyname(ours), SerialSettings())
    os.close(ours)
    os.close(device)
    with pytest.raises(PortLost, match="unplugged"):
        port.read()
    with pytest.raises(PortLost, match="unplugged"):
        port.write(b"x")
    port.close()


def test_one_that_is_not_there() -> None:
    with pytest.raises(PortLost, match="plugged in"):
        SerialPort("/dev/kassa-has-no-such-line", SerialSettings())


def test_only_one_program_at_a_time(pty: Pty) -> None:
    port = SerialPort(pty.path, SerialSettings())
    with pytest.raises(PortLost, match="in use"):
        SerialPort(pty.path, SerialSettings())
    port.close()
    SerialPort(pty.path, SerialSettings()).close()


def test_the_line_is_set_as_asked(pty: Pty) -> None:
    port = SerialPort(pty.path, SerialSettings(baud=19_200, stopbits=2))
    fd = port.fileno()
    assert fd is not None
    _, _, flags, _, _, speed, _ = termios.tcgetattr(fd)
    assert speed == termios.B19200
    assert flags & termios.CSTOPB
    port.close()


def test_every_setting_is_one_that_pyserial_knows() -> None:
    settings = SerialSettings(baud=1200, bytesize=7, parity="E", stopbits=2, xonxoff=True, rtscts=True)
    line = serial.Serial(None, **pyserial_words(settings))
    assert (line.baudrate, line.bytesize, line.parity, line.stopbits) == (1200, 7, "E", 2)
    assert line.xonxoff and line.rtscts
