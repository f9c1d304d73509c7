"""Hardware events and commands: the drivers' whole vocabulary, in the words of UnifiedPOS, without shopping.

A driver reports what its device did (`HardwareEvent`) and carries out what it is told (`Command`). `device` is the
name from the configuration. `ticket` is whatever the caller named the job, repeated in every answer to it. Amounts are
whole minor units, times milliseconds. Nothing here knows what a basket is.
"""

from typing import Literal

import msgspec


class _Reported(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    device: str


class DeviceOnline(_Reported, frozen=True, kw_only=True):
    """The device answers (for the first time, or again)."""

    detail: str = ""


class DeviceOffline(_Reported, frozen=True, kw_only=True):
    """The device does not answer, is unplugged, or its port cannot be opened. Reported once until it is back."""

    why: str


# --- scanner (UnifiedPOS Scanner) -----------------------------------------------------------------------------------


class Scanned(_Reported, frozen=True, kw_only=True):
    """One label. `symbology` is the AIM identifier `]E0` or empty; `text` is without it and without framing.

    At most 4,096 characters.
    """

    symbology: str
    text: str


class ScanGarbled(_Reported, frozen=True, kw_only=True):
    """Bytes that are no label: too long, or not text. The shopper is told kindly."""

    why: str


# --- scales (UnifiedPOS Scale) ---------------------------------------------------------------------------------------


class WeightSeen(_Reported, frozen=True, kw_only=True):
    """What a scale says, sent when it changes. `grams` as it shows them; None: it shows none now.

    `stable`: at rest, as the scale itself judges. `trouble`: `over` its capacity, `under` zero, `zero` (outside its
    zero range: somebody must empty it and zero it), `unit` (not set to kilograms).
    """

    grams: int | None
    stable: bool
    trouble: Literal["", "over", "under", "zero", "unit"] = ""


# --- printer (POSPrinter) -------------------------------------------------------------------------------------------


class PrinterStatus(_Reported, frozen=True, kw_only=True):
    """Paper and cover as the printer reports them; sent when it changes."""

    paper: Literal["ok", "low", "out"]
    cover_open: bool = False
    error: str = ""


class PrintDone(_Reported, frozen=True, kw_only=True):
    """The whole job has reached the printer and the printer reports no trouble since."""

    ticket: str


class PrintFailed(_Reported, frozen=True, kw_only=True):
    """The job is not (wholly) on paper, as far as is known. Nothing of it stays queued: the caller prints it anew."""

    ticket: str
    why: str
    maybe: bool = False
    """All of it had been taken when the printer fell silent: it may be on paper, whole."""


class Print(msgspec.Struct, frozen=True, tag=True):
    """A document as lines, printed and cut."""

    ticket: str
    document: tuple["DocumentLine", ...]


class DocumentLine(msgspec.Struct, frozen=True):
    """One line on paper. `kind` `qr` prints `text` as a QR code, `barcode` as Code 128, `rule` a line across."""

    text: str = ""
    kind: Literal["text", "qr", "barcode", "rule", "feed"] = "text"
    align: Literal["left", "centre", "right"] = "left"
    bold: bool = False
    tall: bool = False


# --- cash drawer, lights --------------------------------------------------------------------------------------------


class DrawerStatus(_Reported, frozen=True, kw_only=True):
    """The drawer's sensor."""

    open: bool


class OpenDrawer(msgspec.Struct, frozen=True, tag=True):
    """One pulse."""

    ticket: str


class SetLights(msgspec.Struct, frozen=True, tag=True):
    """Which lamps are lit, and whether they pulse softly (0.5 Hz)."""

    red: bool = False
    amber: bool = False
    green: bool = False
    pulse: bool = False


# --- card terminal (CAT) --------------------------------------------------------------------------------------------


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


class TerminalReady(_Reported, frozen=True, kw_only=True):
    """Ready to pay; `baseline` is its last transaction as text, to be handed back on Enquire."""

    ticket: str
    baseline: str


class TerminalRefused(_Reported, frozen=True, kw_only=True):
    """The order was not accepted: nothing was charged. `why`: unreachable, busy, card_in, reconcile, ..."""

    ticket: str
    why: str


class TerminalText(_Reported, frozen=True, kw_only=True):
    """What the terminal's display says, and where the card holder stands."""

    ticket: str
    text: str
    step: Literal["card", "pin", "bank", "done", "remove"]
    can_cancel: bool


class TerminalCode(_Reported, frozen=True, kw_only=True):
    """Text of the QR code with which a phone pays: from now on the payment can be made."""

    ticket: str
    code: str


class TerminalPrint(_Reported, frozen=True, kw_only=True):
    """Lines the terminal wants printed. It waits for Acknowledge(message)."""

    ticket: str
    copy: Literal["customer", "merchant", "admin"]
    lines: tuple[str, ...]
    message: int


class TerminalApproved(_Reported, frozen=True, kw_only=True):
    """Approved, provisional. The terminal waits for Acknowledge(message): keep it durably first.

    `refund`, here and below: the answer to a Refund or EnquireRefund, so the money goes the other way.
    """

    ticket: str
    record: TerminalRecord
    message: int
    refund: bool = False


class TerminalCompleted(_Reported, frozen=True, kw_only=True):
    """The charge (or refund) stands. `message` 0: found by an enquiry, nothing to acknowledge."""

    ticket: str
    record: TerminalRecord
    message: int = 0
    refund: bool = False


class TerminalDeclined(_Reported, frozen=True, kw_only=True):
    """A definite no. `message` as above."""

    ticket: str
    why: Literal["declined", "card_error", "cancelled"]
    detail: str = ""
    message: int = 0
    refund: bool = False


class TerminalInDoubt(_Reported, frozen=True, kw_only=True):
    """The outcome is lost. Tell it to Enquire (of a refund: EnquireRefund)."""

    ticket: str
    why: str
    refund: bool = False


class TerminalAsked(_Reported, frozen=True, kw_only=True):
    """An enquiry was sent (`times` in all for this ticket)."""

    ticket: str
    times: int


class TerminalNotCharged(_Reported, frozen=True, kw_only=True):
    """The enquiry proved that no money was moved, or that the terminal took it back itself."""

    ticket: str
    evidence: str
    refund: bool = False


class TerminalUnknown(_Reported, frozen=True, kw_only=True):
    """The enquiry cannot tell. People must."""

    ticket: str
    evidence: str
    refund: bool = False


class TerminalReversed(_Reported, frozen=True, kw_only=True):
    """The reversal of a charge: `done` or refused."""

    ticket: str
    done: bool
    evidence: str


class TerminalSettled(_Reported, frozen=True, kw_only=True):
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


HardwareEvent = (
    DeviceOnline
    | DeviceOffline
    | Scanned
    | ScanGarbled
    | WeightSeen
    | PrinterStatus
    | PrintDone
    | PrintFailed
    | DrawerStatus
    | TerminalReady
    | TerminalRefused
    | TerminalText
    | TerminalCode
    | TerminalPrint
    | TerminalApproved
    | TerminalCompleted
    | TerminalDeclined
    | TerminalInDoubt
    | TerminalAsked
    | TerminalNotCharged
    | TerminalUnknown
    | TerminalReversed
    | TerminalSettled
)
Command = (
    Print
    | OpenDrawer
    | SetLights
    | Prepare
    | Authorize
    | Refund
    | Acknowledge
    | RefuseMessage
    | Abort
    | Enquire
    | EnquireRefund
    | Reverse
    | Settle
)
