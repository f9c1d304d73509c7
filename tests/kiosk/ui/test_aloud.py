"""What is written, read out: amounts in the shopper's language and the shop's money."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kiosk.ui.aloud import aloud, spelled, value_aloud
from kiosk.ui.words import Words, load
from kiosk.values.money import Money

FOLDER = Path(__file__).parents[3] / "config" / "words"


def words(language: str, currency: str = "SEK", territory: str = "se") -> Words:
    return load(FOLDER, (language,), currency=currency, territory=territory, zone=ZoneInfo("UTC"))[language]


@pytest.mark.parametrize(
    ("language", "currency", "territory", "minor", "said"),
    [
        ("en", "SEK", "se", 21238, "212 kronor 38"),
        ("sv", "SEK", "se", 21238, "212 kronor 38"),
        ("sv", "SEK", "se", 100, "1 krona"),
        ("sv", "SEK", "se", 123456705, "1234567 kronor 05"),
        ("de", "SEK", "se", 21238, "212 Kronen 38"),
        ("en", "EUR", "ie", 250, "2 euros 50"),
        ("sv", "SEK", "se", -1980, "−19 kronor 80"),
    ],
)
def test_money(language: str, currency: str, territory: str, minor: int, said: str) -> None:
    shop = words(language, currency, territory)
    assert aloud(f"x {shop.money(Money(minor))}!", shop) == f"x {said}!"
    assert value_aloud(shop.amount(Money(minor)), shop) in (said, shop.amount(Money(minor)))


def test_arabic_amounts_lose_their_marks_and_keep_their_value() -> None:
    shop = words("ar")
    said = aloud(shop.money(Money(21238)), shop)
    assert said.startswith("212 ") and said.endswith(" 38") and "\u200e" not in said


def test_what_is_no_amount_stays() -> None:
    shop = words("en")
    assert aloud("Sparkling water 33 cl, 12:30, 4 of 9", shop) == "Sparkling water 33 cl, 12:30, 4 of 9"
    assert value_aloud("2", shop) == "2"


def test_an_address_is_spelled() -> None:
    assert spelled("a.b@c") == "a, ., b, @, c"
