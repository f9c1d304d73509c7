"""What people type and read about goods, without a browser."""

import pytest

from store.channel_order import Line, Order
from store.console import goods_words
from store.stock import Movement, OnHand
from store.stock_slips import SlipLine


@pytest.mark.parametrize(
    ("text", "grams"),
    [("1.250", 1250), ("1,25", 1250), ("3", 3000), ("0.5 kg", 500), (" 2 ", 2000),
     ("1.2345", None), ("-1", None), ("", None), ("a lot", None), ("1e3", None)],
)  # fmt: skip
def test_kilograms_as_people_type_them(text: str, grams: int | None) -> None:
    assert goods_words.typed_grams(text) == grams
    if grams is not None:
        assert goods_words.typed_grams(goods_words.kilos(grams)) == grams


@pytest.mark.parametrize(
    ("text", "count"), [("12", 12), (" 0 ", 0), ("1.5", None), ("-1", None), ("٣", None), ("", None)]
)
def test_pieces_as_people_type_them(text: str, count: int | None) -> None:
    assert goods_words.typed_pieces(text) == count


def test_a_level_says_what_is_free_only_where_somebody_waits() -> None:
    assert goods_words.level_words(None) == ""
    assert goods_words.level_words(OnHand("1", "", 25, 0, 0, 0, 25, 0)) == "25"
    short = OnHand("1", "", 2, 0, 5, 0, -3, 0)
    assert goods_words.level_words(short) == "2, -3 free" and goods_words.is_short(short)
    assert not goods_words.is_short(OnHand("1", "", 0, 0))


def test_changes_have_a_sign() -> None:
    assert (goods_words.signed(3, 0), goods_words.signed(-3, 0), goods_words.signed(0, 250)) == (
        "+3",
        "-3",
        "+0.250 kg",
    )


def test_a_movement_says_what_where_and_why() -> None:
    moved = Movement(1, "1", "waste", -2, 0, None, 0, "fell", "floor", "damaged", "L77", "", "u1", "")
    assert goods_words.about_movement(moved, {"floor": "Shop floor"}) == "Waste, Damaged, Shop floor, batch L77, fell"
    assert goods_words.about_line(SlipLine("1", 1, batch="L7", expiry="2026-11-30")) == "1, batch L7, until 30 Nov 2026"


def test_an_order_says_what_of_it_is_done_and_what_nobody_knows() -> None:
    lines = (Line(1, "1", "1", "Skirt", 10, 0, 4, 0, 6, 0), Line(2, "", "MUG-7", "Mug", 1, 0))
    said = list(goods_words.order_lines(Order("c/1", "c", "1", "shipped", "", "", 0, 0, lines)))
    assert said == [("Skirt", "10 (4 sent, 6 cancelled)"), ("Mug (no product here has the code MUG-7)", "1")]
