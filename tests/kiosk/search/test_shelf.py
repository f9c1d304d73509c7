"""The demo's loose goods: found in every language, by number and with slips; tabs, and the order of the alphabet."""

from pathlib import Path

import pytest

from kiosk.search.shelf import EVERYTHING, POPULAR, Entry, Shelf, alphabetical
from kiosk.values.money import Money
from kiosk.wire.price_csv import read_csv

ROWS = read_csv((Path(__file__).parents[3] / "config/catalogue/demo.csv").read_text())


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    return Shelf(
        Entry(
            row.code, row.name, Money(row.price_minor), row.names, row.sold_by, row.picture, row.category, row.pick_keys
        )
        for row in ROWS
        if row.plu or row.pick_keys
    )


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("tom", "Kvisttomater"), ("banan", "Bananer"), ("BANANER eko", "Bananer, ekologiska"),
        ("apple", "Gröna äpplen"),
        ("äpple röd", "Röda äpplen"), ("4011", "Bananer"), ("sipuli", "Gul lök"), ("kartoffel", "Potatis"),
        ("bannan", "Bananer"), ("tomatr", "Kvisttomater"), ("gukra", "Gurka"), ("morötr", "Morötter"),
        ("champinion", "Champinjoner"), ("kivi", "Kiwi"),
    ],
)  # fmt: skip
def test_what_is_found_first(shelf: Shelf, typed: str, first: str) -> None:
    found = [entry.name_in("sv") for entry in shelf.search(typed, "sv")]
    assert first in found[:4], found


@pytest.mark.parametrize("typed", ["", "   ", "?!", "qqqq", "xylofon", "9" * 40, "tomat xylofon"])
def test_what_is_not_found(shelf: Shelf, typed: str) -> None:
    assert shelf.search(typed, "sv") == ()


def test_who_types_well_is_not_shown_what_others_meant(shelf: Shelf) -> None:
    assert {entry.name_in("sv") for entry in shelf.search("lime", "sv")} == {"Lime"}


def test_tabs_are_the_largest_categories(shelf: Shelf) -> None:
    assert shelf.tabs[0] == POPULAR and shelf.tabs[-1] == EVERYTHING
    assert {"fruit", "vegetables", "bread & buns"} <= set(shelf.tabs) and len(shelf.tabs) == 6
    fruit = shelf.listed("fruit", "sv", {})
    assert {entry.category for entry in fruit} == {"fruit"}


def test_swedish_stands_in_the_order_of_swedish(shelf: Shelf) -> None:
    names = ["Ägg", "Zucchini", "Öl", "Apelsin", "Åkerbär", "vitlök", "Banan"]
    assert sorted(names, key=alphabetical("sv")) == ["Apelsin", "Banan", "vitlök", "Zucchini", "Åkerbär", "Ägg", "Öl"]
    assert sorted(["Åre", "Bo", "Ære"], key=alphabetical("nb")) == ["Bo", "Ære", "Åre"]
    everything = [entry.name_in("sv") for entry in shelf.listed(EVERYTHING, "sv", {})]
    assert everything == sorted(everything, key=alphabetical("sv"))


def test_what_was_picked_most_is_popular(shelf: Shelf) -> None:
    popular = [entry.code for entry in shelf.listed(POPULAR, "sv", {"4062": 9, "4011": 12})]
    assert popular[:2] == ["4011", "4062"]
    assert len(popular) == len(shelf.listed(EVERYTHING, "sv", {}))


def test_an_empty_shelf_is_a_shelf() -> None:
    assert Shelf().listed(POPULAR, "sv", {}) == () == Shelf().search("tomat", "sv")
