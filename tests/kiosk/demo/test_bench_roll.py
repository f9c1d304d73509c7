"""Paper on the page is what was printed, and nothing that was printed becomes part of the page."""

import re
from base64 import b64decode
from io import BytesIO

import segno
from PIL import Image

from drivers.pos_printer.paper import PaperLine, Receipt
from drivers.pos_printer.picture import Picture
from kiosk.demo.bench.roll import paper_html


def page(*lines: PaperLine) -> str:
    return paper_html([Receipt(lines)])


def test_lines_stand_as_they_were_printed() -> None:
    html = page(PaperLine("Total      15.90", bold=True, tall=True), PaperLine("Kassa", align="centre"))
    assert '<div class="b-line left bold tall">Total      15.90</div>' in html
    assert '<div class="b-line centre">Kassa</div>' in html


def test_an_empty_line_keeps_its_height() -> None:
    assert '<div class="b-line left">&nbsp;</div>' in page(PaperLine())


def test_what_was_printed_is_never_markup() -> None:
    html = page(PaperLine("<script>x</script>"), PaperLine('"><b>', kind="qr"), PaperLine('"&<', kind="barcode"))
    assert "<script" not in html
    assert "<b>" not in html
    assert 'data-text="&quot;&gt;&lt;b&gt;"' in html


def test_a_receipt_s_address_can_be_clicked_and_anything_else_cannot() -> None:
    assert 'href="https://shop.example/r/abc"' in page(PaperLine("https://shop.example/r/abc", kind="qr"))
    assert "href" not in page(PaperLine("javascript:alert(1)", kind="qr"))


def test_the_qr_code_is_as_large_as_its_text_needs() -> None:
    text = "https://shop.example/r/0123456789abcdef"
    side = len(segno.make(text, error="m", micro=False).matrix) + 8
    assert f'viewBox="0 0 {side} {side}"' in page(PaperLine(text, kind="qr"))


def test_a_barcode_begins_and_ends_as_code_128_does() -> None:
    html = page(PaperLine("K01-000042", kind="barcode"))
    bars = {int(x) for x in re.findall(r'<rect x="(\d+)"', html)}
    modules = "".join("1" if x in bars else "0" for x in range(max(bars) + 1))
    assert modules.startswith(("11010010000", "11010010000", "11010011100", "11010000100"))
    assert modules.endswith("1100011101011")
    assert len(modules) % 11 == 2


def test_paper_that_still_hangs_in_the_printer_is_told_from_what_was_cut() -> None:
    html = paper_html([Receipt((PaperLine("one"),)), Receipt((PaperLine("two"),), cut=False)])
    assert html.index("one") < html.index("two")
    assert html.count("hanging") == 1


def test_a_line_that_came_as_dots_is_shown_as_its_dots_as_wide_as_on_paper() -> None:
    html = page(PaperLine(kind="picture", picture=Picture(63, b"\x80" + bytes(63 * 30 - 1))))
    png = re.search(r'style="width:42\.00ch" src="data:image/png;base64,([^"]+)"', html)
    assert png is not None
    shown = Image.open(BytesIO(b64decode(png[1])))
    assert shown.size == (504, 30)
    assert (shown.getpixel((0, 0)), shown.getpixel((1, 0))) == (0, 255), "one black dot on white paper"
