"""A HID POS scanner: its reports become labels, whatever their layout, and it takes orders that its reports know."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.events import BeepScanner, DeviceOffline, DeviceOnline, EnableScanner, HardwareEvent, ScanGarbled, Scanned
from drivers.report_descriptor import read_descriptor
from drivers.scanner.driver_hid_pos import USUAL, Settings, make_simulated
from drivers.scanner.hid_pos import SILENCE_MS, HidPosProtocol
from drivers.scanner.label import LABEL_LONGEST, Label
from drivers.scanner.pos_reports import PosReports
from drivers.scanner.simulated_pos import DESCRIPTOR, PosScannerSimulator
from drivers.simulated import SimulatedDevice

MILK = "7310865004703"
LINK = "https://id.example.org/01/09521234543213?10=AB~C&17=261231&x=" + "7" * 60
Pair = tuple[SimulatedDevice, PosScannerSimulator]


@pytest.fixture
def pair() -> Pair:
    device, simulator = make_simulated("scanner", Settings(port="", host=True, beep=True, again_ms=0))
    assert device.service(0) == [DeviceOnline(device="scanner")]
    return device, simulator


def said(events: list[HardwareEvent]) -> list[str]:
    """What was scanned; what was garbled as `!` and why."""
    labels = [event for event in events if isinstance(event, Scanned | ScanGarbled)]
    return [event.symbology + event.text if isinstance(event, Scanned) else f"!{event.why}" for event in labels]


def spoken(text: str, symbology: str = "]E0", simulator: PosScannerSimulator | None = None) -> bytes:
    """The reports of one label."""
    simulator = simulator or PosScannerSimulator()
    simulator.connected(0)
    simulator.scan(text, symbology)
    simulator.advance(0)
    return simulator.take()


@pytest.mark.parametrize("split_ms", [0, 3])
def test_labels_short_and_over_several_reports(pair: Pair, split_ms: int) -> None:
    device, simulator = pair
    simulator.split_ms = split_ms
    simulator.scan(MILK)
    simulator.scan(LINK, "]Q1")
    simulator.scan("0109521234543213\x1d10ab^C", "]d2")
    simulator.scan("Smörgås €5", "]Q2")
    events = [event for now_ms in range(1, 3_000) for event in device.service(now_ms)]
    assert said(events) == [f"]E0{MILK}", f"]Q1{LINK}", "]d20109521234543213\x1d10ab^C", "]Q2Smörgås €5"]


def test_a_scanner_that_does_not_say_which_symbology_it_read(pair: Pair) -> None:
    device, simulator = pair
    simulator.aim = False
    simulator.scan(MILK)
    assert said(device.service(1)) == [MILK]


def test_a_suffix_that_somebody_has_set_is_no_part_of_the_label(pair: Pair) -> None:
    device, simulator = pair
    simulator.scan(MILK + "\r\n")
    assert said(device.service(1)) == [f"]E0{MILK}"]


def test_faults_are_told_and_do_not_stick(pair: Pair) -> None:
    device, simulator = pair
    simulator.liar()
    assert said(device.service(1)) == ["!200 bytes in a report that holds 56"]
    simulator.stranger()
    assert said(device.service(2)) == ["!a report that the scanner has not described"]
    simulator.endless()
    events = [event for now_ms in range(3, 30) for event in device.service(now_ms)]
    assert said(events) == [f"!longer than {LABEL_LONGEST} bytes"]
    simulator.scan(MILK)
    assert said(device.service(40)) == [f"]E0{MILK}"]


def test_a_label_whose_end_never_comes_does_not_join_the_next_one(pair: Pair) -> None:
    device, simulator = pair
    simulator.cut(LINK)
    assert said(device.service(10)) == []
    assert said(device.service(11)) == []
    assert device.deadline_ms() == 10 + SILENCE_MS
    assert said(device.service(9 + SILENCE_MS)) == []
    assert said(device.service(10 + SILENCE_MS)) == ["!broken off before its end"]
    simulator.cut(LINK)
    simulator.scan(MILK)
    assert said(device.service(1_000)) == ["!broken off before its end", f"]E0{MILK}"]


def test_unplugged_is_said_once_and_it_comes_back_by_itself(pair: Pair) -> None:
    device, simulator = pair
    simulator.cut(LINK)
    device.service(1)
    simulator.unplug()
    (lost,) = [event for now_ms in range(2, 9_000, 100) for event in device.service(now_ms)]
    assert isinstance(lost, DeviceOffline)
    simulator.plug()
    simulator_back = [event for now_ms in range(9_000, 20_000, 100) for event in device.service(now_ms)]
    assert simulator_back == [DeviceOnline(device="scanner")]
    simulator.scan(MILK)
    assert said(device.service(20_001)) == [f"]E0{MILK}"]


def test_it_reads_nothing_while_it_may_not_and_beeps_when_it_is_told(pair: Pair) -> None:
    device, simulator = pair
    device.command(EnableScanner(enabled=False), 1)
    simulator.scan(MILK)
    assert said(device.service(2)) == []
    device.command(BeepScanner(good=False), 3)
    assert (simulator.enabled, simulator.beeps) == (False, ["error"])
    device.command(EnableScanner(enabled=True), 4)
    device.command(BeepScanner(), 5)
    assert (simulator.enabled, simulator.beeps) == (True, ["error", "good"])


def test_one_that_comes_back_while_it_may_not_read_is_told_so(pair: Pair) -> None:
    device, simulator = pair
    simulator.unplug()
    device.service(1)
    device.command(EnableScanner(enabled=False), 2)
    simulator.plug()
    assert simulator.enabled
    device.service(10_000)
    assert not simulator.enabled


def test_without_leave_nothing_is_said_to_it() -> None:
    device, simulator = make_simulated("scanner", Settings(port=""))
    device.service(0)
    device.command(EnableScanner(enabled=False), 1)
    device.command(BeepScanner(), 2)
    device.service(3)
    assert (simulator.enabled, simulator.beeps) == (True, [])


BARE = "058c0902a10109fe150026ff0075089520820201c0"
"""No ids, no count, no identifier, no continuation: 32 bytes of data."""


def test_a_scanner_with_a_bare_layout() -> None:
    protocol = HidPosProtocol("scanner", PosReports(read_descriptor(bytes.fromhex(BARE))))
    (label,) = protocol.receive(b"]E0" + MILK.encode().ljust(29, b"\0"), 0)
    assert label == Scanned(device="scanner", symbology="]E0", text=MILK)
    assert not protocol._reports.can_rest
    assert protocol._reports.enable(enabled=False) == protocol._reports.beep(good=True, enabled=True) == b""


@pytest.mark.parametrize(
    "descriptor", ["", "05010906a1017508950181020c", "058c09fe750795018102", "058c750195 0109fe8102"]
)
def test_what_sends_no_decoded_data_is_no_such_scanner(descriptor: str) -> None:
    with pytest.raises(ValueError, match=r"HID POS|ends within"):
        PosReports(read_descriptor(bytes.fromhex(descriptor.replace(" ", ""))))


def test_another_interface_of_the_scanner_is_not_listened_to() -> None:
    layout = DESCRIPTOR[:-1] + bytes.fromhex("85097508950309048102c0")
    protocol = HidPosProtocol("scanner", PosReports(read_descriptor(layout)))
    assert protocol.receive(b"\x09abc" + spoken(MILK), 0) == [Scanned(device="scanner", symbology="]E0", text=MILK)]


REPORTS = st.sampled_from(
    [spoken(MILK), spoken(LINK, "]Q1"), spoken("7" * 4_000, "]Q1"), b"\x02", b"\x02\xff", b"\x09"]
)
STREAMS = st.lists(REPORTS | st.binary(max_size=70), max_size=8).map(b"".join)


def heard(*pieces: bytes) -> list[Label]:
    protocol = HidPosProtocol("scanner", USUAL)
    labels = [label for piece in pieces for label in protocol.receive(piece, 1_000)]
    return labels + protocol.silence(1_000 + SILENCE_MS)


@settings(max_examples=500)
@given(
    texts=st.lists(st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=150), max_size=4),
    data=st.data(),
)
def test_however_the_stream_is_cut_the_labels_are_the_same(texts: list[str], data: st.DataObject) -> None:
    stream = b"".join(spoken(text, "]Q1") for text in texts)
    cuts = data.draw(st.lists(st.integers(0, len(stream)), max_size=8).map(sorted))
    pieces = [stream[begin:end] for begin, end in pairwise([0, *cuts, len(stream)])]
    assert heard(*pieces) == heard(stream)
    printable = [text for text in texts if text.isprintable()]
    assert [label.text for label in heard(stream) if isinstance(label, Scanned)] == printable


@settings(max_examples=500)
@given(stream=STREAMS)
def test_whatever_comes_nothing_that_is_no_label_gets_through_and_the_next_is_read(stream: bytes) -> None:
    protocol = HidPosProtocol("scanner", USUAL)
    for label in protocol.receive(stream, 0) + protocol.silence(SILENCE_MS):
        if isinstance(label, Scanned):
            assert 0 < len(label.text) <= LABEL_LONGEST
            assert all(char.isprintable() or char == "\x1d" for char in label.text)
    assert protocol.receive(spoken(MILK), 1_000) == [Scanned(device="scanner", symbology="]E0", text=MILK)]
