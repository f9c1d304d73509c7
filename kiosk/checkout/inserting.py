"""Inserting: the shopper puts notes and coins into a machine until it is enough, and nobody need come.

    CloseCash -> CashMetered (the counters before) -> [on disk] AcceptCash -> CashOffered (a note in escrow)
    -> [on disk] StackNote -> CashMetered -> ... enough: CloseCash -> CashMetered -> [on disk: Stored] -> taken.

At every arrow the power may go. The machine's counters since the beginning say what is in: coins by their sum, and the
one note that may have been on its way because it was written down before it was taken in. So whatever is in doubt
is asked with the same CloseCash that begins and ends it all, and a machine that nobody wants money from is shut.

A note is only taken in if the machine could pay its change. What is more than enough comes back (`dispensing`), as does
all of it when the shopper thinks again; or it pays a part and something else the rest. A machine that does not answer
stops nothing: staff take cash as they do where there is none, and what it has told before is kept; coins that it tells
of only when it is back are a task for staff.
"""

from msgspec.structs import replace

from kiosk.checkout import dispensing, taking_cash
from kiosk.checkout.attempt import changed, open_attempt
from kiosk.checkout.attempt import is_open as is_open_attempt
from kiosk.checkout.effects import AcceptCash, Beep, CloseCash, Effect, PublishEvent, ReturnNote, StackNote
from kiosk.checkout.events import CashMetered, CashOffered, CashRefused, CashStopped, Event, NoteReturned, Restarted
from kiosk.checkout.machine_books import DEVICE, counted, put_in
from kiosk.checkout.meter import Meter, pays
from kiosk.checkout.notice import Notice
from kiosk.checkout.payment import CashIn, Unheard
from kiosk.checkout.state import Phase, State
from kiosk.checkout.visit import Step, call_staff
from kiosk.values.moment import Moment
from kiosk.values.money import ZERO, Money

__all__ = ["DEVICE", "is_inserting", "metered", "offered", "refused", "returned", "start", "stop"]
_AT_THE_MACHINE = ("preparing", "accepting", "closing")


def is_inserting(state: State) -> bool:
    """Whether a shopper pays into the machine, or is about to."""
    payment = state.payment
    return payment is not None and payment.kind == "cash" and payment.stage in _AT_THE_MACHINE


def is_at(state: State, attempt: str, *stages: str) -> bool:
    """Whether this attempt pays into the machine now, and is so far."""
    return is_inserting(state) and is_open_attempt(state, attempt, *stages)


def is_open(state: State) -> bool:
    """Whether it takes money now, or would if it were there."""
    return is_inserting(state) and state.payment is not None and state.payment.stage == "accepting"


def takes_cash(state: State) -> bool:
    """Whether cash goes into the machine now; else staff take it."""
    return state.lane.cash_machine and DEVICE not in state.devices.lost and not state.assisted


def start(state: State, at: Moment) -> Step:
    """Cash was chosen: into the machine where there is one that works, else into the hands of staff."""
    machine = takes_cash(state)
    if machine and any(payout.stage != "doubt" for payout in state.payouts):
        return replace(state, notice=Notice("cash_busy")), (Beep("not-found"),)
    if not machine or state.payouts:
        return taking_cash.start(state, at)
    payment = open_attempt(state, "cash", "preparing", at)
    state = replace(state, phase=Phase.CARD, payment=payment, attempts=state.attempts + 1)
    return state, (Beep("attention"), CloseCash(payment.attempt))


def metered(state: State, event: CashMetered) -> Step:
    """The counters: what is in now, and what follows from it. Those of a machine that is away are kept: a part of it
    has told them, and what the rest has to tell is heard when it is back."""
    late: tuple[Effect, ...] = ()
    state = counted(state, event.meter)
    if DEVICE not in state.devices.lost:
        state, late = dispensing.hear(state, event.meter, event.at)
    state, effects = _metered(state, event)
    return state, (*late, *effects)


def _metered(state: State, event: CashMetered) -> Step:
    if any(payout.attempt == event.attempt for payout in state.payouts):
        return dispensing.metered(state, event)
    if not is_at(state, event.attempt, *_AT_THE_MACHINE):
        return state, ()
    assert state.payment is not None
    before, stage = state.payment.cash_in, state.payment.stage
    cash_in, strange = (CashIn(event.meter, event.meter), 0) if before is None else _read(before, event.meter)
    state = changed(state, cash_in=replace(cash_in, offered=ZERO) if stage == "closing" else cash_in)
    effects: tuple[Effect, ...] = ()
    if before is not None and cash_in.inserted != before.inserted:
        state = _sign_of_life(put_in(state, cash_in.inserted - before.inserted), event.at)
        effects = (Beep("touch"),)
    if strange:
        report = {"attempt": event.attempt, "notes": strange}
        state = call_staff(state, "help", event.at, "cash")
        effects = (*effects, PublishEvent("cash.unexplained", report))
    state, more = _go_on(state, event.at)
    return state, (*effects, *more)


def _read(known: CashIn, meter: Meter) -> tuple[CashIn, int]:
    """What the counters say; and how much is in that nobody was told of: notes, or coins that it cannot name."""
    more = meter.notes - known.before.notes - len(known.notes)
    if more > 0 and known.offered:
        known = replace(known, notes=(*known.notes, known.offered.minor), offered=ZERO)
        more -= 1
    if more:  # not explained again with every note that follows
        known = replace(known, before=replace(known.before, notes=known.before.notes + more))
    return replace(known, now=meter), more + max(0, meter.lost - known.now.lost)


def _sign_of_life(state: State, at: Moment) -> State:
    return replace(state, touched_tick=at.tick_ms, warned_tick=None, notice=None)


def _go_on(state: State, at: Moment) -> Step:
    """Take more; or shut the machine, because it is enough; or, when it is shut, what comes of it."""
    payment = state.payment
    assert payment is not None and payment.cash_in is not None
    cash_in = payment.cash_in
    enough = cash_in.inserted >= taking_cash.to_pay(state)
    if payment.stage == "accepting":
        return _shut(state) if enough and not cash_in.offered else (state, ())
    if enough or cash_in.wish:
        return _over(state, at)
    state = changed(state, stage="accepting")
    return state, (AcceptCash(payment.attempt),)


def _shut(state: State, wish: str = "") -> Step:
    payment = state.payment
    assert payment is not None
    cash_in = payment.cash_in
    if wish and cash_in is not None:
        cash_in = replace(cash_in, wish=wish)
    return changed(state, stage="closing", cash_in=cash_in), (CloseCash(payment.attempt),)


def _over(state: State, at: Moment) -> Step:
    """The machine is shut and what is in it is known: it pays, or it comes back."""
    payment = state.payment
    assert payment is not None and payment.cash_in is not None
    inserted = payment.cash_in.inserted
    if payment.cash_in.wish == "back" or (not inserted and payment.cash_in.wish):
        state = replace(state, payment=None, phase=Phase.PAYING)
        return (dispensing.order(state, payment.attempt, inserted, "back") if inserted else state), ()
    amount, rounding = taking_cash.settled(state, inserted)
    state = changed(state, stage="completed", amount=amount, given=inserted, rounding=rounding)
    report = {
        "attempt": payment.attempt,
        "given_minor": inserted.minor,
        "change_minor": (inserted - amount).minor,
        "machine": True,
    }
    return state, (PublishEvent("cash.taken", report),)


def offered(state: State, event: CashOffered) -> Step:
    """A note is in escrow. First on disk, then in; back, if nobody wants it or its change could not be paid."""
    payment = state.payment
    if payment is None or not is_at(state, event.attempt, "accepting") or payment.cash_in is None:
        return state, (ReturnNote(event.attempt),)
    state = _sign_of_life(state, event.at)
    change = payment.cash_in.inserted + event.amount - taking_cash.to_pay(state)
    if change > ZERO and not pays(payment.cash_in.now, change):
        state = replace(state, notice=Notice("cash_no_change", str(event.amount.minor)))
        return state, (Beep("not-found"), ReturnNote(event.attempt))
    state = changed(state, cash_in=replace(payment.cash_in, offered=event.amount))
    return state, (StackNote(event.attempt),)


def returned(state: State, event: NoteReturned) -> Step:
    """It lies in the machine's mouth."""
    payment = state.payment
    if payment is None or not is_at(state, event.attempt, "accepting") or payment.cash_in is None:
        return state, ()
    return _go_on(changed(state, cash_in=replace(payment.cash_in, offered=ZERO)), event.at)


def stop(state: State, event: CashStopped) -> Step:
    """Pay another way, the rest at least; or have it all back."""
    if not is_open(state):
        return state, ()
    return _shut(state, "keep" if event.keep else "back")


def leave(state: State, at: Moment) -> Step:
    """The shopper has done nothing for too long: what is in stays with the basket."""
    return stop(state, CashStopped(at=at, keep=True))


def refused(state: State, event: CashRefused) -> Step:
    """The machine does not answer. Nothing was begun: staff take the cash. Else what is known counts, once that is
    wanted, and a note of which nobody knows is a task for staff."""
    if any(payout.attempt == event.attempt for payout in state.payouts):
        return dispensing.refused(state, event)
    if not is_at(state, event.attempt, *_AT_THE_MACHINE):
        return state, ()
    assert state.payment is not None
    cash_in = state.payment.cash_in
    if cash_in is None:
        return taking_cash.start(replace(state, payment=None, phase=Phase.PAYING), event.at)
    if not cash_in.wish and (cash_in.offered or cash_in.inserted < taking_cash.to_pay(state)):
        return changed(state, stage="accepting"), ()
    effects: tuple[Effect, ...] = ()
    if cash_in.offered:
        state, effects = dispensing.doubt_note(state, event.attempt, cash_in.offered, event.why, event.at)
        state = changed(state, cash_in=replace(cash_in, offered=ZERO))
    state, more = _over(replace(state, unheard=Unheard(event.attempt, cash_in.now)), event.at)
    return state, (*effects, *more)


def follow(before: State, state: State, event: Event) -> Step:
    """The rule of every step: a machine that went away leaves doubts, one that is back, or a lane that has started
    anew, asks what it has done; and what is to be paid out takes its turn."""
    was_away, is_away = DEVICE in before.devices.lost, DEVICE in state.devices.lost
    effects: tuple[Effect, ...] = ()
    if is_away and not was_away:
        state, effects = dispensing.lose(state, event.at)
    elif was_away > is_away or isinstance(event, Restarted):
        state, more = _ask_again(state)
        effects = (*dispensing.ask_again(state), *more)
    state, more = dispensing.take_turns(state, event.at)
    return state, (*effects, *more)


def _ask_again(state: State) -> Step:
    if not is_inserting(state):
        return state, ()
    assert state.payment is not None
    if state.payment.cash_in is None:
        return state, (CloseCash(state.payment.attempt),)
    return _shut(state)


def short_of(state: State) -> Money:
    """What is still to be put in."""
    cash_in = state.payment.cash_in if state.payment is not None else None
    return taking_cash.to_pay(state) - (cash_in.inserted if cash_in is not None else ZERO)
