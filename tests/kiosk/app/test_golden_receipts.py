"""Receipts as they were approved: every line of them, on the widths of paper that there are."""

from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from drivers.events import DocumentLine
from kiosk.app.paper import Paper
from kiosk.app.places import config_folder
from kiosk.checkout.basket import Basket, Cleared, Line
from kiosk.checkout.item import Item
from kiosk.checkout.jurisdiction import Pack, decode_pack
from kiosk.checkout.lane import Lane
from kiosk.checkout.machine import blank
from kiosk.checkout.pricing import totals
from kiosk.checkout.sale import CardSlipData, Sale, Tender
from kiosk.checkout.visit import seal_basket
from kiosk.ui.words import load
from kiosk.values.moment import Moment
from kiosk.values.money import Money

GOLDEN = Path(__file__).parents[2] / "golden" / "receipts"
STOCKHOLM = ZoneInfo("Europe/Stockholm")
AT = Moment(1_795_425_220_002, 0, "2026-11-23")
LANE = Lane(
    store="s001",
    till="k01",
    store_name="Hörnans livs",
    receipt_legal=("Hörnans livs AB, org.nr 556000-0000", "Storgatan 1, 111 22 Stockholm"),
)
CARD = CardSlipData("Visa", "************4021", "29001234", "0175", "000312", "123456")
SLIPS = ("     *** Customer copy ***", "Visa          ************4021", "Total                  321,18")
BREAD = Item(gtin="9520000000011", name="Råg & frö", price=Money(3290), tax_class="food", tax_bp=600, price_book="1")
WATER = replace(BREAD, gtin="9520000000028", name="Källvatten 50 cl", price=Money(1190), deposit=Money(100))
WINE = replace(BREAD, gtin="9520000000035", name="Rött vin", price=Money(9990), tax_class="alcohol", tax_bp=2500)
BANANAS = replace(BREAD, gtin="4011", name="Bananer", price=Money(2490), sold_by="kg")
LONG = replace(BREAD, name="Ekologisk surdegslimpa med rågsikt, linfrö, solrosfrö och pumpakärnor från Östergötland")
UNBROKEN = replace(BREAD, name="Specialsurdegslimpapumpakärneknäckebrödspaket" * 2, price=Money(100_000_000))
BASKET = (
    Line(line=1, item=BREAD),
    Line(line=2, item=WATER, count=12),
    Line(line=3, item=WINE),
    Line(line=4, item=BANANAS, weight_g=412),
)


class Told(NamedTuple):
    """A receipt: the sale, how it is printed, the lane, the columns of its paper."""

    sale: Sale
    copy: bool = False
    slips: tuple[str, ...] = ()
    lane: Lane = LANE
    columns: int = 42


def sold(*lines: Line, language: str = "sv", card: CardSlipData | None = CARD, evidence: str = "") -> Sale:
    cleared = (Cleared("bank", AT.utc_ms, AT.utc_ms, "u7", evidence=evidence),) if evidence else ()
    basket = Basket(lines=lines, started_utc_ms=AT.utc_ms - 60_000, cleared=cleared)
    due = totals(basket).due.minor
    tenders = (Tender("card", due, "k01-000042-1", card, evidence),) if due else ()
    state = replace(blank(LANE), sequence=42, chain="0" * 64, language=language)
    sale = seal_basket(state, basket, "sale", tenders, AT)[0].sale
    assert sale is not None
    return sale


ON_THE_PHONE = replace(LANE, receipt_url="http://127.0.0.1:8080", exit_codes=True, mode="demo")
RECEIPTS = {
    "by-card": Told(sold(*BASKET), slips=SLIPS),
    "by-card-english": Told(sold(*BASKET, language="en"), slips=SLIPS),
    "by-card-for-a-shopper-who-reads-neither": Told(sold(*BASKET, language="fi")),
    "copy": Told(sold(*BASKET[:1]), copy=True),
    "copy-english": Told(sold(*BASKET[:1], language="en"), copy=True),
    "demo-with-codes": Told(sold(*BASKET[:1], language="en"), lane=ON_THE_PHONE),
    "training": Told(replace(sold(*BASKET[:1]), training=True)),
    "settled-by-staff": Told(sold(*BASKET[:1], card=None, evidence="terminalens kvitto 0175")),
    "nothing-to-pay": Told(sold(Line(line=1, item=replace(BREAD, name="Provpåse", price=Money(0))))),
    "narrow": Told(sold(*BASKET, Line(line=5, item=LONG, count=2), Line(line=6, item=UNBROKEN)), columns=32),
    "wide": Told(sold(*BASKET, Line(line=5, item=LONG, count=2), Line(line=6, item=UNBROKEN)), columns=48),
}


@pytest.fixture(scope="module")
def pack() -> Pack:
    return decode_pack((config_folder() / "jurisdictions" / "se.toml").read_text(encoding="utf-8"))


def drawn(lines: tuple[DocumentLine, ...], columns: int) -> str:
    """The paper between bars."""
    return "".join(f"|{_row(line, columns)}| {_set(line)}".rstrip() + "\n" for line in lines)


def _row(line: DocumentLine, columns: int) -> str:
    if line.kind == "rule":
        return "-" * columns
    text = f"[qr {line.text}]" if line.kind == "qr" else line.text
    return text.center(columns) if line.align == "centre" else text.ljust(columns)


def _set(line: DocumentLine) -> str:
    return " ".join(name for name, on in (("bold", line.bold), ("tall", line.tall)) if on)


def print_out(told: Told, pack: Pack) -> tuple[DocumentLine, ...]:
    words = load(config_folder() / "words", ("sv", "en"), currency="SEK", territory="SE", zone=STOCKHOLM)
    return Paper(told.lane, pack, words, STOCKHOLM, told.columns).receipt(told.sale, told.copy, told.slips)


@pytest.mark.parametrize("name", RECEIPTS)
def test_a_receipt_is_the_one_that_was_approved(name: str, pack: Pack) -> None:
    told, golden = RECEIPTS[name], GOLDEN / f"{name}.txt"
    shown = drawn(print_out(told, pack), told.columns)
    if not golden.exists():
        golden.write_text(shown, encoding="utf-8")
        pytest.fail(f"{golden} was missing and has been written: read it, then run this again")
    assert shown == golden.read_text(encoding="utf-8")


def test_no_receipt_is_approved_that_is_not_printed() -> None:
    assert {path.stem for path in GOLDEN.glob("*.txt")} == set(RECEIPTS)


@pytest.mark.parametrize("name", RECEIPTS)
def test_every_line_fits_its_paper(name: str, pack: Pack) -> None:
    lines = [line for line in print_out(RECEIPTS[name], pack) if line.kind == "text"]
    assert max(len(line.text) for line in lines) <= RECEIPTS[name].columns


def test_a_receipt_says_what_the_law_asks(pack: Pack) -> None:
    """SKVFS 2014:9, 7 kap. 1 §: who, where, when, the receipt's number, the till, goods, sums, tax by rate, means."""
    text = "\n".join(line.text for line in print_out(RECEIPTS["by-card"], pack))
    for duty in (
        "Hörnans livs AB, org.nr 556000-0000", "Storgatan 1, 111 22 Stockholm", "2026-11-23 10:13", "Kvitto 000042",
        "s001/k01", "Råg & frö", "12 x 11,90", "Pant", "Summa", "Moms 6 %", "Moms 25 %", "Kort",
    ):  # fmt: skip
        assert duty in text
