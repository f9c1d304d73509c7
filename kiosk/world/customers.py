"""Customers: members, coupons, and what a lane asks the store about, by the phrases that stories use for it."""

from kiosk.world.expectations import Missed
from kiosk.world.stage import Stage
from kiosk.world.story import Grammar

CUSTOMERS = Grammar()


# --- coupons ----------------------------------------------------------------------------------------------------------


@CUSTOMERS.says("the store issues coupon {code} for {offer}")
@CUSTOMERS.says("the store issues coupon {code} for {offer} to be used {count} times")
def issue_coupon(stage: Stage, code: str, offer: str, count: int = 1) -> None:
    """One code, to be used once."""
    stage.office.issue(code, "coupon", count, "", offer)


@CUSTOMERS.says("another checkout has {code} for {offer} in its basket")
def held_elsewhere(stage: Stage, code: str, offer: str) -> None:
    """Scanned there a moment ago, and not paid yet."""
    found = stage.office.take_coupon("k02", code, offer)
    if found != "ok":
        raise Missed(f"the other checkout was told: {found}")


@CUSTOMERS.says("expect coupon {code} used {count} times")
def used(stage: Stage, code: str, count: int) -> None:
    """By sales in the store's books."""
    found = stage.office.uses(code)
    if found != count:
        raise Missed(f"it was used {found} times")


@CUSTOMERS.says("expect coupon {code} free for {offer}", wanted="ok")
@CUSTOMERS.says("expect coupon {code} taken for {offer}", wanted="in_use")
@CUSTOMERS.says("expect coupon {code} used up for {offer}", wanted="used")
def condition(stage: Stage, code: str, offer: str, wanted: str) -> None:
    """What another checkout hears when it scans it now."""
    found = stage.office.take_coupon("k09", code, offer)
    if found != wanted:
        raise Missed(f"another checkout hears: {found}")
