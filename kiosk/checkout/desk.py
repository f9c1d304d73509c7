"""Desk: what staff change in an open basket, each with its reason, and what is written down about it.

Every act leaves a note in the basket (who, when, what was and what is), which is sealed with the sale; and a report for
the store, for a basket may never become a sale.
"""

from msgspec.structs import replace

from kiosk.checkout.basket import Basket, Cleared, Line, Markdown
from kiosk.checkout.day import removed
from kiosk.checkout.effects import Beep, PublishEvent
from kiosk.checkout.events import BadgeShown, BadgeUnknown, DiscountGiven, LineRemoved, PriceChanged
from kiosk.checkout.notice import Notice
from kiosk.checkout.pricing import due, line_total
from kiosk.checkout.scanning import is_overpaid, without_idle_age_call
from kiosk.checkout.state import Badge, State
from kiosk.checkout.visit import Step
from kiosk.values.moment import Moment
from kiosk.values.money import ZERO

MOST_MINOR = 9_999_999
"""The highest price or discount that a person may type."""
WHOLE_BP = 10_000


def show_badge(state: State, event: BadgeShown) -> Step:
    """Remembered until its PIN is typed, another one is shown, or some time has gone by."""
    return replace(state, badge=Badge(event.staff, event.name, event.at.tick_ms)), (Beep("touch"),)


def refuse_badge(state: State, event: BadgeUnknown) -> Step:
    """Nobody's: no wrong PIN, since anybody can hold a card there."""
    return replace(state, notice=Notice("badge_unknown")), (Beep("not-found"),)


def remove_line(state: State, event: LineRemoved) -> Step:
    """Out of the basket, as staff's own deed."""
    line = _line(state.basket, event.line)
    if state.staff is None or line is None:
        return state, ()
    worth = line_total(line)
    lines = tuple(one for one in state.basket.lines if one != line)
    newest = state.basket.newest if state.basket.newest != line.line else 0
    basket = replace(state.basket, lines=lines, newest=newest)
    if is_overpaid(basket):
        return _paid_already(state)
    state = replace(state, day=removed(state.day, worth))
    state, report = _noted(replace(state, basket=basket), "void", event.at, line, f"{worth.minor} -> 0", event.reason)
    return without_idle_age_call(state), (Beep("touch"), report)


def change_price(state: State, event: PriceChanged) -> Step:
    """Another price of one. A later scan of the same thing has the price book's price and a line of its own."""
    line = _line(state.basket, event.line)
    if state.staff is None or line is None or line.load or not 0 <= event.price.minor <= MOST_MINOR:
        return state, ()
    was = line.item.price
    changed = replace(line, item=replace(line.item, price=event.price, priced="staff"))
    basket = _with(state.basket, changed)
    if is_overpaid(basket):
        return _paid_already(state)
    state, report = _noted(
        replace(state, basket=basket), "price", event.at, line, f"{was.minor} -> {event.price.minor}", event.reason
    )
    return state, (Beep("staff-ok"), report)


def give_discount(state: State, event: DiscountGiven) -> Step:
    """Off a line or off the whole basket; in place of what was given there before."""
    line = _line(state.basket, event.line)
    sane = 0 <= event.percent_bp <= WHOLE_BP and 0 <= event.amount.minor <= MOST_MINOR
    if state.staff is None or not sane or (event.percent_bp and event.amount) or (event.line and line is None):
        return state, ()
    if line is not None and line.load:
        return state, ()  # what is put on a gift card is owed in full
    nothing = not event.percent_bp and event.amount == ZERO
    given = None if nothing else Markdown(event.reason, event.percent_bp, event.amount)
    before = due(state.basket)
    if line is not None:
        basket = _with(state.basket, replace(line, markdown=given))
    else:
        basket = replace(state.basket, markdown=given)
    if basket == state.basket:
        return state, ()
    if is_overpaid(basket):
        return _paid_already(state)
    state = replace(state, basket=basket)
    state, report = _noted(state, "discount", event.at, line, f"{before.minor} -> {due(basket).minor}", event.reason)
    return state, (Beep("staff-ok"), report)


def _paid_already(state: State) -> Step:
    """More would have been paid than it costs: something must be given back first."""
    return replace(state, notice=Notice("paid_part")), (Beep("not-found"),)


def _line(basket: Basket, number: int) -> Line | None:
    return next((line for line in basket.lines if line.line == number), None)


def _with(basket: Basket, changed: Line) -> Basket:
    return replace(basket, lines=tuple(changed if one.line == changed.line else one for one in basket.lines))


def _noted(
    state: State, what: str, at: Moment, line: Line | None, change: str, reason: str
) -> tuple[State, PublishEvent]:
    """The note that is sealed with the sale, and the report. Amounts are minor units, the old one first."""
    assert state.staff is not None
    thing = line.item.gtin if line is not None else "basket"
    note = Cleared(what, at.utc_ms, at.utc_ms, state.staff.id, evidence=f"{thing}: {change}; {reason}")
    basket = replace(state.basket, cleared=(*state.basket.cleared, note))
    data = {"by": state.staff.id, "thing": thing, "change": change, "reason": reason}
    return replace(state, basket=basket), PublishEvent(f"staff.{what}", data)
