"""Opening: what a shop of the world simulator is, and what its store has issued before the first customer comes."""

from random import Random

SHOPS = ("shop speaks sv en", "shop speaks en sv", "shop speaks en sv\nshop keeps receipts at https://kvitto.example")
TAKES = ("shop takes card", "shop takes card gift_card cash", "shop takes cash card", "shop takes card cash<=100.00")
HAS = {0: "shop has a scale\nshop signs sales", 4: "shop has a bagging scale"}
"""What some shops have besides, by what is left of a seed in fives: scales make a day longer."""

ALSO = {
    1: "shop takes card gift_card cash qr",
    2: "shop takes card gift_card cash external",
    3: "shop takes card gift_card cash\nshop trusts signed slips up to 15.00 while the store is away",
    4: "shop shares baskets",
    5: "shop collects for Red Cross in steps of 10.00\nshop looks at 400 of a thousand baskets",
    6: "shop takes card gift_card cash qr external\nshop keeps receipts at https://kvitto.example",
}
"""What some shops can do besides, by what is left of a seed in sevens."""

GIFT_CARDS = ("KG-1000001", "KG-1000002", "KG-9999999")
"""Two that the store has issued, and one that it has not."""
MEMBERS = ("KM-555", "KM-556", "KM-557")
"""Cards of two members, and of nobody."""
COUPONS = ("KC-TEN-0001", "KC-TEN-0002", "KC-OLD-0001")
"""Two that open an offer, and one that opens none."""
_OFFERS = (
    'offer three kind=multibuy items="category:bread & buns|category:pantry" need=3 pay=2 name="3 for 2"',
    'offer pair kind=mix_and_match items="9520001310027|9520001310034" need=2 price_minor=4000 name="2 for 40"',
    'offer tenth kind=percent items=all percent=10 name="10 % off"',
    'offer members kind=member_price items=9520001300011 price_minor=5490 name="Member price"',
    'offer ten kind=coupon items=all amount_minor=1000 whole=yes spend_minor=5000 coupon=KC-TEN* name="10 off"',
)


def head(seed: int, chance: Random) -> str:
    """The lines at the head of a story: what shop this is."""
    return f"{chance.choice(SHOPS)}\n{chance.choice(TAKES)}\n{HAS.get(seed % 5, '')}\n{ALSO.get(seed % 7, '')}"


def before_the_doors_open(chance: Random) -> list[str]:
    """The first lines of its day."""
    offers = chance.sample(_OFFERS, chance.randint(0, 3))
    cards = [f"the store issues gift card {number} of 60.00" for number in GIFT_CARDS[:2]]
    members = [f"the store has member m{n} called Sam with {key}" for n, key in enumerate(MEMBERS[:2], start=7)]
    return [*cards, *members, *offers]
