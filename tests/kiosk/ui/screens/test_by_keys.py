"""By keys: the focus order that the design writes under each screen, and that arrows alone come everywhere in any room.

The orders are those of the interface design (section 7, **Focus**); `U` is the utility row. What a screen has beside
them may stand between, but the order of what is named is kept, round from the first.
"""

from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from kiosk.checkout.settings import Settings
from kiosk.ui import focus, gallery
from kiosk.ui.panel import Panel
from kiosk.ui.scene import Scene, buttons
from kiosk.ui.shots import WORDS as FOLDER
from kiosk.ui.shots import ZONE
from kiosk.ui.show import scene as make_scene
from kiosk.ui.words import load

LANGUAGES = ("en", *sorted(path.stem for path in FOLDER.glob("*.po")))
WORDS = load(FOLDER, LANGUAGES, currency="SEK", territory="se", zone=ZONE)
U = "English → Accessibility → Call staff"
SCANNING = "Pay → Item without barcode → Type a code → Change or remove → Member card"
KEYPAD = "1 → 2 → 3 → 4 → 5 → 6 → 7 → 8 → 9 → 0"
LINES = "Vine tomatoes → Sparkling water 33 cl → Rye bread, sliced → 3 earlier lines"
ORDERS = {
    "01-welcome": "Start → Svenska → English → Accessibility → Call staff",
    "02-scanning": f"{SCANNING} → {LINES} → {U}",
    "02-choose-line": LINES,
    "03-empty-basket": f"Item without barcode → Type a code → Change or remove → Member card → {U}",
    "04a-picker": "Bananas → Red apples → Green apples → Oranges → Lemons → Pears → Grapes → Avocado → Vine tomatoes → "
    "Cucumber → Carrots → Bread roll → Page before → Next page → Popular → Fruit → Vegetables → Bread & buns → Bags → "
    f"Everything A–Z → Search by name or number → Back → {U}",
    "04b-picker-search": "Vine tomatoes → Tomato pepper → Q → W → P → A → L → Z → M → Delete one letter → Space → Back",
    "04c-type-code": f"{KEYPAD} → OK → Back → {U}",
    "05-weighing": f"Add bananas → Wrong item → Back → {U}",
    "06b-bag-unexpected": f"It’s my own bag → Call staff → {LINES} → {U.replace('staff', 'staff (2)')}",
    "06c-bag-takeback": f"I’ve moved it → Add it back → {U}",
    "07-age-check": f"Keep scanning → Remove this item → {U}",
    "08-quantity": "One less → One more → Save change → Remove → Close",
    "09-member": f"{SCANNING} → {LINES} → {U}",
    "10-pay-by-phone": f"Card → QR payment → Gift card → Back → {U}",
    "10-pay-choice": f"Card → QR payment → Gift card → Cash → Back → {U}",
    "11-card-progress": f"Cancel payment → {U}",
    "12-declined": f"Try again → Pay another way → Save basket and ask staff → {U}",
    "13-checking-bank": U,
    "14a-receipt-choice": f"Print it → Show a QR code → E-mail it → No receipt → {U}",
    "15-thank-you": "Done → Call staff",
    "16-help-coming": f"Keep scanning → I’m fine now → Pay → {U}",
    "17-still-there": "Yes, I’m here → Give me more time → Stop shopping",
    "18a-closed": "Call staff",
    "20a-accessibility": "Large text → High contrast → Lower controls → Voice guidance → More time → Calm sounds → "
    "Back to normal → Done",
}
ROOMS = [
    ("en", Panel((1280, 800)), Settings(large_text=True)),
    ("sv", Panel((1280, 800)), Settings(lower_controls=True, high_contrast=True)),
    ("ar", Panel((1280, 800)), Settings()),
    ("de", Panel((1080, 1920)), Settings()),
    ("ar", Panel((1080, 1920)), Settings(large_text=True, lower_controls=True)),
    ("en", Panel((1024, 600)), Settings(large_text=True, lower_controls=True)),
]


@pytest.mark.parametrize("name", ORDERS)
def test_the_keys_come_through_the_screen_in_the_order_of_the_design(name: str) -> None:
    scene = make_scene(*gallery.visit_to(name, "en"), WORDS["en"])
    wanted = ORDERS[name].split(" → ")
    walked = _walk(scene, wanted[0], "right")
    assert [place for place in walked if place in wanted] == wanted


def test_where_the_design_names_a_first_place_the_focus_begins_there() -> None:
    names = ("01-welcome", "02-scanning", "02-choose-line", "03-empty-basket", "04a-picker", "05-weighing",
             "07-age-check", "08-quantity", "10-pay-choice", "12-declined", "14a-receipt-choice", "15-thank-you",
             "18a-closed", "20a-accessibility")  # fmt: skip
    for name in names:
        scene = make_scene(*gallery.visit_to(name, "en"), WORDS["en"])
        assert focus.first(scene) == ORDERS[name].partition(" → ")[0]


@pytest.mark.parametrize(("language", "panel", "settings"), ROOMS)
def test_arrows_alone_come_to_everything_in_every_room(language: str, panel: Panel, settings: Settings) -> None:
    wrong = []
    for name, scene in _scenes(language, panel, settings):
        onwards, backwards = ("right", "left") if scene.direction == "ltr" else ("left", "right")
        places = {button.name for button in buttons(scene)}
        start = focus.first(scene)
        if set(_walk(scene, start, onwards)) != places or set(_walk(scene, start, backwards)) != places:
            wrong.append(f"{name}: {places - set(_walk(scene, start, onwards))} cannot be reached from {start!r}")
        if lost := {focus.moved(scene, place, way) for place in places for way in ("up", "down")} - places:
            wrong.append(f"{name}: up or down lead to {lost}")
    assert not wrong, "\n".join(wrong)


def test_up_and_down_lead_to_nothing_that_is_not_for_shoppers() -> None:
    for name, scene in _scenes("en", Panel((1280, 800)), Settings()):
        found = focus.places(scene)
        for place in (one for one, button in found.items() if button.group != "aside"):
            assert all(found[focus.moved(scene, place, way)].group != "aside" for way in ("up", "down")), (name, place)


def test_from_the_right_the_arrows_lead_where_they_point() -> None:
    """Of two that stand side by side in one group, the left arrow never leads to the one on the right."""
    for name in ("02-scanning", "04a-picker", "14a-receipt-choice", "20a-accessibility"):
        scene = make_scene(*gallery.visit_to(name, "ar"), WORDS["ar"])
        found = focus.places(scene)
        for place, button in found.items():
            there = found[focus.moved(scene, place, "left")]
            if there.rect.y == button.rect.y and there.group == button.group:
                assert there.rect.x < button.rect.x, (name, place, there.name)


def _scenes(language: str, panel: Panel, settings: Settings) -> Iterator[tuple[str, Scene]]:
    for name in gallery.STOPS:
        state, view = gallery.visit_to(name, language)
        scene = make_scene(replace(state, settings=settings), replace(view, panel=panel), WORDS[language])
        if buttons(scene):
            yield name, scene


def _walk(scene: Scene, start: str, key: str) -> list[str]:
    """All places from that one on, by that one key, until it comes round."""
    walked = [start]
    while (place := focus.moved(scene, walked[-1], key)) != start and len(walked) <= len(buttons(scene)):
        walked.append(place)
    return walked
