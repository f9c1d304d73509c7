"""What is plugged in: read from a tree like the kernel's; each suggestion is a configuration that the lane takes."""

import tomllib
from pathlib import Path

import pytest

from drivers.device import DeviceError
from drivers.ports.plugged import Plugged, plugged, usage_pages
from drivers.registry import device_tables, make_device
from drivers.suggested import suggested

KEYBOARD = "40000 400 0 0 1000000000007 ff9f207ac14057ff febeffdfffefffff fffffffffffffffe"
"""`capabilities/key` of a usual keyboard, as 64 bit kernels print it."""
TOUCH_KEYS, TOUCH_ABS = "400 0 0 0 0 0", "260800000000003"
POWER_BUTTON = "10000000000000 0"
SCANNER_DESCRIPTOR = bytes.fromhex("06 8c 00 09 02 a1 01 05 01 09 06 c0".replace(" ", ""))


def write(file: Path, text: str | bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())


def an_input(root: Path, event: str, name: str, **bits: str) -> None:
    device = root / "sys/class/input" / event / "device"
    write(device / "name", f"{name}\n")
    write(device / "id/vendor", "0C2E\n")
    write(device / "id/product", "0200\n")
    for what, words in bits.items():
        write(device / "capabilities" / what, f"{words}\n")


def a_usb_line(root: Path, tty: str, product: str) -> None:
    usb = root / "sys/devices/usb1" / f"1-{tty}"
    write(usb / "idVendor", "1a86\n")
    write(usb / "idProduct", "7523\n")
    write(usb / "product", f"{product}\n")
    (usb / "1-1:1.0").mkdir()
    (root / "sys/class/tty" / tty).mkdir(parents=True)
    (root / "sys/class/tty" / tty / "device").symlink_to(usb / "1-1:1.0")


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    an_input(tmp_path, "event0", "Power Button", key=POWER_BUTTON)
    an_input(tmp_path, "event3", "Honeywell 1900", key=KEYBOARD)
    an_input(tmp_path, "event4", "ILITEK", key=TOUCH_KEYS, abs=TOUCH_ABS)
    an_input(tmp_path, "event5", "bcm2835 Headphone", sw="4")
    a_usb_line(tmp_path, "ttyUSB0", "USB Serial")
    a_usb_line(tmp_path, "ttyACM0", "Barcode Scanner")
    write(tmp_path / "sys/class/hidraw/hidraw0/device/uevent", "HID_ID=0003:00000C2E:00000200\nHID_NAME=POS Scanner\n")
    write(tmp_path / "sys/class/hidraw/hidraw0/device/report_descriptor", SCANNER_DESCRIPTOR)
    (tmp_path / "sys/class/usbmisc/lp0").mkdir(parents=True)
    (tmp_path / "sys/bus/gpio/devices/gpiochip0").mkdir(parents=True)
    write(tmp_path / "sys/class/gpio/gpiochip0/label", "pinctrl-bcm2711\n")
    by_id = tmp_path / "dev/input/by-id"
    by_id.mkdir(parents=True)
    (by_id / "usb-Honeywell_1900-event-kbd").symlink_to("../event3")
    return tmp_path


def test_each_thing_has_its_kind_its_name_and_a_path_that_stays(machine: Path) -> None:
    found = {one.node: one for one in plugged(machine)}
    assert found["/dev/input/by-id/usb-Honeywell_1900-event-kbd"] == Plugged(
        "keyboard", "/dev/input/by-id/usb-Honeywell_1900-event-kbd", "Honeywell 1900", "0c2e", "0200"
    )
    assert {node: one.kind for node, one in found.items()} == {
        "/dev/input/by-id/usb-Honeywell_1900-event-kbd": "keyboard",
        "/dev/input/event4": "touch",
        "/dev/input/event5": "jack",
        "/dev/ttyUSB0": "serial",
        "/dev/ttyACM0": "serial",
        "/dev/usb/lp0": "printer",
        "/dev/hidraw0": "hid",
        "/dev/gpiochip0": "gpio",
    }
    assert found["/dev/ttyUSB0"][2:5] == ("USB Serial", "1a86", "7523")
    assert found["/dev/hidraw0"].usages == (0x8C, 0x01)
    assert found["/dev/gpiochip0"].name == "pinctrl-bcm2711"


def test_what_is_suggested_is_a_configuration(machine: Path) -> None:
    kinds = set()
    for thing in plugged(machine):
        said = suggested(thing)
        assert said.lines or said.remark
        for name, table in device_tables(tomllib.loads("\n".join(said.lines)).get("devices", {})).items():
            kinds.add(name)
            if table["driver"] != "gpio":  # its pins are this machine's
                try:
                    make_device(name, table).close()
                except DeviceError as missing:
                    assert "needs the Python package" in str(missing)
    assert kinds == {"scanner", "touch", "headphones", "pos_printer", "lights"}


def test_a_scanner_on_a_serial_line_is_known_by_its_name(machine: Path) -> None:
    lines = {one.node: suggested(one) for one in plugged(machine)}
    assert lines["/dev/ttyACM0"].lines[:2] == ("[devices.scanner]", 'driver = "serial"')
    assert not lines["/dev/ttyACM0"].remark
    assert "scale" in lines["/dev/ttyUSB0"].remark


def test_a_hid_pos_scanner_is_used_as_one_by_its_name(machine: Path) -> None:
    (said,) = [suggested(one) for one in plugged(machine) if one.kind == "hid"]
    assert tomllib.loads("\n".join(said.lines)) == {
        "devices": {"scanner": {"driver": "hid_pos", "port": "POS Scanner"}}
    }


def test_a_machine_with_nothing_has_nothing(tmp_path: Path) -> None:
    assert plugged(tmp_path) == []


@pytest.mark.parametrize("cut", range(len(SCANNER_DESCRIPTOR)))
def test_a_damaged_descriptor_is_read_as_far_as_it_goes(cut: int) -> None:
    assert set(usage_pages(SCANNER_DESCRIPTOR[:cut])) <= {0x8C, 0x01}


def test_long_items_are_stepped_over() -> None:
    assert usage_pages(bytes((0xFE, 2, 0, 0x05, 0x01)) + SCANNER_DESCRIPTOR) == (0x8C, 0x01)
