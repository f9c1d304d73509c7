"""Audit: a visit that a colleague takes a quick look at before it pays. When, and why.

A visit gets its number when Pay is pressed for the first time, and in that moment the lot is drawn (`drawing_lots`).
One that was drawn and leaves unpaid passes it on to the next, so nobody gets out of it by starting again. Where there
is no bagging scale, a dear basket and one out of which much was taken are looked at too. Whoever is served by staff is
not. Only paying waits; scanning goes on.
"""

from msgspec.structs import replace

from kiosk.checkout import visit
from kiosk.checkout.drawing_lots import commitment, day_secret, is_drawn
from kiosk.checkout.effects import Beep, Effect, PublishEvent
from kiosk.checkout.lane import AuditRule
from kiosk.checkout.look import Why
from kiosk.checkout.notice import Notice
from kiosk.checkout.pricing import due
from kiosk.checkout.state import State
from kiosk.checkout.visit import Step
from kiosk.values.moment import Moment


def follow(state: State, at: Moment) -> Step:
    """A new business day: the old one's secret is shown, and the new one's commitment reported."""
    day = state.audit_day
    if not state.lane.audit.rate_permille or not state.audit_seed or not at.day or day.day == at.day:
        return state, ()
    effects: list[Effect] = []
    if day.day:
        told = {"day": day.day, "secret": day_secret(state.audit_seed, day.day), "visits": day.visits}
        effects.append(PublishEvent("audit.revealed", told))
    made = commitment(day_secret(state.audit_seed, at.day), state.lane.store, state.lane.till, at.day)
    told = {"day": at.day, "commitment": made, "rate_permille": state.lane.audit.rate_permille}
    effects.append(PublishEvent("audit.committed", told))
    return replace(state, audit_day=replace(day, day=at.day, visits=0)), tuple(effects)


def at_pay(state: State, at: Moment) -> tuple[State, bool]:
    """The visit's number and lot, on its first Pay; and whether a look is still owed."""
    rule, basket, day = state.lane.audit, state.basket, state.audit_day
    if state.assisted or basket.served_by or not is_on(rule):
        return state, False
    if not basket.visit:
        number = day.visits + 1
        secret = day_secret(state.audit_seed, day.day)
        drawn = is_drawn(secret, number, rule.rate_permille)
        why: Why = "random" if drawn else "carried" if day.owed else ""
        basket = replace(basket, visit=number, audit=why)
        state = replace(state, basket=basket, audit_day=replace(day, visits=number, owed=day.owed or drawn))
    if not basket.audit:
        basket = replace(basket, audit=_by_rule(state))
        state = replace(state, basket=basket)
    if basket.audit in ("", "done"):
        return state, False
    return visit.call_staff(state, "audit", at, basket.audit), True


def is_on(rule: AuditRule) -> bool:
    """Whether anything is looked at on this lane."""
    return bool(rule.rate_permille or rule.value_over_minor or rule.removed_over)


def _by_rule(state: State) -> Why:
    rule, basket = state.lane.audit, state.basket
    if state.lane.bagging is not None:
        return ""
    if rule.value_over_minor and due(basket).minor > rule.value_over_minor:
        return "value"
    removed = basket.next_line - 1 - len(basket.lines)
    return "risk" if rule.removed_over and removed > rule.removed_over else ""


def wait(state: State) -> Step:
    """Told to the shopper, calmly."""
    return replace(state, notice=Notice("audit")), (Beep("attention"),)
