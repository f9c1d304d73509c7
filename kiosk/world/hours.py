"""Hours: the shop's own selling hours, by the phrases that stories use for them."""

from datetime import time
from typing import Any

from kiosk.checkout.sale_hours import DayKind, Holiday, Timetable, Window
from kiosk.world.story import Grammar

HOURS = Grammar()
_EVERY_DAY: tuple[DayKind, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun", "eve", "holiday")


@HOURS.says("shop sells {goods} only from {opens} to {closes}")
def sells_only(goods: str, opens: str, closes: str) -> dict[str, Any]:
    """Every day; `24:00` is the end of the day."""
    until = time() if closes == "24:00" else time.fromisoformat(closes)
    return {"hours": Timetable(shop={goods: (Window(_EVERY_DAY, time.fromisoformat(opens), until),)})}


@HOURS.says("shop does not sell {goods} on its holiday {day}")
def closed_on(goods: str, day: str) -> dict[str, Any]:
    """A day of the shop's own, written `11-24`."""
    all_day = Window(_EVERY_DAY[:-1], time(), time())
    return {"hours": Timetable(shop={goods: (all_day,)}, shop_holidays=(Holiday("the shop's", on=day, eve=False),))}
