"""Rows of scanners and badge readers: on a serial line, as a keyboard, as HID POS; and what a HID device says it is."""

from drivers.badge_reader.badges import TEXT_LONGEST, Badges
from drivers.badge_reader.simulator import KeyboardBadgeReaderSimulator, check_byte
from drivers.events import BadgeGarbled, BadgeRead, ScanGarbled, Scanned
from drivers.report_descriptor import REPORT_LONGEST, read_descriptor
from drivers.scanner.driver_hid_pos import USUAL
from drivers.scanner.hid_pos import HidPosProtocol
from drivers.scanner.keystrokes import Keystrokes
from drivers.scanner.label import LABEL_LONGEST
from drivers.scanner.pos_reports import PosReports
from drivers.scanner.protocol import ScannerProtocol
from drivers.scanner.simulated_pos import DESCRIPTOR, PosScannerSimulator
from drivers.scanner.simulator import KeyboardScannerSimulator, Trigger
from drivers.scanner.ssi import Ssi
from drivers.scanner.ssi_simulator import SsiSimulator
from tests.drivers.parsers.shape import Ear, Heard, Parser, lulls, receives


def spoken(simulator: Trigger) -> bytes:
    simulator.connected(0)
    simulator.advance(0)
    return simulator.take()


def typed(text: str) -> bytes:
    simulator = KeyboardScannerSimulator("se")
    simulator.connected(0)
    simulator.scan(text)
    return spoken(simulator)


def reported(text: str) -> bytes:
    simulator = PosScannerSimulator()
    simulator.connected(0)
    simulator.scan(text)
    return spoken(simulator)


def labels(stream: bytes, heard: Heard) -> None:
    """Labels that a price book can be asked for, and no others."""
    for label in heard:
        assert isinstance(label, Scanned | ScanGarbled)
        if isinstance(label, Scanned):
            assert 0 < len(label.text) <= LABEL_LONGEST
            assert all(char.isprintable() or char == "\x1d" for char in label.text)


def lines(stream: bytes, heard: Heard) -> None:
    """And each stands in what was sent."""
    labels(stream, heard)
    assert all(label.text.encode() in stream for label in heard if isinstance(label, Scanned))


# --- SSI --------------------------------------------------------------------------------------------------------------


def packets() -> tuple[bytes, ...]:
    scanner, samples = SsiSimulator(), []
    scanner.connected(0)
    for text in ("7310865004703", "96385074", "7" * 300):
        scanner.scan(text)
        for _ in range(2):
            scanner.advance(0)
            samples.append(scanner.take())
            scanner.receive(ACK, 0)
    return tuple(sample for sample in samples if sample)


def whole_packets(stream: bytes, heard: Heard) -> None:
    """Each label is of packets whose bytes add up."""
    labels(stream, heard)
    if not heard:
        return
    said = b""
    for start, size in enumerate(stream):
        body, told = stream[start : start + size], stream[start + size : start + size + 2]
        if size > 4 and len(told) == 2 and (sum(body) + int.from_bytes(told, "big")) % 0x10000 == 0:
            said += body[5:]
    assert all(label.text.encode() in said for label in heard if isinstance(label, Scanned))


ACK = bytes.fromhex("04D00400FF28")


# --- what a HID device says of itself ---------------------------------------------------------------------------------


class Described:
    """A descriptor is read when it is whole: when nothing more comes."""

    def __init__(self) -> None:
        self.said = b""

    def receive(self, data: bytes) -> Heard:
        self.said = (self.said + data)[-REPORT_LONGEST:]
        return []

    def lull(self) -> Heard:
        try:
            return [PosReports(read_descriptor(self.said))]
        except ValueError:
            return []


def small_reports(stream: bytes, heard: Heard) -> None:
    """A scanner that was understood has reports as short as the kernel lets them be."""
    for scanner in heard:
        assert all(length <= REPORT_LONGEST + 1 for length in scanner.reports.lengths.values())
        assert len(scanner.enable(enabled=False)) <= REPORT_LONGEST + 1
        labels(stream, HidPosProtocol("scanner", scanner).receive(stream[:40], 0))


# --- badges -----------------------------------------------------------------------------------------------------------


def typed_badge() -> bytes:
    reader = KeyboardBadgeReaderSimulator()
    reader.connected(0)
    reader.show("0004567890")
    return spoken(reader)


def badges(stream: bytes, heard: Heard) -> None:
    """Short ones."""
    for event in heard:
        assert isinstance(event, BadgeRead | BadgeGarbled)
        assert isinstance(event, BadgeGarbled) or 0 < len(event.text) <= TEXT_LONGEST


def checked_badges(stream: bytes, heard: Heard) -> None:
    """Never another person's: its digits stand there, and their check byte behind them."""
    badges(stream, heard)
    for event in heard:
        if isinstance(event, BadgeRead):
            assert f"{event.text}{check_byte(event.text):02X}".encode() in stream.upper()


LINES = (
    b"]E07310865004703\r",
    b"\x0296385074\x03",
    b"73108650047037310865004703",
    b"]d201095\x1d10AB\r\n",
    b"]Q1" + b"7" * 120 + b"\r",
)
BADGES = (b"\x020415ED09A257\r\n\x03", b"\x020415ED09A257\x03", b"0415ED09A2\r\n")
DESCRIPTORS = (
    DESCRIPTOR,
    bytes.fromhex("05010906a101050719e029e7150025017501950881020c"),
    bytes.fromhex("058c09fe75089520820201"),
)
ROWS: dict[str, Parser] = {
    "scanner": Parser(LINES, lambda: Ear(ScannerProtocol("scanner")), receives, lines, lulls),
    "keyboard": Parser(
        tuple(typed(text) for text in ("73", "A@", "\x1d7", "")),
        lambda: Ear(Keystrokes("scanner", "se")),
        receives,
        labels,
        lulls,
    ),
    "hid_pos": Parser(
        tuple(reported(text) for text in ("73", "7310865004703", "7" * 120)),
        lambda: Ear(HidPosProtocol("scanner", USUAL)),
        receives,
        labels,
        lulls,
        cut_anyhow=False,
    ),
    "ssi": Parser(packets(), lambda: Ear(Ssi("scanner")), receives, whole_packets, lulls),
    "descriptor": Parser(DESCRIPTORS, Described, receives, small_reports, lulls),
    "badge": Parser(
        BADGES, lambda: Ear(Badges("badge_reader", ScannerProtocol("badge_reader"))), receives, badges, lulls
    ),
    "em4100": Parser(
        BADGES,
        lambda: Ear(Badges("badge_reader", ScannerProtocol("badge_reader"), "em4100")),
        receives,
        checked_badges,
        lulls,
    ),
    "typed_badge": Parser(
        (typed_badge(),), lambda: Ear(Badges("badge_reader", Keystrokes("badge_reader", "us"))), receives, badges, lulls
    ),
}
