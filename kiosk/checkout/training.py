"""Training: the lane as it is, and nothing of it in the books.

While somebody practises, the true state of the lane stands aside in `State.training`, and a copy of it is played with.
What people do is done to the copy; what happens to the machine (a device, the link, the disk, the clock) is told to
both; what the world still says of true payments, questions and papers (told by their numbers) reaches the true one
alone. Of all that the copy orders, only what can be seen and heard is done: sound, lamps, and receipts that are headed
as training. Whoever would answer is played: the terminal is ready and waits for the person who practises to say whether
the card is approved, the store is away, a reversal succeeds. So no money moves, no drawer opens, no number is used, and
when it ends, the copy is thrown away.

Receipts of training say so at both ends and are only counted, with their sum, for X and Z (Norway:
kassasystemforskrifta § 2-8-2; `day_slip`); the audit file tells when training was on (`kiosk.storage.saf_t`). A lane
that is closed, be it for want of what the law asks to sign with, is open in play. Not done: Sweden's control unit must
register training receipts too (RetailForce, `Document requirements Sweden`), and there is no driver of one yet.
Their numbers begin at 900001, so that no printer's job and no attempt is ever mistaken for a true one.
"""

import re
from collections.abc import Callable

from msgspec.structs import replace

from kiosk.checkout import closing, timing, visit
from kiosk.checkout import effects as f
from kiosk.checkout import events as e
from kiosk.checkout.attempt import is_open
from kiosk.checkout.basket import EMPTY
from kiosk.checkout.day import Day, booked
from kiosk.checkout.lane import AuditRule, DepositRule, Lane, ParkingRule
from kiosk.checkout.notice import Notice
from kiosk.checkout.state import Phase, State
from kiosk.checkout.visit import Step
from kiosk.values.moment import Moment
from kiosk.values.money import ZERO

FIRST = 900_000
_OURS = re.compile(r"[-/]9\d{5}[-:]", re.ASCII)
"""In the name of an attempt, a question or a job that belongs to training."""

Turn = Callable[[State, e.Event], Step]

_OF_THE_MACHINE = (
    e.Restarted,
    e.TimePassed,
    e.DayBegan,
    e.DeviceLost,
    e.DeviceFound,
    e.HeadphonesMoved,
    e.CardLeft,
    e.KeylockTurned,
    e.DoorMoved,
    e.DiskLow,
    e.DiskFine,
    e.ClockTold,
    e.PaperChanged,
    e.LinkChanged,
    e.PriceBookChanged,
    e.DrawerMoved,
    e.BagWeightSeen,
)
_NAMED = (e.CardEvent, e.QuestionAnswered, e.QuestionUnanswered, e.ReceiptPrinted, e.ReceiptFailed)
_TRUE = (
    e.CashMetered,
    e.CashOffered,
    e.NoteReturned,
    e.CashRefused,
    e.CashDispensed,
    e.SequenceSeen,
    e.SaleSigned,
    e.SignerFailed,
    e.CardsSettled,
    e.ExitCodeShown,
)
_NOT_HERE = (
    e.TrainingBegan,
    e.CashMoved,
    e.DrawerCounted,
    e.BoxCounted,
    e.MachineEmptied,
    e.DayClosed,
    e.DaySlipAsked,
    e.DrawerAsked,
    e.GateAsked,
    e.PartTried,
    e.RollChanged,
    e.CleaningBegan,
    e.LaneTuned,
    e.LanePaused,
    e.LaneClosed,
    e.LaneOpened,
)
_SHOWN = (f.Beep, f.ShowLights, f.PriceScale, f.PrintReceipt, f.PrintGiftReceipt)


# --- its two ends -----------------------------------------------------------------------------------------------------


def begin(state: State, event: e.TrainingBegan) -> Step:
    """Between two visits, when nothing is under way. The copy is open, whatever keeps the lane in earnest closed."""
    staff = state.staff
    if staff is None or not closing.is_quiet(state):
        return replace(state, notice=Notice("not_now")), (f.Beep("not-found"),)
    true = visit.sign_off(state)
    copy = replace(
        state,
        training=true,
        phase=Phase.WELCOME,
        closed="",
        pause=None,
        close_after=False,
        lane=_played(state.lane),
        basket=EMPTY,
        sequence=FIRST + (true.day.number % 90) * 1_000 + true.day.training + 1,
        day=Day(business_day=true.day.business_day),
        unsettled=(),
        parked=(),
        printing=(),
        asked=(),
        interventions=(),
        slips_seen=(),
        touched_tick=event.at.tick_ms,
    )
    return copy, (f.Beep("staff-ok"), f.PublishEvent("training.began", {"by": staff.id}))


def end(state: State, event: e.TrainingEnded) -> Step:
    """Written down; the true state is back already."""
    by = state.staff.id if state.staff is not None else ""
    return state, (f.PublishEvent("training.ended", {"by": by, "receipts": state.day.training}),)


def _played(lane: Lane) -> Lane:
    """The lane without what would vouch for a sale, or promise it to the shopper."""
    return replace(
        lane,
        receipt_url="",
        signed_receipts=False,
        exit_codes=False,
        signer="",
        signer_missing="",
        sign_up="off",
        deposits=DepositRule(),
        audit=AuditRule(),
        cash_machine=False,
        parking=ParkingRule(shared=False),
    )


def leave(state: State, event: e.TrainingEnded) -> Step:
    """The same from afar: here the state is the true lane, which knows of the copy only that somebody practises."""
    practised = state.training
    assert practised is not None
    return end(replace(_back(practised, event.at), staff=state.staff, reports=state.reports), event)


def _back(state: State, at: Moment) -> State:
    """The true lane, which knows of its machine what the copy has seen of it."""
    true = state.training
    assert true is not None
    return replace(
        true,
        training=None,
        devices=state.devices,
        price_book=state.price_book,
        reports=state.reports,
        staff=state.staff,
        touched_tick=at.tick_ms,
        seen=state.seen,
    )


# --- every step of it -------------------------------------------------------------------------------------------------


def step(turn: Turn, state: State, event: e.Event) -> Step:
    """What `machine.step` does while somebody practises; `turn` is one step of either state."""
    if _ends(state, event):
        return turn(_back(state, event.at), e.TrainingEnded(at=event.at))
    if isinstance(event, e.CommandCame):
        return _commanded(turn, state, event)
    if isinstance(event, _NOT_HERE):
        return replace(state, notice=Notice("not_in_training"), seen=event.at), (f.Beep("not-found"),)
    effects: tuple[f.Effect, ...] = ()
    if isinstance(event, _OF_THE_MACHINE) or _is_true(event):
        assert state.training is not None
        true, ordered = turn(replace(state.training, reports=state.reports), event)
        state = replace(state, training=true, reports=true.reports)
        effects = tuple(one for one in ordered if not isinstance(one, f.Beep | f.ShowLights))
        if not isinstance(event, _OF_THE_MACHINE):
            return replace(state, seen=event.at), effects
    if isinstance(event, e.Restarted):
        event = replace(event, lane=_played(event.lane))
    state, shown = _practise(turn, state, event)
    return state, (*effects, *shown)


def _commanded(turn: Turn, state: State, event: e.CommandCame) -> Step:
    """The console means the true lane. For this one step that has the copy beside it, which only `leave` takes away."""
    true = state.training
    assert true is not None
    after, effects = turn(replace(true, training=state, staff=state.staff, reports=state.reports), event)
    if after.training is None:
        return after, effects
    true = replace(after, training=None, staff=true.staff)
    unseen = tuple(one for one in effects if not isinstance(one, f.Beep | f.ShowLights))
    return replace(state, training=true, reports=true.reports, seen=event.at), unseen


def _ends(state: State, event: e.Event) -> bool:
    if isinstance(event, e.TrainingEnded):
        return state.staff is not None
    return isinstance(event, e.TimePassed) and event.at.tick_ms >= _due(state)


def _is_true(event: e.Event) -> bool:
    """Whether it speaks of something that was begun before, in earnest."""
    if isinstance(event, _TRUE):
        return True
    name = getattr(event, "attempt", "") or getattr(event, "id", "") or getattr(event, "job", "")
    return isinstance(event, _NAMED) and not _OURS.search(name)


def _practise(turn: Turn, state: State, event: e.Event) -> Step:
    """One step of the copy, and the answers that nobody else gives."""
    if isinstance(event, e.TrainingCardAnswered):
        answer = _card_answer(state, event)
        return (state, ()) if answer is None else _practise(turn, state, answer)
    reports = state.reports
    state, ordered = turn(state, event)
    state = replace(state, reports=reports)
    shown: list[f.Effect] = []
    for effect in ordered:
        if isinstance(effect, f.RecordSale):
            assert state.training is not None
            true = state.training
            state = replace(state, training=replace(true, day=booked(true.day, effect.sale)))
        elif isinstance(effect, _SHOWN):
            shown.append(effect)
        elif (said := _played_answer(effect, event.at)) is not None:
            state, more = _practise(turn, state, said)
            shown += more
    return state, tuple(shown)


def _card_answer(state: State, event: e.TrainingCardAnswered) -> e.Event | None:
    """Whoever practises is the bank."""
    payment = state.payment
    if payment is None or not is_open(state, payment.attempt, "sent"):
        return None
    if event.approved:
        record = e.CardRecord(amount=payment.amount, scheme="TRAINING", receipt="0000")
        return e.CardCompleted(at=event.at, attempt=payment.attempt, record=record)
    return e.CardDeclined(at=event.at, attempt=payment.attempt, why="declined", detail="training")


def _played_answer(effect: f.Effect, at: Moment) -> e.Event | None:
    """What terminal, provider or store would say to this order; None: nothing, or nobody is asked."""
    match effect:
        case f.PrepareCard(attempt):
            return e.CardReady(at=at, attempt=attempt, baseline="training")
        case f.AuthorizeCard(attempt, device="qr_payment"):
            return e.PhoneCodeShown(at=at, attempt=attempt, code="TRAINING")
        case f.CancelCard(attempt):
            return e.CardDeclined(at=at, attempt=attempt, why="cancelled", detail="training")
        case f.EnquireCard(attempt):
            return e.CardNotCharged(at=at, attempt=attempt, evidence="training")
        case f.ReverseCard(attempt):
            return e.CardReversed(at=at, attempt=attempt, done=True, evidence="training")
        case f.RefundCard(attempt, amount):
            return e.CardRefunded(at=at, attempt=attempt, record=e.CardRecord(amount=amount, scheme="TRAINING"))
        case f.EnquireRefund(attempt):
            return e.RefundDeclined(at=at, attempt=attempt, why="not_given", detail="training")
        case f.AskStore(id):
            return e.QuestionUnanswered(at=at, id=id, why="away")
        case f.SettleCards(job):
            return e.CardsSettled(at=at, job=job, done=True, total=ZERO)
    return None


# --- time -------------------------------------------------------------------------------------------------------------


def _due(state: State) -> int:
    """The tick at which training that nobody touches is over."""
    return state.touched_tick + state.lane.staff_limits.training_timeout_ms


def deadline_ms(state: State) -> int | None:
    """The tick at which TimePassed is wanted; None while nothing waits."""
    due = timing.deadline_ms(state)
    if state.training is None:
        return due
    dues = (due, timing.deadline_ms(state.training), _due(state))
    return min(tick for tick in dues if tick is not None)


def is_practised(state: State) -> bool:
    """Whether a card waits for whoever practises."""
    return state.training is not None and state.phase is Phase.CARD and state.payment is not None
