"""Shelf labels: read back by readers that we did not write, and with the price of a comparable unit."""

import subprocess
from io import BytesIO
from pathlib import Path

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from store.labels import SHEETS, Label, UnknownSheet, sheet_of, unit_price_minor

BREAD = Label("9520000000011", "Råg & frö, skivad, två bitar i påsen och ett långt namn", "32.90", "65.80 SEK/kg", "")


def words(pdf: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]


@pytest.mark.parametrize("layout", SHEETS)
def test_a_label_says_what_and_how_much(layout: str) -> None:
    (page,) = words(sheet_of([BREAD], layout))
    for part in ("Råg & frö", "32.90", "65.80 SEK/kg"):
        assert part in page


def test_other_letters_are_there_too() -> None:
    (page,) = words(sheet_of([Label("1234", "Сир український, żółty", "9.00")]))
    assert "Сир український, żółty" in page


def test_a_full_sheet_goes_on_on_the_next(tmp_path: Path) -> None:
    labels = [Label(f"{number:04}", f"Nr {number}", "1.00") for number in range(50)]
    pages = words(sheet_of(labels))
    assert len(pages) == 3 and "Nr 23" in pages[0] and "Nr 24" in pages[1] and "Nr 49" in pages[2]


@pytest.mark.parametrize("code", ["9520000000011", "96385074", "036000291452"])
def test_a_scanner_reads_the_bar_code(tmp_path: Path, code: str) -> None:
    (tmp_path / "label.pdf").write_bytes(sheet_of([Label(code, "x", "1.00")], "roll"))
    subprocess.run(["pdftoppm", "-r", "300", "-png", "label.pdf", "label"], cwd=tmp_path, check=True)
    (picture,) = tmp_path.glob("label*.png")
    found = zxingcpp.read_barcodes(Image.open(picture))
    assert [one.text.zfill(13) for one in found] == [code.zfill(13)]


def test_a_sheet_that_there_is_not() -> None:
    with pytest.raises(UnknownSheet, match="a4-24"):
        sheet_of([BREAD], "a3")


@pytest.mark.parametrize(
    ("price", "content", "unit", "wanted"),
    [
        (3290, 500_000, "g", (6580, "kg")),
        (1590, 1_500, "l", (1060, "l")),
        (1190, 33_000, "cl", (3606, "l")),
        (990, 750_000, "ml", (1320, "l")),
        (4900, 10_000, "pcs", (490, "pcs")),
        (100, 0, "g", None),
        (100, 5, "acres", None),
    ],
)
def test_unit_prices(price: int, content: int, unit: str, wanted: tuple[int, str] | None) -> None:
    assert unit_price_minor(price, content, unit) == wanted


@given(st.integers(0, 10**8), st.integers(1, 10**8), st.sampled_from(["g", "kg", "ml", "cl", "l"]))
def test_a_unit_price_is_within_half_a_minor_unit(price: int, content: int, unit: str) -> None:
    found = unit_price_minor(price, content, unit)
    assert found is not None
    parts = {"g": 1_000, "kg": 1, "ml": 1_000, "cl": 100, "l": 1}[unit]
    assert abs(2 * found[0] * content - 2 * price * 1_000 * parts) <= content
