"""OK before any arrow: on every screen it does what most people want next, never what cannot be taken back."""

from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from kiosk.checkout.events import AgeRefused, DayClosed, ShoppingStopped
from kiosk.checkout.settings import Settings
from kiosk.ui import focus, gallery
from kiosk.ui.panel import Panel
from kiosk.ui.scene import Button, Scene, buttons
from kiosk.ui.shots import words_of_gallery
from kiosk.ui.show import scene as make_scene
from kiosk.ui.view import CloseBanner, OpenPage

WORDS = words_of_gallery()
ROOMS = {
    "as drawn": (Panel(), Settings()),
    "upright": (Panel((1080, 1920)), Settings()),
    "small": (Panel((1024, 600)), Settings(large_text=True)),
    "lower": (Panel(), Settings(lower_controls=True)),
}


def scenes() -> Iterator[tuple[str, Scene]]:
    for where, (panel, settings) in ROOMS.items():
        for name in gallery.STOPS:
            state, view = gallery.visit_to(name, "en")
            shown = make_scene(replace(state, settings=settings), replace(view, panel=panel), WORDS["en"])
            yield f"{name}, {where}", shown


SCENES = dict(scenes())


def begins(scene: Scene) -> Button | None:
    return focus.places(scene).get(focus.first(scene))


def is_door(button: Button) -> bool:
    return button.says == OpenPage("staff_pin") or (button.says == OpenPage("staff") and button.group == "aside")


def test_nobody_begins_at_the_door_of_staff_nor_at_what_cannot_be_taken_back() -> None:
    for name, scene in SCENES.items():
        button = begins(scene)
        if button is None:
            assert not buttons(scene), name
            continue
        assert not is_door(button), name
        assert not isinstance(button.says, AgeRefused | DayClosed | ShoppingStopped), name
        assert button.style not in ("danger", "danger-filled"), name


def test_a_main_action_is_where_the_focus_begins() -> None:
    for name, scene in SCENES.items():
        mains = [button for button in buttons(scene) if button.style in ("primary", "sun")]
        if mains and not scene.focus:
            assert begins(scene) in mains, name


def test_a_note_that_can_be_closed_is_not_what_the_page_is_for() -> None:
    for name, scene in SCENES.items():
        button = begins(scene)
        assert button is None or not isinstance(button.says, CloseBanner), name


@pytest.mark.parametrize(
    ("screen", "begins_at"),
    [
        ("01-welcome", "Start"),
        ("05-weighing", "Add bananas"),
        ("07-age-check", "Keep scanning"),
        ("10-pay-choice", "Card"),
        ("11-card-progress", "Cancel payment"),
        ("12-declined", "Try again"),
        ("14a-receipt-choice", "Print it"),
        ("14a-change-is-coming", "Print it"),
        ("15-thank-you", "Done"),
        ("16-help-coming", "Keep scanning"),
        ("17-still-there", "Yes, I’m here"),
        ("17-stop", "No, go back"),
        ("19g-staff-report", "Print"),
    ],
)
def test_the_screens_begin_as_drawn(screen: str, begins_at: str) -> None:
    for where in ROOMS:
        assert focus.first(SCENES[f"{screen}, {where}"]) == begins_at, where
