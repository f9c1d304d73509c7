"""Receipts as they were approved: every line of them, on the widths of paper that there are."""

from pathlib import Path
from typing import NamedTuple

import pytest
from msgspec.structs import replace
from receipts_of import BASKET, BREAD, LANE, LONG, SLIPS, STOCKHOLM, UNBROKEN, abroad, in_, sold

from drivers.events import DocumentLine
from kiosk.app.paper import Paper
from kiosk.app.places import config_folder
from kiosk.checkout.basket import Line
from kiosk.checkout.lane import Lane
from kiosk.checkout.receipt import Wording
from kiosk.checkout.sale import FiscalMark, Sale, TaxTotal
from kiosk.ui.words import Words, load
from kiosk.values.money import Money
from kiosk.world.shops import pack_of

GOLDEN = Path(__file__).parents[2] / "golden" / "receipts"


class Told(NamedTuple):
    """A receipt: the sale, how it is printed, the lane, the columns of its paper."""

    sale: Sale
    copy: bool = False
    slips: tuple[str, ...] = ()
    lane: Lane = LANE
    columns: int = 42
    country: str = "se"
    gift: bool = False


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
    "gift": Told(sold(*BASKET), gift=True),
    "signed-on-paper": Told(sold(*BASKET[:1], language="en"), lane=replace(LANE, mode="demo")),
    "signature-follows": Told(
        replace(abroad("no", *BASKET[:1]), fiscal=FiscalMark("rsa-sha1-1024", 42)), lane=in_("no"), country="no"
    ),
}
COUNTRIES = ("no", "de", "fi", "dk", "gb", "us-test")
RECEIPTS |= {
    f"{country}-{columns}": Told(abroad(country, *BASKET), lane=in_(country), columns=columns, country=country)
    for country in COUNTRIES
    for columns in (42, 32)
}


def drawn(lines: tuple[DocumentLine, ...], columns: int) -> str:
    """The paper between bars."""
    lettered = [line for line in lines if line.kind != "logo"]
    return "".join(f"|{_row(line, columns)}| {_set(line)}".rstrip() + "\n" for line in lettered)


def _row(line: DocumentLine, columns: int) -> str:
    if line.kind == "rule":
        return "-" * columns
    text = f"[qr {line.text}]" if line.kind == "qr" else line.text
    return text.center(columns) if line.align == "centre" else text.ljust(columns)


def _set(line: DocumentLine) -> str:
    return " ".join(name for name, on in (("bold", line.bold), ("tall", line.tall)) if on)


def words_in(country: str) -> dict[str, Words]:
    pack = pack_of(country)
    folder = config_folder() / "words"
    return load(folder, ("sv", "en"), currency=pack.currency, territory=pack.country, zone=STOCKHOLM)


def print_out(told: Told) -> tuple[DocumentLine, ...]:
    pack, words = pack_of(told.country), words_in(told.country)
    sign = (lambda _: "KASSA1.content.signature") if told == RECEIPTS["signed-on-paper"] else None
    paper = Paper(told.lane, pack, words, STOCKHOLM, told.columns, sign)
    return paper.gift(told.sale) if told.gift else paper.receipt(told.sale, told.copy, told.slips)


@pytest.mark.parametrize("name", RECEIPTS)
def test_a_receipt_is_the_one_that_was_approved(name: str) -> None:
    told, golden = RECEIPTS[name], GOLDEN / f"{name}.txt"
    shown = drawn(print_out(told), told.columns)
    if not golden.exists():
        golden.write_text(shown, encoding="utf-8")
        pytest.fail(f"{golden} was missing and has been written: read it, then run this again")
    assert shown == golden.read_text(encoding="utf-8")


def test_the_shop_s_logo_has_its_place_above_everything() -> None:
    first, *rest = print_out(RECEIPTS["fi-42"])
    assert (first.kind, first.align) == ("logo", "centre")
    assert "logo" not in [line.kind for line in rest]


def test_no_receipt_is_approved_that_is_not_printed() -> None:
    assert {path.stem for path in GOLDEN.glob("*.txt")} == set(RECEIPTS)


@pytest.mark.parametrize("name", RECEIPTS)
def test_every_line_fits_its_paper(name: str) -> None:
    lines = [line for line in print_out(RECEIPTS[name]) if line.kind == "text"]
    assert max(len(line.text) for line in lines) <= RECEIPTS[name].columns


WORD_OF = {
    "deposit": "deposit",
    "tax": "vat",
    "net": "net",
    "total": "total",
    "tenders": "card",
    "signature": "signature",
}
TEXT_OF = {
    "shop": "Hörnans livs", "legal": "org.nr 556000-0000", "date": "2026-11-23 10:13", "number": "000042",
    "till": "s001/k01", "goods": "Råg & frö", "quantity": "12 x",
}  # fmt: skip
WHERE_IT_OCCURS = {"discount", "rounding"}
"""Told by stories of offers and of cash."""


@pytest.mark.parametrize("country", ["se", *COUNTRIES])
def test_a_receipt_says_all_that_its_country_asks(country: str) -> None:
    """`receipt.must` of the pack, in the country's own words."""
    told = RECEIPTS["by-card" if country == "se" else f"{country}-42"]
    text = "\n".join(line.text for line in print_out(told))
    duties = pack_of(country).receipt
    words = Paper(told.lane, pack_of(country), words_in(country), STOCKHOLM)._wording(told.sale)
    for part in duties.must:
        if part == "heading":
            assert text.index(duties.sale_heading) < text.index("Hörnans livs")
        elif part not in WHERE_IT_OCCURS:
            word = words.sales_tax if part == "tax" and country == "us-test" else ""
            assert (word or TEXT_OF.get(part) or getattr(words, WORD_OF[part])) in text, part


@pytest.mark.parametrize("country", ["no", "de", "fi", "dk"])
def test_a_pack_has_every_word_of_a_receipt_in_its_own_languages(country: str) -> None:
    wanted = set(Wording.__struct_fields__) - {"money", "rate", "weight"}
    for words in pack_of(country).receipt.words.values():
        assert wanted <= set(words)


def test_amounts_are_written_as_the_country_writes_them() -> None:
    assert "Summe" in (text := "\n".join(line.text for line in print_out(RECEIPTS["de-42"])))
    assert "297,86 EUR" in text


def test_a_tax_that_does_not_add_up_is_not_hidden() -> None:
    """The receipt prints what was sealed, and works out nothing of its own."""
    sale = sold(*BASKET[:1])
    odd = replace(sale, totals=replace(sale.totals, tax=(TaxTotal(600, 1, 2),)))
    assert "0,02" in "\n".join(line.text for line in print_out(Told(odd)))
