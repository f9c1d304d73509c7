"""`kiosk label`: what was weighed elsewhere gets a label that the lane's scanner understands."""

from pathlib import Path

import pytest

from drivers.pos_printer.decoder import PrintHead
from drivers.pos_printer.driver import Settings, make_simulated
from drivers.pos_printer.paper import Receipt
from kiosk.__main__ import main as command
from kiosk.app.label import Refused, label, print_on
from kiosk.app.places import config_folder
from kiosk.storage.price_book import open_price_book
from kiosk.ui.words import load
from kiosk.values.barcode import parse
from kiosk.wire.price_csv import PriceRow
from tests.kiosk.app.receipts_of import STOCKHOLM

CHEESE = PriceRow(
    gtin="9520000000066", name="Cheese", names={"sv": "Prästost"}, price_minor=18990, sold_by="kg", tax_class="food"
)
BANANAS = PriceRow(plu="4011", name="Bananas", price_minor=2490, sold_by="kg", tax_class="food")
BREAD = PriceRow(gtin="9520000000011", name="Rye bread", price_minor=3290, tax_class="food")
WORDS = load(config_folder() / "words", ("sv",), currency="SEK", territory="SE", zone=STOCKHOLM)["sv"]


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "kiosk.toml"
    path.write_text(
        f'[lane]\nstore = "s001"\ntill = "k01"\nneeds = []\n[storage]\npath = "{tmp_path}/kiosk.db"\n'
        f'[devices.pos_printer]\ndriver = "escpos"\nport = "file:{tmp_path}/roll.bin"\n'
    )
    prices = open_price_book(tmp_path / "kiosk-prices.db")
    prices.import_rows("1", [CHEESE, BANANAS, BREAD])
    prices.close()
    return path


def on_paper(roll: Path) -> tuple[Receipt, ...]:
    head = PrintHead()
    head.feed(roll.read_bytes())
    while head.step() is not None:
        pass
    return head.paper


def test_it_says_to_people_and_to_scanners_what_it_is(config: Path) -> None:
    assert command(["label", "9520000000066", "412", "--config", str(config)]) == 0
    (paper,) = on_paper(config.parent / "roll.bin")
    name, weight, _, code = paper.lines
    assert (name.text, name.align, name.tall) == ("Prästost", "centre", True)
    assert weight.text == "0,412 kg x 189,90 kr/kg           78,24 kr"
    scanned = parse(code.text, "]C1")
    assert scanned is not None
    assert (scanned.gtin, scanned.weight_g) == ("09520000000066", 412)


@pytest.mark.parametrize(
    ("code", "grams", "why"),
    [
        ("4011", "412", "Bananas has no GTIN in the price book, and a label needs one"),
        ("9520000000011", "412", "Rye bread is not sold by weight"),
        ("9520000000073", "412", "9520000000073 is not in the price book"),
        ("cheese", "412", "cheese is not in the price book"),
        ("9520000000066", "0", "0 g is no weight for a label"),
        ("9520000000066", "1000000", "1000000 g is no weight for a label"),
    ],
)
def test_what_gets_no_label_is_said(
    config: Path, capsys: pytest.CaptureFixture[str], code: str, grams: str, why: str
) -> None:
    assert command(["label", code, grams, "--config", str(config)]) == 1
    assert f"kiosk label: {why}" in capsys.readouterr().err
    assert not (config.parent / "roll.bin").exists() or on_paper(config.parent / "roll.bin") == ()


def test_without_a_printer_it_says_what_to_write(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config.write_text(config.read_text().partition("[devices")[0])
    assert command(["label", "9520000000066", "412", "--config", str(config)]) == 2
    assert "there is no [devices.pos_printer] to print on" in capsys.readouterr().err


def test_a_printer_without_paper_is_named(config: Path) -> None:
    device, simulator = make_simulated("pos_printer", Settings())
    simulator.load_paper("out")
    ticks = iter(range(0, 100_000, 20))
    with pytest.raises(Refused, match="out of paper"):
        print_on(device, label(CHEESE, 412, WORDS, 42), lambda _: next(ticks))
    assert simulator.paper == ()


def test_a_printer_that_is_away_is_named(config: Path) -> None:
    device, simulator = make_simulated("pos_printer", Settings())
    simulator.unplug()
    ticks = iter(range(0, 100_000, 20))
    with pytest.raises(Refused, match="If a lane on this machine runs, it has the printer"):
        print_on(device, label(CHEESE, 412, WORDS, 42), lambda _: next(ticks))
