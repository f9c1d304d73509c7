"""A touch screen with a driver of its own, from the kernel's bytes to the visit: fingers, faults, who takes over."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers.touch.driver import Settings, make_simulated
from drivers.touch.simulator import TouchSimulator
from kiosk.checkout.events import SettingsChosen
from kiosk.checkout.settings import Settings as Comfort
from kiosk.checkout.state import Phase
from kiosk.ui.glass import Glass
from kiosk.ui.scene import Button
from kiosk.ui.touch import GUARD_MS, PATIENT_GUARD_MS
from kiosk.ui.window import Turn, Window
from kiosk.world.lane import Lane
from kiosk.world.shops import demo_shop


class Desk:
    """A lane whose panel hangs turned, the touch layer glued onto it, and a hand."""

    def __init__(self, folder: Path, rotate: Turn = 0) -> None:
        shop, devices = demo_shop(folder), make_simulated("touch", Settings(port="", palm_size=300))
        others, self._rotate = shop.top.devices, rotate
        shop.top.devices = lambda: [*others(), devices[0]]  # type: ignore[method-assign]
        self.panel: TouchSimulator = devices[1]
        self.window = Window(headless=True, rotate=rotate)
        self.lane = Lane(shop, surface=lambda: Glass(self.window, polled=False, fingers=self._fingers))
        self.lane.boot()
        self.lane.wait(3_000)

    def _fingers(self) -> list[object]:
        return self.lane.running._counter.fingers()  # type: ignore[return-value]

    def at(self, name: str) -> tuple[float, float]:
        """Where on the panel the middle of this button is."""
        x, y, w, h = self.button(name).rect
        x, y = (x + w / 2) / 1280, (y + h / 2) / 800  # type: ignore[assignment]
        return {0: (x, y), 90: (1 - y, x), 180: (1 - x, 1 - y), 270: (y, 1 - x)}[self._rotate]

    def button(self, name: str) -> Button:
        button = self.lane.button(name)
        assert button is not None, name
        return button

    def tap(self, name: str, after_ms: int = 2_000) -> None:
        self.panel.tap(*self.at(name))
        self.lane.wait(after_ms)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    yield desk
    desk.lane.die()
    desk.lane.shop.prices.close()
    desk.window.close()


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_finger_finds_the_button_however_the_panel_hangs(tmp_path: Path, rotate: Turn) -> None:
    desk = Desk(tmp_path, rotate)
    desk.tap("Starta")
    assert desk.lane.state.phase is Phase.SCANNING
    desk.lane.die()
    desk.lane.shop.prices.close()
    desk.window.close()


def test_it_acts_on_release_and_sliding_off_cancels(desk: Desk) -> None:
    desk.panel.down(*desk.at("Starta"))
    desk.lane.wait(2_000)
    assert desk.lane.state.phase is Phase.WELCOME
    desk.panel.move(0.01, 0.01)
    desk.panel.up()
    desk.lane.wait(2_000)
    assert desk.lane.state.phase is Phase.WELCOME
    desk.tap("Starta")
    assert desk.lane.state.phase is Phase.SCANNING


def test_a_palm_on_a_button_presses_nothing(desk: Desk) -> None:
    x, y = desk.at("Starta")
    desk.panel.down(x, y, size=400)
    desk.panel.up()
    desk.panel.hand(x - 0.04, y, 5)
    for finger in range(5):
        desk.panel.up(finger)
    desk.lane.wait(2_000)
    assert desk.lane.state.phase is Phase.WELCOME


def _toggles(desk: Desk, apart_ms: int) -> bool:
    """Whether two touches of one switch, so far apart, switch it twice."""
    before = desk.lane.state.settings.calm
    desk.tap("Lugna ljud", apart_ms)
    desk.tap("Lugna ljud")
    return desk.lane.state.settings.calm is before


@pytest.mark.parametrize(("more_time", "guard_ms"), [(False, GUARD_MS), (True, PATIENT_GUARD_MS)])
def test_a_trembling_hand_has_more_time_with_more_time(desk: Desk, more_time: bool, guard_ms: int) -> None:
    desk.tap("Starta")
    desk.lane.say(SettingsChosen(settings=Comfort(), more_time=more_time))
    desk.tap("Tillgänglighet")
    assert not _toggles(desk, guard_ms - 50)
    assert _toggles(desk, guard_ms + 50)


def test_a_screen_that_is_unplugged_is_known_and_the_keypad_goes_on(desk: Desk) -> None:
    desk.panel.down(*desk.at("Starta"))
    desk.lane.wait(100)
    desk.panel.unplug()
    desk.lane.wait(3_000)
    assert desk.lane.state.phase is Phase.WELCOME
    assert desk.lane.state.devices.lost["touch"][0]
    desk.lane.shop.top.keypad.press("ok")
    desk.lane.wait(100)
    desk.lane.shop.top.keypad.press("ok")
    desk.lane.wait(100)
    assert desk.lane.state.phase is Phase.SCANNING
    desk.panel.plug()
    desk.lane.wait(6_000)
    assert "touch" not in desk.lane.state.devices.lost
    desk.panel.up()
    desk.tap("Tillgänglighet")
    assert desk.lane.button("Lugna ljud") is not None
