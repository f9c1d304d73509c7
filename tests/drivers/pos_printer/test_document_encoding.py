"""Documents as ESC/POS bytes: the documented ones, and whatever the text, what the printer's side reads back."""

import subprocess
import sys

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st

from drivers.device import DeviceError
from drivers.events import DocumentLine
from drivers.pos_printer.decoder import PrintHead
from drivers.pos_printer.encoding import DocumentEncoder
from drivers.pos_printer.paper import PaperLine, Receipt
from drivers.pos_printer.qr_size import BYTES_AT_LEVEL_M, dots_per_module, modules_across

ENCODER = DocumentEncoder("TM-T88V")
BEGIN = b"\x1b@\x1bR\x00"  # ESC @, ESC R 0
PLAIN = b"\x1d!\x00\x1bE\x00\x1ba\x00"  # GS ! 0, ESC E 0, ESC a 0
END = b"\x1bd\x06\x1dV\x01"  # ESC d 6, GS V 1
LETTERS = (
    "".join(map(chr, range(0x20, 0x7F)))
    + "åäöÅÄÖéüÜßæøÆØñçàèìòùâêîôûëïÿ€£§°½"
    + "ąćęłńóśźżĄĆĘŁŃÓŚŹŻčďěňřšťůžáíýőű"
    + "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюяё"
    + "ΑΒΓΔΕΖΗΘαβγδεζηθάέώğışĞİ"
)


def on_paper(data: bytes, columns: int = 42) -> tuple[Receipt, ...]:
    head = PrintHead(columns)
    head.feed(data)
    while head.step() is not None:
        pass
    return head.paper


def test_a_plain_line_is_these_bytes() -> None:
    assert ENCODER.document([DocumentLine("Abc")]) == BEGIN + PLAIN + b"\x1bt\x13" + b"Abc\n" + END


def test_swedish_letters_and_the_euro_are_code_page_858() -> None:
    wanted = b"\x1bt\x13" + bytes([0x86, 0x84, 0x94, 0x8F, 0x8E, 0x99, 0x82, 0x81, 0xD5]) + b"\n"
    assert wanted in ENCODER.document([DocumentLine("åäöÅÄÖéü€")])


def test_polish_and_russian_switch_to_their_pages() -> None:
    data = ENCODER.document([DocumentLine("zł Да")])
    assert b"z\x1bt\x12\x88 \x1bt\x11\x84\xa0\n" in data  # ESC t 18 (PC852), ESC t 17 (PC866)


def test_bold_tall_centred_is_these_bytes() -> None:
    data = ENCODER.document([DocumentLine("Hi", align="centre", bold=True, tall=True)])
    assert data.startswith(BEGIN + b"\x1d!\x01\x1bE\x01\x1ba\x01")


def test_a_qr_code_is_drawn_by_the_printer() -> None:
    data = ENCODER.document([DocumentLine("https://a.se/r/1", kind="qr", align="centre")])
    assert b"\x1d(k\x13\x001P0https://a.se/r/1" in data  # GS ( k, function 180: store
    assert data.endswith(b"\x1d(k\x03\x001Q0" + b"\x1bJ\x20" + END)  # function 181: print; 4 modules of 8 dots in white


def test_a_barcode_is_code_128_set_b() -> None:
    data = ENCODER.document([DocumentLine("k01-{42", kind="barcode")])
    assert b"\x1dkI\x0a{Bk01-{{42" in data  # GS k 73, length, data


@pytest.mark.parametrize("text", ["", "å", "x" * 41, "a\x10\x04\x01"])
def test_a_barcode_that_cannot_be_one_is_printed_as_text(text: str) -> None:
    (receipt,) = on_paper(ENCODER.document([DocumentLine("before"), DocumentLine(text, kind="barcode")]))
    assert receipt.as_text() == ("before\n" + ENCODER.printable(text)).rstrip()


def test_a_qr_code_too_long_for_the_paper_is_printed_as_text() -> None:
    (receipt,) = on_paper(ENCODER.document([DocumentLine("x" * 2400, kind="qr")]))
    assert "".join(line.text for line in receipt.lines) == "x" * 2400


def test_number_formats_print_plainly() -> None:
    assert ENCODER.printable("−1\u00a0234,50\u202fkr") == "-1 234,50 kr"


@pytest.mark.parametrize(
    ("text", "shown"),
    [("a\u0301", "á"), ("漢字", "??"), ("a\x1b@b\n", "a?@b?"), ("\u202eabc\u202c", "abc"), ("ș", "ș"), ("🍎", "?")],
)
def test_what_neither_printer_nor_fonts_have_is_seen_to_be_missing(text: str, shown: str) -> None:
    assert ENCODER.printable(text) == shown


def test_a_printer_without_pictures_prints_letters_without_their_accents() -> None:
    assert DocumentEncoder("TM-U220").printable("ș خ") == "s ?"


@given(st.text(alphabet=LETTERS, max_size=42))
def test_every_letter_we_promise_prints_as_itself(text: str) -> None:
    assert ENCODER.printable(text) == text


@given(
    st.lists(
        st.builds(
            DocumentLine,
            text=st.text(max_size=42),
            align=st.sampled_from(["left", "centre", "right"]),
            bold=st.booleans(),
            tall=st.booleans(),
        ),
        max_size=12,
    )
)
def test_any_document_is_read_back_as_it_was_meant(lines: list[DocumentLine]) -> None:
    meant = [PaperLine(ENCODER.printable(x.text), "text", x.align, x.bold, x.tall) for x in lines]
    while meant and not meant[-1].text:
        meant.pop()
    (receipt,) = on_paper(ENCODER.document(lines))
    assert len(receipt.lines) == len(meant)
    for wanted, printed in zip(meant, receipt.lines, strict=True):
        if printed.kind == "picture":
            assert any(char not in ENCODER.pages for char in wanted.text)
            assert printed.picture.height >= 30 and printed.picture.width_bytes <= 63
        else:
            assert printed == wanted


@given(st.text(alphabet=LETTERS, min_size=1, max_size=300))
def test_any_qr_text_is_read_back(text: str) -> None:
    (receipt,) = on_paper(ENCODER.document([DocumentLine(text, kind="qr")]))
    assert receipt.lines == (PaperLine(text, "qr"),)


def test_each_document_is_the_same_bytes_whatever_came_before() -> None:
    before = ENCODER.document([DocumentLine("a €")])
    ENCODER.document([DocumentLine("Привет, cześć")])
    assert ENCODER.document([DocumentLine("a €")]) == before


@pytest.mark.parametrize("profile", ["TM-T88V", "TM-T88II", "TM-T20II", "default", "simple", "NT-5890K", "CT-S651"])
def test_models_of_all_kinds_print_swedish(profile: str) -> None:
    encoder = DocumentEncoder(profile)
    assert encoder.printable("åäö ÅÄÖ é") == "åäö ÅÄÖ é"
    assert 20 <= encoder.columns <= 64


def test_a_narrow_printer_has_narrow_rules() -> None:
    (receipt,) = on_paper(DocumentEncoder("NT-5890K").document([DocumentLine(kind="rule")]), 32)
    assert receipt.as_text() == "-" * 32


def test_a_printer_that_cannot_draw_qr_codes_gets_a_picture() -> None:
    (receipt,) = on_paper(DocumentEncoder("NT-5890K").document([DocumentLine("https://a.se", kind="qr")]), 32)
    assert "picture" in [line.kind for line in receipt.lines]


@pytest.mark.parametrize(("profile", "columns"), [("NT-5890K", 32), ("TM-T88V", 42), ("TM-T20II", 48)])
def test_a_line_as_wide_as_the_paper_stays_one_line(profile: str, columns: int) -> None:
    encoder = DocumentEncoder(profile)
    assert encoder.columns == columns
    text = "Milk".ljust(columns - 5) + "12,00"
    (receipt,) = on_paper(encoder.document([DocumentLine(text), DocumentLine(kind="rule")]), columns)
    assert receipt.as_text(columns) == f"{text}\n{'-' * columns}"


def test_an_unknown_profile_is_refused_with_the_nearest() -> None:
    with pytest.raises(DeviceError, match="did you mean 'TM-T88"):
        DocumentEncoder("TM-T88")


@pytest.mark.parametrize("version", [1, 2, 7, 14, 26, 40])
def test_qr_sizes_agree_with_another_encoder(version: int) -> None:
    length = BYTES_AT_LEVEL_M[version - 1]
    code = segno.make("a" * length, error="m", mode="byte", boost_error=False, micro=False)
    assert (code.version, code.symbol_size(border=0)[0]) == (version, modules_across(length))


def test_a_qr_code_one_byte_longer_is_a_size_bigger() -> None:
    longer = segno.make("a" * (BYTES_AT_LEVEL_M[6] + 1), error="m", mode="byte", boost_error=False)
    assert longer.symbol_size(border=0)[0] == modules_across(BYTES_AT_LEVEL_M[6] + 1) == 17 + 4 * 8


@pytest.mark.parametrize(("length", "dots"), [(10, 504), (300, 504), (1000, 504), (2331, 504), (300, 384)])
def test_a_qr_code_fits_the_paper(length: int, dots: int) -> None:
    size, modules = dots_per_module(length, dots), modules_across(length)
    assert modules is not None
    assert size is None or size * modules <= dots
    assert size is not None or length > 2000


def test_the_library_leaves_no_handler_behind() -> None:
    """python-escpos configures the root logger when it is imported, which would print every log line twice."""
    code = (
        "import logging; from drivers.pos_printer.encoding import DocumentEncoder;"
        "DocumentEncoder('default'); print(len(logging.getLogger().handlers))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0"
