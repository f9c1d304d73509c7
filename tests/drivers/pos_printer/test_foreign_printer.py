"""Judged by others: a printer that we did not write draws our bytes, and programs that we did not write read the paper.

emupos draws, zxing-cpp reads the codes and Tesseract the letters. emupos knows fewer code pages than printers do; what
is asked of it here is in those.
"""

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from drivers.events import DocumentLine, DrawerStatus, OpenDrawer, Print, PrintDone, PrinterStatus, PrintFailed
from drivers.ports.memory_port import MemoryPort
from drivers.pos_printer.driver import Settings, assemble
from drivers.pos_printer.encoding import DocumentEncoder
from tests.drivers.pos_printer.foreign_printer import ForeignPrinter, image_of

ENCODER = DocumentEncoder("TM-T20II")
COLUMNS = 48
NOT_SIMULATED = ["1b 52 00"]
"""ESC R 0, the signs of ASCII: it knows the command and has no other signs."""
ITS_LETTERS = (
    "".join(map(chr, range(0x21, 0x7F)))
    + "åäöÅÄÖéÉüÜßæÆøØñçàèìòùâêîôû€£§°½"
    + "ąćęłńóśźżĄĆĘŁŃÓŚŹŻčďěňřšťůžČĎĚŇŘŠŤŮŽáíýőű"
    + "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюяё"
)
WORD = st.text(alphabet=ITS_LETTERS, min_size=1, max_size=12)
LINE = st.builds(
    DocumentLine,
    text=st.lists(WORD, max_size=3).map(" ".join),
    align=st.sampled_from(["left", "centre", "right"]),
    bold=st.booleans(),
    tall=st.booleans(),
)


def printed(*lines: DocumentLine) -> Any:
    printer = ForeignPrinter()
    receipt = printer.print(ENCODER.document(lines))
    assert printer.strange == NOT_SIMULATED
    return receipt


@given(st.lists(LINE, min_size=1, max_size=6).filter(lambda lines: bool(lines[0].text)))
@settings(max_examples=100, deadline=None)
def test_every_letter_comes_out_as_itself(lines: list[DocumentLine]) -> None:
    wanted = "\n".join(line.text for line in lines).rstrip("\n")
    assert printed(*lines).text == wanted + "\n"


def test_columns_stand_below_each_other_to_the_paper_s_last_dot() -> None:
    rows = [f"{name:43}{price:>5}" for name, price in (("Bröd", "32,00"), ("Mjölk", "9,90"), ("Öl", "12,00"))]
    receipt = printed(*(DocumentLine(row) for row in rows))
    assert receipt.text == "\n".join(rows) + "\n"
    box = Image.eval(image_of(receipt), lambda grey: 255 - grey).getbbox()
    assert box is not None
    assert receipt.width_dots - 12 <= box[2] <= receipt.width_dots == COLUMNS * 12


@pytest.mark.parametrize(
    ("kind", "text", "format"),
    [
        ("qr", "https://kassa.example/r/Zk3-09", "QR Code"),
        ("qr", "Smörgås 20,00 €, Хліб", "QR Code"),
        ("qr", "x" * 900, "QR Code"),
        ("barcode", "k01-000042", "Code 128"),
        ("barcode", "A{b}~ 9", "Code 128"),
    ],
)
@pytest.mark.parametrize("align", ["left", "centre", "right"])
def test_codes_are_read_from_the_paper(kind: Any, text: str, format: str, align: Any) -> None:
    """Between lines of text, as on a receipt: the white that a reader needs is there."""
    receipt = printed(DocumentLine("-" * 48), DocumentLine(text, kind=kind, align=align), DocumentLine("-" * 48))
    (read,) = zxingcpp.read_barcodes(on_paper(receipt))
    assert (str(read.format), read.text) == (format, text)


def test_two_codes_one_below_the_other_are_both_read() -> None:
    receipt = printed(DocumentLine("https://a.se/r/1", kind="qr"), DocumentLine("k01-000042", kind="barcode"))
    assert {read.text for read in zxingcpp.read_barcodes(on_paper(receipt))} == {"https://a.se/r/1", "k01-000042"}


def test_a_qr_code_that_the_printer_cannot_draw_is_read_from_its_dots() -> None:
    encoder = DocumentEncoder("NT-5890K")
    printer = ForeignPrinter()
    receipt = printer.print(encoder.document([DocumentLine("https://a.se/r/Zk3-09", kind="qr", align="centre")]))
    assert "[image" in receipt.text and "[qr" not in receipt.text
    (read,) = zxingcpp.read_barcodes(on_paper(receipt))
    assert read.text == "https://a.se/r/Zk3-09"


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("ara", ["خبز عربي", "شكرا لزيارتكم", "حليب طازج"]),
        ("ukr", ["Хліб український", "Дякуємо за покупку", "Свіжа їжа щодня"]),
    ],
)
def test_letters_that_came_as_dots_are_read_by_a_reader_of_letters(
    language: str, lines: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Joined and in their order: Tesseract reads no Arabic that is not. Ukrainian, as on a printer without its page."""
    western = DocumentEncoder("TM-T20II")
    monkeypatch.setattr(western, "pages", DocumentEncoder("simple").pages)
    printer = ForeignPrinter()
    receipt = printer.print(western.document([DocumentLine(line, align="centre") for line in lines]))
    assert receipt.text.count("[image") == len(lines)
    assert read_letters(on_paper(receipt), language, tmp_path) == lines


def on_paper(receipt: Any) -> Image.Image:
    """With the white of the roll around it."""
    drawn = image_of(receipt)
    sheet = Image.new("L", (drawn.width + 64, drawn.height + 64), 255)
    sheet.paste(drawn, (32, 32))
    return sheet


def read_letters(image: Image.Image, language: str, folder: Path) -> list[str]:
    larger = image.resize((3 * image.width, 3 * image.height), Image.Resampling.BICUBIC)
    larger.save(folder / "paper.png", dpi=(600, 600))
    command = ["tesseract", str(folder / "paper.png"), "-", "-l", language, "--psm", "6"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return [re.sub(r"[\u200e\u200f]", "", line).strip() for line in said.splitlines() if line.strip()]


# --- the conversation -------------------------------------------------------------------------------------------------


class Till:
    """Our driver on the foreign printer's cable."""

    def __init__(self) -> None:
        self.now_ms = 0
        self.printer = ForeignPrinter()
        self.driver = assemble("pos_printer", Settings(status="poll"), ENCODER, self._cable)
        self.driver.attach_drawer("cash_drawer")

    def _cable(self) -> MemoryPort:
        return MemoryPort(self.printer, lambda: self.now_ms)

    def run(self, ms: int) -> list[Any]:
        said: list[Any] = []
        for _ in range(ms // 10):
            self.now_ms += 10
            said += self.driver.service(self.now_ms)
        return said

    def print(self, ticket: str) -> list[Any]:
        return self.driver.command(Print(ticket=ticket, document=(DocumentLine("Kvitto"),)), self.now_ms)


@pytest.fixture
def till() -> Till:
    made = Till()
    made.run(3_000)
    return made


def test_a_receipt_is_done_when_the_foreign_printer_has_cut_it(till: Till) -> None:
    assert till.print("t1") == []
    assert till.run(100) == [PrintDone(device="pos_printer", ticket="t1")]
    assert [receipt.text for receipt in till.printer.receipts] == ["Kvitto\n"]


@pytest.mark.parametrize(
    ("fault", "told", "why"),
    [
        ("paper-out", {"paper": "out"}, "out of paper"),
        ("cover-open", {"paper": "ok", "cover_open": True}, "the cover is open"),
    ],
)
def test_its_troubles_are_told_in_our_words_and_mended(till: Till, fault: str, told: dict[str, Any], why: str) -> None:
    till.printer.fault(fault)
    assert till.run(12_000) == [PrinterStatus(device="pos_printer", **told)]
    assert till.print("t1") == [PrintFailed(device="pos_printer", ticket="t1", why=why)]
    till.printer.fault(fault, active=False)
    assert till.run(12_000) == [PrinterStatus(device="pos_printer", paper="ok")]
    till.print("t2")
    assert till.run(100) == [PrintDone(device="pos_printer", ticket="t2")]
    assert len(till.printer.receipts) == 1, "nothing of the first"


def test_low_paper_and_a_printer_held_offline(till: Till) -> None:
    till.printer.fault("paper-near-end")
    assert till.run(12_000) == [PrinterStatus(device="pos_printer", paper="low")]
    till.printer.fault("offline")
    (offline,) = till.run(20_000)
    assert offline.error.startswith("the printer is offline")
    till.printer.fault("offline", active=False)
    assert till.run(12_000) == [PrinterStatus(device="pos_printer", paper="low")]


def test_the_drawer_opens_and_its_switch_is_read(till: Till) -> None:
    till.driver.command(OpenDrawer(ticket="k"), till.now_ms)
    assert till.run(12_000) == [DrawerStatus(device="cash_drawer", open=True)]
    assert till.printer.drawer == "open"
    till.printer.push_drawer()
    assert till.run(12_000) == [DrawerStatus(device="cash_drawer", open=False)]
