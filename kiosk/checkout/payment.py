"""Payment: money on its way, and money on its way back. What has arrived is a Tender of the basket."""

from typing import Literal

import msgspec

from kiosk.checkout.events import CardRecord
from kiosk.checkout.meter import Meter
from kiosk.checkout.sale import TenderKind
from kiosk.values.deposit_slip import DepositSlip
from kiosk.values.money import ZERO, Money

Stage = Literal[
    "waiting", "preparing", "sent", "approved", "signature", "completed", "doubt", "unknown", "declined",
    "accepting", "closing",
]  # fmt: skip


class CashIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What goes into a cash machine. `before`: its counters before anything did; `now`: those told last."""

    before: Meter
    now: Meter
    notes: tuple[int, ...] = ()
    """What was taken in, minor units each."""
    offered: Money = ZERO
    """The note in escrow that is to be taken in; what becomes of it the machine has yet to say."""
    wish: Literal["", "keep", "back"] = ""
    """What the shopper wants done with what is in, who puts nothing more in."""

    @property
    def inserted(self) -> Money:
        """All that is in."""
        return Money(sum(self.notes) + self.now.coins_minor - self.before.coins_minor)


class Payout(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Money that the cash machine gives back, paid once. `why`: `change`, `back` (what was put in, or had paid), `note`
    (one of which nobody knows whether it was taken in), `coins` (that a machine had taken, and told too late).

    `stage`: `waiting` (for its turn), `preparing` (the counters before are asked for; nothing is ordered), `sent` (the
    order is on disk, and money may move), `doubt` (the machine cannot say what it paid; staff decide).
    """

    attempt: str
    amount: Money
    why: Literal["change", "back", "note", "coins"]
    stage: Literal["waiting", "preparing", "sent", "doubt"] = "waiting"
    before: Meter | None = None
    evidence: str = ""

    @property
    def is_inside(self) -> bool:
        """Whether it is in the machine and in no books: it is settled by staff, and never paid by the machine."""
        return self.why in ("note", "coins")


class Unheard(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A machine that went away before its last word about an attempt. `meter`: the last counters that it told."""

    attempt: str
    meter: Meter


class Payment(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One payment, from the wish to the final word of whoever takes it.

    `stage`: `waiting` (for staff to take it; nothing has moved), `preparing` (asking for readiness; nothing sent),
    `sent` (the intent is journalled; money may move), `approved` (the bank said yes), `signature` (charged, and staff
    have yet to compare the signature on the slip), `completed` (the charge stands), `doubt` (being enquired), `unknown`
    (staff decide), `declined` (a definite no; screen 12). With a cash machine: `preparing` (its counters are asked
    for), `accepting` (it takes money), `closing` (it is to take no more and to say what is in it).
    """

    attempt: str
    amount: Money
    stage: Stage
    since_tick: int
    baseline: str = ""
    text: str = ""
    step: Literal["card", "pin", "bank", "done", "remove"] = "card"
    can_cancel: bool = False
    cancelling: bool = False
    asked: int = 0
    why: str = ""
    """Of a decline: declined, card_error, cancelled, unreachable. Of a doubt: what was seen."""
    evidence: str = ""
    record: CardRecord | None = None
    slips: tuple[str, ...] = ()
    shop_slip: tuple[str, ...] = ()
    """The terminal's lines for the shop, which the card holder may have to sign."""
    retry_tick: int = 0
    """When a terminal that could not tell is asked once more."""
    code: str = ""
    """Of a QR payment: what the shopper's phone reads."""
    charge: CardRecord | None = None
    """Of a return: the charge that the terminal is to take back; None: it gives a card the money."""
    kind: TenderKind = "card"
    given: Money = ZERO
    """Cash: what was handed over. The change is given - amount."""
    rounding: Money = ZERO
    """What cash rounding adds to what is due."""
    slip: DepositSlip | None = None
    """The signed slip that pays."""
    cash_in: CashIn | None = None
    """Into a cash machine."""
    on_trust: bool = False
    """Nobody could be asked about it: the store finds it in the sale."""


class Reversal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A charge that belongs to no sale and is being given back: by the terminal, or once that `failed` by staff."""

    attempt: str
    record: CardRecord | None
    """None: the lane has only the word of staff for the charge, and they alone can give it back."""
    failed: str = ""
    amount: Money = ZERO
    """Of a charge without a record, which does not say it."""


class Owed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Cash that staff must hand back: of a cancelled tender, or what a cash machine did not pay out.

    `asked`: what that machine was to pay; the rest of it, it has paid.
    """

    attempt: str
    amount: Money
    asked: Money = ZERO
