"""Freshness: what the date and the batch on a label mean for its sale. Pure.

A label of a GS1 2D code or of GS1-128 may carry a batch (AI 10) and a last day: use by (AI 17) or best before (AI 15).
After the last day the thing is stopped. Food after its use-by date is deemed unsafe (Regulation (EU) No 1169/2011,
article 24), so nobody can sell it; what is only past its best is stopped for shoppers, and staff decide. A batch that
the shop has recalled is never sold.

Shortly before the last day a shop may ask less. Its rule is a text such as `3:20 1:50`: with three days left or fewer a
fifth off, with one or none half. A row of the price book has its own rule or the lane's. The price is rounded to the
nearest minor unit, half a unit up.
"""

import re
from itertools import pairwise
from typing import Literal

from msgspec.structs import replace

from kiosk.checkout.item import Item, Label
from kiosk.values.money import Money

Stop = Literal["", "recalled", "expired", "past_best", "blocked", "staff_only", "shop_hours", "no_clock"]
"""Why a thing is not simply sold; the last four are words of price book, shop and lane, not of the label."""
Rule = tuple[tuple[int, int], ...]
"""(days left, per cent off), the fewest days first."""

_STEP = re.compile(r"(\d{1,3}):(\d{1,2})")


def read_rule(text: str) -> Rule:
    """The rule that a text means; empty text: no rule. ValueError says what it should be."""
    steps = []
    for word in text.split():
        found = _STEP.fullmatch(word)
        if found is None or not 1 <= int(found[2]) <= 99:
            raise ValueError(f"must be days left and per cent off such as 3:20 1:50, not {text!r}")
        steps.append((int(found[1]), int(found[2])))
    steps.sort()
    if any(later[0] == earlier[0] or later[1] >= earlier[1] for earlier, later in pairwise(steps)):
        raise ValueError(f"must take more off the fewer days are left, each number of days once, not {text!r}")
    return tuple(steps)


def percent_off(rule: Rule, days_left: int) -> int:
    """What the rule takes off with so many days left; 0: nothing."""
    return next((percent for days, percent in rule if 0 <= days_left <= days), 0)


def stopped(label: Label | None) -> Stop:
    """Why a thing with this label is not sold to a shopper."""
    if label is None:
        return ""
    if label.recalled:
        return "recalled"
    if label.days_left is not None and label.days_left < 0:
        return "expired" if label.last_day_is == "use_by" else "past_best"
    return ""


def as_labelled(item: Item, label: Label | None, lane_rule: str) -> Item:
    """The item as this label sells it: with its batch, and cheaper when its last day is near."""
    if label is None:
        return item
    item = replace(item, batch=label.batch)
    days = label.days_left
    percent = percent_off(read_rule(item.short_date or lane_rule), days) if days is not None else 0
    if not percent:
        return item
    price = Money((item.price.minor * (100 - percent) + 50) // 100)
    return replace(item, price=price, priced="short_date")
