"""Lines that the printer has no letters for come as dots, in the columns where they would have stood."""

from io import BytesIO

import pytest
from PIL import Image

from drivers.device import DeviceError
from drivers.events import DocumentLine
from drivers.pos_printer.decoder import PrintHead
from drivers.pos_printer.encoding import DocumentEncoder
from drivers.pos_printer.paper import PaperLine
from drivers.pos_printer.typesetting import DOTS_A_COLUMN, LINE_DOTS, Typesetter

ENCODER = DocumentEncoder("TM-T88V")
COLUMNS = 42


def printed(*lines: DocumentLine, encoder: DocumentEncoder = ENCODER) -> tuple[PaperLine, ...]:
    head = PrintHead(encoder.columns)
    head.feed(encoder.document(lines))
    while head.step() is not None:
        pass
    (receipt,) = head.paper
    return receipt.lines


def dots(line: PaperLine) -> Image.Image:
    """What is black on paper, white here, so that a box around it can be asked for."""
    shown = Image.open(BytesIO(line.picture.png(tall=line.tall))).convert("L")
    return shown.point(lambda grey: 255 - grey)


def ink(line: PaperLine) -> tuple[int, int, int, int]:
    box = dots(line).getbbox()
    assert box is not None, "nothing was printed"
    return box


def ink_at(line: PaperLine, x: int) -> int:
    """Black dots in a column of dots."""
    picture = dots(line)
    return sum(picture.crop((x, 0, x + 1, picture.height)).histogram()[128:])


@pytest.mark.parametrize("text", ["خبز عربي", "לחם", "ขนมปัง", "रोटी", "Хліб 20 ₴", "Pâine cu țară", "phở bò"])
def test_any_script_comes_on_paper(text: str) -> None:
    (line,) = printed(DocumentLine(text))
    assert line.kind == "picture"
    assert ENCODER.printable(text) == text, "not one hole"


def test_ukrainian_comes_in_the_printer_s_own_letters_where_it_has_them() -> None:
    assert printed(DocumentLine("Хліб, ґанок, їжа є")) == (PaperLine("Хліб, ґанок, їжа є"),)


def test_only_the_line_that_needs_it_is_a_picture() -> None:
    assert [line.kind for line in printed(DocumentLine("Bröd"), DocumentLine("خبز"), DocumentLine("Mjölk"))] == [
        "text",
        "picture",
        "text",
    ]


def test_an_amount_ends_at_the_paper_s_edge_as_it_does_in_letters() -> None:
    (line,) = printed(DocumentLine("خبز".ljust(COLUMNS - 5) + "12,00"))
    left, _, right, _ = ink(line)
    assert left < DOTS_A_COLUMN
    assert COLUMNS * DOTS_A_COLUMN - 4 <= right <= COLUMNS * DOTS_A_COLUMN


def test_an_indented_line_is_indented() -> None:
    (line,) = printed(DocumentLine("    2 × 6,00 خ"))
    assert 4 * DOTS_A_COLUMN <= ink(line)[0] < 5 * DOTS_A_COLUMN


def test_a_name_too_long_is_narrower_and_does_not_touch_its_amount() -> None:
    name = "Щ" * 30 + "ț"
    (line,) = printed(DocumentLine(name.ljust(COLUMNS - 5) + "12,00"))
    picture = dots(line)
    columns = [picture.crop((x, 0, x + 1, picture.height)).getbbox() is not None for x in range(picture.width)]
    empty = "".join("#" if inked else " " for inked in columns).rindex("      ")
    assert 36 * DOTS_A_COLUMN <= empty + 6 <= COLUMNS * DOTS_A_COLUMN, "six white dots before the amount"


def test_tall_is_twice_as_high_and_bold_has_more_ink() -> None:
    plain, tall, bold = printed(DocumentLine("خبز"), DocumentLine("خبز", tall=True), DocumentLine("خبز", bold=True))
    assert dots(tall).height == 2 * dots(plain).height
    assert dots(tall).width == dots(plain).width
    assert sum(dots(bold).histogram()[128:]) > sum(dots(plain).histogram()[128:])


def test_a_line_is_as_high_as_a_line_of_letters() -> None:
    (line,) = printed(DocumentLine("רוגלך"))
    assert line.picture.height == LINE_DOTS


def test_alignment_is_the_printer_s() -> None:
    lines = printed(DocumentLine("خبز", align="centre"), DocumentLine("خبز", align="right"))
    assert [line.align for line in lines] == ["centre", "right"]
    right = dots(lines[1])
    assert ink(lines[1])[2] == right.width, "ink up to its right edge"
    assert all(dots(line).width - (ink(line)[2] - ink(line)[0]) < 8 for line in lines)


def test_arabic_letters_join() -> None:
    """Two letters that do not join (د) are two islands of ink; two that do (ب) are one."""

    def islands(text: str) -> int:
        (line,) = printed(DocumentLine(text))
        picture = dots(line)
        inked = [picture.crop((x, 0, x + 1, picture.height)).getbbox() is not None for x in range(picture.width)]
        return sum(now and not before for before, now in zip([False, *inked], inked, strict=False))

    assert (islands("دد"), islands("بب")) == (2, 1)


def test_words_run_from_right_to_left() -> None:
    """The last letter of the first word is seldom as wide as the first of the last: the halves of the line change."""
    (one,), (two,) = printed(DocumentLine("خبز ل")), printed(DocumentLine("ل خبز"))
    assert one.picture != two.picture
    tallest = [max(range(dots(line).width), key=lambda x: ink_at(line, x)) for line in (one, two)]
    assert tallest[0] < 20 < tallest[1], "ل stands left of خبز when it is said after it"


def test_numbers_and_brackets_in_a_line_of_both_directions_stay_where_they_are_read() -> None:
    """`(خبز) 500 g`: the brackets embrace the word and the number follows them (UAX #9, rule N0)."""
    (both,) = printed(DocumentLine("Bröd (خبز) 500 g"))
    (latin,) = printed(DocumentLine("Bröd (خبز)"))
    assert ink(both)[0] == ink(latin)[0]
    width = ink(latin)[2] - 2
    assert dots(both).crop((0, 0, width, LINE_DOTS)).tobytes() == dots(latin).crop((0, 0, width, LINE_DOTS)).tobytes()


def test_a_font_that_is_named_goes_before_the_usual_ones() -> None:
    serif = "/usr/share/fonts/truetype/noto/NotoSerifHebrew-Regular.ttf"
    named = DocumentEncoder("TM-T88V", fonts=[serif])
    usual, chosen = printed(DocumentLine("לחם")), printed(DocumentLine("לחם"), encoder=named)
    assert usual[0].picture != chosen[0].picture


def test_a_font_that_cannot_be_read_is_refused_in_words() -> None:
    with pytest.raises(DeviceError, match=r"font '/nowhere\.ttf' cannot be read; give the paths"):
        Typesetter(COLUMNS, ["/nowhere.ttf"])


def test_without_any_font_accents_fall_and_the_rest_is_seen_to_be_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("drivers.pos_printer.typesetting.USUAL", ())
    assert DocumentEncoder("TM-T88V").printable("țară خ") == "tară ?"
