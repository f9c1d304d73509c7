"""Auditing: the look itself. Staff scan some things out of the bag; if one is in no line, all of them.

Partial: as many things as the shop says, or all if there are fewer. When each is in the basket the shopper pays. One
that is not makes it a full look: everything is scanned, and the difference is on the screen. What is in no line staff
add, each as a line of its own; what is in a line and not in the bag they take out, or leave; either way who looked, how
much was seen and what was found is reported, and stands in the sale. Goods are compared by their number: what a thing
weighs or costs is not looked at again. A look changes nothing in the basket but by these acts of staff.
"""

from collections import Counter

from msgspec.structs import replace

from kiosk.checkout import scanning, unlisted
from kiosk.checkout.audit import is_called, without_call
from kiosk.checkout.basket import Basket, Cleared, Line
from kiosk.checkout.effects import Beep, PublishEvent
from kiosk.checkout.events import AuditBegan, AuditFinished, AuditSkipped, AuditWidened, ItemFound, ItemUnknown
from kiosk.checkout.freshness import stopped
from kiosk.checkout.look import Look
from kiosk.checkout.notice import Notice
from kiosk.checkout.sale import AuditResult
from kiosk.checkout.state import State
from kiosk.checkout.visit import Step
from kiosk.values.moment import Moment

_TOLD_MOST = 50
"""Things that a report names, at most."""


def begin(state: State, event: AuditBegan) -> Step:
    """Whoever is signed in looks; a look that was begun goes on."""
    if state.staff is None or not is_called(state):
        return state, ()
    return replace(state, look=state.look or Look(), weighing=None, price_check=None), (Beep("touch"),)


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
        return _over(state, event.at, "passed")
    return state, (Beep("scan-ok"),)


def unknown(state: State, event: ItemUnknown) -> Step:
    """What nobody knows is in no line, and the store is not asked about it in the middle of a look."""
    if state.look is not None and state.staff is not None:
        return replace(state, notice=Notice("unknown", event.text)), (Beep("not-found"),)
    return unlisted.unknown(state, event)


def pieces(basket: Basket) -> Counter[str]:
    """How many of each number are in the basket; what was weighed is one."""
    counted: Counter[str] = Counter()
    for line in basket.goods:
        counted[line.item.gtin] += line.count
    return counted


def wanted(state: State) -> int:
    """So many things are scanned in a partial look."""
    return min(state.lane.audit.partial_items, pieces(state.basket).total())


def missing(state: State) -> Counter[str]:
    """What the basket has and nobody has scanned yet."""
    return pieces(state.basket) - Counter(state.look.seen if state.look is not None else ())


def missing_lines(state: State) -> tuple[Line, ...]:
    """The lines, newest first, of which nothing was scanned."""
    left = missing(state)
    unseen: list[Line] = []
    for line in reversed(state.basket.goods):
        if left[line.item.gtin] >= line.count:
            left[line.item.gtin] -= line.count
            unseen.append(line)
    return tuple(unseen)


def widen(state: State, event: AuditWidened) -> Step:
    """Everything, although nothing was wrong so far."""
    if state.staff is None or state.look is None:
        return state, ()
    return replace(state, look=replace(state.look, stage="full")), (Beep("touch"),)


def finish(state: State, event: AuditFinished) -> Step:
    """The full look is done; `add`: what is in no line is sold, and what cannot be keeps the look open."""
    look = state.look
    if state.staff is None or look is None or look.stage != "full":
        return state, ()
    if not event.add or not look.extra:
        return _over(state, event.at, "differs" if look.extra or missing(state) else "passed")
    left: tuple[ItemFound, ...] = ()
    for extra in look.extra:
        sold = _sold(state, replace(extra, at=event.at))
        left = left if sold.basket != state.basket else (*left, extra)
        state = sold
    if left:
        state = replace(state, look=replace(look, extra=left), notice=Notice("audit_left"))
        return state, (Beep("not-found"),)
    return _over(state, event.at, "added")


def _sold(state: State, extra: ItemFound) -> State:
    """One of them in the basket; what is stopped, has no price or must be weighed staff settle by hand."""
    weighed = extra.item.sold_by != "kg" or extra.weight_g is not None
    if stopped(extra.label) or extra.item.blocked or extra.item.open_price or not weighed:
        return state
    return scanning.take(state, extra)[0]


def skip(state: State, event: AuditSkipped) -> Step:
    """Not looked at, or no further, and why."""
    if state.staff is None or not is_called(state):
        return state, ()
    return _over(state, event.at, "skipped", event.reason)


def _over(state: State, at: Moment, result: AuditResult, reason: str = "") -> Step:
    staff, basket, lot = state.staff, state.basket, state.basket.lot
    call = next((one for one in state.interventions if one.reason == "audit"), None)
    if staff is None or call is None or lot is None:
        return without_call(state), ()
    evidence = f"{lot.why}: {result} {reason}".strip()
    note = Cleared("audit", call.opened_utc_ms, at.utc_ms, staff.id, evidence=evidence)
    report = PublishEvent("audit.result", _report(state, staff.id, result, reason))
    basket = replace(basket, lot=replace(lot, result=result), cleared=(*basket.cleared, note))
    day = replace(state.audit_day, owed=False)
    state = without_call(replace(state, basket=basket, audit_day=day))
    return state, (Beep("staff-ok"), report)


def _report(state: State, by: str, result: AuditResult, reason: str) -> dict[str, object]:
    look, lot = state.look or Look(), state.basket.lot
    assert lot is not None, "only a visit with a lot is looked at"
    left = missing(state) if look.stage == "full" else Counter[str]()
    return {
        "by": by,
        "till": lot.till,
        "period": lot.period,
        "visit": lot.visit,
        "kind": lot.why,
        "stage": look.stage,
        "scanned": len(look.seen),
        "extra": [{"gtin": one.item.gtin, "price_minor": one.item.price.minor} for one in look.extra[:_TOLD_MOST]],
        "missing": [{"gtin": gtin, "count": count} for gtin, count in sorted(left.items())[:_TOLD_MOST]],
        "result": result,
        "reason": reason,
    }
