"""Audit: a visit that a colleague takes a quick look at before it pays. When, and why.

A visit gets its number when Pay is pressed for the first time, and in that moment the lot is drawn (`drawing_lots`).
One that was drawn and leaves without a look passes it on to the next, so nobody gets out of it by starting again; one
that was set aside keeps its own too. A dear basket is looked at because the shop says so, and one with much out of the
ordinary in it (own bags, things not bagged; where no scale watches, lines taken out and unknown codes); both only so
often an hour, while lots are not limited: their rate is, and a lot that may be passed over proves nothing. Whoever is
served by staff is not looked at, unless the shop wants it. Only paying waits; scanning goes on.
"""

from msgspec.structs import replace

from kiosk.checkout import visit
from kiosk.checkout.bagging import limits_of
from kiosk.checkout.drawing_lots import commitment, is_drawn, period_secret
from kiosk.checkout.effects import Beep, Effect, PublishEvent
from kiosk.checkout.lane import AuditRule
from kiosk.checkout.look import AuditDay
from kiosk.checkout.notice import Notice
from kiosk.checkout.pricing import due
from kiosk.checkout.sale import AuditWhy, Lot
from kiosk.checkout.state import State
from kiosk.checkout.visit import Step
from kiosk.values.moment import Moment

_HOUR_MS = 3_600_000
_CALLS_KEPT = 100


def follow(state: State, at: Moment) -> Step:
    """Another day or another rate: the period is over. And whoever is served by staff waits for no look."""
    if is_exempt(state):
        state = without_call(state)
    day, rate = state.audit_day, state.lane.audit.rate_permille
    # What somebody practises on is a copy with another rate; the lots are not its own.
    if state.training is not None or not at.day or not state.audit_seed or not (rate or day.rate_permille):
        return state, ()
    if day.day == at.day and day.rate_permille == rate:
        return state, ()
    shown = (_revealed(state),) if day.rate_permille else ()
    begun = replace(day, number=day.number + 1, day=at.day, rate_permille=rate, visits=0)
    state = replace(state, audit_day=begun)
    return state, (*shown, _committed(state)) if rate else shown


def _committed(state: State) -> Effect:
    day, lane = state.audit_day, state.lane
    secret = period_secret(state.audit_seed, day.number)
    made = commitment(secret, lane.store, lane.till, day.number, day.day, day.rate_permille)
    told = {"period": day.number, "day": day.day, "rate_permille": day.rate_permille, "commitment": made}
    return PublishEvent("audit.committed", told)


def _revealed(state: State) -> Effect:
    day = state.audit_day
    secret = period_secret(state.audit_seed, day.number)
    return PublishEvent(
        "audit.revealed", {"period": day.number, "day": day.day, "visits": day.visits, "secret": secret}
    )


def at_pay(state: State, at: Moment) -> tuple[State, bool]:
    """The visit's number and lot, on its first Pay; and whether a look is still owed."""
    lot = state.basket.lot
    if is_exempt(state) or (lot is None and not is_on(state.lane.audit)):
        return state, False
    if lot is None:
        state, lot = _draw(state)
    if not lot.why:
        lot = replace(lot, why=_by_rule(state, at))
        state = replace(state, basket=replace(state.basket, lot=lot))
    if not lot.why or lot.result:
        return state, False
    if not is_called(state):
        day = state.audit_day
        calls = (*_of_the_last_hour(day, at), at.utc_ms)[-_CALLS_KEPT:]
        state = replace(state, audit_day=replace(day, called_utc_ms=calls))
    return visit.call_staff(state, "audit", at, lot.why), True


def _draw(state: State) -> tuple[State, Lot]:
    day = state.audit_day
    number, secret = day.visits + 1, period_secret(state.audit_seed, day.number)
    drawn = is_drawn(secret, number, day.rate_permille)
    why: AuditWhy = "random" if drawn else "carried" if day.owed else ""
    lot = Lot(state.lane.till, day.number, number, why)
    day = replace(day, visits=number, owed=day.owed or drawn)
    return replace(state, basket=replace(state.basket, lot=lot), audit_day=day), lot


def is_on(rule: AuditRule) -> bool:
    """Whether anything is looked at on this lane."""
    return bool(rule.rate_permille or rule.value_over_minor or rule.risk_over)


def is_exempt(state: State) -> bool:
    """Whether staff serve, or have served, and the shop trusts their eyes."""
    return (state.assisted or bool(state.basket.served_by)) and not state.lane.audit.assisted


def is_called(state: State) -> bool:
    """Whether a colleague is to look, or is looking."""
    return any(call.reason == "audit" for call in state.interventions)


def without_call(state: State) -> State:
    """Nobody is waited for any more; a lot that was drawn stays owed."""
    if not is_called(state):
        return state
    calls = tuple(call for call in state.interventions if call.reason != "audit")
    return replace(state, look=None, interventions=calls)


def _by_rule(state: State, at: Moment) -> AuditWhy:
    rule = state.lane.audit
    if len(_of_the_last_hour(state.audit_day, at)) >= rule.most_per_hour:
        return ""
    if 0 < rule.value_over_minor < due(state.basket).minor:
        return "value"
    return "risk" if 0 < rule.risk_over < _out_of_the_ordinary(state) else ""


def _of_the_last_hour(day: AuditDay, at: Moment) -> tuple[int, ...]:
    return tuple(called for called in day.called_utc_ms if 0 <= at.utc_ms - called < _HOUR_MS)


def _out_of_the_ordinary(state: State) -> int:
    """What a bagging scale cannot see. Without one also lines that were taken out again, and codes that nobody knew:
    what is left in a bag of both is in no line."""
    basket = state.basket
    if limits_of(state) is not None:
        return basket.unseen
    return basket.unseen + basket.next_line - 1 - len(basket.lines) + basket.unknown


def wait(state: State) -> Step:
    """Told to the shopper, calmly."""
    return replace(state, notice=Notice("audit")), (Beep("attention"),)
