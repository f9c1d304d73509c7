"""Out of hours: what may not be sold at this time of day, and who can sell it all the same.

The law is nobody's to override: its goods are told kindly and not added, whoever scans them. Where the law looks at
the paying (`sale_hours`), what was scanned in time leaves the basket when the shopper begins to pay too late; one that
has begun, be it with a gift card that pays a part, is finished, because a clock calls no money back. Where the law
looks at the taking, what is in the basket stays; only a basket that was put aside is looked at anew when it comes back,
since nobody knows where its goods were meanwhile.

The shop's stricter hours are the shop's: the thing is held like one that only staff sell, and whoever has the right
sells it. They look at the scan alone.
"""

from datetime import datetime

from msgspec.structs import replace

from kiosk.checkout.basket import Line
from kiosk.checkout.effects import Beep, PublishEvent
from kiosk.checkout.item import Item
from kiosk.checkout.notice import Notice
from kiosk.checkout.sale_hours import Shut, shut
from kiosk.checkout.state import State
from kiosk.checkout.visit import Step
from kiosk.values.moment import Moment, wall_clock


def shut_now(state: State, item: Item, at: Moment) -> Shut | None:
    """What keeps this item from being sold at this moment; None: nothing, or nobody knows (`timekeeping`)."""
    hours = state.lane.hours
    if state.devices.clock_unsure or not (hours.law or hours.licence or hours.shop):
        return None
    return shut(hours, wall_clock(at), item.tax_class, item.category)


def told(found: Shut, at: Moment) -> Notice:
    """What the shopper is told: when it is sold again."""
    return Notice("not_now", opening(found.opens, wall_clock(at)))


def opening(opens: datetime | None, now: datetime) -> str:
    """`08:00` of today, `2026-11-26T08:00` of another day; empty: nobody knows."""
    if opens is None:
        return ""
    return f"{opens:%H:%M}" if opens.date() == now.date() else f"{opens:%Y-%m-%dT%H:%M}"


def put_out(state: State, at: Moment, *, again: bool = False) -> Step | None:
    """Without what may not be paid for at this moment; None: there is no such thing.

    `again`: the basket comes back from where it was put aside, and its goods are taken anew.
    """
    hours, basket = state.lane.hours, state.basket
    if not (hours.law or hours.licence) or basket.taken or not (again or hours.looks_at == "payment"):
        return None
    out = tuple(line for line in basket.lines if _by_law(state, line, at))
    if not out:
        return None
    lines = tuple(line for line in basket.lines if line not in out)
    newest = basket.newest if any(line.line == basket.newest for line in lines) else 0
    state = replace(state, basket=replace(basket, lines=lines, newest=newest))
    state = replace(state, notice=Notice("too_late", out[0].item.name_in(state.language)))
    report = PublishEvent("hours.over", {"codes": [line.item.gtin for line in out]})
    return state, (Beep("attention"), report)


def _by_law(state: State, line: Line, at: Moment) -> bool:
    found = shut_now(state, line.item, at)
    return found is not None and found.by == "law"
