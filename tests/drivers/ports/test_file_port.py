"""Bytes into files: a plain one, and a device that talks back (played by a pty)."""

import os
import tty
from collections.abc import Callable
from pathlib import Path

import pytest

from drivers.ports.file_port import FilePort
from drivers.ports.port import PortLost


def test_a_plain_file_is_made_and_appended_to(tmp_path: Path) -> None:
    roll = tmp_path / "roll.bin"
    for line in (b"first\n", b"second\n"):
        port = FilePort(str(roll))
        assert port.ready
        assert port.write(line) == len(line)
        assert port.read() == b""
        port.close()
        port.close()
    assert roll.read_bytes() == b"first\nsecond\n"


def test_a_plain_file_is_not_for_a_selector(tmp_path: Path) -> None:
    port = FilePort(str(tmp_path / "roll.bin"))
    assert port.fileno() is None
    port.close()


def test_a_device_talks_back(read_until: Callable[..., bytes]) -> None:
    device, ours = os.openpty()
    tty.setraw(device)
    port = FilePort(os.ttyname(ours))
    assert port.read() == b""
    os.write(device, b"\x16")
    assert read_until(port, b"\x16") == b"\x16"
    assert port.write(b"\x10\x04\x01") == 3
    assert os.read(device, 10) == b"\x10\x04\x01"
    os.close(ours)
    os.close(device)
    with pytest.raises(PortLost):
        port.write(b"x")
    port.close()


def test_what_cannot_be_opened_says_why(tmp_path: Path) -> None:
    with pytest.raises(PortLost, match="no such file"):
        FilePort("/dev/usb/kassa-has-no-such-printer")
    with pytest.raises(PortLost, match="no such file"):
        FilePort(str(tmp_path / "no" / "folder"))


def test_a_full_disk_is_a_lost_line(read_until: Callable[..., bytes]) -> None:
    port = FilePort("/dev/full")
    with pytest.raises(PortLost, match="no space"):
        port.write(b"x")
    port.close()
