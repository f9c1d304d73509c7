"""Names of real products: long ones are never lost, and nothing in a name is taken for a mark of ours."""

import pytest
from msgspec.structs import replace

from kiosk.checkout import events as e
from kiosk.checkout.settings import Settings
from kiosk.ui import gallery, layout
from kiosk.ui.fonts import Style
from kiosk.ui.room import room_in
from kiosk.ui.scene import Label, Rect, Scene
from kiosk.ui.screens.paper import ruling
from kiosk.ui.screens.slip import lines_end
from kiosk.ui.shots import words_of_gallery
from kiosk.ui.show import scene as make_scene
from kiosk.ui.typesetting import ELLIPSIS, set_text
from kiosk.ui.view import OpenPage, ScrollLines

WORDS = words_of_gallery()
LONG = "Bar-B-Q Boss, barbecue marinade, chicken, pork & ribs, " * 2
STARS = "Filets **Aux Oignons**"


def scanned(name: str) -> gallery.Visit:
    return gallery.Visit("en").does(e.ItemFound(item=replace(gallery.COFFEE, name=name, names={})))


def shown(visit: gallery.Visit) -> Scene:
    return make_scene(visit.state, visit.view, WORDS["en"])


def named(scene: Scene, name: str) -> list[Label]:
    return [element for element in scene.elements if isinstance(element, Label) and element.text == name]


def set_in_type(label: Label) -> list[str]:
    style = Style(label.size, label.weight, label.display)
    lines = set_text(label.text, style, label.rect.w, label.max_lines, plain=label.plain)
    return ["".join(run.text for run in line.runs) for line in lines]


def test_a_long_name_takes_two_lines_on_the_stage_and_stands_off_what_is_beneath() -> None:
    scene = shown(scanned(LONG))
    (stage,) = (label for label in named(scene, LONG) if label.display)
    first, second = set_in_type(stage)
    assert LONG.startswith(first) and second.endswith(ELLIPSIS)
    beneath = [label.rect for label in scene.elements if isinstance(label, Label) and _left_column(label.rect)]
    assert not any(_touch(stage.rect, rect) for rect in beneath if rect != stage.rect)


def test_a_short_name_stays_on_one_line() -> None:
    (stage,) = (label for label in named(shown(scanned("Milk")), "Milk") if label.display)
    assert stage.max_lines == 1


def test_all_of_a_long_name_stands_on_the_lines_sheet() -> None:
    sheet = shown(scanned(LONG).does(OpenPage("line", 1)))
    assert "".join(" ".join(set_in_type(named(sheet, LONG)[-1])).split()) == "".join(LONG.split())


@pytest.mark.parametrize("page", [OpenPage(""), OpenPage("line", 1)])
def test_stars_in_a_name_are_stars(page: OpenPage) -> None:
    labels = named(shown(scanned(STARS).does(page)), STARS)
    assert len(labels) >= 2
    assert all(label.plain for label in labels)
    assert any("**Aux Oignons**" in " ".join(set_in_type(label)) for label in labels)


def _left_column(rect: Rect) -> bool:
    return rect.x < layout.STAGE.x + layout.STAGE.w and rect.y < layout.STAGE.y + layout.STAGE.h


def _touch(one: Rect, other: Rect) -> bool:
    return (
        one.x < other.x + other.w and other.x < one.x + one.w and one.y < other.y + other.h and other.y < one.y + one.h
    )


def test_a_name_too_long_for_the_price_beside_it_takes_two_rows_on_the_slip() -> None:
    long = "Sparkling water with lemon taste"
    visit = scanned(long).does(e.SettingsChosen(settings=Settings(large_text=True)))
    (line,) = (label for label in named(shown(visit), long) if not label.display)
    assert "".join(" ".join(set_in_type(line)).split()) == "".join(long.split())


def test_lines_of_any_height_stay_between_head_and_sum_and_scroll_to_the_first() -> None:
    visit = gallery.Visit("en").does(e.SettingsChosen(settings=Settings(large_text=True)))
    for number in range(7):
        name = f"{number} Sparkling water with lemon" if number % 2 else f"{number}"
        visit.does(e.ItemFound(item=replace(gallery.COFFEE, gtin=str(number), name=name, names={})))
    seen = set()
    for _ in range(7):
        room = room_in(visit.state, visit.view)
        end = lines_end(visit.state, room)
        names = [line.item.name for line in visit.state.basket.lines]
        on_slip = [label for label in shown(visit).elements if isinstance(label, Label) and label.text in names]
        on_slip = [label for label in on_slip if label.rect.x >= room.zones.slip.x]
        assert all(ruling(room).top <= label.rect.y and layout.below(label.rect) <= end for label in on_slip)
        seen |= {label.text for label in on_slip}
        visit.does(ScrollLines(1))
    assert seen == set(names)
