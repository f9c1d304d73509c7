"""A code that somebody types is scanned as the shop's own labels would be."""

import pytest

from kiosk.demo.bench.labels import FRESH, LONG, ODDITIES, label_of
from kiosk.values.barcode import parse


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
