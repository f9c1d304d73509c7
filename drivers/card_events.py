"""What a card terminal says and is told (UnifiedPOS CAT): a part of the drivers' vocabulary, `events`."""

from typing import Literal

import msgspec

from drivers.reported import Reported


class TerminalRecord(msgspec.Struct, frozen=True):
    """One transaction as the terminal reports it. Texts are as sent; `pan` is the terminal's own masked form."""

    amount_minor: int
    terminal_id: str = ""
    receipt: str = ""
    trace: str = ""
    original_trace: str = ""
    """Set when this record reverses another."""
    date: str = ""
    time: str = ""
    card_name: str = ""
    pan: str = ""
    authorization: str = ""
    result: str = ""
    """`00` approved, otherwise the terminal's result code in hexadecimal."""
    signature: bool = False
    """The card holder proves it with a signature on the merchant's slip, which somebody must compare."""


class TerminalReady(Reported, frozen=True, kw_only=True):
    """Ready to pay; `baseline` is its last transaction as text, to be handed back on Enquire."""

    ticket: str
    baseline: str


class TerminalRefused(Reported, frozen=True, kw_only=True):
    """The order was not accepted: nothing was charged. `why`: unreachable, busy, card_in, reconcile, ..."""

    ticket: str
    why: str


class TerminalText(Reported, frozen=True, kw_only=True):
    """What the terminal's display says, and where the card holder stands."""

    ticket: str
    text: str
    step: Literal["card", "pin", "bank", "done", "remove"]
    can_cancel: bool


class TerminalCode(Reported, frozen=True, kw_only=True):
    """Text of the QR code with which a phone pays: from now on the payment can be made."""

    ticket: str
    code: str


class TerminalPrint(Reported, frozen=True, kw_only=True):
    """Lines the terminal wants printed. It waits for Acknowledge(message)."""

    ticket: str
    copy: Literal["customer", "merchant", "admin"]
    lines: tuple[str, ...]
    message: int


class TerminalApproved(Reported, frozen=True, kw_only=True):
    """Approved, provisional. The terminal waits for Acknowledge(message): keep it durably first.

    `refund`, here and below: the answer to a Refund or EnquireRefund, so the money goes the other way.
    """

    ticket: str
    record: TerminalRecord
    message: int
    refund: bool = False


class TerminalCompleted(Reported, frozen=True, kw_only=True):
    """The charge (or refund) stands. `message` 0: found by an enquiry, nothing to acknowledge."""

    ticket: str
    record: TerminalRecord
    message: int = 0
    refund: bool = False


class TerminalDeclined(Reported, frozen=True, kw_only=True):
    """A definite no. `message` as above."""

    ticket: str
    why: Literal["declined", "card_error", "cancelled"]
    detail: str = ""
    message: int = 0
    refund: bool = False


class TerminalInDoubt(Reported, frozen=True, kw_only=True):
    """The outcome is lost. Tell it to Enquire (of a refund: EnquireRefund)."""

    ticket: str
    why: str
    refund: bool = False


class TerminalAsked(Reported, frozen=True, kw_only=True):
    """An enquiry was sent (`times` in all for this ticket)."""

    ticket: str
    times: int


class TerminalNotCharged(Reported, frozen=True, kw_only=True):
    """The enquiry proved that no money was moved, or that the terminal took it back itself."""

    ticket: str
    evidence: str
    refund: bool = False


class TerminalUnknown(Reported, frozen=True, kw_only=True):
    """The enquiry cannot tell. People must."""

    ticket: str
    evidence: str
    refund: bool = False


class TerminalCardLeft(Reported, frozen=True, kw_only=True):
    """No payment runs, and a card is still in the terminal; `there` false: it is out again. Told when it changes."""

    there: bool


class TerminalReversed(Reported, frozen=True, kw_only=True):
    """The reversal of a charge: `done` or refused."""

    ticket: str
    done: bool
    evidence: str


class TerminalSettled(Reported, frozen=True, kw_only=True):
    """End of day: the total, and counts per scheme as text lines."""

    ticket: str
    done: bool
    total_minor: int
    lines: tuple[str, ...]


class Prepare(msgspec.Struct, frozen=True, tag=True):
    """Connect, register, ask for status and for the last transaction."""

    ticket: str


class Authorize(msgspec.Struct, frozen=True, tag=True):
    """Pay, sent at most once."""

    ticket: str
    amount_minor: int
    baseline: str


class Refund(msgspec.Struct, frozen=True, tag=True):
    """Give this amount to a card that is presented, sent at most once. Answered as Authorize is, with `refund` set.

    With a `charge`: take that charge back, all of it; no card is needed. Only the terminal that made it can.
    """

    ticket: str
    amount_minor: int
    baseline: str
    charge: TerminalRecord | None = None


class Acknowledge(msgspec.Struct, frozen=True, tag=True):
    """The message is kept durably."""

    ticket: str
    message: int


class RefuseMessage(msgspec.Struct, frozen=True, tag=True):
    """The message could not be kept: tell the terminal so (it will not commit)."""

    ticket: str
    message: int


class Abort(msgspec.Struct, frozen=True, tag=True):
    """Ask it to stop; not an outcome."""

    ticket: str


class Enquire(msgspec.Struct, frozen=True, tag=True):
    """Find out what became of a payment, from the terminal's own journal. Never charges."""

    ticket: str
    amount_minor: int
    baseline: str


class EnquireRefund(msgspec.Struct, frozen=True, tag=True):
    """The same of a refund, or of the charge that it was to take back. Never gives anything."""

    ticket: str
    amount_minor: int
    baseline: str
    charge: TerminalRecord | None = None


class Reverse(msgspec.Struct, frozen=True, tag=True):
    """Take one charge back."""

    ticket: str
    record: TerminalRecord


class Settle(msgspec.Struct, frozen=True, tag=True):
    """End of day."""

    ticket: str


class Release(msgspec.Struct, frozen=True, tag=True):
    """Let the terminal go: what has begun ends, then it is left to its own upkeep and begins no payment (Prepare is
    refused). It counts as offline until Claim."""


class Claim(msgspec.Struct, frozen=True, tag=True):
    """Use it again: DeviceOnline follows when it answers."""
