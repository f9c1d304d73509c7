"""What stands in for a picture: readable in every theme, and the same for the same category."""

import pytest
from msgspec.structs import replace

from kiosk.checkout.card_loading import CODE
from kiosk.checkout.item import Item
from kiosk.ui.goods import CATEGORY, GROUNDS, item_picture, look_of
from kiosk.ui.scene import Rect
from kiosk.ui.theme import HIGH_CONTRAST, NORMAL, PAIRS, contrast
from kiosk.values.money import Money


def test_every_icon_is_readable_on_its_colour_in_whatever_theme_is_accepted() -> None:
    needed = {(colour, ground): ratio for colour, ground, ratio in PAIRS}
    for ground, colour in GROUNDS:
        assert needed[colour, ground] >= 4.5
        assert min(contrast(theme[colour], theme[ground]) for theme in (NORMAL, HIGH_CONTRAST)) >= 4.5


@pytest.mark.parametrize(
    ("category", "icon"),
    [
        ("drinks/wine", "bottle-wine"),
        ("drinks/energy drinks", "bottle-soda-classic"),
        ("Meat & Fish", "food-steak"),
        ("household/pets/cats", "paw"),
        ("", "tag-text"),
        ("garden/tools", "tag-text"),
    ],
)
def test_the_deepest_part_that_is_known_decides(category: str, icon: str) -> None:
    assert look_of(category).icon == icon


def test_an_unknown_category_has_one_colour_all_through() -> None:
    assert look_of("garden/tools") == look_of("garden/seeds") == look_of("Garden")
    assert len({look_of(f"shelf {number}").ground for number in range(40)}) == len({g for g, _ in GROUNDS})


def test_a_gift_card_shows_as_one_and_nothing_of_the_shop_passes_for_it() -> None:
    card = Item(gtin=CODE, name="Gift card ··34", price=Money(20_000), tax_class="", tax_bp=0, price_book="1")
    wine = replace(card, gtin="9520000000011", category="drinks/wine")
    shown = [item_picture(Rect(0, 0, 9, 9), item).source.removeprefix(CATEGORY) for item in (card, wine)]
    assert [look_of(category).icon for category in shown] == ["gift-outline", "bottle-wine"]
