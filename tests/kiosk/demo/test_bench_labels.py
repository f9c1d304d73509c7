"""A code that somebody types is scanned as the shop's own labels would be."""

from pathlib import Path

import pytest

from kiosk.app.codes import USUAL
from kiosk.demo.bench.labels import FRESH, LONG, ODDITIES, WALLET, label_of
from kiosk.demo.stocking import stock
from kiosk.values.barcode import parse
from store.database import open_books
from store.members import who
from store.vouchers import find


@pytest.mark.parametrize(
    ("typed", "symbology"),
    [
        ("9520001200014", "]E0"),
        ("96385074", "]E4"),
        ("036000291452", "]E0"),
        ("19520001200011", "]I1"),
        ("0109520001200014", "]C1"),
        ("https://id.gs1.org/01/09520001200014", "]Q1"),
        ("HELLO", "]C0"),
        ("", "]C0"),
        ("٩٥٢٠٠٠١٢", "]C0"),
    ],
)
def test_the_kind_of_barcode_is_guessed(typed: str, symbology: str) -> None:
    assert label_of(typed).symbology == symbology


def test_whoever_knows_better_says_so() -> None:
    assert label_of("]e0109520001200014") == ("109520001200014", "]e0")


@pytest.mark.parametrize(
    "typed", ["9520001200014", "0109520001200014", "https://id.gs1.org/01/09520001200014", "]C10109520001200014"]
)
def test_each_spelling_finds_the_same_product(typed: str) -> None:
    text, symbology = label_of(typed)
    label = parse(text, symbology)
    assert label is not None
    assert "9520001200014" in {key.lstrip("0") for key in label.keys}


def test_upc_a_finds_its_product() -> None:
    text, symbology = label_of("036000291452")
    assert text == "0036000291452"
    assert parse(text, symbology) is not None


def test_the_oddities_are_what_they_are_called() -> None:
    by_name = {oddity.name: oddity.label.text for oddity in ODDITIES}
    assert parse(by_name["unknown"], "]E0") is not None
    assert parse(by_name["misread"], "]E0") is None
    assert len(by_name["long"]) == LONG
    assert not by_name["control"].isprintable()
    assert by_name["empty"] == ""


def test_fresh_labels_are_what_they_are_called() -> None:
    by_name = {fresh.name: parse(*fresh.label) for fresh in FRESH}
    assert all(by_name.values())
    assert by_name["priced"].price_digits == 4250  # type: ignore[union-attr]
    assert by_name["recalled"].batch == "L2611"  # type: ignore[union-attr]
    assert by_name["old"].expiry == "260101"  # type: ignore[union-attr]


def test_the_wallet_is_what_it_is_called() -> None:
    by_name = {one.name: USUAL.kind_of(one.label.text) for one in WALLET}
    assert by_name == {
        "member": "member", "nobody": "member", "coupon": "coupon", "once": "coupon", "gift": "gift_card",
        "voucher": "voucher", "slip": "deposit",
    }  # fmt: skip


def test_the_store_of_the_demo_knows_all_of_the_wallet_but_the_card_of_nobody(tmp_path: Path) -> None:
    config = tmp_path / "store.toml"
    config.write_text(f'[store]\nid = "s001"\nmode = "demo"\n[database]\nurl = "sqlite:///{tmp_path}/store.db"\n')
    assert stock(config) == 0
    engine = open_books(f"sqlite:///{tmp_path}/store.db")
    known = {one.name: one.label.text for one in WALLET}
    assert who(engine, known["member"]).first_name == "Sam"
    assert who(engine, known["nobody"]).state == "unknown"
    with engine.connect() as connection:
        assert all(find(connection, known[name]) for name in ("gift", "voucher", "slip"))
