"""Single cable: scanner and scale on one line, against their simulator, spoiled bytes, and a real serial line."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.device import DeviceError
from drivers.events import (
    DeviceOffline,
    DeviceOnline,
    OpenDrawer,
    PriceScale,
    ScanGarbled,
    Scanned,
    WeightSeen,
    ZeroScale,
)
from drivers.registry import make_devices
from drivers.scale.driver_single_cable import InTheScanner
from drivers.scale.single_cable import DATALOGIC, Framing, SingleCable
from drivers.scale.single_cable_simulator import SingleCableSimulator
from drivers.scanner.driver_single_cable import ScannerWithScale
from drivers.simulated import SimulatedDevice
from tests.drivers.scale.scale_bench import (
    MOVING,
    ONLINE,
    Crank,
    hear_until,
    on_a_pty,
    steady,
    trouble,
)

MILK = "7310865004703"
NCR = Framing(prefix=0x02, terminator=0x03, bcc=True)
SCANNER_ONLINE = DeviceOnline(device="scanner")


class Counter:
    """A till with both of them."""

    def __init__(self, framing: Framing = DATALOGIC, *, with_scale: bool = True) -> None:
        self.both = SingleCableSimulator(framing=framing)

        def made(opening: object) -> ScannerWithScale:
            scanner = ScannerWithScale("scanner", opening, framing)  # type: ignore[arg-type]
            if with_scale:
                self.scale = InTheScanner("scale", scanner)
            return scanner

        self.scanner = SimulatedDevice(self.both, made)
        self.wait = Crank(self.scanner)


@pytest.fixture(params=[Framing(), NCR], ids=["datalogic", "ncr"])
def counter(request: pytest.FixtureRequest) -> Counter:
    return Counter(request.param)


def test_both_are_there(counter: Counter) -> None:
    assert counter.wait(3_000) == [SCANNER_ONLINE, ONLINE, steady(0)]


def test_a_load_comes_to_rest_while_things_are_scanned(counter: Counter) -> None:
    counter.wait(1_000)
    counter.both.put(845)
    counter.both.scan(MILK)
    assert counter.wait(3_000) == [Scanned(device="scanner", symbology="]E0", text=MILK), MOVING, steady(845)]


@pytest.mark.parametrize(("kind", "text", "symbology", "read"), [
    ("A", "012345678905", "]E0", "0012345678905"), ("F", MILK, "]E0", MILK),
    ("R", f"010{MILK}", "]e0", f"010{MILK}"),
    ("B1", "S42", "]A0", "S42"), ("B2", "123456", "]I0", "123456"), ("B3", "Hello", "]C0", "Hello"),
    ("Q", "?", "", "Q?"), ("E", "01234565", "", "E01234565"),
])  # fmt: skip
def test_labels_of_every_kind(counter: Counter, kind: str, text: str, symbology: str, read: str) -> None:
    counter.wait(1_000)
    counter.both.scan(text, kind)
    assert counter.wait(500) == [Scanned(device="scanner", symbology=symbology, text=read)]


@pytest.mark.parametrize(
    ("grams", "fault", "said"),
    [(15_046, "", "over"), (-5, "", "under"), (300, "pounds", "unit"), (0, "zero_lost", "calibration")],
)
def test_what_cannot_be_weighed(counter: Counter, grams: int, fault: str, said: str) -> None:
    counter.wait(1_000)
    counter.both.put(grams)
    if fault:
        setattr(counter.both, fault, True)
    assert counter.wait(3_000)[-1] == trouble(said)  # type: ignore[arg-type]


def test_a_scale_that_falls_silent_leaves_the_scanner_alone(counter: Counter) -> None:
    counter.wait(1_000)
    counter.both.silent = True
    heard = counter.wait(5_000)
    assert [(type(event), event.device) for event in heard] == [(DeviceOffline, "scale")]
    counter.both.scan(MILK)
    assert counter.wait(1_000) == [Scanned(device="scanner", symbology="]E0", text=MILK)]
    counter.both.silent = False
    assert counter.wait(2_000) == [ONLINE, steady(0)]


def test_unplugged_both_are_away_once_and_come_back(counter: Counter) -> None:
    counter.wait(1_000)
    counter.both.unplug()
    assert [(type(event), event.device) for event in counter.wait(20_000)] == [
        (DeviceOffline, "scanner"), (DeviceOffline, "scale"),
    ]  # fmt: skip
    counter.both.plug()
    assert counter.wait(10_000) == [SCANNER_ONLINE, ONLINE, steady(0)]


def test_a_scanner_alone_is_never_asked_for_a_weight() -> None:
    counter = Counter(with_scale=False)
    assert counter.wait(10_000) == [SCANNER_ONLINE]
    counter.both.scan(MILK)
    assert len(counter.wait(1_000)) == 1
    assert counter.both._heard == b""


def test_a_damaged_frame_is_no_weight_and_no_label() -> None:
    counter = Counter(NCR)
    counter.wait(1_000)
    counter.both.wrong_bcc = True
    counter.both.put(500)
    counter.both.scan(MILK)
    heard = counter.wait(10_000)
    assert not [event for event in heard if isinstance(event, Scanned | WeightSeen)]
    assert [event.why for event in heard if isinstance(event, ScanGarbled)] == ["a label that was damaged on the way"]


def test_it_takes_what_every_scale_is_told_and_nothing_else(counter: Counter) -> None:
    counter.wait(100)
    assert counter.scale.command(ZeroScale(), 0) == counter.scale.command(PriceScale(100), 0) == []
    assert (counter.scale.service(0), counter.scale.deadline_ms(), counter.scale.fileno()) == ([], None, None)
    with pytest.raises(AssertionError, match="OpenDrawer"):
        counter.scale.command(OpenDrawer("t"), 0)


def test_byte_by_byte_it_is_the_same(counter: Counter) -> None:
    counter.both.split = True
    counter.both.put(845)
    assert counter.wait(5_000)[-1] == steady(845)


@settings(max_examples=500)
@given(st.sampled_from([Framing(), NCR]), st.lists(st.binary(max_size=40), max_size=8))
def test_whatever_comes_in_whatever_pieces(framing: Framing, parts: list[bytes]) -> None:
    apart, together = SingleCable("scanner", framing), SingleCable("scanner", framing)
    for talk in (apart, together):
        talk.scale("scale")
    heard = [event for part in parts for event in apart.receive(part, 0)]
    assert heard == together.receive(b"".join(parts), 0)


@settings(max_examples=500)
@given(st.sampled_from([Framing(), NCR]), st.integers(1, 99_999))
def test_every_weight_is_read_to_the_gram(framing: Framing, grams: int) -> None:
    talk = SingleCable("scanner", framing)
    talk.scale("scale")
    assert talk.receive(framing.around(b"144%05d" % grams), 0)[-1] == steady(grams)


def test_a_label_that_never_ends_is_told_once_and_not_kept() -> None:
    talk = SingleCable("scanner")
    heard = talk.receive(b"S08F" + b"1" * 100_000, 0)
    assert [type(event) for event in heard] == [ScanGarbled]


def test_over_a_real_serial_line() -> None:
    simulator = SingleCableSimulator()
    simulator.put(845)
    with on_a_pty(simulator) as opening:
        scanner = ScannerWithScale("scanner", opening)
        InTheScanner("scale", scanner)
        hear_until(scanner, steady(845))
        simulator.scan(MILK)
        hear_until(scanner, Scanned(device="scanner", symbology="]E0", text=MILK))
        scanner.close()


def test_from_the_configuration() -> None:
    tables = {
        "scale": {"driver": "single_cable"},
        "scanner": {"driver": "single_cable", "port": "/dev/kiosk/scanner", "prefix": 2, "terminator": 3, "bcc": True},
    }
    assert {device.name for device in make_devices(tables)} == {"scanner", "scale"}
    with pytest.raises(DeviceError, match=r'devices.scale: scanner = .scanner. has no scale in it.*"single_cable"'):
        make_devices({**tables, "scanner": {"driver": "serial", "port": "/dev/kiosk/scanner"}})
