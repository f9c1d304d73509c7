"""The lamps, on mock pins and on hand-cranked time."""

import pytest

from drivers.device import DeviceError
from drivers.events import DeviceOnline, SetLights
from drivers.lights.driver import Settings, make, make_simulated
from drivers.lights.protocol import Lamps


def test_lamps_show_what_is_ordered() -> None:
    lights, pole = make_simulated("lights", Settings())
    assert lights.service(0) == [DeviceOnline(device="lights", detail="mock")]
    assert lights.service(1) == []
    assert pole.lit == frozenset()
    lights.command(SetLights(green=True), 10)
    assert pole.lit == {"green"}
    lights.command(SetLights(red=True, amber=True), 20)
    assert pole.lit == {"red", "amber"}
    lights.command(SetLights(), 30)
    assert pole.lit == frozenset()


def test_a_pulse_is_turned_by_deadlines_at_half_a_hertz() -> None:
    lights, pole = make_simulated("lights", Settings())
    lights.service(0)
    lights.command(SetLights(amber=True, pulse=True), 500)
    seen = []
    for _ in range(4):
        seen.append((lights.deadline_ms(), bool(pole.lit)))
        due_ms = lights.deadline_ms()
        assert due_ms is not None
        lights.service(due_ms)
    assert seen == [(1_500, True), (2_500, False), (3_500, True), (4_500, False)]


def test_the_same_order_again_does_not_disturb_the_rhythm() -> None:
    lamps = Lamps()
    lamps.set(SetLights(red=True, pulse=True), 0)
    lamps.set(SetLights(red=True, pulse=True), 1_400)
    assert lamps.lit(1_400) == (False, False, False)
    assert lamps.deadline_ms(1_400) == 2_000


def test_a_late_turn_does_not_shift_the_rhythm() -> None:
    lamps = Lamps()
    lamps.set(SetLights(red=True, pulse=True), 0)
    assert lamps.lit(4_700) == (True, False, False)
    assert lamps.deadline_ms(4_700) == 5_000


@pytest.mark.parametrize("order", [SetLights(green=True), SetLights(pulse=True), SetLights()])
def test_what_does_not_change_wakes_nobody(order: SetLights) -> None:
    lights, _ = make_simulated("lights", Settings())
    lights.service(0)
    lights.command(order, 10)
    assert lights.deadline_ms() is None


def test_a_pole_with_one_lamp() -> None:
    lights = make("lights", Settings(factory="mock", red=17))
    lights.command(SetLights(red=True, amber=True, green=True), 0)
    assert lights._factory.pin(17).state
    lights.command(SetLights(amber=True, green=True), 1)
    assert not lights._factory.pin(17).state
    lights.close()


def test_relay_boards_are_lit_by_the_low_level() -> None:
    lights = make("lights", Settings(factory="mock", red=17, active_low=True))
    pin = lights._factory.pin(17)
    assert pin.state
    lights.command(SetLights(red=True), 0)
    assert not pin.state


def test_closing_leaves_the_lamps_dark() -> None:
    lights, pole = make_simulated("lights", Settings())
    lights.command(SetLights(red=True), 0)
    lights.close()
    lights.close()
    assert pole.lit == frozenset()


def test_two_lamps_on_one_pin_are_refused() -> None:
    with pytest.raises(DeviceError, match=r"GPIO pin 17 cannot be used: .*already in use"):
        make("lights", Settings(factory="mock", red=17, green=17))


def test_a_pin_that_does_not_exist_is_refused() -> None:
    with pytest.raises(DeviceError, match="GPIO pin 99 cannot be used"):
        make("lights", Settings(factory="mock", red=99))
