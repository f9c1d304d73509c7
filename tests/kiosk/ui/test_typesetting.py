"""Text fits its place, no amount is ever cut, and Arabic reads from right to left."""

import pygame
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.ui import assets, fonts
from kiosk.ui.fonts import Style
from kiosk.ui.typesetting import ELLIPSIS, Line, set_text

BODY = Style(28)


def texts(lines: tuple[Line, ...]) -> list[str]:
    return ["".join(run.text for run in line.runs) for line in lines]


def test_a_text_that_fits_is_left_alone() -> None:
    assert texts(set_text("Vine tomatoes", BODY, 400)) == ["Vine tomatoes"]


def test_lines_break_at_spaces() -> None:
    lines = set_text("Item without barcode", Style(28, 600), 240, 2)
    assert texts(lines) == ["Item without", "barcode"]
    assert all(line.width <= 240 for line in lines)


def test_lines_break_where_the_writer_says_and_not_at_no_break_spaces() -> None:
    assert texts(set_text("Scan your\nfirst item", BODY, 2000, 3)) == ["Scan your", "first item"]
    assert texts(set_text("costs 1\u00a0234\u00a0kr", BODY, 130, 3)) == ["costs", "1\u00a0234\u00a0kr"]


def test_what_does_not_fit_the_last_line_ends_in_an_ellipsis() -> None:
    (line,) = set_text("Extra virgin olive oil from Kalamata, cold pressed", BODY, 300)
    assert texts((line,))[0].startswith("Extra virgin olive")
    assert texts((line,))[0].endswith(ELLIPSIS)
    assert line.width <= 300
    two = set_text("Extra virgin olive oil from Kalamata, cold pressed", BODY, 300, 2)
    assert texts(two)[0] == "Extra virgin olive oil"
    assert texts(two)[1].endswith(ELLIPSIS)
    assert max(line.width for line in two) <= 300


def test_a_shortened_text_is_as_long_as_fits() -> None:
    (line,) = set_text("m" * 50, BODY, 300)
    assert line.width + fonts.width("m", BODY) > 300 >= line.width


@given(st.text(alphabet="0123456789 .,kr-−\u00a0", min_size=1, max_size=30), st.integers(1, 100))
def test_an_amount_is_never_cut_however_narrow_its_place(amount: str, width: int) -> None:
    (line,) = set_text(amount, BODY, width, amount=True)
    assert texts((line,)) == [amount]


def test_ten_thousand_letters_from_a_scanner_are_shown_short_and_at_once() -> None:
    (line,) = set_text("8" * 10_000, BODY, 300)
    assert line.width <= 300


@pytest.mark.parametrize("text", ["", " ", "\n", "**", "****", "**a", "a b\n"])
def test_odd_texts_are_set_too(text: str) -> None:
    assert 1 <= len(set_text(text, BODY, 10, 2)) <= 2


def test_a_bold_run_is_wider_and_breaks_like_the_rest() -> None:
    plain, bold = set_text("do not pay", BODY, 900), set_text("**do not pay**", BODY, 900)
    assert bold[0].width > plain[0].width
    assert texts(set_text("Please **do not pay** yet", BODY, 200, 3)) == ["Please do not", "pay yet"]


def test_every_figure_is_equally_wide() -> None:
    for weight in (500, 600, 700):
        assert len({fonts.width(figure, Style(28, weight)) for figure in "0123456789"}) == 1


def test_arabic_is_joined_and_reads_from_right_to_left() -> None:
    # سلة: seen, lam, teh marbuta become an initial, a medial and a final form, the first letter outermost right.
    assert fonts.visual("سلة", rtl=True) == "\ufe94\ufee0\ufeb3"


def test_figures_and_latin_inside_arabic_keep_their_own_order() -> None:
    assert fonts.visual("خبز Kassa 500", rtl=True).startswith("Kassa 500 ")
    assert fonts.visual("خبز Kassa 500", rtl=False).endswith(" Kassa 500")
    assert fonts.visual("12.90 kr", rtl=True) == "12.90 kr"
    assert [fonts.visual("18 ", rtl) for rtl in (True, False)] == [" 18", "18 "]


def test_runs_of_a_line_stand_from_right_to_left() -> None:
    (line,) = set_text("سلة **خبز**", BODY, 900, rtl=True)
    assert [run.style.weight for run in line.runs] == [700, 500]


def test_arabic_and_latin_share_a_base_line() -> None:
    pieces = fonts.render(fonts.visual("سلة 500", rtl=True), BODY, (0, 0, 0))
    assert len(pieces) == 2
    latin, arabic = pieces if pieces[0][0].get_height() < pieces[1][0].get_height() else reversed(pieces)
    assert latin[0].get_bounding_rect().bottom + latin[1] == pytest.approx(0, abs=1)
    assert arabic[0].get_bounding_rect().bottom + arabic[1] >= -1


def test_every_letter_that_money_is_written_with_is_there() -> None:
    def drawn(letter: str) -> bytes:
        return pygame.image.tobytes(fonts.render(letter, BODY, (0, 0, 0))[0][0], "RGBA")

    box_of_a_missing_letter = drawn("\ue123")
    for letter in "0123456789.,−-%×·€£$’åäöÅÄÖéüßçñøæłčšžğı…":
        assert drawn(letter) != box_of_a_missing_letter
    assert fonts.width("1\u202f234", BODY) == fonts.width("1\u00a0234", BODY)


def test_pictures_are_comparable_only_with_the_same_fonts_and_renderer() -> None:
    digest = fonts.digest()
    assert digest.startswith(assets.digest()[:16])
    assert digest.endswith(f"pygame {pygame.version.ver}")
