"""What moves on a lane: a scan is whole in its first frame, touches act at once, and then all stands still."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.app.surface import Said
from kiosk.checkout import events as e
from kiosk.checkout.settings import Settings
from kiosk.ui.scene import Label, Scene
from kiosk.world.lane import Lane
from kiosk.world.shops import demo_shop

BREAD, WATER = "9520001200014", "9520001400056"


class Film:
    """A surface that remembers every frame."""

    moves = True

    def __init__(self) -> None:
        self.frames: list[Scene] = []

    def show(self, scene: Scene) -> None:
        self.frames.append(scene)

    def touches(self, scene: Scene, now_ms: int, guard_ms: int) -> list[Said]:
        return []

    def deadline_ms(self) -> int | None:
        return None

    def png(self) -> bytes:
        return b""


@pytest.fixture
def film() -> Film:
    return Film()


@pytest.fixture
def lane(tmp_path: Path, film: Film) -> Iterator[Lane]:
    running = Lane(demo_shop(tmp_path), surface=lambda: film)
    running.boot()
    running.wait(20_000)
    yield running
    running.die()
    running.shop.prices.close()


def scan(lane: Lane, film: Film, gtin: str, wait_ms: int) -> list[Scene]:
    """The frames since."""
    film.frames.clear()
    lane.shop.top.scanner.scan(gtin)
    lane.wait(wait_ms)
    return film.frames


def test_a_scan_moves_in_and_then_stands_still(lane: Lane, film: Film) -> None:
    frames = list(scan(lane, film, BREAD, 1_000))
    assert any(isinstance(e, Label) and e.text.startswith("Rågbröd") for e in frames[0].elements)
    assert 8 <= len([frame for frame in frames if frame.opacity]) <= 13, "180 ms at 16 ms a frame"
    assert frames[-1] == lane.scene
    assert scan(lane, film, WATER, 3_000)[-1] == lane.scene
    film.frames.clear()
    lane.wait(3_000)
    assert film.frames == [], "nothing moves, so nothing is painted"


def test_a_touch_in_the_middle_means_what_is_there(lane: Lane, film: Film) -> None:
    scan(lane, film, BREAD, 40)
    assert film.frames[-1].opacity
    pay = lane.button("Betala")
    assert pay is not None
    lane.tap(pay)
    assert lane.state.phase.name != "SCANNING"


@pytest.mark.parametrize("chosen", [Settings(calm=True), Settings(voice=True)])
def test_whoever_asked_for_calm_or_voice_sees_cuts(lane: Lane, film: Film, chosen: Settings) -> None:
    scan(lane, film, BREAD, 1_000)
    lane.say(e.SettingsChosen(settings=chosen))
    assert not any(frame.opacity for frame in scan(lane, film, WATER, 1_000))
