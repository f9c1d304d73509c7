"""HID scale: descriptor and reports, against the simulator, spoiled bytes, a real serial line and a packet socket."""

import os
import socket
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.events import DeviceOffline, HardwareEvent, WeightSeen, ZeroScale
from drivers.ports.port import PortLost
from drivers.ports.report_port import DESCRIPTOR, LONGEST, REPORT, ReportPort, enveloped, open_reports
from drivers.registry import make_device
from drivers.scale import driver_hid as driver
from drivers.scale.driver import Scale
from drivers.scale.hid import HidScale
from drivers.scale.hid_descriptor import layout
from drivers.scale.hid_simulator import DESCRIBED, HidScaleSimulator
from drivers.simulated import SimulatedDevice
from tests.drivers.scale.scale_bench import (
    MOVING,
    ONLINE,
    Crank,
    hear_until,
    is_away,
    mutations,
    on_a_pty,
    pieces,
    steady,
    trouble,
)

Bench = tuple[SimulatedDevice, HidScaleSimulator, Crank]
GRAM, KILOGRAM, OUNCE = 2, 3, 11


@pytest.fixture
def bench() -> Bench:
    device, simulator = driver.make_simulated("scale", driver.Settings(port=""))
    return device, simulator, Crank(device)


def report(status: int = 4, unit: int = GRAM, scaling: int = 0, weight: int = 845) -> bytes:
    return bytes((3, status, unit)) + scaling.to_bytes(1, "little", signed=True) + weight.to_bytes(2, "little")


def heard_of(*reports: bytes, descriptor: bytes = DESCRIBED) -> list[HardwareEvent]:
    whole = enveloped(DESCRIPTOR, descriptor) + b"".join(enveloped(REPORT, one) for one in reports)
    return HidScale("scale").receive(whole, 0)


def test_it_is_there_and_empty_and_says_so_once(bench: Bench) -> None:
    assert bench[2](5_000) == [ONLINE, steady(0)]


def test_a_load_moves_and_comes_to_rest(bench: Bench) -> None:
    _, simulator, wait = bench
    wait(1_000)
    simulator.put(842)
    assert wait(2_000) == [MOVING, steady(840)]
    simulator.take_off()
    assert wait(2_000) == [MOVING, steady(0)]


@pytest.mark.parametrize(
    ("fault", "said"),
    [("broken", "fault"), ("uncalibrated", "calibration"), ("zero_lost", "zero"), ("pounds", "unit")],
)
def test_what_it_says_of_itself(bench: Bench, fault: str, said: str) -> None:
    _, simulator, wait = bench
    simulator.put(500)
    setattr(simulator, fault, True)
    assert wait(3_000)[-1] == trouble(said)  # type: ignore[arg-type]
    setattr(simulator, fault, False)
    assert wait(3_000)[-1] == steady(500)


@pytest.mark.parametrize(("grams", "said"), [(15_045, ""), (15_046, "over"), (-3, "under")])
def test_what_cannot_be_weighed(bench: Bench, grams: int, said: str) -> None:
    _, simulator, wait = bench
    simulator.put(grams)
    assert wait(2_000)[-1] == (trouble(said) if said else steady(15_045))  # type: ignore[arg-type]


def test_it_is_zeroed_with_a_little_on_it(bench: Bench) -> None:
    device, simulator, wait = bench
    simulator.put(40)
    assert wait(2_000)[-1] == steady(40)
    device.command(ZeroScale(), wait.now_ms)
    assert wait(2_000)[-1] == steady(0)


def test_unplugged_is_told_once_and_it_comes_back(bench: Bench) -> None:
    _, simulator, wait = bench
    wait(1_000)
    simulator.unplug()
    assert is_away(wait(20_000))
    simulator.put(300)
    simulator.plug()
    assert wait(10_000)[-1] == steady(300)


@pytest.mark.parametrize(
    ("said", "grams"),
    [
        (report(unit=KILOGRAM, scaling=-3, weight=845), 845),
        (report(unit=KILOGRAM, scaling=-2, weight=84), 840),
        (report(unit=GRAM, scaling=1, weight=1_500), 15_000),
        (report(unit=GRAM, scaling=-1, weight=8_450), 845),
        (report(unit=KILOGRAM, scaling=0, weight=2), 2_000),
        (report(status=2, unit=OUNCE, weight=0), 0),
    ],
)
def test_weights_in_every_metric_way_of_writing_them(said: bytes, grams: int) -> None:
    assert heard_of(said) == [ONLINE, steady(grams)]


@pytest.mark.parametrize(
    "said", [report(unit=OUNCE), report(unit=12), report(scaling=-1, weight=8_451), report(scaling=-127)]
)
def test_what_is_no_whole_number_of_grams_is_never_rounded(said: bytes) -> None:
    assert heard_of(said) == [ONLINE, trouble("unit")]


@pytest.mark.parametrize(
    "said", [report(status=0), report(status=9), report(scaling=127), report()[:3], b"", b"\x04\x01"]
)
def test_reports_that_mean_nothing_are_passed_over(said: bytes) -> None:
    assert heard_of(said) == [ONLINE]


def test_a_keyboard_is_no_scale() -> None:
    keyboard = bytes.fromhex(
        "05010906a101050719e029e71500250175019508810295017508810395067508150025650507190029658100c0"
    )
    heard = heard_of(report(), descriptor=keyboard)
    assert is_away(heard)
    assert isinstance(heard[0], DeviceOffline) and "no scale" in heard[0].why


def test_a_scale_without_report_numbers_and_with_a_longer_weight() -> None:
    plain = DESCRIBED.replace(bytes.fromhex("8503"), b"").replace(bytes.fromhex("8502"), b"")
    plain = plain.replace(bytes.fromhex("7510"), bytes.fromhex("7520"))
    where = layout(plain)
    assert where is not None and not where.numbered
    said = report()[1:4] + (70_005).to_bytes(4, "little")
    assert heard_of(said, descriptor=plain) == [ONLINE, steady(70_005)]


@settings(max_examples=500)
@given(st.lists(st.binary(max_size=60), max_size=8))
def test_whatever_comes_in_whatever_pieces(parts: list[bytes]) -> None:
    apart, together = HidScale("scale"), HidScale("scale")
    whole = enveloped(DESCRIPTOR, DESCRIBED) + b"".join(enveloped(REPORT, part) for part in parts)
    heard = [event for byte in whole for event in apart.receive(bytes((byte,)), 0)]
    assert heard == together.receive(whole, 0)


@settings(max_examples=500)
@given(st.binary(max_size=400))
def test_whatever_is_no_descriptor_is_no_scale(descriptor: bytes) -> None:
    assert layout(descriptor) is None or b"\x8d" in descriptor


@settings(max_examples=500)
@given(st.integers(0, 0xFFFF), st.integers(-6, 4), st.sampled_from([GRAM, KILOGRAM]))
def test_a_weight_is_exact_or_none(weight: int, scaling: int, unit: int) -> None:
    seen = heard_of(report(unit=unit, scaling=scaling, weight=weight))[-1]
    if isinstance(seen, WeightSeen) and seen.grams is not None:
        power = scaling + (3 if unit == KILOGRAM else 0)
        assert seen.grams * 10 ** max(0, -power) == weight * 10 ** max(0, power)


def test_bytes_that_a_bad_line_has_spoiled() -> None:
    """Descriptors and reports out of joint: no exception, no weight that no report held, and little is kept."""
    seeds = [enveloped(REPORT, report()), enveloped(REPORT, report(status=3)), enveloped(REPORT, report(status=7))]
    begins, known = enveloped(DESCRIPTOR, DESCRIBED), layout(DESCRIBED)
    for chance, data in mutations([*seeds, begins], 0x8D):
        talk = HidScale("scale")
        talk._layout = known if chance.random() < 0.8 else None
        for piece in pieces(data, chance):
            for event in talk.receive(piece, 0):
                assert not isinstance(event, WeightSeen) or event.grams is None or 0 <= event.grams < 10_000_000
            assert len(talk._bytes) <= 2 * LONGEST
            talk.request(0)


def test_envelopes_that_make_no_sense_end_the_talk_until_it_is_plugged_in_again() -> None:
    talk = HidScale("scale")
    talk.receive(enveloped(DESCRIPTOR, DESCRIBED), 0)
    assert is_away(talk.receive(b"\xff\xffR" + bytes(200_000), 0))
    assert talk.receive(enveloped(DESCRIPTOR, DESCRIBED), 0) == []
    talk.gone("the line is lost")
    assert talk.receive(enveloped(DESCRIPTOR, DESCRIBED), 0) == [ONLINE]


def test_over_a_real_serial_line() -> None:
    simulator = HidScaleSimulator()
    simulator.put(845)
    with on_a_pty(simulator) as opening:
        device = Scale("scale", opening, HidScale("scale"))
        hear_until(device, steady(845))
        device.close()


def test_the_port_gives_a_report_a_read_and_takes_one_a_write() -> None:
    """A packet socket keeps the ends of messages as hidraw does."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    ours.setblocking(False)
    port = ReportPort(os.dup(ours.fileno()), "the scale", DESCRIBED)
    ours.close()
    assert port.read() == enveloped(DESCRIPTOR, DESCRIBED)
    assert port.read() == b""
    theirs.send(report())
    theirs.send(report(status=3))
    assert port.read() + port.read() == enveloped(REPORT, report()) + enveloped(REPORT, report(status=3))
    two = enveloped(REPORT, b"\x02\x02") + enveloped(REPORT, b"\x02\x00")
    assert port.write(two) == len(two) // 2
    assert theirs.recv(100) == b"\x02\x02"
    theirs.close()
    with pytest.raises(PortLost, match="the scale was unplugged"):
        port.read()
    port.close()
    assert not port.ready and port.fileno() is None


@pytest.mark.parametrize(("name", "says"), [("nothing", "is not there"), ("plain", "is no HID device")])
def test_a_path_that_is_no_hid_device(tmp_path: Path, name: str, says: str) -> None:
    (tmp_path / "plain").write_bytes(b"")
    with pytest.raises(PortLost, match=says):
        open_reports(str(tmp_path / name))()


def test_from_the_configuration_it_is_looked_for_until_it_is_there(tmp_path: Path) -> None:
    device = make_device("scale", {"driver": "hid", "port": str(tmp_path / "scale")})
    assert is_away(Crank(device)(20_000))
