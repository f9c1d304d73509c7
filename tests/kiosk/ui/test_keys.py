"""A key that is held, and a key that only looks about."""

import pytest

from kiosk.checkout.events import HelpCalled, PayPressed
from kiosk.ui.holding import HELD_MS
from kiosk.ui.keys import BACK_HELD_MS, Hand, KeyPressed, feel_key, held, is_looking
from kiosk.ui.scene import Button, Rect, Scene
from kiosk.ui.view import OpenPage, SayAgain

PAY = Button(Rect(100, 100, 200, 100), PayPressed(), "Pay", "primary")
CALL = Button(Rect(700, 100, 200, 100), HelpCalled(), "Call staff")
HALL = Scene("02-scanning", (1280, 800), "ground", (PAY, CALL))
SHEET = Scene("17-still-there", (1280, 800), "ground", (PAY,))


def down(key: str, scene: Scene = HALL) -> Hand:
    meant = feel_key(Hand(), KeyPressed(key, "down"), scene, "", (), 1_000)
    assert meant.says == ()
    return meant.hand


def test_help_let_go_calls_staff() -> None:
    hand = down("help")
    assert feel_key(hand, KeyPressed("help", "up"), HALL, "", (), 1_500).says == (HelpCalled(),)


def test_help_held_is_the_door_of_staff_and_calls_nobody() -> None:
    hand = down("help")
    assert hand.deadline_ms() == 1_000 + HELD_MS
    assert held(hand, "", 1_000 + HELD_MS - 1).says == ()
    meant = held(hand, "", 1_000 + HELD_MS)
    assert meant.says == (OpenPage("staff_pin"),)
    assert feel_key(meant.hand, KeyPressed("help", "up"), HALL, "", (), 4_000).says == ()


def test_help_held_where_staff_cannot_be_called_waits_to_be_let_go() -> None:
    hand = down("help", SHEET)
    assert hand.deadline_ms() is None
    assert feel_key(hand, KeyPressed("help", "up"), SHEET, "", (), 9_000).says == (HelpCalled(),)


def test_help_that_is_lost_calls_nobody() -> None:
    lost = feel_key(down("help"), KeyPressed("", "lost"), HALL, "", (), 1_100)
    assert (lost.hand, lost.says) == (Hand(), ())


@pytest.mark.parametrize("key", ["up", "down", "left", "right", "ok"])
def test_arrows_and_ok_look_about(key: str) -> None:
    assert is_looking(KeyPressed(key, "down"), Hand())  # type: ignore[arg-type]
    assert is_looking(KeyPressed(key, "up"), down(key))  # type: ignore[arg-type]


def test_a_digit_and_back_let_go_do_not_and_back_that_was_held_does() -> None:
    assert not is_looking(KeyPressed("5", "down"), Hand())
    assert is_looking(KeyPressed("back", "down"), Hand())
    assert not is_looking(KeyPressed("back", "up"), down("back"))
    repeated = held(down("back"), "", 1_000 + BACK_HELD_MS)
    assert repeated.says == (SayAgain(),)
    assert is_looking(KeyPressed("back", "up"), repeated.hand)
