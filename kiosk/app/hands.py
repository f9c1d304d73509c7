"""Hands: effects become device commands or outbox rows. The one translator between the two vocabularies, outwards.

Before the commit, `rows` turns everything that is to be published into outbox rows, so that they are written in the
same transaction as the events that caused them. After it, `perform` gives commands to devices. Sounds and lamps are
nobody's money: they go out at once (`is_early`).
"""

from collections.abc import Callable

from drivers import events as d
from kiosk.app import scanners
from kiosk.app.counter import Counter
from kiosk.app.lamps import lamps
from kiosk.app.paper import Paper
from kiosk.app.signer import NoSigner, Signer
from kiosk.checkout import effects as f
from kiosk.checkout.events import (
    CardRecord,
    CardRefused,
    CardReversed,
    CardsSettled,
    CardUnknown,
    CashRefused,
    Event,
    ReceiptFailed,
    RefundUnknown,
)
from kiosk.checkout.lane import Lane
from kiosk.checkout.machine_books import DEVICE
from kiosk.checkout.scale import SCALE
from kiosk.checkout.state import State
from kiosk.storage.outbox import OutboxRow, row_of
from kiosk.values.moment import Moment, rfc3339
from kiosk.values.money import ZERO
from kiosk.wire.outgoing import event_message, sale_message, stock_message

_Slip = f.PrintExitSlip | f.PrintBasketSlip | f.PrintDepositSlip | f.PrintSlipToSign
_OnPaper = f.PrintReceipt | f.PrintGiftReceipt | f.PrintShopCopy | f.PrintDay | f.PrintTest | _Slip
_TERMINAL, _PRINTER = "card_terminal", "pos_printer"


def is_early(effect: f.Effect) -> bool:
    """Whether the effect may run ahead of the disk."""
    return isinstance(effect, f.Beep | f.ShowLights)


def remind(counter: Counter, state: State, now: Moment) -> None:
    """Before any device is serviced: what a cash machine that does not count for itself has told last."""
    counter.command(DEVICE, d.RememberCash(state.devices.cash_mark), now)


class Hands:
    """One lane's hands."""

    def __init__(
        self,
        lane: Lane,
        counter: Counter,
        paper: Paper,
        play: Callable[[f.Beep, Moment], None],
        signer: Signer | None = None,
    ) -> None:
        """`play` sounds a cue; without a signer no sale of this lane is signed."""
        self._lane, self._counter, self._paper, self._play = lane, counter, paper, play
        self._signer = signer or NoSigner()
        self._scanners_read = True
        self.last_cue: f.Cue | None = None
        """What was sounded last, for the bench page."""

    # --- before the commit --------------------------------------------------------------------------------------------

    def rows(self, effect: f.Effect, now: Moment) -> tuple[OutboxRow, ...]:
        """The outbox rows of an effect; none for one that publishes nothing."""
        match effect:
            case f.PublishSale(sale):
                return (row_of("sale", sale_message(sale), now.utc_ms, sale.key),)
            case f.PublishStock(sale):
                message = stock_message(sale)
                return (row_of("stock", message, now.utc_ms, sale.key),) if message.data.movements else ()
            case f.PublishEvent():
                lane, at = self._lane, rfc3339(now.utc_ms)
                event = event_message(lane.store, lane.till, effect.n, effect.kind, effect.data, at)
                return (row_of("event", event, now.utc_ms, None),)
            case _:
                return ()

    # --- after it -----------------------------------------------------------------------------------------------------

    def perform(self, effect: f.Effect, now: Moment) -> list[Event]:
        """Do it; what is known at once comes back as events."""
        match effect:
            case f.Beep():
                self.last_cue = effect.cue
                self._play(effect, now)
                beep = scanners.beep(effect)
                return self._counter.command_all(scanners.KIND, beep, now) if beep is not None else []
            case f.ShowLights():
                return self._counter.command("lights", lamps(effect), now)
            case _ if isinstance(effect, _OnPaper):
                return self._print(effect, now)
            case f.SignSale():
                return self._signer.sign(effect)
            case f.ZeroScale(device):
                return self._counter.command(device, d.ZeroScale(), now)
            case f.PriceScale(unit_minor, tare_g):
                return self._counter.command(SCALE, d.PriceScale(unit_minor, tare_g), now)
            case f.OpenDrawer(job):
                return self._counter.command("cash_drawer", d.OpenDrawer(job), now)
            case f.OpenGate(job):
                return self._counter.command("gate", d.OpenGate(job), now)
            case _ if isinstance(effect, f.CashOrder):
                return self._cash_machine(effect, now)
            case _:
                return self._terminal(effect, now)

    def follow(self, state: State, now: Moment) -> None:
        """Let the scanners read, or not, as the state wants it."""
        wanted = scanners.reads(state)
        if wanted is not self._scanners_read:
            self._scanners_read = wanted
            self._counter.command_all(scanners.KIND, d.EnableScanner(wanted), now)

    def _cash_machine(self, effect: f.CashOrder, now: Moment) -> list[Event]:
        if DEVICE not in self._counter:
            return [CashRefused(attempt=effect.attempt, why="there is no cash machine")]
        return self._counter.command(DEVICE, _cash_command(effect), now)

    def refuse(self, effect: f.AcknowledgeCard, now: Moment) -> list[Event]:
        """Tell the terminal that its message cannot be kept, instead of acknowledging it."""
        return self._counter.command(_TERMINAL, d.RefuseMessage(effect.attempt, effect.message), now)

    def _print(self, effect: _OnPaper, now: Moment) -> list[Event]:
        if _PRINTER not in self._counter:
            return [ReceiptFailed(job=effect.job, why="there is no printer")]
        if isinstance(effect, f.PrintExitSlip):
            document = self._paper.exit_slip(effect.sale)
        elif isinstance(effect, f.PrintDay):
            document = self._paper.day(effect.slip)
        elif isinstance(effect, f.PrintTest):
            document = self._paper.test(now)
        elif isinstance(effect, f.PrintBasketSlip):
            document = self._paper.basket(effect.code, effect.items, effect.due, now)
        elif isinstance(effect, f.PrintDepositSlip):
            document = self._paper.deposit_slip(effect.sale)
        elif isinstance(effect, f.PrintSlipToSign):
            document = self._paper.slip_to_sign(effect.record, effect.lines)
        elif isinstance(effect, f.PrintGiftReceipt):
            document = self._paper.gift(effect.sale)
        elif isinstance(effect, f.PrintShopCopy):
            document = self._paper.shop_copy(effect.sale)
        else:
            document = self._paper.receipt(effect.sale, effect.copy, effect.slips)
        return self._counter.command(_PRINTER, d.Print(effect.job, document), now)

    def _terminal(self, effect: f.Effect, now: Moment) -> list[Event]:
        device = _taken_by(effect)
        if device not in self._counter:
            return _no_terminal(effect)
        return self._counter.command(device, _terminal_command(effect), now)


def _taken_by(effect: f.Effect) -> str:
    """The device that is meant, by its name in the configuration."""
    match effect:
        case f.PrepareCard(device=device) | f.AuthorizeCard(device=device) | f.CancelCard(device=device):
            return device
        case f.EnquireCard(device=device):
            return device
        case f.ReverseCard(record=record) if record.by:
            return record.by
    return _TERMINAL


def _cash_command(effect: f.CashOrder) -> d.Command:
    match effect:
        case f.CloseCash(attempt):
            return d.CloseCash(attempt)
        case f.AcceptCash(attempt):
            return d.AcceptCash(attempt)
        case f.StackNote(attempt):
            return d.StackNote(attempt)
        case f.ReturnNote(attempt):
            return d.ReturnNote(attempt)
        case f.DispenseCash(attempt, amount):
            return d.DispenseCash(attempt, amount.minor)
        case f.FillCash(attempt, amount):
            return d.FillCash(attempt, amount.minor)
        case f.EmptyCash(attempt):
            return d.EmptyCash(attempt)


def _no_terminal(effect: f.Effect) -> list[Event]:
    match effect:
        case f.PrepareCard(attempt) | f.AuthorizeCard(attempt) | f.RefundCard(attempt):
            return [CardRefused(attempt=attempt, why="there is no card terminal")]
        case f.EnquireCard(attempt):
            return [CardUnknown(attempt=attempt, evidence="there is no card terminal to ask")]
        case f.EnquireRefund(attempt):
            return [RefundUnknown(attempt=attempt, evidence="there is no card terminal to ask")]
        case f.SettleCards(job):
            return [CardsSettled(job=job, done=False, total=ZERO, why="there is no card terminal")]
        case f.ReverseCard(attempt):
            return [CardReversed(attempt=attempt, done=False, evidence="there is no card terminal to ask")]
        case _:
            return []


def _terminal_command(effect: f.Effect) -> d.Command:
    match effect:
        case f.PrepareCard(attempt):
            return d.Prepare(attempt)
        case f.AuthorizeCard(attempt, amount, baseline):
            return d.Authorize(attempt, amount.minor, baseline)
        case f.AcknowledgeCard(attempt, message):
            return d.Acknowledge(attempt, message)
        case f.CancelCard(attempt):
            return d.Abort(attempt)
        case f.EnquireCard(attempt, amount, baseline):
            return d.Enquire(attempt, amount.minor, baseline)
        case f.RefundCard(attempt, amount, baseline, charge):
            return d.Refund(attempt, amount.minor, baseline, _record(charge) if charge is not None else None)
        case f.EnquireRefund(attempt, amount, baseline, charge):
            return d.EnquireRefund(attempt, amount.minor, baseline, _record(charge) if charge is not None else None)
        case f.SettleCards(job):
            return d.Settle(job)
        case f.ReverseCard(attempt, record):
            return d.Reverse(attempt, _record(record))
        case _:
            raise AssertionError(f"nobody performs {effect}")


def _record(record: CardRecord) -> d.TerminalRecord:
    return d.TerminalRecord(
        amount_minor=record.amount.minor,
        terminal_id=record.terminal,
        receipt=record.receipt,
        trace=record.trace,
        date=record.date,
        time=record.time,
        card_name=record.scheme,
        pan=record.masked,
        authorization=record.authorization,
        result=record.result,
    )
