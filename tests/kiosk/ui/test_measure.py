"""Measure: widths without a font are those of the real fonts, but for kerning."""

import pytest

from kiosk.ui import fonts
from kiosk.ui.fonts import Style
from kiosk.ui.measure import block_width, largest, text_width, wrap


@pytest.mark.parametrize(
    ("text", "size", "weight", "display"),
    [
        ("Call staff", 26, 600, False),
        ("Your items and prices appear on this slip.", 28, 500, False),
        ("Kvisttomater", 44, 700, True),
        ("1 234 567,89 kr", 56, 800, True),
        ("Håll streckkoden över glaset.", 28, 500, False),
    ],
)
def test_the_table_agrees_with_the_font(text: str, size: int, weight: int, display: bool) -> None:
    real = fonts.width(text, Style(size, weight, display))
    assert abs(text_width(text, size, weight, display) - real) <= max(4, real * 3 // 100)


def test_lines_break_at_spaces_and_line_feeds() -> None:
    room = text_width("Item without", 28, 600)
    assert wrap("Item without barcode", room, 28, 600) == ("Item without", "barcode")
    assert wrap("Scan your\nfirst item", 10_000, 84, 800, True) == ("Scan your", "first item")
    assert block_width("Item without barcode", room, 28, 600) == room


def test_a_no_break_space_does_not_break() -> None:
    assert wrap("207.38\xa0kr", 10, 28) == ("207.38\xa0kr",)


def test_heavier_runs_are_wider_and_their_marks_take_no_room() -> None:
    assert text_width("**paid**", 28) == text_width("paid", 28, 700) > text_width("paid", 28)


def test_an_amount_is_set_smaller_rather_than_cut() -> None:
    assert largest("12.00 kr", 424, (56, 44)) == 56
    assert largest("9,777,777.57 kr", 280, (56, 44, 34)) == 34
