"""The keys on the screen: everybody writes the own language's words, and every address, with them."""

import pytest
from msgspec.structs import replace

from kiosk.search.shelf import Entry, Shelf
from kiosk.ui import gallery
from kiosk.ui.letters import AT_HAND, address_letters, letters
from kiosk.ui.panel import Panel
from kiosk.ui.scene import Button, Scene, buttons
from kiosk.ui.shots import WORDS, ZONE
from kiosk.ui.show import scene as make_scene
from kiosk.ui.view import OpenPage, ShowDigits, TypeKey
from kiosk.ui.words import Words, load
from kiosk.values.money import Money

ALPHABETS = {
    "en": "abcdefghijklmnopqrstuvwxyz",
    "sv": "abcdefghijklmnopqrstuvwxyzåäö",
    "fi": "abcdefghijklmnopqrstuvwxyzåäö",
    "nb": "abcdefghijklmnopqrstuvwxyzæøå",
    "da": "abcdefghijklmnopqrstuvwxyzæøå",
    "de": "abcdefghijklmnopqrstuvwxyzäöüß",
    "fr": "abcdefghijklmnopqrstuvwxyzàâæçéèêëîïôœùûü",
    "pl": "aąbcćdeęfghijklłmnńoóprsśtuwyzźż",
    "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "ar": "ابتثجحخدذرزسشصضطظعغفقكلمنهويءئؤأإآىة",
}
PEAR = Entry(code="4409", name="Päron", price=Money(3_490), names={"uk": "Груші", "en": "Pears"})
MINT = Entry(code="9001", name="Mynta", price=Money(1_990), names={"uk": "М’ята", "ar": "النعناع"})
GHERKIN = Entry(code="9002", name="Inlagd gurka", price=Money(2_990), names={"uk": "Ґудзик-огірок"})
SHELF = Shelf((PEAR, MINT, GHERKIN))


def _words(tag: str) -> Words:
    """In a language that may have no words of ours yet: then the sentences are English, the keys its own."""
    english = load(WORDS, ("en",), currency="SEK", territory="se", zone=ZONE)["en"]
    return english if tag == "en" else english.written_in(tag)


def _search(tag: str, size: tuple[int, int] = (1280, 800), *, digits: bool = False) -> Scene:
    visit = gallery.Visit("en").shops().does(OpenPage("picker"), OpenPage("search"), ShowDigits(digits))
    return make_scene(visit.state, replace(visit.view, panel=Panel(size)), _words(tag))


def _typed_by(scene: Scene) -> dict[str, Button]:
    return {key.says.key: key for key in buttons(scene) if isinstance(key.says, TypeKey)}


@pytest.mark.parametrize("size", [(1280, 800), (1024, 600), (800, 1280), (1080, 1920)], ids=str)
@pytest.mark.parametrize("tag", ALPHABETS)
def test_every_letter_of_a_language_has_a_key(tag: str, size: tuple[int, int]) -> None:
    keys = {*_typed_by(_search(tag, size)), *_typed_by(_search(tag, size, digits=True))}
    assert not set(ALPHABETS[tag]) - keys
    assert not set("0123456789- ") - keys
    assert "backspace" in keys


@pytest.mark.parametrize("tag", ["sv", "fi", "nb", "da", "de", "uk", "ar"])
def test_the_letters_of_the_alphabet_are_on_one_page(tag: str) -> None:
    missing = set(ALPHABETS[tag]) - set(_typed_by(_search(tag)))
    assert missing <= set("أإآ"), "hamza on alef comes with the digits; whoever leaves it out finds the same"


@pytest.mark.parametrize("tag", ALPHABETS)
def test_an_address_can_be_typed_in_every_language(tag: str) -> None:
    written = address_letters(tag)
    assert {letter.lower() for row in written.rows for letter in row} >= set(ALPHABETS["en"])
    visit = gallery.STOPS["14c-receipt-email"](gallery.Visit("en"))
    always = set(_typed_by(make_scene(visit.state, visit.view, _words(tag))))
    assert always >= set(AT_HAND)


def test_keys_lie_as_people_know_them() -> None:
    assert letters("de").rows[0].startswith("QWERTZ")
    assert letters("fr").rows[0].startswith("AZERTY")
    assert letters("nb").rows[1].endswith("ØÆ")
    assert letters("da").rows[1].endswith("ÆØ")
    assert letters("no") == letters("nb")
    arabic = _typed_by(_search("ar"))
    row = [arabic[letter].rect.x for letter in "ضصثقفغعهخحج"]
    assert row == sorted(row), "the keys of Arabic stand as on a keyboard of metal, from the left"


@pytest.mark.parametrize(
    ("tag", "wanted", "found"),
    [
        ("sv", "päron", PEAR),
        ("sv", "paron", PEAR),
        ("uk", "груші", PEAR),
        ("uk", "мята", MINT),
        ("uk", "гудзик", GHERKIN),
        ("uk", "ґудзик", GHERKIN),
        ("ar", "النعناع", MINT),
        ("en", "pear", PEAR),
    ],
)
def test_what_is_typed_on_the_screen_is_found(tag: str, wanted: str, found: Entry) -> None:
    visit = gallery.Visit("en").shops().does(OpenPage("picker"), OpenPage("search"))
    for letter in wanted:
        visit.does(_typed_by(make_scene(visit.state, visit.view, _words(tag)))[letter].says)
    assert visit.view.typed == wanted
    assert SHELF.search(visit.view.typed, tag) == (found,)


def test_an_address_longer_than_its_field_shows_its_end() -> None:
    visit = gallery.STOPS["14c-receipt-email"](gallery.Visit("en"))
    view = replace(visit.view, typed=f"{'a' * 60}@example.com")
    scene = make_scene(visit.state, view, _words("en"))
    assert any(getattr(part, "text", "").endswith("a@example.com") for part in scene.elements)


def test_keys_begin_with_letters_on_every_page() -> None:
    visit = gallery.Visit("en").shops().does(OpenPage("search"), ShowDigits(True), OpenPage("picker"))
    assert not visit.does(OpenPage("search")).view.digits
