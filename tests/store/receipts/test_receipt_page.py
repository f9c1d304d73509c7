"""The page behind the QR code: what was printed, on any phone, and nothing that tells who reads it."""

import re
from html.parser import HTMLParser
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from selling import BANANAS, BREAD, NOW, WATER, Till, on, said
from sqlalchemy.engine import Engine

from kiosk.app.paper import wording as paper_wording
from kiosk.checkout.duties import ReceiptDuties
from kiosk.checkout.receipt import Wording
from kiosk.checkout.sale import Sale, receipt_token, seal
from kiosk.ui.words import load
from store.config import Config, ReceiptsTable, StoreTable
from store.ingest import take
from store.packs import read_pack
from store.receipts.page import Shop, receipt_page
from store.receipts.route import receipt_router
from store.receipts.words import accepted, languages, wording

STOCKHOLM = ZoneInfo("Europe/Stockholm")
SHOP = Shop("Corner shop", ("Corner shop AB", "Org.nr 556000-0000"), STOCKHOLM, False, read_pack("se").receipt)
SALE = Till().sell((BREAD, 2), (WATER, 1), (BANANAS, 412))


class _Text(HTMLParser):
    """What a reader sees, and every tag that was opened and closed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.seen, self.open, self.tags = list[str](), list[str](), set[str]()
        self.feed(page)
        assert self.open == [], "a tag was left open"

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.add(tag)
        if tag not in ("meta", "hr"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.seen.append(data)


def _seen(page: str) -> str:
    return " ".join(" ".join(_Text(page).seen).split())


def test_the_page_says_what_the_paper_says_in_the_language_of_the_sale() -> None:
    seen = _seen(receipt_page(SALE, SHOP))
    for words in (
        "Corner shop AB",
        "Kvitto 000001",
        "2026-11-23 10:13",
        "Rye bread 65,80",
        "2 × 32,90",
        "0,412 kg × 24,90",
    ):
        assert words in seen
    for words in ("Pant 1,00", "Summa 88,96 SEK", "Moms 6 %", "Visa ************4021", "Tack!"):
        assert words in seen
    english = _seen(receipt_page(replace(SALE, language="en"), SHOP))
    assert "Total 88.96 SEK" in english and "VAT 6 %" in english
    assert "Total 88.96 SEK" in _seen(receipt_page(replace(SALE, language="tlh"), SHOP))


@pytest.mark.parametrize("language", languages())
def test_the_words_are_those_of_the_paper(language: str) -> None:
    folder = Path(__file__).parents[3] / "config" / "words"
    words = load(folder, (language,), currency="SEK", territory="SE", zone=STOCKHOLM)[language]
    paper, page = paper_wording(words), wording(language, "SEK")
    for field in Wording.__struct_fields__:
        if field not in ("money", "rate", "weight"):
            assert getattr(page, field) == getattr(paper, field), field
    for minor in (0, 5, 1590, -680, 123_456_789):
        assert page.money(minor) == paper.money(minor)
    for rate_bp in (0, 600, 1250, 2500):
        assert page.rate(rate_bp) == paper.rate(rate_bp)
    for weight_g in (5, 412, 1_250_000):
        assert page.weight(weight_g) == paper.weight(weight_g)


def test_a_demo_and_a_training_sale_are_no_receipts() -> None:
    assert "DEMO - inte ett kvitto" in _seen(receipt_page(SALE, replace(SHOP, demo=True)))
    assert "ÖVNING" in _seen(receipt_page(replace(SALE, training=True), SHOP))
    assert "DEMO" not in _seen(receipt_page(SALE, SHOP)) and "ÖVNING" not in _seen(receipt_page(SALE, SHOP))


def test_a_receipt_without_paper_says_so_where_the_law_asks_for_it(web: TestClient, engine: Engine) -> None:
    take(engine, on("sale"), said(SALE), NOW)
    assert "Elektroniskt kassakvitto" in web.get(f"/r/{receipt_token(SALE)}").text
    assert "Elektroniskt" not in _seen(receipt_page(SALE, replace(SHOP, duties=ReceiptDuties())))


@given(st.text(max_size=60), st.text(max_size=12), st.text(max_size=30))
def test_whatever_a_name_is_it_stays_text(name: str, language: str, sealed: str) -> None:
    sale = replace(SALE, lines=(replace(SALE.lines[0], name=name),), language=language, sealed=sealed)
    page = _Text(receipt_page(sale, SHOP))
    assert page.tags <= {"html", "head", "meta", "title", "style", "body", "main", "p", "span", "b", "hr"}


def test_a_name_with_markup_is_shown_as_it_is() -> None:
    sale = replace(SALE, lines=(replace(SALE.lines[0], name="<script>alert('1')</script>"),))
    page = receipt_page(sale, SHOP)
    assert "<script" not in page and "<script>alert('1')</script>" in _seen(page)


def test_the_page_asks_nobody_for_anything() -> None:
    page = receipt_page(SALE, SHOP)
    assert not re.search(r"https?:|src=|url\(|@import|<link", page)
    assert '<meta name="viewport"' in page and "noindex" in page


# --- the address ------------------------------------------------------------------------------------------------------


@pytest.fixture
def web(engine: Engine) -> TestClient:
    app = FastAPI()
    config = Config(store=StoreTable(id="s001", name="Corner shop"), receipts=ReceiptsTable(legal=("Org.nr 1",)))
    app.include_router(receipt_router(engine, config))
    return TestClient(app)


def test_who_has_the_address_reads_the_receipt(web: TestClient, engine: Engine) -> None:
    take(engine, on("sale"), said(SALE), NOW)
    answer = web.get(f"/r/{receipt_token(SALE)}")
    assert answer.status_code == 200 and "Org.nr 1" in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["referrer-policy"] == "no-referrer" and "no-store" in answer.headers["cache-control"]


@pytest.mark.parametrize("token", ["x", "A" * 32, "%00", "0" * 5000])
def test_who_has_not_is_told_kindly(web: TestClient, token: str) -> None:
    answer = web.get(f"/r/{token}", headers={"accept-language": "sv-SE,sv;q=0.9"})
    assert answer.status_code == 404 and "fråga butiken" in answer.text
    assert "ask the shop" in web.get(f"/r/{token}").text


def test_who_is_faster_than_the_lane_is_told_that_it_comes(web: TestClient, engine: Engine) -> None:
    token = receipt_token(SALE)
    early = web.get(f"/r/{token}", headers={"accept-language": "sv-SE,sv;q=0.9"})
    assert early.status_code == 200 and "på väg" in early.text and 'http-equiv="refresh"' in early.text
    take(engine, on("sale"), said(SALE), NOW)
    assert "Summa" in web.get(f"/r/{token}").text


@pytest.mark.parametrize("language", languages())
def test_it_is_read_in_every_language_of_the_shop(web: TestClient, engine: Engine, language: str) -> None:
    take(engine, on("sale"), said(SALE), NOW)
    page = web.get(f"/r/{receipt_token(SALE)}?lang={language}").text
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in page
    assert wording(language, "SEK").total in _seen(page)
    others = re.findall(r'href="\?lang=(\w+)"', page)
    assert sorted([*others, language]) == sorted(languages())


@pytest.mark.parametrize(
    ("header", "language"),
    [("", "en"), ("sv-SE,sv;q=0.9,en;q=0.8", "sv"), ("tlh, ar;q=0.5", "ar"), ("sv;q=0, fi", "fi"),
     ("en;q=0.1,de", "de"), ("*", "en"), (";;;,q=,=", "en"), ("sv;q=x", "en")],
)  # fmt: skip
def test_a_browser_is_answered_in_its_language(header: str, language: str) -> None:
    assert accepted(header) == language


def test_a_mail_leads_nowhere() -> None:
    """It is read years later, far from any lane: no link in it can break, and none tells that it was opened."""
    assert "href" not in receipt_page(SALE, SHOP)


def test_the_address_cannot_be_guessed_from_the_receipt() -> None:
    """Two shops that sell the same thing at the same moment have nothing in common."""
    other: Sale = seal(replace(SALE, chain=replace(SALE.chain, previous="1" * 64)))
    assert receipt_token(other) != receipt_token(SALE)
    assert receipt_token(SALE) not in receipt_page(SALE, SHOP)
