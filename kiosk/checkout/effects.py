"""Effects: orders that the checkout gives. Nothing here happens before the event that caused it is on disk.

The hands carry them out: a device command, or a row of the outbox written in the same transaction. Effects come in
order; an effect names what it belongs to (`attempt`, `job`, a sale's key), so that doing it is idempotent.
"""

from typing import Any, Literal

import msgspec

from kiosk.checkout.day import Day, DaySlip
from kiosk.checkout.events import CardRecord
from kiosk.checkout.questions import Question
from kiosk.checkout.sale import Sale
from kiosk.checkout.signing import Unsigned
from kiosk.checkout.tuning import Tuning
from kiosk.values.money import Money

Pattern = Literal["free", "in_use", "help", "urgent", "check", "bank", "paid", "closed", "out_of_order", "staff"]
TakenBy = Literal["card_terminal", "qr_payment"]
Cue = Literal["scan-ok", "touch", "attention", "not-found", "declined", "paid", "countdown", "staff-ok"]


class _Effect(msgspec.Struct, frozen=True, tag=True, forbid_unknown_fields=True):
    pass


class Beep(_Effect, frozen=True):
    """A sound (DESIGN-UI 2.7). Sounds need no proof on disk and may be early."""

    cue: Cue
    calm: bool = False
    """For somebody who asked for calm sounds."""
    tuning: Tuning = Tuning()
    """What staff have set on the lane."""


class ShowLights(_Effect, frozen=True):
    """The light tower (DESIGN-UI 2.8), named by state; the driver knows the lamps."""

    pattern: Pattern
    steady: bool = False
    """Nothing pulses for this shopper."""


class PrepareCard(_Effect, frozen=True):
    """Ask the terminal whether it is ready, and for its last transaction. Answer: CardReady or CardRefused.

    `device`, here and below: the terminal, or the provider of QR payments.
    """

    attempt: str
    device: TakenBy = "card_terminal"


class AuthorizeCard(_Effect, frozen=True):
    """Charge this amount, once. The intent is on disk when this is performed."""

    attempt: str
    amount: Money
    baseline: str
    device: TakenBy = "card_terminal"


class AcknowledgeCard(_Effect, frozen=True):
    """The terminal's message is on disk: tell it so."""

    attempt: str
    message: int


class CancelCard(_Effect, frozen=True):
    """Ask the terminal to stop. Not an outcome."""

    attempt: str
    device: TakenBy = "card_terminal"


class EnquireCard(_Effect, frozen=True):
    """Find out what became of this attempt by asking the terminal; never charge."""

    attempt: str
    amount: Money
    baseline: str
    device: TakenBy = "card_terminal"


class ReverseCard(_Effect, frozen=True):
    """Give back a charge that belongs to no sale, by whoever took it (`record.by`)."""

    attempt: str
    record: CardRecord


class RefundCard(_Effect, frozen=True):
    """Give this amount to a card that is presented, once. PrepareCard comes first, and its CardReady is the intent: it
    is on disk when this is performed. Answers: see the refund in `events/card.py`.

    With a `charge` the terminal takes that charge back instead, all of it and without a card.
    """

    attempt: str
    amount: Money
    baseline: str
    charge: CardRecord | None = None


class EnquireRefund(_Effect, frozen=True):
    """Find out what became of a refund by asking the terminal; never give anything."""

    attempt: str
    amount: Money
    baseline: str
    charge: CardRecord | None = None


class SettleCards(_Effect, frozen=True):
    """The terminal's end of day. Answer: CardsSettled."""

    job: str


class PrintReceipt(_Effect, frozen=True):
    """Print a sealed sale. `copy` heads it as a copy; `slips` are the terminal's customer lines."""

    job: str
    sale: Sale
    copy: bool = False
    slips: tuple[str, ...] = ()


class PrintExitSlip(_Effect, frozen=True):
    """Print only the exit code."""

    job: str
    sale: Sale


class ZeroScale(_Effect, frozen=True):
    """Take what lies on this scale for nothing."""

    device: str


class PriceScale(_Effect, frozen=True):
    """A scale that works out prices weighs at this price per kilogram, less this tare; None: nothing is weighed."""

    unit_minor: int | None = None
    tare_g: int = 0


class PrintTest(_Effect, frozen=True):
    """Print a slip that shows whether the printer prints."""

    job: str


class SignSale(_Effect, frozen=True):
    """Have a drafted sale signed: `request` is on disk, `previous` is the signature before it (empty: the first).

    Answer: SaleSigned, or SignerFailed. A signer answers a number that it has signed before with that signature.
    """

    request: Unsigned
    previous: str


class PrintGiftReceipt(_Effect, frozen=True):
    """Print what goes with a present: no prices."""

    job: str
    sale: Sale


class PrintShopCopy(_Effect, frozen=True):
    """Print what the shop keeps of a return: the same, with a line for a signature."""

    job: str
    sale: Sale


class PrintDay(_Effect, frozen=True):
    """Print an X or a Z report."""

    job: str
    slip: DaySlip


class PrintBasketSlip(_Effect, frozen=True):
    """Print the slip that brings a suspended basket back: its code, `items` in it, and what they cost."""

    job: str
    code: str
    items: int
    due: Money


class PrintDepositSlip(_Effect, frozen=True):
    """Print the slip that a sealed return of empties was paid with. However often it is printed, it pays once."""

    job: str
    sale: Sale


class PrintSlipToSign(_Effect, frozen=True):
    """Print the shop's slip of a card payment, with a line to sign on. `lines` are the terminal's own; it may have told
    none, then the record says what is signed for."""

    job: str
    record: CardRecord
    lines: tuple[str, ...] = ()


class RecordSale(_Effect, frozen=True):
    """Keep this sealed sale for ever: written with the event that sealed it."""

    sale: Sale


class KeepDay(_Effect, frozen=True):
    """Keep the figures of this closed day for ever: what no sale tells of it is in no other record."""

    day: Day


class PublishSale(_Effect, frozen=True):
    """Report the sale to the store, until the store says that it has it."""

    sale: Sale


class PublishStock(_Effect, frozen=True):
    """Report its stock movements to whoever listens."""

    sale: Sale


class PublishEvent(_Effect, frozen=True):
    """Report something that happened on the lane: `kind` is dotted, `data` plain JSON values."""

    kind: str
    data: dict[str, Any]
    n: int = 0
    """Number of the report on this lane, given by `machine.step`."""


class AskStore(_Effect, frozen=True):
    """Ask the store. Answer: QuestionAnswered or QuestionUnanswered under this id, which may be asked again."""

    id: str
    question: Question


class TellResult(_Effect, frozen=True):
    """Tell the store what became of a command; `why` is empty if it was done. Told again whenever it is asked again."""

    id: str
    why: str = ""


class ShowBasket(_Effect, frozen=True):
    """Show the console what is in the open basket, once."""


class CallStore(_Effect, frozen=True):
    """Try the line to the store now; without it the wait between two tries goes on."""


class RestartLane(_Effect, frozen=True):
    """End the process as soon as nobody is served; whoever keeps it running starts it again, and the journal puts the
    lane back."""


class FetchChange(_Effect, frozen=True):
    """Get this change of kiosk.toml from the store, and try it as soon as nobody is served."""

    change: str


class TellLog(_Effect, frozen=True):
    """Send the store an excerpt of the log, for this order: the last `lines`, none older than `since_utc_ms`."""

    order: str
    lines: int
    since_utc_ms: int = 0
    level: str = ""
    """`warning`: only those and worse; empty: all."""


class CloseCash(_Effect, frozen=True):
    """The cash machine takes nothing more, gives back what is in escrow, and tells its counters: CashMetered, or
    CashRefused. Moves no money that is the shop's, so it may be asked again.
    """

    attempt: str


class AcceptCash(_Effect, frozen=True):
    """The cash machine takes coins, and notes into escrow. The counters that it begins with are on disk."""

    attempt: str


class StackNote(_Effect, frozen=True):
    """Take the note in that is in escrow: what it is, is on disk."""

    attempt: str


class ReturnNote(_Effect, frozen=True):
    """Give the note in escrow back."""

    attempt: str


class DispenseCash(_Effect, frozen=True):
    """Pay this out of the cash machine, once. The counters before it are on disk. Answer: CashDispensed."""

    attempt: str
    amount: Money


class EmptyCash(_Effect, frozen=True):
    """The cash machine moves all that it could pay out into its box. Answer: CashMetered."""

    attempt: str


class FillCash(_Effect, frozen=True):
    """Staff have put so much change into the cash machine. Answer: CashMetered."""

    attempt: str
    amount: Money


CashOrder = CloseCash | AcceptCash | StackNote | ReturnNote | DispenseCash | EmptyCash | FillCash


class OpenDrawer(_Effect, frozen=True):
    """Open the cash drawer once."""

    job: str


class OpenGate(_Effect, frozen=True):
    """Open the exit gate once."""

    job: str


Effect = (
    Beep
    | ShowLights
    | PrepareCard
    | AuthorizeCard
    | AcknowledgeCard
    | CancelCard
    | EnquireCard
    | ReverseCard
    | RefundCard
    | EnquireRefund
    | SettleCards
    | PrintReceipt
    | PrintExitSlip
    | PrintGiftReceipt
    | PrintShopCopy
    | PrintDay
    | PrintBasketSlip
    | PrintDepositSlip
    | PrintSlipToSign
    | PrintTest
    | ZeroScale
    | PriceScale
    | SignSale
    | RecordSale
    | KeepDay
    | PublishSale
    | PublishStock
    | PublishEvent
    | AskStore
    | TellResult
    | ShowBasket
    | CallStore
    | RestartLane
    | FetchChange
    | TellLog
    | OpenDrawer
    | OpenGate
    | CashOrder
)
