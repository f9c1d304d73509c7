"""Auditing: the look itself. Staff scan some things out of the bag; if one is in no line, all of them.

Partial: as many things as the shop says, or all if there are fewer. When each is in the basket the shopper pays. One
that is not makes it a full look: everything is scanned, and the difference is on the screen. What was not scanned staff
add, each as a line of its own, or leave out; either way who looked, how much was seen and what was found is reported,
and stands in the sale. Goods are compared by their number: what a thing weighs or costs is not looked at again.
"""

from collections import Counter

from msgspec.structs import replace

from kiosk.checkout import scanning
from kiosk.checkout.basket import Basket, Cleared
from kiosk.checkout.effects import Beep, Effect, PublishEvent
from kiosk.checkout.events import AuditBegan, AuditFinished, AuditSkipped, AuditWidened, ItemFound
from kiosk.checkout.look import Look
from kiosk.checkout.state import State
from kiosk.checkout.visit import Step
from kiosk.values.moment import Moment


def begin(state: State, event: AuditBegan) -> Step:
    """Whoever is signed in looks; a look that was begun goes on."""
    if state.staff is None or not _is_owed(state):
        return state, ()
    return replace(state, look=state.look or Look(), weighing=None, price_check=None), (Beep("touch"),)


def _is_owed(state: State) -> bool:
    return any(call.reason == "audit" for call in state.interventions)


def item(state: State, event: ItemFound) -> Step:
    """A thing is scanned: by staff who look, or else by the shopper."""
    if state.look is None or state.staff is None:
        return scanning.item(state, event)
    look = replace(state.look, seen=(*state.look.seen, event.item.gtin))
    if Counter(look.seen)[event.item.gtin] > pieces(state.basket)[event.item.gtin]:
        look = replace(look, stage="full", extra=(*look.extra, event))
        return replace(state, look=look), (Beep("attention"),)
    state = replace(state, look=look)
    if look.stage == "partial" and len(look.seen) >= wanted(state):
        return _over(state, event.at, "passed", "")
    return state, (Beep("scan-ok"),)


def pieces(basket: Basket) -> Counter[str]:
    """How many of each number are in the basket; what was weighed is one."""
    counted: Counter[str] = Counter()
    for line in basket.lines:
        counted[line.item.gtin] += line.count
    return counted


def wanted(state: State) -> int:
    """So many things are scanned in a partial look."""
    return min(state.lane.audit.partial_items, pieces(state.basket).total())


def missing(state: State) -> Counter[str]:
    """What the basket has and nobody has scanned yet."""
    assert state.look is not None
    return pieces(state.basket) - Counter(state.look.seen)


def widen(state: State, event: AuditWidened) -> Step:
    """Everything, although nothing was wrong so far."""
    if state.staff is None or state.look is None:
        return state, ()
    return replace(state, look=replace(state.look, stage="full")), (Beep("touch"),)


def finish(state: State, event: AuditFinished) -> Step:
    """The full look is done; `add`: what was in no line is sold."""
    look = state.look
    if state.staff is None or look is None or look.stage != "full":
        return state, ()
    result = "added" if event.add and look.extra else "differs" if look.extra else "passed"
    state, effects = _over(state, event.at, result, "")
    for extra in look.extra if event.add else ():
        state, more = scanning.take(state, replace(extra, at=event.at))
        effects = (*effects, *more)
    return state, effects


def skip(state: State, event: AuditSkipped) -> Step:
    """Not looked at, and why."""
    if state.staff is None or not _is_owed(state):
        return state, ()
    return _over(state, event.at, "skipped", event.reason)


def _over(state: State, at: Moment, result: str, why: str) -> Step:
    staff, basket, look = state.staff, state.basket, state.look or Look()
    call = next((one for one in state.interventions if one.reason == "audit"), None)
    if staff is None or call is None:
        return replace(state, look=None), ()
    note = Cleared("audit", call.opened_utc_ms, at.utc_ms, staff.id, evidence=f"{basket.audit}: {result}")
    report: tuple[Effect, ...] = (PublishEvent("audit.result", _report(state, staff.id, look, result, why)),)
    state = replace(
        state,
        look=None,
        interventions=tuple(one for one in state.interventions if one is not call),
        basket=replace(basket, audit="done", cleared=(*basket.cleared, note)),
        audit_day=replace(state.audit_day, owed=False),
    )
    return state, (Beep("staff-ok"), *report)


def _report(state: State, by: str, look: Look, result: str, why: str) -> dict[str, object]:
    basket = state.basket
    left = missing(replace(state, look=look)) if look.stage == "full" else Counter[str]()
    return {
        "by": by,
        "visit": basket.visit,
        "kind": basket.audit,
        "stage": look.stage,
        "scanned": len(look.seen),
        "extra": [{"gtin": one.item.gtin, "price_minor": one.item.price.minor} for one in look.extra[:50]],
        "missing": [{"gtin": gtin, "count": count} for gtin, count in sorted(left.items())[:50]],
        "result": result,
        "reason": why,
    }
