"""The ring of whoever uses keys on a screen that fingers touch, too: it comes with a key and goes with any touch."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.app.surface import Said
from kiosk.checkout.events import Touched
from kiosk.ui.scene import Scene
from kiosk.world.lane import Lane
from kiosk.world.shops import demo_shop


class Glass:
    """What was shown last, and what a finger says next."""

    moves = False

    def __init__(self) -> None:
        self.shown: Scene | None = None
        self.felt: list[Said] = []

    def show(self, scene: Scene) -> None:
        self.shown = scene

    def touches(self, scene: Scene, now_ms: int, guard_ms: int) -> list[Said]:
        said, self.felt = self.felt, []
        return said

    def deadline_ms(self) -> int | None:
        return None

    def png(self) -> bytes:
        return b""


@pytest.fixture
def glass() -> Glass:
    return Glass()


@pytest.fixture
def touched(tmp_path: Path, glass: Glass) -> Iterator[Lane]:
    lane = Lane(demo_shop(tmp_path), surface=lambda: glass)
    lane.boot()
    lane.wait(3_000)
    yield lane
    lane.die()
    lane.shop.prices.close()


def ring(glass: Glass) -> str:
    assert glass.shown is not None
    return glass.shown.ring


def test_it_comes_with_a_key_and_goes_with_a_touch_even_of_nothing(touched: Lane, glass: Glass) -> None:
    assert ring(glass) == ""
    touched.shop.top.keypad.press("louder")
    touched.wait(100)
    assert ring(glass) == "Starta", "any key shows where one is"
    touched.shop.top.keypad.press("right")
    touched.wait(100)
    assert ring(glass) not in ("", "Starta")
    glass.felt = [Touched()]
    touched.wait(100)
    touched.settle()
    assert ring(glass) == ""
