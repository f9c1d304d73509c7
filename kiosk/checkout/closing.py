"""Closing: the business day ends, by hand (Z) or by the trading calendar, also offline, and the terminal is settled.

The calendar never cuts a visit in two: the day is closed in the first quiet moment after its border, when nobody is
served and no payment or reversal is under way; until then it goes on. Suspended baskets are carried over, with what was
paid of them; each expires by its own time, or at once where the shop keeps none over night. A day in which nothing
happened is only renamed.

After a Z the terminal makes its own end of day, and when it says that it takes no more payments before it had one. Its
sums are compared with the sealed sales, less the returns, since
the last settlement, kind of card by kind of card, and a difference is a report. What the terminal would not settle
waits for the next time. Both reports name the last sale that was sealed before them (`sequence`), for whoever adds up
the same sales elsewhere.
"""

from msgspec.structs import replace

from kiosk.checkout import machine_books, parking, reporting, taking_back, visit
from kiosk.checkout.day import Day, added, booked, figures, is_empty
from kiosk.checkout.devices import RECONCILE
from kiosk.checkout.effects import (
    Beep,
    Effect,
    KeepDay,
    OpenDrawer,
    PrintReceipt,
    PublishEvent,
    RecordSale,
    SettleCards,
)
from kiosk.checkout.events import CardsSettled, CashMoved, DayBegan, DayClosed, DrawerCounted, SchemeSum
from kiosk.checkout.notice import Notice
from kiosk.checkout.paying import is_between_visits
from kiosk.checkout.sale import Sale
from kiosk.checkout.signing import turnover_sign
from kiosk.checkout.state import State
from kiosk.checkout.visit import Step
from kiosk.values.moment import Moment

MOST_MOVED_MINOR = 100_000_00
"""Nobody puts more than this into a drawer at once."""
_TERMINAL = "card_terminal"


def follow(state: State, effects: tuple[Effect, ...], at: Moment) -> Step:
    """The rule of every step: what was sealed is counted; a day that is over is closed when it is quiet."""
    for effect in effects:
        if isinstance(effect, RecordSale):
            state = _counted(state, effect.sale)
        elif isinstance(effect, OpenDrawer):
            state = replace(state, day=replace(state.day, drawer_openings=state.day.drawer_openings + 1))
        elif isinstance(effect, PrintReceipt) and effect.copy:
            state = replace(state, day=reporting.copied(state.day, effect.sale))
    if not state.day.business_day and at.day:
        state = replace(state, day=replace(state.day, business_day=at.day, opened_utc_ms=at.utc_ms))
    if is_over(state, at.day):
        return _close(state, at, "")
    return _settle(state, state.day.number) if state.settle_due and is_quiet(state) else (state, ())


def _counted(state: State, sale: Sale) -> State:
    sign = turnover_sign(sale)
    cards = (
        (tender.card.scheme if tender.card is not None else "", 1, sign * tender.amount_minor)
        for tender in sale.tenders
        if tender.kind == "card" and not sale.training
    )
    return replace(state, day=booked(state.day, sale), unsettled=added(state.unsettled, cards))


def is_over(state: State, today: str) -> bool:
    """Whether the calendar says that the open day is over, and nothing keeps it from being closed."""
    over = bool(state.day.business_day) and today > state.day.business_day
    return over and is_quiet(state) and not state.devices.clock_unsure


def is_quiet(state: State) -> bool:
    """Whether nobody is served and no money is under way."""
    moving = state.reversals or state.payouts or state.signing is not None or state.settling
    return is_between_visits(state) and not moving


def begin(state: State, event: DayBegan) -> Step:
    """The rule above has closed the old day, or will as soon as it is quiet."""
    return state, ()


def close(state: State, event: DayClosed) -> Step:
    """Z by hand."""
    if state.staff is None or not is_quiet(state):
        return state, (Beep("not-found"),)
    return _close(state, event.at, state.staff.id)


def _close(state: State, at: Moment, by: str) -> Step:
    day = state.day
    fresh = Day(
        number=day.number,
        business_day=at.day,
        opened_utc_ms=at.utc_ms,
        cash_minor=day.cash_minor,
        machine_minor=day.machine_minor,
        opening_minor=day.cash_minor,
        grand_sales_minor=day.grand_sales_minor,
        grand_returns_minor=day.grand_returns_minor,
    )
    if not by and is_empty(day):
        return replace(state, day=fresh), ()
    report = {**figures(day), "by": by, "carried_over": len(state.parked), "sequence": state.sequence - 1}
    state = parking.over_night(replace(state, day=replace(fresh, number=day.number + 1)), at)
    state, effects = _settle(state, day.number)
    state, slip = reporting.keep(state, day, by, at)
    return state, (PublishEvent("day.closed", report), KeepDay(day), *effects, *slip)


def _settle(state: State, number: int) -> Step:
    state, why = replace(state, settle_due=False), state.devices.lost.get(_TERMINAL, (RECONCILE, 0))[0]
    if "card" not in state.lane.tenders or why != RECONCILE:
        return state, ()
    job = f"{state.lane.till}-z{number}"
    return replace(taking_back.handed_over(state), settling=job), (SettleCards(job),)


def settled(state: State, event: CardsSettled) -> Step:
    """The terminal has closed its own day, or would not."""
    if event.job != state.settling:
        return state, ()
    state = replace(state, settling="")
    if not event.done:
        if _TERMINAL in state.devices.lost:
            state = visit.call_staff(state, "device", event.at, _TERMINAL)
        return state, (PublishEvent("settlement.failed", {"job": event.job, "why": event.why}),)
    ours, theirs = _by_name(state.unsettled), _by_name(event.schemes)
    named = bool(theirs)
    expected = sum(ours.values())
    differences = {
        name: theirs.get(name, 0) - ours.get(name, 0)
        for name in sorted({*ours, *theirs})
        if named and theirs.get(name, 0) != ours.get(name, 0)
    }
    # Charges of suspended baskets are in the terminal's sums, and in no sale yet.
    carried = sum(t.tender.amount_minor for p in state.parked for t in p.basket.taken if t.record is not None)
    report = {
        "job": event.job,
        "terminal_minor": event.total.minor,
        "sealed_minor": expected,
        "carried_minor": carried,
        "difference_minor": event.total.minor - expected - carried,
        "differences": differences,
        "schemes": theirs,
        "sequence": state.sequence - 1,
    }
    return replace(state, unsettled=()), (PublishEvent("settlement", report),)


def _by_name(sums: tuple[SchemeSum, ...]) -> dict[str, int]:
    return {one.name.casefold(): one.amount_minor for one in sums}


def interrupted(state: State) -> Step:
    """After a restart: whether the terminal has closed its day nobody knows; the next settlement shows it."""
    if not state.settling:
        return state, ()
    report = PublishEvent("settlement.failed", {"job": state.settling, "why": "restarted"})
    return replace(state, settling=""), (report,)


# --- the drawer -------------------------------------------------------------------------------------------------------


def move_cash(state: State, event: CashMoved) -> Step:
    """A float comes in, or too much cash is taken to the safe."""
    minor, day = event.amount.minor, state.day
    if state.staff is None:
        return state, ()
    if not 0 < minor <= MOST_MOVED_MINOR or minor % state.lane.cash_step_minor:
        return replace(state, notice=Notice("cash_step")), (Beep("not-found"),)
    if event.machine:
        return machine_books.filled(state, event.amount, state.staff.id)
    if event.kind == "float":
        day = replace(day, float_minor=day.float_minor + minor, cash_minor=day.cash_minor + minor)
    elif minor > day.cash_minor:
        return replace(state, notice=Notice("not_so_much")), (Beep("not-found"),)
    else:
        day = replace(day, pickup_minor=day.pickup_minor + minor, cash_minor=day.cash_minor - minor)
    report = {"by": state.staff.id, "kind": event.kind, "amount_minor": minor, "cash_minor": day.cash_minor}
    job = f"{state.lane.till}:{event.kind}:{state.reports}"
    return replace(state, day=day), (OpenDrawer(job), Beep("staff-ok"), PublishEvent("cash.moved", report))


def count(state: State, event: DrawerCounted) -> Step:
    """What is counted is what is there from now on; the difference is on the report."""
    minor, day = event.amount.minor, state.day
    if state.staff is None:
        return state, ()
    if not 0 <= minor <= MOST_MOVED_MINOR or minor % state.lane.cash_step_minor:
        return replace(state, notice=Notice("cash_step")), (Beep("not-found"),)
    difference = minor - day.cash_minor
    report = {
        "by": state.staff.id,
        "expected_minor": day.cash_minor,
        "counted_minor": minor,
        "difference_minor": difference,
    }
    day = replace(day, counted_minor=minor, difference_minor=day.difference_minor + difference, cash_minor=minor)
    return replace(state, day=day), (Beep("staff-ok"), PublishEvent("drawer.counted", report))
