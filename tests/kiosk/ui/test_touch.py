"""A finger on the glass: what acts, what is cancelled, what is a trembling hand."""

from kiosk.checkout.events import HelpCalled, PayPressed
from kiosk.ui.holding import HELD_MS
from kiosk.ui.scene import Box, Button, Rect, Scene
from kiosk.ui.touch import GUARD_MS, Finger, Gesture, feel, rest, rest_deadline_ms
from kiosk.ui.view import CloseBanner, OpenPage

PAY = Button(Rect(100, 100, 200, 100), PayPressed(), "Pay", "primary")
HELP = Button(Rect(400, 100, 200, 100), CloseBanner(), "Help")
SCENE = Scene("02-scanning", (1280, 800), "ground", (PAY, HELP))


def play(*gestures: tuple[str, int, int, int], scene: Scene = SCENE) -> tuple[Finger, list[str]]:
    """Gestures as (kind, x, y, tick); the finger at the end and the names of the buttons that acted."""
    finger, acted = Finger(), []
    for kind, x, y, tick in gestures:
        finger, acts = feel(finger, Gesture(kind, x, y), scene, tick)  # type: ignore[arg-type]
        acted += [acts.name] if acts else []
    return finger, acted


def test_a_button_acts_when_the_finger_is_lifted_not_when_it_lands() -> None:
    finger, acted = play(("down", 150, 150, 0))
    assert (finger.pressed, acted) == ("Pay", [])
    finger, acted = play(("down", 150, 150, 0), ("up", 290, 190, 900))
    assert (finger.pressed, acted) == ("", ["Pay"])


def test_sliding_off_cancels_for_good() -> None:
    assert play(("down", 150, 150, 0), ("move", 500, 150, 50), ("up", 500, 150, 90))[1] == []
    finger, acted = play(("down", 150, 150, 0), ("move", 350, 150, 50), ("move", 150, 150, 70), ("up", 150, 150, 90))
    assert (finger.pressed, acted) == ("", [])


def test_moving_inside_a_button_keeps_it_pressed() -> None:
    assert play(("down", 150, 150, 0), ("move", 160, 160, 20))[0].pressed == "Pay"


def test_landing_beside_and_sliding_on_does_nothing() -> None:
    assert play(("down", 50, 50, 0), ("move", 150, 150, 20), ("up", 150, 150, 40)) == (Finger(), [])


def test_a_trembling_second_touch_is_ignored_and_a_later_one_is_not() -> None:
    tap = (("down", 150, 150, 0), ("up", 150, 150, 50))
    soon, later = 50 + GUARD_MS - 1, 50 + GUARD_MS
    assert play(*tap, ("down", 150, 150, soon), ("up", 150, 150, soon + 5))[1] == ["Pay"]
    assert play(*tap, ("down", 150, 150, later), ("up", 150, 150, later + 5))[1] == ["Pay", "Pay"]


def test_another_button_may_be_touched_at_once() -> None:
    gestures = (("down", 150, 150, 0), ("up", 150, 150, 50), ("down", 500, 150, 60), ("up", 500, 150, 80))
    assert play(*gestures)[1] == ["Pay", "Help"]


def test_what_acts_is_the_control_as_it_is_now_or_nothing() -> None:
    finger, _ = feel(Finger(), Gesture("down", 150, 150), SCENE, 0)
    cheaper = Button(PAY.rect, PayPressed(), "Pay", value="9.90")
    now = Scene("02-scanning", (1280, 800), "ground", (cheaper,))
    assert feel(finger, Gesture("up", 150, 150), now, 50).acts is cheaper
    gone = Scene("13-checking-bank", (1280, 800), "ground", ())
    assert feel(finger, Gesture("up", 150, 150), gone, 50) == (Finger(), None)
    other = Scene("07", (1280, 800), "ground", (Button(PAY.rect, CloseBanner(), "Remove this item"),))
    assert feel(finger, Gesture("up", 150, 150), other, 50).acts is None


def test_what_lies_under_a_sheet_cannot_be_touched() -> None:
    sheet = Scene("17", (1280, 800), "ground", (PAY, Box(Rect(0, 0, 1280, 800), "scrim"), HELP), modal_from=1)
    assert play(("down", 150, 150, 0), ("up", 150, 150, 50), scene=sheet)[1] == []
    assert play(("down", 500, 150, 0), ("up", 500, 150, 50), scene=sheet)[1] == ["Help"]


CALL = Button(Rect(700, 100, 200, 100), HelpCalled(), "Call staff")
HALL = Scene("02-scanning", (1280, 800), "ground", (PAY, CALL))


def test_call_staff_held_for_two_seconds_is_the_door_of_staff_and_calls_nobody() -> None:
    finger, _ = feel(Finger(), Gesture("down", 750, 150), HALL, 1_000)
    assert rest_deadline_ms(finger, HALL) == 1_000 + HELD_MS
    assert rest(finger, HALL, 1_000 + HELD_MS - 1) == (finger, None)
    rested, said = rest(finger, HALL, 1_000 + HELD_MS)
    assert said == OpenPage("staff_pin")
    assert rest_deadline_ms(rested, HALL) is None
    assert feel(rested, Gesture("up", 750, 150), HALL, 4_000).acts is None


def test_call_staff_let_go_sooner_calls_staff() -> None:
    assert play(("down", 750, 150, 0), ("up", 750, 150, HELD_MS - 1), scene=HALL)[1] == ["Call staff"]


def test_a_finger_that_slid_off_holds_nothing() -> None:
    finger, _ = feel(Finger(), Gesture("down", 750, 150), HALL, 0)
    slid, _ = feel(finger, Gesture("move", 500, 150), HALL, 10)
    assert rest(slid, HALL, 10_000)[1] is None


def test_nothing_else_can_be_held() -> None:
    finger, _ = feel(Finger(), Gesture("down", 150, 150), HALL, 0)
    assert rest_deadline_ms(finger, HALL) is None
    assert rest(finger, HALL, 60_000)[1] is None
