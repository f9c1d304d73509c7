"""The bench's keypad has every key that a real one has."""

from typing import get_args

from drivers.events import Key
from kiosk.demo.bench.keypad_panel import OF_THE_BROWSER, SHOWN


def test_every_key_can_be_pressed_there() -> None:
    assert {key for key, _, _ in SHOWN} | set(OF_THE_BROWSER.values()) == set(get_args(Key))
    assert len({name for _, _, name in SHOWN}) == len(SHOWN), "no two keys are called alike"
