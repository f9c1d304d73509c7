"""Whoever has keys only comes everywhere, on every screen, and begins where nothing is lost."""

from msgspec.structs import replace

from kiosk.checkout.events import AgeRefused, DayClosed, PayPressed, ShoppingStopped
from kiosk.ui import focus, gallery
from kiosk.ui.keys import Hand, KeyPressed, feel_key
from kiosk.ui.naming import told_apart
from kiosk.ui.scene import Box, Button, Rect, Scene, buttons
from kiosk.ui.shots import words_of_gallery
from kiosk.ui.show import scene as make_scene
from kiosk.ui.view import ShowWhy

WORDS = words_of_gallery()
SCENES = {
    f"{name} {language}": make_scene(*gallery.visit_to(name, language), words)
    for language, words in WORDS.items()
    if language == "en"
    for name in gallery.STOPS
}


def test_one_key_comes_to_every_button_and_round_again() -> None:
    for name, scene in SCENES.items():
        begin = place = focus.first(scene) or next(iter(focus.order(scene)), "")
        walked = []
        for _ in buttons(scene):
            walked.append(place)
            place = focus.moved(scene, place, "right")
        assert place == begin, name
        assert set(walked) == set(focus.places(scene)), name


def test_every_arrow_stays_on_the_screen_and_up_undoes_no_button() -> None:
    for name, scene in SCENES.items():
        there = focus.places(scene)
        for place in there:
            assert {focus.moved(scene, place, key) for key in ("up", "down", "left", "right")} <= set(there), name


def test_no_screen_begins_at_what_cannot_be_taken_back() -> None:
    for name, scene in SCENES.items():
        place = focus.first(scene)
        button = focus.places(scene).get(place)
        assert button is None or not isinstance(button.says, AgeRefused | DayClosed | ShoppingStopped), name
        assert button is not None or len(buttons(scene)) <= 1, name


def test_the_ring_lies_above_all_and_on_the_screen() -> None:
    for name, scene in SCENES.items():
        for place in focus.places(scene):
            ringed = focus.ringed(scene, place)
            outer, inner = ringed.elements[-2:]
            assert isinstance(outer, Box) and isinstance(inner, Box)
            for x, y, w, h in (outer.rect, inner.rect):
                assert x >= 0 and y >= 0 and x + w <= scene.size[0] and y + h <= scene.size[1], name


def _scene(*named: Button) -> Scene:
    return Scene("x", (1280, 800), "ground", named)


def _line(name: str, y: int) -> Button:
    return Button(Rect(800, y, 400, 80), AgeRefused(), name, role="line", group="slip")


PAY = Button(Rect(800, 600, 400, 80), PayPressed(), "Pay", group="pay")


def test_a_line_that_goes_leaves_the_focus_to_the_next_one() -> None:
    milk, bread, milk_too = _line("Milk", 100), _line("Bread", 180), _line("Milk", 260)
    before = told_apart(_scene(milk, bread, milk_too, PAY))
    assert focus.after(before, told_apart(_scene(milk, milk_too, PAY)), "Bread") == "Milk"
    assert focus.after(before, told_apart(_scene(milk, bread, PAY)), "Milk (2)") == "Bread"
    assert focus.after(before, told_apart(_scene(bread, milk_too, PAY)), "Milk") == "Milk"
    assert focus.after(_scene(milk, PAY), _scene(PAY), "Milk") == "Pay"
    assert focus.after(before, before, "Milk (2)") == "Milk (2)"


def test_a_sheet_that_goes_gives_the_focus_back() -> None:
    milk, bread = _line("Milk", 100), _line("Bread", 180)
    choosing = replace(_scene(milk, bread, PAY), name="choosing")
    assert focus.back_from_sheet(choosing, _scene(milk, bread, PAY), "Bread") == "Bread"
    assert focus.back_from_sheet(choosing, _scene(milk, PAY), "Bread") == "Milk"
    assert focus.back_from_sheet(choosing, _scene(bread, PAY), "Milk") == "Pay"
    under = _scene(milk, bread, PAY)
    assert focus.back_from_sheet(under, under, "Pay") == "Pay"
    assert focus.back_from_sheet(under, replace(_scene(milk, PAY), name="other"), "Pay") == focus.first(
        _scene(milk, PAY)
    )


def test_ok_acts_when_it_is_let_go_and_only_where_it_came_down() -> None:
    scene = _scene(_line("Milk", 100), _line("Bread", 180))
    down = feel_key(Hand(), KeyPressed("ok", "down"), scene, "Milk", (), 0)
    assert down.says == ()
    assert feel_key(down.hand, KeyPressed("ok", "up"), scene, "Milk", (), 10).says == (AgeRefused(),)
    assert feel_key(down.hand, KeyPressed("ok", "up"), scene, "Bread", (), 10).says == ()
    lost = feel_key(down.hand, KeyPressed("", "lost"), scene, "Milk", (), 5)
    assert feel_key(lost.hand, KeyPressed("ok", "up"), scene, "Milk", (), 10).says == ()


def test_the_first_key_of_any_kind_brings_the_ring_and_a_locked_place_says_why() -> None:
    why = "Scan something first."
    locked = Button(Rect(800, 700, 400, 80), ShowWhy(why), "Later", style="disabled", why_not=why)
    scene = _scene(_line("Milk", 100), PAY, locked)
    for key in ("right", "ok", "back", "help", "louder", "5"):
        assert feel_key(Hand(), KeyPressed(key, "down"), scene, "", (), 0).focus == focus.first(scene), key
    before = next(place for place in focus.order(scene) if focus.moved(scene, place, "right") == "Later")
    came = feel_key(Hand(), KeyPressed("right", "down"), scene, before, (), 0)
    assert (came.focus, came.says) == ("Later", (ShowWhy(why),))
    assert feel_key(Hand(), KeyPressed("right", "down"), scene, "Later", (), 0).says == ()


def test_onwards_is_where_reading_goes() -> None:
    left, right = Button(Rect(0, 0, 90, 90), AgeRefused(), "a"), Button(Rect(100, 0, 90, 90), AgeRefused(), "b")
    scene = _scene(left, right)
    assert focus.order(scene) == ("a", "b")
    turned = replace(scene, direction="rtl")
    assert focus.order(turned) == ("b", "a")
    assert focus.moved(turned, "b", "left") == "a"
