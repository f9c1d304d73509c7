"""Second person: what an act that waits for one would do, as the console shows it to whoever may allow it. Pure.

What would become of the basket is not worked out again: the act is tried on a copy of the state.
"""

from collections.abc import Callable
from typing import Any

from kiosk.checkout import desk
from kiosk.checkout import events as e
from kiosk.checkout.approving import name_of
from kiosk.checkout.brought_back import worth
from kiosk.checkout.pricing import due
from kiosk.checkout.state import State
from kiosk.checkout.visit import Step
from kiosk.values.moment import rfc3339
from kiosk.wire.messages import ActAsked, StaffNeed

_ON_THE_BASKET: dict[type, Callable[[State, Any], Step]] = {
    e.LineRemoved: desk.remove_line,
    e.PriceChanged: desk.change_price,
    e.DiscountGiven: desk.give_discount,
}


def second_person_wanted(state: State) -> StaffNeed | None:
    """The call for the second person; None: nobody waits for one, or somebody practises it."""
    asked, first = state.approval, state.staff
    if asked is None or first is None or state.training is not None:
        return None
    was, becomes = _amounts(state, asked.event)
    line = next((one for one in state.basket.lines if one.line == getattr(asked.event, "line", 0)), None)
    act = ActAsked(
        name=first.name,
        act=type(asked.event).__name__,
        right=asked.right,
        about=line.item.name if line is not None else "",
        was_minor=was,
        becomes_minor=becomes,
        why=getattr(asked.event, "reason", ""),
    )
    return StaffNeed(reason="approval", since=rfc3339(asked.asked_utc_ms), detail=name_of(asked, first), act=act)


def _amounts(state: State, event: e.Event) -> tuple[int | None, int | None]:
    """The basket's sum now and then; of an act on other money nothing, and how much."""
    do = _ON_THE_BASKET.get(type(event))
    if do is not None:
        after, _ = do(state, event)
        return due(state.basket).minor, due(after.basket).minor
    if isinstance(event, e.ReturnConfirmed) and state.refund is not None:
        return None, worth(state.refund).minor
    amount = getattr(event, "amount", None)
    return None, amount.minor if amount is not None else None
