"""Goods: the picture of a thing that is sold, and what stands in for it: its category's colour and icon. Pure.

A shop has pictures of some of its goods; a file may be missing, broken, or still on its way. So a picture says what is
shown until it is there, and no shopper sees an empty box. Categories are the shop's own words: ours and some that are
common are known by any part of their path, and the rest get a tag, in a colour that is always theirs.

A colour is a pair of `theme.PAIRS`: a theme in which the icon would have less contrast than 4.5 is refused there.
"""

from typing import NamedTuple
from zlib import crc32

from kiosk.checkout.card_loading import CODE
from kiosk.checkout.item import Item
from kiosk.ui.scene import Picture, Rect

CATEGORY = "goods:"
"""How the source of a category's tile begins."""


class Look(NamedTuple):
    """Roles of the ground and of the icon upon it, and the icon."""

    ground: str
    colour: str
    icon: str


# Neither red (something is wrong) nor violet (staff).
_GREEN, _DEEP = ("primary", "on-primary"), ("deep", "on-deep")
_YELLOW, _CREAM = ("sun", "on-sun"), ("sun-soft", "ink")
_BLUE, _PALE = ("info", "on-info"), ("info-soft", "info")
GROUNDS = (_GREEN, _DEEP, _YELLOW, _CREAM, _BLUE, _PALE)
_UNKNOWN = "tag-text"
_LOOKS = {
    "bags": Look(*_DEEP, "shopping"),
    "books": Look(*_PALE, "book-open-variant"),
    "bread": Look(*_CREAM, "bread-slice"),
    "bakery": Look(*_CREAM, "bread-slice"),
    "care": Look(*_PALE, "lotion"),
    "dairy": Look(*_BLUE, "cheese"),
    "wine": Look(*_DEEP, "bottle-wine"),
    "beer": Look(*_YELLOW, "beer"),
    "drinks": Look(*_BLUE, "bottle-soda-classic"),
    "frozen": Look(*_PALE, "snowflake"),
    "fruit": Look(*_YELLOW, "food-apple"),
    "vegetables": Look(*_GREEN, "carrot"),
    "pets": Look(*_CREAM, "paw"),
    "household": Look(*_DEEP, "spray-bottle"),
    "fish": Look(*_BLUE, "fish"),
    "meat": Look(*_CREAM, "food-steak"),
    "pantry": Look(*_YELLOW, "pasta"),
    "ready": Look(*_GREEN, "food-fork-drink"),
    "sweets": Look(*_YELLOW, "candy"),
    "pharmacy": Look(*_PALE, "pill"),
    CODE: Look(*_YELLOW, "gift-outline"),
}


def look_of(category: str) -> Look:
    """The deepest part of the path that is known decides; of a part, its first word that is (`meat & fish`: meat)."""
    for part in reversed(category.casefold().split("/")):
        for word in part.split():
            if word in _LOOKS:
                return _LOOKS[word]
    return Look(*GROUNDS[crc32(category.partition("/")[0].casefold().encode()) % len(GROUNDS)], _UNKNOWN)


def item_picture(rect: Rect, item: Item) -> Picture:
    """Of a thing that is sold."""
    category = CODE if item.gtin == CODE else item.category
    return goods_picture(rect, item.picture, category, f"{item.name} ({item.gtin})")


def goods_picture(rect: Rect, picture: str, category: str, product: str) -> Picture:
    """`picture` is the price book's cell, empty if it has none; `product` is who is named if it cannot be shown."""
    stand_in = CATEGORY + category
    return Picture(rect, picture or stand_in, stand_in=stand_in, product=product)
