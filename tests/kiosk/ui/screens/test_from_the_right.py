"""A screen that is read from the right: everything changes sides, keys keep their order."""

import pytest

from kiosk.ui import gallery
from kiosk.ui.scene import Rect, buttons
from kiosk.ui.shots import WORDS, ZONE
from kiosk.ui.show import scene as make_scene
from kiosk.ui.words import load


@pytest.fixture(scope="module")
def typing() -> dict[str, Rect]:
    """The buttons of the page where a number is typed, in Arabic."""
    words = load(WORDS, ("ar",), currency="SEK", territory="se", zone=ZONE)["ar"]
    return {b.name: b.rect for b in buttons(make_scene(*gallery.visit_to("04c-type-code", "ar"), words))}


def test_the_way_back_is_where_reading_begins(typing: dict[str, Rect]) -> None:
    assert typing["رجوع"].x > typing["1"].x > typing["الدفع"].x


def test_digits_stand_as_on_every_keypad(typing: dict[str, Rect]) -> None:
    for keys in ("123", "456", "789"):
        assert [typing[key].x for key in keys] == sorted(typing[key].x for key in keys)
    assert typing["تم"].x == typing["3"].x, "the key that ends it stays at the lower right"
