"""Blank gift cards: printed, read back by a reader that we did not write, and sold as any other."""

import re
import subprocess
from pathlib import Path
from random import Random

import pytest
import sqlalchemy as sa
import zxingcpp
from PIL import Image
from sqlalchemy.engine import Engine

from kiosk.checkout.questions import GiftCardAsk
from store import loading, vouchers
from store.__main__ import main
from store.blank_cards import card_sheet, make_blank
from store.database import open_books, writing
from store.labels import SHEETS, UnknownSheet
from store.schema import voucher
from store.vouchers import Asker

NOW = 1_700_000_000_000


def seen(pdf: bytes, folder: Path, dpi: int = 200) -> list[list[str]]:
    """What a reader finds on each page, in the order of the sheet."""
    (folder / "cards.pdf").write_bytes(pdf)
    subprocess.run(["pdftoppm", "-r", str(dpi), "-png", "-gray", "cards.pdf", "page"], cwd=folder, check=True)
    pages = []
    for picture in sorted(folder.glob("page*.png")):
        found = zxingcpp.read_barcodes(Image.open(picture))
        assert {one.format for one in found} == {zxingcpp.BarcodeFormat.Code128}
        pages.append([one.text for one in sorted(found, key=lambda one: _place(one.position.top_left))])
    return pages


def _place(corner: zxingcpp.Point) -> tuple[int, int]:
    return corner.y // 40, corner.x


@pytest.mark.parametrize("layout", SHEETS)
def test_a_scanner_reads_every_card_of_a_sheet(engine: Engine, tmp_path: Path, layout: str) -> None:
    with writing(engine) as books:
        numbers = make_blank(books, 26, "SEK", NOW, Random(7).choice)
    assert all(re.fullmatch(r"KG-[0-9]{16}", one) for one in numbers) and len(set(numbers)) == len(numbers)
    pages = seen(card_sheet(numbers, "Åkes närköp med ett mycket långt namn som inte får plats", layout), tmp_path)
    assert [text for page in pages for text in page] == numbers
    assert len(pages) == {"a4-24": 2, "a4-10": 3, "roll": 26}[layout]


def test_it_is_worth_nothing_until_it_is_sold(engine: Engine) -> None:
    with writing(engine) as books:
        (number,) = make_blank(books, 1, "SEK", NOW, Random(7).choice)
    pays = GiftCardAsk(number=number, currency="SEK", hold_minor=100)
    assert vouchers.gift_card(engine, Asker("k01", "k01-1-q1", NOW), pays).held_minor == 0
    sells = GiftCardAsk(number=number, currency="SEK", load_minor=20_000)
    assert loading.gift_card(engine, Asker("k01", "k01-2-q1", NOW), sells).load_minor == 20_000


def test_the_shell_prints_them_or_makes_none(
    database_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = tmp_path / "store.toml"
    config.write_text(f'[store]\nid = "s001"\nname = "Corner shop"\n[database]\nurl = "{database_url}"\n')
    blank = ["voucher", "blank", "--config", str(config), "--count", "2"]
    assert main([*blank, "--pdf", str(tmp_path / "sheet.pdf")]) == 0
    told = capsys.readouterr().out.split()
    (page,) = seen((tmp_path / "sheet.pdf").read_bytes(), tmp_path)
    assert page == told and len(told) == 2
    for wrong in (["--pdf", str(tmp_path)], ["--pdf", str(tmp_path / "x.pdf"), "--sheet", "a3"]):
        assert main([*blank, *wrong]) == 1
    said = capsys.readouterr().err
    assert "cannot be written" in said and "a4-24" in said
    with open_books(database_url).connect() as books:
        assert books.scalar(sa.select(sa.func.count()).select_from(voucher)) == 2


def test_a_sheet_that_there_is_not() -> None:
    with pytest.raises(UnknownSheet, match="roll"):
        card_sheet(["KG-1"], "Corner shop", "a3")
