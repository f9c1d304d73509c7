"""The window and the glass: what is shown, where a touch lands, and what the loop hears of it."""

import io
from collections.abc import Iterator

import pygame
import pytest

from kiosk.checkout.events import HelpCalled, PayPressed, Touched
from kiosk.ui.glass import HELD_POLL_MS, POLL_MS, RESTED_AFTER_LOOKS, RESTED_POLL_MS, Glass
from kiosk.ui.scene import Box, Button, Element, Rect, Scene
from kiosk.ui.theme import NORMAL
from kiosk.ui.touch import Gesture
from kiosk.ui.view import OpenPage, ShowWhy
from kiosk.ui.window import Turn, Window

PAY = Button(Rect(776, 660, 472, 112), PayPressed(), "Pay", "primary")
HELP = Button(Rect(32, 660, 400, 112), HelpCalled(), "Call staff")
LOCKED = Button(Rect(32, 660, 400, 112), None, "Member card", "disabled", why_not="Comes later.")


def scene(*elements: Element) -> Scene:
    return Scene("02-scanning", (1280, 800), "ground", elements)


@pytest.fixture
def window() -> Iterator[Window]:
    window = Window(headless=True)
    list(window.gestures())
    yield window
    window.close()


def feel(kind: int, x: int, y: int, button: int = 1) -> None:
    more = {"buttons": (1, 0, 0), "rel": (1, 1)} if kind == pygame.MOUSEMOTION else {"button": button}
    pygame.event.post(pygame.event.Event(kind, pos=(x, y), **more))


def test_only_what_differs_is_sent_to_the_glass(window: Window) -> None:
    assert window.show(scene(PAY)) == [pygame.Rect(0, 0, 1280, 800)]
    assert window.show(scene(PAY)) == []
    (sent,) = window.show(scene(PAY, Box(Rect(10, 10, 50, 50), "sun")))
    assert sent == pygame.Rect(10, 10, 50, 50)
    assert pygame.display.get_surface().get_at((30, 30))[:3] == NORMAL["sun"][:3]


def test_a_screenshot_is_what_is_seen(window: Window) -> None:
    window.show(scene(Box(Rect(10, 10, 50, 50), "sun")))
    picture = pygame.image.load(io.BytesIO(window.screenshot()), "screen.png")
    assert picture.get_size() == (1280, 800)
    assert (picture.get_at((30, 30))[:3], picture.get_at((100, 100))[:3]) == (NORMAL["sun"][:3], NORMAL["ground"][:3])


@pytest.mark.parametrize("rotate, at", [(0, (30, 20)), (90, (779, 30)), (180, (1249, 779)), (270, (20, 1249))])
def test_a_turned_panel_shows_the_picture_upright(rotate: Turn, at: tuple[int, int]) -> None:
    window = Window(headless=True, rotate=rotate)
    window.show(scene())
    window.show(scene(Box(Rect(25, 15, 10, 10), "sun")))
    panel = pygame.display.get_surface()
    assert panel.get_size() == ((1280, 800) if rotate in (0, 180) else (800, 1280))
    yellow = pygame.mask.from_threshold(panel, NORMAL["sun"][:3], (1, 1, 1, 255))
    assert yellow.count() == 100
    assert yellow.get_at(at)
    list(window.gestures())
    feel(pygame.MOUSEBUTTONDOWN, *at)
    assert list(window.gestures()) == [Gesture("down", 30, 20)]
    window.close()


def test_on_a_larger_panel_a_touch_is_felt_where_the_eye_is() -> None:
    window = Window((1920, 1200), headless=True)
    window.show(scene(PAY))
    list(window.gestures())
    feel(pygame.MOUSEBUTTONDOWN, 1170, 1000)
    assert list(window.gestures()) == [Gesture("down", 780, 666)]
    assert window.canvas.get_at((1500, 1150))[:3] == NORMAL["primary"][:3]
    window.close()


def test_other_fingers_and_buttons_are_not_felt(window: Window) -> None:
    feel(pygame.MOUSEBUTTONDOWN, 800, 700, button=3)
    feel(pygame.MOUSEBUTTONDOWN, 800, 700, button=4)
    assert list(window.gestures()) == []


def test_a_tap_on_pay_says_pay_and_looks_pressed_meanwhile(window: Window) -> None:
    glass, shown = Glass(window), scene(PAY)
    glass.show(shown)
    resting = glass.png()
    feel(pygame.MOUSEBUTTONDOWN, 800, 700)
    assert glass.touches(shown, 1_000) == []
    assert window.canvas.get_at((1000, 662))[:3] == NORMAL["ground"][:3]
    feel(pygame.MOUSEMOTION, 805, 705)
    feel(pygame.MOUSEBUTTONUP, 805, 705)
    assert glass.touches(shown, 1_100) == [PayPressed()]
    assert glass.png() == resting


def test_a_locked_button_says_why(window: Window) -> None:
    glass, shown = Glass(window), scene(LOCKED)
    glass.show(shown)
    feel(pygame.MOUSEBUTTONDOWN, 100, 700)
    feel(pygame.MOUSEBUTTONUP, 100, 700)
    assert glass.touches(shown, 1_000) == [ShowWhy("Comes later.")]


def test_a_touch_beside_every_button_is_a_sign_of_life(window: Window) -> None:
    glass, shown = Glass(window), scene(PAY)
    glass.show(shown)
    feel(pygame.MOUSEBUTTONDOWN, 20, 20)
    feel(pygame.MOUSEBUTTONUP, 20, 20)
    assert glass.touches(shown, 1_000) == [Touched()]


def test_the_glass_is_looked_at_125_times_a_second_unless_nobody_can_touch_it(window: Window) -> None:
    assert Glass(window).poll_ms == POLL_MS == 8
    assert Glass(window, polled=False).poll_ms is None


def test_a_finger_on_a_button_is_awaited_at_shorter_intervals(window: Window) -> None:
    glass, shown = Glass(window), scene(PAY)
    glass.show(shown)
    feel(pygame.MOUSEBUTTONDOWN, 800, 700)
    glass.touches(shown, 1_000)
    assert glass.poll_ms == HELD_POLL_MS < POLL_MS
    for _ in range(RESTED_AFTER_LOOKS):
        glass.felt()
    assert glass.poll_ms == RESTED_POLL_MS, "something lies on the glass"
    feel(pygame.MOUSEBUTTONUP, 800, 700)
    glass.touches(shown, 5_000)
    assert glass.poll_ms == POLL_MS


def test_while_nobody_is_there_the_glass_is_looked_at_once_a_frame(window: Window) -> None:
    glass, shown = Glass(window), scene(PAY)

    def rest() -> None:
        glass.touches(shown, 1_000)
        for _ in range(RESTED_AFTER_LOOKS):
            assert glass.poll_ms == POLL_MS
            glass.felt()
        assert glass.poll_ms == RESTED_POLL_MS <= 1000 / 60

    rest()
    feel(pygame.MOUSEMOTION, 20, 20)
    rest()
    shown = scene(LOCKED)
    rest()


def test_what_is_felt_is_known_before_it_is_read(window: Window) -> None:
    glass = Glass(window)
    glass.touches(scene(), 1_000)
    assert not glass.felt()
    feel(pygame.MOUSEBUTTONDOWN, 20, 20)
    assert glass.felt()
    glass.touches(scene(), 1_001)
    assert not glass.felt()


TYPED = [
    pygame.event.Event(kind, key=key, unicode=text, mod=pygame.KMOD_CTRL | pygame.KMOD_ALT)
    for kind in (pygame.KEYDOWN, pygame.KEYUP)
    for key, text in ((pygame.K_RETURN, "\r"), (pygame.K_ESCAPE, ""), (pygame.K_F4, ""), (pygame.K_1, "1"))
] + [pygame.event.Event(pygame.TEXTINPUT, text="2468")]


def test_a_keyboard_that_somebody_plugs_in_types_into_nothing(window: Window) -> None:
    """Staff's own PIN, Enter and Alt-F4, on the page that would take them; and no such flood keeps a finger out."""
    glass, shown = Glass(window), scene(PAY)
    glass.show(shown)
    glass.touches(shown, 1_000)
    for event in TYPED * 20_000:
        pygame.event.post(event)
    assert not glass.felt()
    feel(pygame.MOUSEBUTTONDOWN, 800, 700)
    feel(pygame.MOUSEBUTTONUP, 800, 700)
    assert glass.touches(shown, 2_000) == [PayPressed()]
    assert not glass.closed


def test_a_shut_window_is_noticed(window: Window) -> None:
    glass = Glass(window)
    pygame.event.post(pygame.event.Event(pygame.QUIT))
    assert glass.touches(scene(), 1_000) == []
    assert glass.closed


def test_a_finger_held_on_call_staff_opens_the_pad_when_its_time_has_come(window: Window) -> None:
    glass, shown = Glass(window), scene(HELP)
    glass.show(shown)
    feel(pygame.MOUSEBUTTONDOWN, 100, 700)
    assert glass.touches(shown, 1_000) == []
    assert glass.deadline_ms() == 3_000
    assert glass.touches(shown, 3_000) == [OpenPage("staff_pin")]
    feel(pygame.MOUSEBUTTONUP, 100, 700)
    assert glass.touches(shown, 3_200) == []
    assert glass.deadline_ms() is None
