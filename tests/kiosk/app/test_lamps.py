"""The light tower's table (DESIGN-UI 2.8), cell by cell, from the state of a lane to the lamps."""

import pytest

from drivers.lights.driver import AMBER, mixed
from kiosk.app.lamps import LAMPS, PULSE_MS, VIOLET, WHITE_40, lamps
from kiosk.checkout.effects import Pattern, ShowLights

GREEN, RED, DARK = (0, 100, 0), (100, 0, 0), (0, 0, 0)


@pytest.mark.parametrize(
    ("pattern", "three", "rgb", "pulse_ms"),
    [
        ("free", "green", GREEN, 0),
        ("in_use", "", WHITE_40, 0),
        ("help", "amber", AMBER, 60_000),
        ("check", "amber", AMBER, 0),
        ("bank", "amber", AMBER, 0),
        ("paid", "green", GREEN, 0),
        ("closed", "", DARK, 0),
        ("out_of_order", "red", RED, 0),
        ("staff", "amber green", VIOLET, 0),
    ],
)
def test_every_cell(pattern: Pattern, three: str, rgb: tuple[int, int, int], pulse_ms: int) -> None:
    order = lamps(ShowLights(pattern))
    assert " ".join(colour for colour in ("red", "amber", "green") if getattr(order, colour)) == three
    assert mixed(order) == rgb
    assert order.pulse_ms == pulse_ms


@pytest.mark.parametrize("pattern", LAMPS)
def test_calm_sounds_keep_it_steady(pattern: Pattern) -> None:
    assert lamps(ShowLights(pattern, steady=True)).pulse_ms == 0


def test_a_call_pulses_for_as_long_as_designed() -> None:
    assert PULSE_MS == 60_000
