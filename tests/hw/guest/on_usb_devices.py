"""Scanner, scale and printer on a real USB bus: HID keyboard, CDC-ACM and printer class, as a gadget on dummy_hcd."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from drivers.events import (
    DeviceOffline,
    DeviceOnline,
    DocumentLine,
    EnableScanner,
    Print,
    PrintDone,
    Scanned,
    WeightSeen,
    ZeroScale,
)
from drivers.pos_printer.simulator import PrinterSimulator
from drivers.scale.hid_simulator import DESCRIBED, HidScaleSimulator
from drivers.scale.simulator import ScaleSimulator
from drivers.scanner.simulated_pos import DESCRIPTOR, PosScannerSimulator
from drivers.scanner.simulator import ScannerSimulator
from tests.hw.guest.gadget import KEYBOARD, PRODUCT, VENDOR, Gadget, Keys
from tests.hw.guest.turning import FarEnd, Turning, now_ms, wait_for

HID, ACM, PRINTER = "hid.usb0", "acm.usb0", "printer.usb0"
MILK, BREAD = "7310865004703", "7310500088853"
ANSWERS = {"q_len": b"10", "pnp_string": b"MFG:Kassa;MDL:test;CLS:PRINTER;"}


@pytest.fixture
def gadget() -> Iterator[Callable[..., Gadget]]:
    """Makes the one device that is on the bus."""
    made: list[Gadget] = []

    def make(functions: dict[str, dict[str, bytes]]) -> Gadget:
        made.append(Gadget(functions))
        return made[-1]

    yield make
    for one in made:
        one.remove()


@pytest.fixture
def turning(gadget: object) -> Iterator[Callable[..., Turning]]:
    """Makes drivers, and lets go of both ends before the device is taken apart: the kernel waits for that."""
    made: list[Turning] = []

    def make(name: str, far: FarEnd | None = None, **settings: object) -> Turning:
        made.append(Turning(name, far, **settings))
        return made[-1]

    yield make
    for one in made:
        one.close()


def test_a_keyboard_scanner_is_pulled_and_put_back(
    gadget: Callable[..., Gadget], turning: Callable[..., Turning]
) -> None:
    usb = gadget({HID: KEYBOARD})
    scanner = turning("scanner", driver="evdev", port="Kassa test*")
    scanner.until(DeviceOnline)
    with closing(Keys()) as keys:
        keys.type(MILK + "\r", scanner.turn)
    assert scanner.until(Scanned)[-1].text == MILK
    usb.unplug()
    scanner.until(DeviceOffline)
    assert scanner.during(2_000) == [], "away is told once"
    usb.plug()
    scanner.until(DeviceOnline)
    with closing(Keys()) as keys:
        keys.type(BREAD + "\r", scanner.turn)
    assert [type(event) for event in scanner.until(Scanned)] == [Scanned]


def test_a_hid_pos_scanner_says_what_it_has_read_and_hears_when_it_may(
    gadget: Callable[..., Gadget], turning: Callable[..., Turning]
) -> None:
    """On /dev/hidraw*, with its own report descriptor, both ways."""
    usb = gadget({HID: {"report_length": b"64", "report_desc": DESCRIPTOR}})
    simulator = PosScannerSimulator()
    scanner = turning("scanner", FarEnd(simulator, "/dev/hidg0"), driver="hid_pos", port="Kassa test*", host=True)
    scanner.until(DeviceOnline)
    label = "0107310865004703" * 5
    simulator.scan(label, "]C1")
    assert scanner.until(Scanned)[-1] == Scanned(device="scanner", symbology="]C1", text=label)
    scanner.device.command(EnableScanner(enabled=False), now_ms())
    scanner.during(500)
    assert not simulator.enabled
    usb.unplug()
    scanner.until(DeviceOffline)
    assert scanner.during(2_000) == [], "away is told once"
    usb.plug()
    scanner.until(DeviceOnline)
    scanner.device.command(EnableScanner(enabled=True), now_ms())
    scanner.during(500)
    simulator.scan(MILK)
    assert scanner.until(Scanned)[-1].text == MILK


def test_a_serial_scanner_on_usb_is_pulled_and_put_back(
    gadget: Callable[..., Gadget], turning: Callable[..., Turning]
) -> None:
    usb = gadget({ACM: {}})
    simulator = ScannerSimulator()
    far = FarEnd(simulator, "/dev/ttyGS0")
    scanner = turning("scanner", far, driver="serial", port="/dev/ttyACM0")
    scanner.until(DeviceOnline)
    simulator.scan_together(MILK, BREAD)
    assert [e.text for e in scanner.until(Scanned, Scanned) if isinstance(e, Scanned)] == [MILK, BREAD]
    usb.unplug()
    scanner.until(DeviceOffline)
    assert scanner.during(2_000) == [], "away is told once"
    usb.plug()
    scanner.until(DeviceOnline)
    simulator.scan(BREAD)
    assert scanner.until(Scanned)[-1].text == BREAD


def test_a_scale_on_usb_weighs_before_and_after_its_plug_was_pulled(
    gadget: Callable[..., Gadget], turning: Callable[..., Turning]
) -> None:
    usb = gadget({ACM: {}})
    simulator = ScaleSimulator()
    simulator.put(840)
    far = FarEnd(simulator, "/dev/ttyGS0")
    scale = turning("scale", far, driver="toledo8217", port="/dev/ttyACM0")

    def weigh() -> int | None:
        while not (seen := scale.until(WeightSeen)[-1]).stable:
            continue
        return seen.grams

    scale.until(DeviceOnline)
    assert weigh() == 840
    usb.unplug()
    scale.until(DeviceOffline)
    assert scale.during(2_000) == [], "away is told once"
    simulator.put(300)
    usb.plug()
    scale.until(DeviceOnline)
    assert weigh() == 300


def test_a_hid_scale_weighs_is_zeroed_and_comes_back(
    gadget: Callable[..., Gadget], turning: Callable[..., Turning]
) -> None:
    """On /dev/hidraw*, found by its name and asked what its reports mean; the kernel keeps the ends of reports."""
    usb = gadget({HID: {"report_length": b"6", "report_desc": DESCRIBED}})
    simulator = HidScaleSimulator()
    simulator.put(845)
    scale = turning("scale", FarEnd(simulator, "/dev/hidg0"), driver="hid", port="Kassa test*")

    def weigh() -> int | None:
        while not (seen := scale.until(WeightSeen)[-1]).stable:
            continue
        return seen.grams

    scale.until(DeviceOnline)
    assert weigh() == 845
    simulator.put(40)
    assert weigh() == 40
    scale.device.command(ZeroScale(), now_ms())
    assert weigh() == 0
    usb.unplug()
    scale.until(DeviceOffline)
    assert scale.during(2_000) == [], "away is told once"
    usb.plug()
    scale.until(DeviceOnline)
    simulator.put(300)
    assert weigh() == 300


def test_half_a_report_of_a_hid_scale_is_no_weight(
    gadget: Callable[..., Gadget], turning: Callable[..., Turning]
) -> None:
    gadget({HID: {"report_length": b"6", "report_desc": DESCRIBED}})
    scale = turning("scale", driver="hid", port="Kassa test*")
    scale.until(DeviceOnline)
    with Path("/dev/hidg0").open("wb", buffering=0) as far:
        far.write(b"\x03\x04\x02\x00\x4d")
        assert scale.during(1_000) == []
        far.write(b"\x03\x04\x02\x00\x4d\x03")
        assert scale.until(WeightSeen)[-1].grams == 845


@pytest.mark.parametrize("port", ["file:/dev/usb/lp0", f"usb:{VENDOR:04x}:{PRODUCT:04x}"], ids=["usblp", "libusb"])
def test_a_receipt_is_printed_through(
    gadget: Callable[..., Gadget], turning: Callable[..., Turning], port: str
) -> None:
    """The kernel's printer driver, or libusb, which takes the printer away from it."""
    usb = gadget({PRINTER: ANSWERS})
    simulator = PrinterSimulator()
    far = FarEnd(simulator, "/dev/g_printer0")
    wait_for("/dev/usb/lp0")  # without udev, libusb knows no device that came after it looked at the bus first
    printer = turning("pos_printer", far, driver="escpos", port=port, status="asb")
    printer.until(DeviceOnline)
    printer.device.command(Print("1", (DocumentLine("Mjölk 12,50"),)), now_ms())
    printer.until(PrintDone)
    assert "Mjölk 12,50" in simulator.roll_text()
    usb.unplug()
    printer.until(DeviceOffline)
