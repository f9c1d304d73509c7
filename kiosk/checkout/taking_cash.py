"""Taking cash: the shopper waits (11c), staff come, sign in, count and key in what they were given (19e).

Nothing has moved until CashGiven; when that is on disk, the drawer opens, once, and the tender is taken. A power cut in
between can only leave the drawer shut: then staff are called to it, and it never opens before nobody's eyes. Cash is
rounded to the coins that there are when it pays all that is left, and not when it pays a part.
"""

from msgspec.structs import replace

from kiosk.checkout.attempt import changed, open_attempt
from kiosk.checkout.basket import Cleared
from kiosk.checkout.effects import Beep, OpenDrawer, PublishEvent
from kiosk.checkout.events import CashGiven, CashReturned, DrawerAsked
from kiosk.checkout.notice import Intervention, Notice
from kiosk.checkout.state import Phase, State
from kiosk.checkout.tenders import left, to_take
from kiosk.checkout.visit import Step, call_staff
from kiosk.values.moment import Moment
from kiosk.values.money import ZERO, Money, nearest

MOST_GIVEN_MINOR = 10_000_00
"""So much more than what is due is a slip of the finger."""


def start(state: State, at: Moment) -> Step:
    """11c: staff are called to take it."""
    payment = open_attempt(state, "cash", "waiting", at)
    state = replace(state, phase=Phase.PAYING, payment=payment, attempts=state.attempts + 1)
    return call_staff(state, "cash", at), (Beep("attention"),)


def is_waiting(state: State) -> bool:
    """Whether 11c waits for staff."""
    payment = state.payment
    return payment is not None and payment.kind == "cash" and payment.stage == "waiting"


def no_longer_waiting(state: State) -> State:
    """The shopper has thought of something else, before staff took cash or charged a card."""
    if state.payment is None or state.payment.stage != "waiting":
        return state
    calls = tuple(i for i in state.interventions if i.reason != state.payment.kind)
    return replace(state, payment=None, interventions=calls)


def to_pay(state: State) -> Money:
    """What is to be paid, in the coins that there are; of a part no coin too few, so that it is not all rounded off."""
    now, step = to_take(state), state.lane.cash_step_minor
    if now == (most := left(state.basket)):
        return nearest(now, step)
    return min(Money(-(-now.minor // step) * step), nearest(most, step))


def give(state: State, event: CashGiven) -> Step:
    """Staff have it in their hand. On disk first, then the drawer."""
    staff = state.staff
    if staff is None or not is_waiting(state):
        return state, ()
    wanted, given = to_pay(state), event.amount
    if refusal := _refused(state, given, wanted):
        return replace(state, notice=refusal), (Beep("not-found"),)
    amount, rounding = settled(state, given)
    call = next((i for i in state.interventions if i.reason == "cash"), None)
    state = replace(state, day=replace(state.day, cash_minor=state.day.cash_minor + amount.minor))
    state = changed(state, stage="completed", amount=amount, given=given, rounding=rounding)
    state = _cleared(state, call, event.at, staff.id)
    assert state.payment is not None
    report = {
        "by": staff.id,
        "attempt": state.payment.attempt,
        "given_minor": given.minor,
        "change_minor": (given - amount).minor,
    }
    return state, (OpenDrawer(state.payment.attempt), PublishEvent("cash.taken", report))


def settled(state: State, given: Money) -> tuple[Money, Money]:
    """What of it pays, and what rounding adds to the due: the rest is change."""
    wanted, most = to_pay(state), left(state.basket)
    if given < wanted:
        return given, ZERO
    return wanted, wanted - most if wanted == nearest(most, state.lane.cash_step_minor) else ZERO


def _refused(state: State, given: Money, wanted: Money) -> Notice | None:
    if given.minor % state.lane.cash_step_minor or given < ZERO or (wanted and not given):
        return Notice("cash_step")
    return Notice("too_much_cash") if given.minor > wanted.minor + MOST_GIVEN_MINOR else None


def _cleared(state: State, call: Intervention | None, at: Moment, by: str) -> State:
    if call is None:
        return state
    note = Cleared(call.reason, call.opened_utc_ms, at.utc_ms, by)
    others = tuple(i for i in state.interventions if i != call)
    return replace(state, interventions=others, basket=replace(state.basket, cleared=(*state.basket.cleared, note)))


def return_cash(state: State, event: CashReturned) -> Step:
    """Staff hand back the cash of a cancelled tender; the drawer opens for it."""
    owed = next((o for o in state.owed if o.attempt == event.attempt), None)
    if state.staff is None or owed is None:
        return state, ()
    calls = tuple(i for i in state.interventions if not (i.reason == "payback" and i.detail == event.attempt))
    state = replace(state, owed=tuple(o for o in state.owed if o != owed), interventions=calls)
    state = replace(state, day=replace(state.day, cash_minor=state.day.cash_minor - owed.amount.minor))
    assert state.staff is not None
    report = {"by": state.staff.id, "attempt": owed.attempt, "amount_minor": owed.amount.minor}
    return state, (OpenDrawer(f"{owed.attempt}:back"), PublishEvent("cash.returned", report), Beep("staff-ok"))


def open_drawer(state: State, event: DrawerAsked) -> Step:
    """Without a sale: to change money, or because it did not open when it should have. Always reported."""
    if state.staff is None:
        return state, ()
    calls = tuple(i for i in state.interventions if i.reason != "drawer")
    job = f"{state.lane.till}:drawer:{state.reports}"
    report = PublishEvent("drawer.asked", {"by": state.staff.id})
    return replace(state, interventions=calls), (OpenDrawer(job), report)
