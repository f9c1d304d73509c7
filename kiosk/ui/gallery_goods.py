"""Goods of the gallery: what the mockups' shop sells, and what a shopper puts into the basket there."""

from typing import Literal

from msgspec.structs import replace

from kiosk.checkout.item import Item
from kiosk.checkout.offers.offer import Offer, Offered
from kiosk.search.shelf import Entry
from kiosk.values.money import ZERO, Money


def _item(gtin: str, name: str, swedish: str, price_minor: int, picture: str, deposit: Money = ZERO) -> Item:
    return Item(
        gtin=gtin,
        name=name,
        names={"sv": swedish},
        price=Money(price_minor),
        tax_class="food",
        tax_bp=600,
        price_book="1",
        picture=f"svg:{picture}",
        deposit=deposit,
    )


_TWO_FOR_110 = Offer(
    id="coffee-2", name="2 for 110", names={"sv": "2 för 110"}, gives="price", value=11000, need=(2,), same=True
)
_MEMBER_BREAD = Offer(
    id="bread-member", name="Member price", names={"sv": "Medlemspris"}, gives="price", value=2790, members=True
)
COFFEE = replace(
    _item("9520000000103", "Ground coffee 450 g", "Bryggkaffe 450 g", 6490, "coffee"), offers=(Offered(_TWO_FOR_110),)
)
BANANAS = replace(_item("4011", "Bananas", "Bananer", 2490, "banana"), sold_by="kg", tare_g=5)
YOGHURT = _item("9520000000127", "Natural yoghurt 1 l", "Naturell yoghurt 1 l", 1990, "yog")
BREAD = replace(
    _item("9520000000134", "Rye bread, sliced", "Rågbröd, skivat", 3290, "bread"), offers=(Offered(_MEMBER_BREAD),)
)
WATER = _item("9520000000141", "Sparkling water 33 cl", "Kolsyrat vatten 33 cl", 1190, "can", Money(100))
TOMATOES = replace(_item("4664", "Vine tomatoes", "Kvisttomater", 3990, "tomato"), sold_by="kg")
WINE = replace(
    _item("9520000000165", "Apple wine 75 cl", "Äppelvin 75 cl", 6990, "wine"),
    tax_class="alcohol",
    tax_bp=2500,
    age_limit=18,
)
BAGS = (
    replace(_item("9520001530012", "Paper bag", "Papperskasse", 400, ""), category="bags"),
    replace(_item("9520001530029", "Carrier bag, recycled", "Bärkasse, återvunnen", 700, ""), category="bags"),
    replace(_item("9520001530036", "Cotton bag", "Tygkasse", 3900, ""), category="bags"),
)
"""What the shop asks for before paying."""
Things = tuple[tuple[Item, int, int | None], ...]
SHOPPING: Things = (
    (COFFEE, 2, None),
    (YOGHURT, 1, None),
    (BANANAS, 1, 840),
    (BREAD, 1, None),
    (WATER, 1, None),
    (TOMATOES, 1, 395),
)
"""The basket of the mockups: things, how many, and the grams of what was weighed. 212.38 kr, 207.38 for a member."""


def _goods(*names: tuple[str, str, int, str, Literal["each", "kg"]]) -> tuple[Entry, ...]:
    return tuple(
        Entry(str(4000 + n), name, Money(minor), {"sv": swedish}, sold_by, f"svg:{picture}")
        for n, (name, swedish, minor, picture, sold_by) in enumerate(names)
    )


POPULAR_NOW = _goods(
    ("Bananas", "Bananer", 2490, "banana", "kg"),
    ("Red apples", "Röda äpplen", 2990, "apple", "kg"),
    ("Green apples", "Gröna äpplen", 2790, "greenapple", "kg"),
    ("Oranges", "Apelsiner", 2690, "orange", "kg"),
    ("Lemons", "Citroner", 690, "lemon", "each"),
    ("Pears", "Päron", 3490, "pear", "kg"),
    ("Grapes", "Vindruvor", 4990, "grapes", "kg"),
    ("Avocado", "Avokado", 1490, "avocado", "each"),
    ("Vine tomatoes", "Kvisttomater", 3990, "tomato", "kg"),
    ("Cucumber", "Gurka", 1790, "cucumber", "each"),
    ("Carrots", "Morötter", 1490, "carrot", "kg"),
    ("Bread roll", "Fralla", 590, "bun", "each"),
    ("Tomato pepper", "Tomatpaprika", 4490, "pepper", "kg"),
)
