"""HID scale: descriptor and reports, against the simulator, spoiled bytes and a real serial line."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.events import DeviceOffline, HardwareEvent, WeightSeen, ZeroScale
from drivers.registry import make_device
from drivers.report_descriptor import read_descriptor
from drivers.scale import driver_hid as driver
from drivers.scale.driver import Scale
from drivers.scale.driver_hid import USUAL
from drivers.scale.hid import HidScale
from drivers.scale.hid_reports import ScaleReports
from drivers.scale.hid_simulator import DESCRIBED, HidScaleSimulator
from drivers.simulated import SimulatedDevice
from tests.drivers.scale.scale_bench import (
    MOVING,
    ONLINE,
    Crank,
    hear_until,
    is_away,
    on_a_pty,
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


def opened(descriptor: bytes = DESCRIBED) -> HidScale:
    talk = HidScale("scale", USUAL)
    talk.start(ScaleReports(read_descriptor(descriptor)))
    assert talk.opened() == [ONLINE]
    return talk


def heard_of(*reports: bytes, descriptor: bytes = DESCRIBED) -> list[HardwareEvent]:
    return opened(descriptor).receive(b"".join(reports), 0)


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
    assert heard_of(said) == [steady(grams)]


@pytest.mark.parametrize(
    "said", [report(unit=OUNCE), report(unit=12), report(scaling=-1, weight=8_451), report(scaling=-127)]
)
def test_what_is_no_whole_number_of_grams_is_never_rounded(said: bytes) -> None:
    assert heard_of(said) == [trouble("unit")]


@pytest.mark.parametrize("said", [report(status=0), report(status=9), report(scaling=127), report()[:3], b""])
def test_reports_that_mean_nothing_are_passed_over(said: bytes) -> None:
    assert heard_of(said) == []


KEYBOARD = "05010906a101050719e029e71500250175019508810295017508810395067508150025650507190029658100c0"


@pytest.mark.parametrize(
    ("descriptor", "what"),
    [
        (bytes.fromhex(KEYBOARD), "a keyboard"),
        (DESCRIBED.replace(bytes.fromhex("0940"), bytes.fromhex("0942")), "a scale that tells no weight"),
        (DESCRIBED.replace(bytes.fromhex("8100"), bytes.fromhex("8102")), "one whose status is no array"),
        (DESCRIBED.replace(bytes.fromhex("7510"), bytes.fromhex("7540")), "a figure wider than any"),
        (DESCRIBED.replace(bytes.fromhex("7510"), bytes.fromhex("85047510")), "a weight apart from its status"),
    ],
)
def test_what_is_no_scale_is_refused_in_words(descriptor: bytes, what: str) -> None:
    reports = read_descriptor(descriptor)
    with pytest.raises(ValueError, match="no scale, by its own description"):
        ScaleReports(reports)


def test_a_scale_without_report_numbers_and_with_a_longer_weight() -> None:
    plain = DESCRIBED.replace(bytes.fromhex("8503"), b"").replace(bytes.fromhex("8502"), b"")
    plain = plain.replace(bytes.fromhex("7510"), bytes.fromhex("7520"))
    said = report()[1:4] + (70_005).to_bytes(4, "little")
    assert heard_of(said, descriptor=plain) == [steady(70_005)]
    talk = opened(plain)
    talk.zero()
    assert talk.request(0) == (b"\x02", [])


def test_nothing_times_ten_to_a_power_without_measure_is_nothing_at_once() -> None:
    wide = DESCRIBED.replace(bytes.fromhex("1581257f"), bytes.fromhex("7520" + "1581257f"))
    said = report()[:3] + (2**31 - 1).to_bytes(4, "little") + bytes(2)
    assert len(said) == ScaleReports(read_descriptor(wide)).length(3)
    assert heard_of(said, descriptor=wide) == [steady(0)]


def test_one_that_takes_no_report_is_not_zeroed() -> None:
    talk = opened(DESCRIBED[:6] + DESCRIBED[DESCRIBED.index(bytes.fromhex("0932a102")) :])
    talk.zero()
    assert talk.request(0) == (b"", [])
    assert talk.deadline_ms() is None


@settings(max_examples=500)
@given(st.lists(st.binary(max_size=20) | st.just(report()), max_size=8).map(b"".join))
def test_whatever_comes_in_whatever_pieces(whole: bytes) -> None:
    apart, together = opened(), opened()
    heard = [event for byte in whole for event in apart.receive(bytes((byte,)), 0)]
    assert heard == together.receive(whole, 0)


@settings(max_examples=500)
@given(st.integers(0, 0xFFFF), st.integers(-6, 4), st.sampled_from([GRAM, KILOGRAM]))
def test_a_weight_is_exact_or_none(weight: int, scaling: int, unit: int) -> None:
    seen = next(iter(heard_of(report(unit=unit, scaling=scaling, weight=weight))), None)
    if isinstance(seen, WeightSeen) and seen.grams is not None:
        power = scaling + (3 if unit == KILOGRAM else 0)
        assert seen.grams * 10 ** max(0, -power) == weight * 10 ** max(0, power)


def test_a_report_that_nobody_has_described_ends_the_talk_until_it_is_opened_again() -> None:
    talk = opened()
    assert [*map(type, talk.receive(report() + b"\x09" + report(weight=5) * 30_000, 0))] == [WeightSeen, DeviceOffline]
    assert talk.receive(report(), 0) == []
    assert talk.lost("the line is lost") == []
    assert talk.opened() == [ONLINE]
    assert talk.receive(report(), 0) == [steady(845)]


def test_over_a_real_serial_line() -> None:
    simulator = HidScaleSimulator()
    simulator.put(845)
    with on_a_pty(simulator) as opening:
        device = Scale("scale", opening, HidScale("scale", USUAL))
        hear_until(device, steady(845))
        device.close()


def test_from_the_configuration_it_is_looked_for_until_it_is_there(tmp_path: Path) -> None:
    device = make_device("scale", {"driver": "hid", "port": str(tmp_path / "scale")})
    assert is_away(Crank(device)(20_000))
