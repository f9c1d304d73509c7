"""Reporting: X and Z on paper. What they say is counted in `day`, how it stands on the slip is `day_slip`'s.

An X is a look at the day so far and resets nothing. A Z is kept when a day is closed: printed at once if it was closed
by hand, and from the page of reports if the calendar did, because nobody stood there to take it. Only the first one is
the original: whatever may be on paper already is printed again as a copy.
"""

from msgspec.structs import replace

from kiosk.checkout.day import Day, DaySlip, LastZ
from kiosk.checkout.effects import Beep, Effect, PrintDay, PublishEvent
from kiosk.checkout.events import DaySlipAsked, ReceiptFailed
from kiosk.checkout.notice import Notice
from kiosk.checkout.sale import Sale
from kiosk.checkout.state import State
from kiosk.checkout.visit import Step
from kiosk.values.moment import Moment


def ask(state: State, event: DaySlipAsked) -> Step:
    """Print what staff want to see on paper."""
    if state.staff is None or (event.kind == "z" and state.last_z is None):
        return state, (Beep("not-found"),)
    by = state.staff.id
    report = PublishEvent("day.printed", {"by": by, "kind": event.kind})
    if event.kind == "x":
        slip = DaySlip("x", state.day, event.at.utc_ms, by)
        return state, (PrintDay(f"{state.lane.till}:x:{state.reports}", slip), report)
    state, effects = _print_z(state)
    return state, (*effects, report)


def keep(state: State, day: Day, by: str, at: Moment) -> tuple[State, tuple[Effect, ...]]:
    """The Z of the day that has just been closed, on paper if it was closed by hand."""
    state = replace(state, last_z=LastZ(DaySlip("z", day, at.utc_ms, by)))
    return _print_z(state) if by else (state, ())


def _print_z(state: State) -> tuple[State, tuple[Effect, ...]]:
    kept = state.last_z
    assert kept is not None, "a day has been closed"
    job = f"{state.lane.till}:z:{kept.slip.day.number}:{state.reports}"
    order = PrintDay(job, replace(kept.slip, copy=kept.printed))
    return replace(state, last_z=replace(kept, printed=True)), (order,)


def failed(state: State, event: ReceiptFailed) -> Step:
    """A report or a slip to sign is not on paper: staff hear so. A Z that surely is not is still an original."""
    _, _, what = event.job.partition(":")
    if not what.startswith(("x:", "z:", "sign:", "test:")):
        return state, ()
    kept = state.last_z
    if kept is not None and what.startswith(f"z:{kept.slip.day.number}:") and not event.maybe:
        state = replace(state, last_z=replace(kept, printed=False))
    return replace(state, notice=Notice("not_printed")), (Beep("not-found"),)


def copied(day: Day, sale: Sale) -> Day:
    """The day with one more copy of a receipt."""
    return replace(day, copies=day.copies + 1, copies_minor=day.copies_minor + sale.totals.due_minor)
