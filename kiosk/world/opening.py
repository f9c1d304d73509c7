"""Opening: what a shop of the world simulator is, and what its store has issued before the first customer comes."""

from random import Random

from kiosk.world.cash_parts import OF_PARTS
from kiosk.world.next_door import TILL, there

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
RULES = (
    "shop takes new members before paying\nshop mails receipts",
    "shop takes new members after paying\nshop sells drinks/wine only from 10:00 to 10:20",
    "shop mails receipts\nshop sells drinks/beer only from 10:10 to 24:00",
)
"""And by what is left of it in threes. The doors open at ten, so goods come to their hours or lose them on the way."""
CASH_MACHINES = ("shop has a cash machine", OF_PARTS)
"""In every fourth shop, which takes cash then; one and the other."""
SEES = "shop sees its lanes from the console"
"""In every third shop: from there ages are approved."""
FITTED = "shop fits keylock door.service button.help badge_reader gate"
"""In every ninth shop."""
LAW = "shop in no\nshop signs sales"
"""A country whose law says when beer is sold."""

TERMINALS = {3: "nexo-xml", 9: "nexo-json"}
"""What the card terminal speaks in some shops, by what is left of a seed in thirteens; ZVT in all others."""

GIFT_CARDS = ("KG-1000001", "KG-1000002", "KG-9999999")
"""Two that the store has issued, and one that it has not."""
MEMBERS = ("KM-555", "KM-556", "KM-557")
"""Cards of two members, and of nobody."""
BEARER = ("KV-3000001", "KD-2000001")
"""A voucher of the shop, and a slip of a bottle machine that the store knows."""
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
    shop, takes = chance.choice(SHOPS), chance.choice(TAKES)
    law = LAW if _is_abroad(seed) else ""
    fitted = FITTED if seed % 9 == 5 else ""
    machine, sees = CASH_MACHINES[seed // 4 % 2] if seed % 4 == 2 else "", SEES if seed % 3 == 0 else ""
    if machine and "cash" not in takes:
        takes = TAKES[2]
    return "\n".join(
        (shop, takes, HAS.get(seed % 5, ""), ALSO.get(seed % 7, ""), RULES[seed % 3], law, machine, sees, fitted)
    )


def _is_abroad(seed: int) -> bool:
    return seed % 11 == 3


def _other_terminal(speaks: str) -> list[str]:
    return ["power cut", f"the card terminal is changed for one that speaks {speaks}", "start", "wait 3 s"]


def has_two_lanes(seed: int) -> bool:
    """Whether there is a lane next door: where baskets are shared."""
    return seed % 7 == 4


def before_the_doors_open(seed: int, chance: Random) -> list[str]:
    """The first lines of its day."""
    opens = ["clock is set to 2026-11-24 19:45:00"] if _is_abroad(seed) else []
    opens += [there(TILL, "wait 1 s")] if has_two_lanes(seed) else []
    opens += _other_terminal(TERMINALS[seed % 13]) if seed % 13 in TERMINALS else []
    offers = chance.sample(_OFFERS, chance.randint(0, 3))
    cards = [f"the store issues gift card {number} of 60.00" for number in GIFT_CARDS[:2]]
    papers = [f"the store issues voucher {BEARER[0]} of 50.00", f"the bottle machine issues {BEARER[1]} of 12.00"]
    members = [f"the store has member m{n} called Sam with {key}" for n, key in enumerate(MEMBERS[:2], start=7)]
    return [*opens, *cards, *papers, *members, *offers]
