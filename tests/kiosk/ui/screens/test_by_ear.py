"""By ear: what a button is, what it is called and how it stands, for whoever cannot see it; on every screen, in every
language that is kept. What is seen (a soft face, a tick, a lock) is said as well."""

import json
from collections.abc import Iterator

import msgspec
import pytest
from msgspec.structs import replace

from kiosk.ui import focus, gallery
from kiosk.ui.scene import Box, Button, Icon, Mark, Row, Scene, buttons
from kiosk.ui.shots import WORDS as FOLDER
from kiosk.ui.shots import ZONE
from kiosk.ui.show import scene as make_scene
from kiosk.ui.view import Pick, ShowWhy
from kiosk.ui.words import Words, load

LANGUAGES = ("en", *sorted(path.stem for path in FOLDER.glob("*.po")))
WORDS = load(FOLDER, LANGUAGES, currency="SEK", territory="se", zone=ZONE)
CHOSEN = ("check-bold", "check-circle", "checkbox-marked", "radiobox-marked")
"""Signs that tell the eye what is chosen. `check-bold` stands on answers that agree, too: there it is no state."""


def _scenes(language: str) -> Iterator[tuple[str, Scene]]:
    for name in gallery.STOPS:
        yield name, make_scene(*gallery.visit_to(name, language), WORDS[language])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_button_says_what_it_is_and_how_it_stands(language: str) -> None:
    words = WORDS[language]
    wrong = [
        f"{name}: {button.name!r} {fault}"
        for name, scene in _scenes(language)
        for button in buttons(scene)
        for fault in _faults(button, words)
    ]
    assert not wrong, "\n".join(wrong)


def _faults(button: Button, words: Words) -> Iterator[str]:
    if not button.name.strip() or "**" in button.name or "\n" in button.name:
        yield "has no name that can be spoken"
    if (button.style == "disabled" or isinstance(button.says, ShowWhy)) and not button.why_not:
        yield "is locked and does not say why"
    if button.why_not and button.says != ShowWhy(button.why_not):
        yield "is locked and says something else than its reason"
    if button.role == "switch" and button.value != words.say("on" if button.selected else "off"):
        yield f"is a switch and says {button.value!r}"
    if (button.role == "line" or isinstance(button.says, Pick)) and not button.value:
        yield "has a price and does not say it"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_button_of_a_screen_has_a_name_of_its_own(language: str) -> None:
    for name, scene in _scenes(language):
        names = [button.name for button in buttons(scene)]
        assert len(set(names)) == len(names), name


def test_what_is_called_alike_does_the_same_or_says_of_what_it_is() -> None:
    for name, scene in _scenes("en"):
        found = focus.places(scene)
        for place, button in found.items():
            if place.endswith(" (2)"):
                other = found[place.removesuffix(" (2)")]
                assert button.says == other.says or button.value != other.value, (name, place)


def test_what_looks_chosen_says_so() -> None:
    for name, scene in _scenes("en"):
        shown = scene.elements[scene.modal_from :]
        for button in buttons(scene):
            if button.role in ("radio", "switch", "tab", "line"):
                assert _looks_chosen(button, shown) <= button.selected, (name, button.name)


def _looks_chosen(button: Button, shown: tuple[object, ...]) -> bool:
    """A soft face of its own, or a sign of what is chosen."""
    if button.style in ("staff", "info", "primary"):
        return True
    after = shown[shown.index(button) + 1 :][:4]
    soft = any(isinstance(e, Box) and e.rect == button.rect and e.fill in ("primary-soft", "staff-soft") for e in after)
    inside = [e for e in after if isinstance(e, Icon | Row) and button.rect.contains(e.rect.x, e.rect.y)]
    signs = [
        mark
        for e in inside
        for mark in ((e.name,) if isinstance(e, Icon) else [part.name for part in e.parts if isinstance(part, Mark)])
    ]
    return soft or any(sign in CHOSEN for sign in signs)


def test_of_several_one_is_chosen_at_most() -> None:
    for name, scene in _scenes("en"):
        for role in ("tab", "radio"):
            kinds = {type(b.says) for b in buttons(scene) if b.role == role}
            for kind in kinds:
                several = [b for b in buttons(scene) if b.role == role and type(b.says) is kind]
                fields = {str(getattr(b.says, "field", "")) for b in several}
                for field in fields:
                    chosen = [b for b in several if str(getattr(b.says, "field", "")) == field and b.selected]
                    assert len(chosen) <= 1 or name.startswith("19f"), (name, role, [b.name for b in chosen])


def test_pay_says_how_much() -> None:
    scene = make_scene(*gallery.visit_to("02-scanning", "en"), WORDS["en"])
    assert focus.places(scene)["Pay"].value == "212.38\xa0kr"


def test_a_switch_that_is_on_says_so() -> None:
    state, view = gallery.visit_to("20a-accessibility", "sv")
    state = replace(state, settings=replace(state.settings, high_contrast=True))
    found = focus.places(make_scene(state, view, WORDS["sv"]))
    assert (found["Hög kontrast"].value, found["Hög kontrast"].selected) == ("på", True)
    assert (found["Stor text"].value, found["Stor text"].selected) == ("av", False)


def test_all_of_it_can_be_read_from_outside() -> None:
    """As `/scene.json` of the debug port gives it."""
    scene = focus.ringed(make_scene(*gallery.visit_to("03-empty-basket", "en"), WORDS["en"]), "Pay")
    told = json.loads(msgspec.json.encode(scene))
    pay = next(e for e in told["elements"] if e.get("name") == "Pay")
    assert (told["ring"], pay["role"], pay["group"], pay["selected"]) == ("Pay", "button", "pay", False)
    assert pay["why_not"] == "Scan something first."
