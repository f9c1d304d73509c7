"""The lamps, on mock pins and on hand-cranked time."""

from itertools import pairwise
from random import Random

import pytest

from drivers.device import DeviceError
from drivers.events import DeviceOnline, SetLights
from drivers.lights.driver import GpioLights, Settings, make, make_simulated
from drivers.lights.protocol import Lamps
from drivers.lights.simulator import LightsSimulator


def test_lamps_show_what_is_ordered() -> None:
    lights, pole = make_simulated("lights", Settings())
    assert lights.service(0) == [DeviceOnline(device="lights", detail="mock")]
    assert lights.service(1) == []
    assert pole.lit == frozenset()
    lights.command(SetLights(green=True), 10)
    assert pole.lit == {"green"}
    lights.command(SetLights(red=True, amber=True), 1_000)
    assert pole.lit == {"red", "amber"}
    lights.command(SetLights(), 2_000)
    assert pole.lit == frozenset()


def watched(lights: GpioLights, pole: LightsSimulator, until_ms: int) -> list[tuple[int, dict[str, int]]]:
    """When the pole changes by itself, and what it shows then."""
    seen = []
    while (due_ms := lights.deadline_ms()) is not None and due_ms <= until_ms:
        lights.service(due_ms)
        seen.append((due_ms, pole.percent))
    return seen


def test_a_switched_lamp_pulses_at_half_a_hertz_and_is_steady_after_a_minute() -> None:
    lights, pole = make_simulated("lights", Settings())
    lights.service(0)
    lights.command(SetLights(amber=True, pulse_ms=60_000), 500)
    seen = [(at_ms, bool(percent["amber"])) for at_ms, percent in watched(lights, pole, 100_000)]
    assert seen[:4] == [(1_500, False), (2_500, True), (3_500, False), (4_500, True)]
    assert seen[-2:] == [(59_500, False), (60_500, True)]
    assert lights.deadline_ms() is None


def test_a_dimmed_lamp_breathes() -> None:
    lights, pole = make_simulated("lights", Settings(dims=True))
    lights.service(0)
    lights.command(SetLights(amber=True, pulse_ms=60_000), 0)
    seen = {at_ms: percent["amber"] for at_ms, percent in watched(lights, pole, 60_000)}
    assert [seen[at_ms] for at_ms in (500, 1_000, 1_500, 2_000)] == [50, 0, 50, 100]
    levels = [100, *seen.values()]
    assert max(abs(a - b) for a, b in pairwise(levels)) < 9, "it is soft"
    assert (max(seen), seen[60_000]) == (60_000, 100)


def test_an_rgb_light_mixes_what_the_lamps_say_and_shows_the_colours_that_they_have_not() -> None:
    lights, pole = make_simulated("lights", Settings(blue=5))
    shown = []
    orders = [
        SetLights(green=True),
        SetLights(rgb=(40, 40, 40)),
        SetLights(amber=True),
        SetLights(red=True),
        SetLights(amber=True, green=True, rgb=(50, 0, 100)),
        SetLights(),
    ]
    for at_s, order in enumerate(orders):
        lights.command(order, at_s * 1_000)
        shown.append(tuple(pole.percent.values()))
    assert shown == [(0, 100, 0), (40, 40, 40), (100, 75, 0), (100, 0, 0), (50, 0, 100), (0, 0, 0)]


def test_a_colour_that_three_lamps_do_not_have_is_dark_there() -> None:
    lights, pole = make_simulated("lights", Settings())
    lights.command(SetLights(rgb=(40, 40, 40)), 0)
    assert pole.lit == frozenset()


def test_what_breathes_keeps_its_colour() -> None:
    lights, pole = make_simulated("lights", Settings(blue=5))
    lights.service(0)
    lights.command(SetLights(amber=True, pulse_ms=60_000), 0)
    lights.service(500)
    assert tuple(pole.percent.values()) == (50, 37, 0)


@pytest.mark.parametrize("settings", [Settings(), Settings(dims=True), Settings(blue=5)])
def test_however_fast_orders_come_nothing_flashes_more_than_once_a_second(settings: Settings) -> None:
    luck = Random(9)
    lights, pole = make_simulated("lights", settings)
    lights.service(0)
    jumps, before = [], pole.percent
    orders = [SetLights(red=True), SetLights(amber=True, pulse_ms=3_000), SetLights()]
    for now_ms in range(0, 60_000, 10):
        if luck.random() < 0.05:
            lights.command(luck.choice(orders), now_ms)
        lights.service(now_ms)
        after = pole.percent
        if any(abs(after[colour] - before[colour]) > 20 for colour in after):
            jumps.append(now_ms)
        before = after
    assert len(jumps) > 30
    assert min(b - a for a, b in pairwise(jumps)) >= 500, "there and back, which is a flash, takes a second"


def test_of_orders_that_wait_the_last_one_counts() -> None:
    lights, pole = make_simulated("lights", Settings())
    lights.service(0)
    for order in (SetLights(green=True), SetLights(red=True), SetLights(amber=True)):
        lights.command(order, 100)
    assert pole.lit == {"green"}
    assert watched(lights, pole, 10_000) == [(600, {"red": 0, "amber": 100, "green": 0})]
    for order in (SetLights(red=True), SetLights(amber=True)):
        lights.command(order, 700)
    assert lights.deadline_ms() is None, "what is shown is what is wanted"


def test_the_same_order_again_does_not_disturb_the_rhythm() -> None:
    lamps = Lamps()
    lamps.set(SetLights(red=True, pulse_ms=60_000), 0)
    lamps.set(SetLights(red=True, pulse_ms=60_000), 1_400)
    assert lamps.shown(1_400)[1] == 0
    assert lamps.deadline_ms(1_400) == 2_000


def test_a_late_turn_does_not_shift_the_rhythm() -> None:
    lamps = Lamps()
    lamps.set(SetLights(red=True, pulse_ms=60_000), 0)
    assert lamps.shown(4_700)[1] == 100
    assert lamps.deadline_ms(4_700) == 5_000


@pytest.mark.parametrize("order", [SetLights(green=True), SetLights()])
def test_what_does_not_change_wakes_nobody(order: SetLights) -> None:
    lights, _ = make_simulated("lights", Settings())
    lights.service(0)
    lights.command(order, 10)
    assert lights.deadline_ms() is None


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        (Settings(factory="mock", red=17, amber=27, green=22, blue=5), "no amber"),
        (Settings(factory="mock", red=17, blue=5), "the pins red, green and blue"),
        (Settings(red=17, dims=True), "only switches"),
        (Settings(red=17, green=22, blue=5), "only switches"),
        (Settings(factory="mock", red=17, dims=True, pwm_hz=0), "from 1 to 10000"),
    ],
)
def test_a_pole_that_cannot_be_meant_is_refused(settings: Settings, why: str) -> None:
    with pytest.raises(DeviceError, match=why):
        make("lights", settings)


def test_a_pole_with_one_lamp() -> None:
    lights = make("lights", Settings(factory="mock", red=17))
    lights.command(SetLights(red=True, amber=True, green=True), 0)
    assert lights._factory.pin(17).state
    lights.command(SetLights(amber=True, green=True), 1_000)
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
