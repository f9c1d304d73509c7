"""A device's file by a pattern: whatever socket it is plugged into, it is found, and looked for anew each time."""

import os
import tty
from collections.abc import Callable
from pathlib import Path

import pytest

from drivers.ports.open import open_port
from drivers.ports.path import found_path
from drivers.ports.port import Port, PortLost


def test_a_plain_path_is_itself_whether_it_is_there_or_not() -> None:
    assert found_path("/dev/ttyUSB9") == "/dev/ttyUSB9"


def test_of_a_pattern_the_first_that_is_there(tmp_path: Path) -> None:
    for name in ("usb-Zebra-7", "usb-Honeywell-2", "usb-Honeywell-1"):
        (tmp_path / name).touch()
    assert found_path(f"{tmp_path}/usb-Honeywell*") == f"{tmp_path}/usb-Honeywell-1"
    assert found_path(f"{tmp_path}/usb-[YZ]*") == f"{tmp_path}/usb-Zebra-7"
    with pytest.raises(PortLost, match="is the device plugged in"):
        found_path(f"{tmp_path}/usb-Datalogic*")


def test_a_serial_scanner_that_comes_back_under_another_number_is_found(
    tmp_path: Path, read_until: Callable[[Port, bytes], bytes]
) -> None:
    opening = open_port(f"{tmp_path}/usb-Honeywell*?baud=115200")
    with pytest.raises(PortLost, match="plugged in"):
        opening()
    for number in (1, 2):
        ours, theirs = os.openpty()
        tty.setraw(ours)
        link = tmp_path / f"usb-Honeywell-{number}"
        link.symlink_to(os.ttyname(theirs))
        port = opening()
        os.write(ours, b"7310865004703\r")
        assert read_until(port, b"\r") == b"7310865004703\r"
        port.close()
        link.unlink()
        os.close(theirs)
        os.close(ours)
