"""The keypad's two ends against each other, in bytes."""

import pytest

from drivers.events import KeyMoved
from drivers.keypad.driver import Settings, make_simulated
from drivers.keypad.key_moves import KeypadProtocol
from drivers.keypad.simulator import KeypadSimulator
from drivers.simulated import SimulatedDevice


@pytest.fixture
def pair() -> tuple[SimulatedDevice, KeypadSimulator]:
    device, simulator = make_simulated("keypad", Settings(port=""))
    device.service(0)
    return device, simulator


def _moves(device: SimulatedDevice, now_ms: int) -> list[tuple[str, str]]:
    return [(one.key, one.way) for one in device.service(now_ms) if isinstance(one, KeyMoved)]


def test_a_press_is_down_and_up_whatever_the_kernel_repeats(pair: tuple[SimulatedDevice, KeypadSimulator]) -> None:
    device, keypad = pair
    keypad.down("ok")
    keypad.repeats("ok", 5)
    keypad.up("ok")
    keypad.press("7")
    assert _moves(device, 10) == [("ok", "down"), ("ok", "up"), ("7", "down"), ("7", "up")]


def test_a_held_key_goes_up_when_its_time_is_over(pair: tuple[SimulatedDevice, KeypadSimulator]) -> None:
    device, keypad = pair
    keypad.hold("back", 1_000)
    assert _moves(device, 10) == [("back", "down")]
    assert _moves(device, 900) == []
    assert _moves(device, 1_010) == [("back", "up")]


def test_after_lost_records_nothing_that_was_held_may_act(pair: tuple[SimulatedDevice, KeypadSimulator]) -> None:
    device, keypad = pair
    keypad.down("ok")
    keypad.overrun()
    assert _moves(device, 10) == [("ok", "down"), ("", "lost")]
    keypad.unplug()
    assert _moves(device, 20) == [("", "lost")]


def test_records_in_any_pieces_are_the_same_keys() -> None:
    keypad = KeypadSimulator()
    keypad.press("up")
    keypad.press("0")
    data = keypad.take()
    whole, pieces = KeypadProtocol("keypad"), KeypadProtocol("keypad")
    assert [key for byte in data for key in pieces.receive(bytes([byte]), 0)] == whole.receive(data, 0) != []
