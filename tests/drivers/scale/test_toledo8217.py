"""The 8217 driver against its simulator, and the protocol against bytes that no scale should send."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.device import DeviceError
from drivers.events import DeviceOffline, DeviceOnline, HardwareEvent, OpenDrawer, PriceScale, WeightSeen, ZeroScale
from drivers.registry import make_devices
from drivers.scale import driver_toledo8217 as driver
from drivers.scale.driver import Scale
from drivers.scale.simulator import ScaleSimulator
from drivers.scale.toledo8217 import Toledo8217
from drivers.simulated import SimulatedDevice
from tests.drivers.scale.scale_bench import MOVING, Crank, hear_until, on_a_pty, steady, trouble

Bench = tuple[SimulatedDevice, ScaleSimulator, Callable[[int], list[HardwareEvent]]]


@pytest.fixture
def bench() -> Bench:
    """A scale, its other end, and time that passes in steps of whatever it waits for."""
    device, simulator = driver.make_simulated("scale", driver.Settings(port=""))
    return device, simulator, Crank(device)


def test_it_is_there_and_empty_and_says_so_once(bench: Bench) -> None:
    assert bench[2](5_000) == [DeviceOnline(device="scale"), steady(0)]


def test_a_load_moves_and_comes_to_rest(bench: Bench) -> None:
    _, simulator, wait = bench
    wait(1_000)
    simulator.put(842)
    assert wait(2_000) == [MOVING, steady(840)]
    simulator.take_off()
    assert wait(2_000) == [MOVING, steady(0)]


@pytest.mark.parametrize(("grams", "said"), [(15_045, ""), (15_046, "over"), (10**9, "over"), (-3, "under")])
def test_what_cannot_be_weighed(bench: Bench, grams: int, said: str) -> None:
    _, simulator, wait = bench
    wait(1_000)
    simulator.put(grams)
    last = wait(2_000)[-1]
    assert last == (trouble(said) if said else steady(15_045))  # type: ignore[arg-type]


@pytest.mark.parametrize(("fault", "said"), [("zero_lost", "zero"), ("pounds", "unit")])
def test_a_scale_that_is_set_up_wrongly(bench: Bench, fault: str, said: str) -> None:
    _, simulator, wait = bench
    setattr(simulator, fault, True)
    assert wait(2_000)[-1] == trouble(said)  # type: ignore[arg-type]


def test_a_restless_load_never_has_a_weight(bench: Bench) -> None:
    _, simulator, wait = bench
    simulator.restless = True
    simulator.put(500)
    assert wait(5_000) == [DeviceOnline(device="scale"), MOVING]


def test_a_reply_in_single_bytes_is_whole(bench: Bench) -> None:
    _, simulator, wait = bench
    simulator.split = True
    assert wait(1_000) == [DeviceOnline(device="scale"), steady(0)]


@pytest.mark.parametrize("fault", ["silent", "garbled"])
def test_no_answer_that_makes_sense_is_no_scale(bench: Bench, fault: str) -> None:
    _, simulator, wait = bench
    wait(1_000)
    setattr(simulator, fault, True)
    assert [type(heard) for heard in wait(5_000)] == [DeviceOffline]
    setattr(simulator, fault, False)
    assert wait(2_000) == [DeviceOnline(device="scale"), steady(0)]


def test_unplugged_is_told_once_and_it_comes_back(bench: Bench) -> None:
    _, simulator, wait = bench
    wait(1_000)
    simulator.unplug()
    assert [type(heard) for heard in wait(20_000)] == [DeviceOffline]
    simulator.put(300)
    simulator.plug()
    assert wait(10_000)[-1] == steady(300)


def test_it_takes_no_commands_of_other_devices_and_no_notice_of_prices(bench: Bench) -> None:
    assert bench[0].command(PriceScale(2_490, 5), 0) == []
    with pytest.raises(AssertionError, match="OpenDrawer"):
        bench[0].command(OpenDrawer("t"), 0)


def test_from_the_configuration() -> None:
    assert make_devices({"scale": {"driver": "simulated", "min_g": 40}})[0].name == "scale"
    with pytest.raises(DeviceError, match="did you mean 'min_g'"):
        make_devices({"scale": {"driver": "toledo8217", "port": "/dev/kiosk/scale", "mix_g": 3}})


@settings(max_examples=500)
@given(st.lists(st.binary(max_size=40), max_size=8))
def test_whatever_comes_is_a_weight_or_nothing(pieces: list[bytes]) -> None:
    """Any bytes in any pieces: no exception, and the same events as in one piece."""
    apart, together = Toledo8217("scale"), Toledo8217("scale")
    heard = [event for piece in pieces for event in apart.receive(piece, 0)]
    assert heard == together.receive(b"".join(pieces), 0)
    for event in heard:
        assert not isinstance(event, WeightSeen) or event.grams is None or 0 <= event.grams < 10_000_000


@settings(max_examples=500)
@given(st.integers(0, 9_999_999))
def test_every_weight_is_read_to_the_gram(grams: int) -> None:
    heard = Toledo8217("scale").receive(b"\x02%02d.%03d\r" % divmod(grams, 1000), 0)
    assert heard[-1] == steady(grams)


def test_zero_is_taken_of_a_little_that_lies_still(bench: Bench) -> None:
    device, simulator, wait = bench
    simulator.put(40)
    assert wait(3_000)[-1] == steady(40)
    device.command(ZeroScale(), 3_000)
    assert wait(2_000)[-1] == steady(0)


def test_zero_is_not_taken_of_a_load(bench: Bench) -> None:
    device, simulator, wait = bench
    simulator.put(2_000)
    assert wait(3_000)[-1] == steady(2_000)
    device.command(ZeroScale(), 3_000)
    assert wait(2_000)[-1] == steady(2_000)


def test_over_a_real_serial_line() -> None:
    simulator = ScaleSimulator()
    simulator.put(845)
    with on_a_pty(simulator) as opening:
        device = Scale("scale", opening, Toledo8217("scale"))
        heard = hear_until(device, steady(845))
        device.close()
    assert heard[0] == DeviceOnline(device="scale")
