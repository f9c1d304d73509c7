"""Deals: what offers take off each line, as the slip shows it while scanning.

A line in an offer stands there with what is paid for it and a tag with the offer's name. An offer on the whole basket
belongs to no line: it shows in the sum alone.
"""

from typing import NamedTuple

from msgspec.structs import replace

from kiosk.checkout.basket import Basket
from kiosk.checkout.offers.offer import Offer
from kiosk.checkout.pricing import savings
from kiosk.ui.words import Words
from kiosk.values.money import ZERO, Money


class Deal(NamedTuple):
    """What is taken off a line, and what its tag says."""

    less: Money = ZERO
    tag: str = ""


NONE = Deal()


def deals(basket: Basket, words: Words) -> dict[int, Deal]:
    """By line number; of several offers the tag has the first that is not for members only."""
    found: dict[int, Deal] = {}
    for one in savings(basket):
        if one.offer.whole:
            continue
        before = found.get(one.line, NONE)
        tag = before.tag if before.tag and is_for_members(one.offer) else offer_name(one.offer, words)
        found[one.line] = Deal(before.less + Money(one.minor), tag)
    return found


def is_for_members(offer: Offer) -> bool:
    """Whether only a known customer has it."""
    return offer.members or bool(offer.groups)


def offer_name(offer: Offer, words: Words) -> str:
    """As the shop calls it; a price for members is called that."""
    return words.say("Member price") if is_for_members(offer) else offer.name_in(words.language)


def members_save(basket: Basket) -> Money:
    """What the basket costs less by offers for members."""
    return Money(sum(one.minor for one in savings(basket) if is_for_members(one.offer)))


def saved_by_card(basket: Basket) -> Money:
    """What the basket costs less than it would for nobody known: offers for members take the place of others too."""
    if not members_save(basket):
        return ZERO
    unknown = savings(replace(basket, customer="", groups=()))
    return Money(sum(one.minor for one in savings(basket)) - sum(one.minor for one in unknown))
