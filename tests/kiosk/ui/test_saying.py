"""What the voice says: all that is new and nothing twice, and nothing private over a loudspeaker."""

from msgspec.structs import replace

from kiosk.checkout import events as e
from kiosk.checkout.tuning import Tuning
from kiosk.ui import focus, gallery, viewing
from kiosk.ui.saying import sentences
from kiosk.ui.scene import Row, Scene, Word
from kiosk.ui.shots import words_of_gallery
from kiosk.ui.show import scene as make_scene
from kiosk.ui.view import StepSpeed, StepVolume
from kiosk.ui.voice_steps import loudness

WORDS = words_of_gallery()["en"]


def stop(name: str) -> Scene:
    scene = make_scene(*gallery.visit_to(name, "en"), WORDS)
    return focus.ringed(scene, focus.first(scene))


def said(before: Scene | None, scene: Scene, headphones: bool = False) -> str:
    return " | ".join(sentences(before, scene, WORDS, headphones=headphones))


def test_a_new_screen_says_title_sum_and_where_one_is() -> None:
    told = said(None, stop("02-scanning"))
    assert told.startswith("Vine tomatoes | ")
    assert told.endswith("Total 212 kronor 38. | Pay, 212 kronor 38. Button 1 of 13. Press OK.")


def test_the_same_screen_again_says_nothing() -> None:
    for name in gallery.STOPS:
        scene = stop(name)
        if name != "13-checking-bank":
            assert said(scene, scene) == "", name


def test_every_stop_of_a_shopper_says_something_and_says_where_one_is() -> None:
    for name in gallery.STOPS:
        if not name.startswith("19"):
            assert len(sentences(None, stop(name), WORDS, headphones=True)) >= 2, name


def test_what_is_private_is_for_headphones() -> None:
    member = stop("09-member")
    assert "Sam" not in said(None, member) and "Details on screen" in said(None, member)
    assert "Sam" in said(None, member, headphones=True)
    for name in ("14c-receipt-email", "09-member-contact"):
        assert "@" not in said(None, stop(name)).replace("@example.com", ""), name


def test_a_note_is_said_once() -> None:
    before, after = stop("02-scanning"), stop("02-unknown-barcode")
    after = replace(after, name=before.name)
    assert "We don’t know this barcode. Try again, or ask our staff." in said(before, after)
    assert "We don’t know this barcode" not in said(after, after)


def test_of_a_countdown_thirty_and_ten_are_said() -> None:
    scene = stop("14a-receipt-choice")

    def at(seconds: int) -> Scene:
        row = next(e for e in scene.elements if isinstance(e, Row) and "No receipt" in str(e.parts))
        told = tuple(
            replace(part, text=f"No receipt in **{seconds}** seconds") if isinstance(part, Word) else part
            for part in row.parts
        )
        return replace(scene, elements=tuple(replace(e, parts=told) if e is row else e for e in scene.elements))

    assert said(at(31), at(30)) == "No receipt in 30 seconds"
    assert said(at(30), at(29)) == ""
    assert said(at(11), at(10)) == "No receipt in 10 seconds"


def test_volume_and_speed_go_in_ten_steps() -> None:
    state, view = gallery.visit_to("02-scanning", "en")
    for _ in range(12):
        view = viewing.look(viewing.look(view, StepVolume(1), state), StepSpeed(-1), state)
    assert (view.voice_volume, view.voice_speed) == (10, 1)
    for _ in range(12):
        view = viewing.look(view, StepVolume(-1), state)
    assert view.voice_volume == 1


def test_volume_and_speed_go_back_with_the_visit() -> None:
    visit = gallery.Visit("en").does(e.StartPressed(), StepVolume(1), StepSpeed(1))
    assert (visit.view.voice_volume, visit.view.voice_speed) == (8, 6)
    visit.does(e.ShoppingStopped())
    assert loudness(visit.view, visit.state) == 7
    assert visit.view.voice_speed == 5


def test_staff_say_how_loud_the_voice_begins() -> None:
    state, view = gallery.visit_to("02-scanning", "en")
    state = replace(state, tuning=Tuning(voice_volume=3))
    assert loudness(view, state) == 3
    assert loudness(viewing.look(view, StepVolume(1), state), state) == 4
