"""Need facts: what staff must see at the console before they answer a lane from afar. Pure.

An age: the goods and their limit. The bagging area: what the scale sees and what the basket says should be there. A
look at the basket: what was scanned so far, and what did not agree. A thing that waits: which one.
"""

from kiosk.checkout.auditing import missing
from kiosk.checkout.item import Item
from kiosk.checkout.notice import Intervention
from kiosk.checkout.paying import age_needed
from kiosk.checkout.shelf import awaited
from kiosk.checkout.state import State
from kiosk.checkout.weights import MG
from kiosk.wire.messages import NeedGoods, NeedShown

_MOST = 20
"""Goods that are named: nobody reads more before they answer."""


def shown(state: State, call: Intervention) -> NeedShown | None:
    """What belongs to this call; None: nothing but its reason."""
    match call.reason:
        case "age":
            limit, approved = age_needed(state), state.basket.age_approved
            items = [line.item for line in state.basket.lines if line.item.age_limit > approved]
            return NeedShown(goods=_goods(items), age_limit=limit)
        case "item" if state.held is not None:
            found = state.held.found
            return NeedShown(goods=_goods([found.item] if found is not None else []), found=state.held.why)
        case "bag":
            return _shelf(state)
        case "audit":
            return _look(state)
    return None


def _goods(items: list[Item]) -> tuple[NeedGoods, ...]:
    unlike = {item.gtin: item for item in items}
    return tuple(NeedGoods(gtin=one.gtin, name=one.name, age_limit=one.age_limit) for one in unlike.values())[:_MOST]


def _shelf(state: State) -> NeedShown:
    shelf = state.shelf
    coming = (*awaited(shelf, 1), *awaited(shelf, -1))
    expected_g = shelf.settled_g + sum(move.count * move.mean_mg for move in coming) // MG
    items = [move.item for move in coming if move.item is not None]
    return NeedShown(goods=_goods(items), expected_g=expected_g, seen_g=shelf.seen_g, found=shelf.kind)


def _look(state: State) -> NeedShown | None:
    look = state.look
    if look is None:
        return None
    left = sum(missing(state).values()) if look.stage == "full" else 0
    extra = [one.item for one in look.extra]
    return NeedShown(goods=_goods(extra), scanned=len(look.seen), not_scanned=left, found="differs" if extra else "")
