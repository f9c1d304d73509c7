"""Card events: what the terminal answered about one attempt, in the order in which a payment goes (`tendering`).

`attempt` is the name that the checkout gave it; `message`, where there is one, is the terminal's own message that waits
to be acknowledged until this event is on disk.

A refund (money for a card, without taking a charge back) goes the same way and has events of its own where money is
spoken of, so that nobody takes what was given for what was taken. In breaths, each on disk before the next:

    PrepareCard -> CardReady(baseline): the intent -> RefundCard, sent once -> RefundApproved -> acknowledged
    -> CardRefunded -> acknowledged, and the return is sealed

CardRefused (certainly nothing was given), CardText, CardSlip and CardAsked are those of a payment. After RefundCard a
lost answer (RefundInDoubt) or a restart is enquired with EnquireRefund and never repeated: CardRefunded comes of it, or
RefundDeclined, or RefundUnknown, which staff decide. Before it a power cut is a clean no. As with a payment a word may
come late, after staff have decided: the terminal's last transaction is looked at once more before its next order.

A charge that a return gives back whole, and that the terminal can still undo, goes the way of a refund too: RefundCard
and EnquireRefund carry the charge, no card is asked for, and CardRefunded says that it is undone.

A phone that pays a QR code is a card to all of this: the provider answers as the terminal does, and only says with
PhoneCodeShown what the code must be. Which of the two took a charge stands in its record.
"""

from typing import Literal

import msgspec

from kiosk.checkout.events.fact import Fact
from kiosk.values.money import Money


class CardRecord(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What the terminal says of one charge. `masked` is the terminal's own masked number, never more."""

    amount: Money
    terminal: str = ""
    receipt: str = ""
    trace: str = ""
    scheme: str = ""
    masked: str = ""
    authorization: str = ""
    date: str = ""
    time: str = ""
    result: str = ""
    by: str = ""
    """The device that took it; empty: the card terminal."""
    signature: bool = False
    """The card holder signs the shop's slip, and staff compare: until then it pays for nothing."""


class CardReady(Fact, frozen=True, kw_only=True):
    """The terminal is ready; `baseline` is its last transaction before ours, kept to compare with (opaque here)."""

    attempt: str
    baseline: str


class CardRefused(Fact, frozen=True, kw_only=True):
    """The terminal did not take the order at all: certainly nothing was charged. `why`: `busy`, `unreachable`, ..."""

    attempt: str
    why: str


class CardText(Fact, frozen=True, kw_only=True):
    """The terminal's own display. `step` is where the shopper stands; `can_cancel` whether an abort is still taken."""

    attempt: str
    text: str
    step: Literal["card", "pin", "bank", "done", "remove"]
    can_cancel: bool = True


class PhoneCodeShown(Fact, frozen=True, kw_only=True):
    """The provider has the order: the text of the QR code that a phone pays."""

    attempt: str
    code: str


class CardSlip(Fact, frozen=True, kw_only=True):
    """Text that the terminal wants printed: `customer` goes on the receipt, `merchant` is the shop's, to be signed."""

    attempt: str
    slip: Literal["customer", "merchant", "admin"]
    lines: tuple[str, ...]
    message: int
    """Number of the terminal message, to acknowledge when this is on disk."""


class CardApproved(Fact, frozen=True, kw_only=True):
    """The bank said yes. Provisional until CardCompleted; acknowledged to the terminal only when this is on disk."""

    attempt: str
    record: CardRecord
    message: int = 0


class CardCompleted(Fact, frozen=True, kw_only=True):
    """The charge stands: the terminal's final word, or what an enquiry found. `record` carries the charge."""

    attempt: str
    record: CardRecord
    message: int = 0
    """0: nothing to acknowledge (found by enquiry)."""


class CardDeclined(Fact, frozen=True, kw_only=True):
    """A definite no: nothing was charged."""

    attempt: str
    why: Literal["declined", "card_error", "cancelled"]
    detail: str = ""
    """The terminal's result, for staff."""
    message: int = 0


class CardInDoubt(Fact, frozen=True, kw_only=True):
    """The answer is lost after the order was sent. Only the terminal's own journal can tell."""

    attempt: str
    why: str


class CardAsked(Fact, frozen=True, kw_only=True):
    """The terminal has been asked again (`times` in all)."""

    attempt: str
    times: int


class CardNotCharged(Fact, frozen=True, kw_only=True):
    """The enquiry proved that this attempt was never charged, or was reversed by the terminal itself."""

    attempt: str
    evidence: str


class CardUnknown(Fact, frozen=True, kw_only=True):
    """The enquiry could not find out. Staff decide."""

    attempt: str
    evidence: str


class CardReversed(Fact, frozen=True, kw_only=True):
    """A charge without a sale was reversed (`done`), or the terminal would not (`done` false: staff must)."""

    attempt: str
    done: bool
    evidence: str = ""


class RefundApproved(Fact, frozen=True, kw_only=True):
    """The bank will give it. Provisional until CardRefunded; acknowledged to the terminal only when this is on disk."""

    attempt: str
    record: CardRecord
    message: int = 0


class CardRefunded(Fact, frozen=True, kw_only=True):
    """The refund stands (or the charge is undone): the terminal's final word, or what an enquiry found. The record's
    amount is positive."""

    attempt: str
    record: CardRecord
    message: int = 0
    """0: nothing to acknowledge (found by enquiry)."""


class RefundDeclined(Fact, frozen=True, kw_only=True):
    """A definite no: nothing was given. `not_given`: an enquiry proved it, `detail` is its evidence."""

    attempt: str
    why: Literal["declined", "card_error", "cancelled", "not_given"]
    detail: str = ""
    message: int = 0


class RefundInDoubt(Fact, frozen=True, kw_only=True):
    """The answer is lost after RefundCard was sent. Only the terminal's own journal can tell."""

    attempt: str
    why: str


class RefundUnknown(Fact, frozen=True, kw_only=True):
    """The enquiry could not find out. Staff decide."""

    attempt: str
    evidence: str


CardEvent = (
    CardReady
    | CardRefused
    | CardText
    | PhoneCodeShown
    | CardSlip
    | CardApproved
    | CardCompleted
    | CardDeclined
    | CardInDoubt
    | CardAsked
    | CardNotCharged
    | CardUnknown
    | CardReversed
    | RefundApproved
    | CardRefunded
    | RefundDeclined
    | RefundInDoubt
    | RefundUnknown
)
