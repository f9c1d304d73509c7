"""Hardware events and commands: the drivers' whole vocabulary, in the words of UnifiedPOS, without shopping.

A driver reports what its device did (`HardwareEvent`) and carries out what it is told (`Command`). `device` is the
name from the configuration. `ticket` is whatever the caller named the job, repeated in every answer to it. Amounts are
whole minor units, times milliseconds. Nothing here knows what a basket is.
"""

from typing import Literal

import msgspec

from drivers.access_events import *
from drivers.access_events import AccessEvent, OpenGate
from drivers.card_events import (
    Abort as Abort,
)
from drivers.card_events import (
    Acknowledge as Acknowledge,
)
from drivers.card_events import (
    Authorize as Authorize,
)
from drivers.card_events import (
    Claim as Claim,
)
from drivers.card_events import (
    Enquire as Enquire,
)
from drivers.card_events import (
    EnquireRefund as EnquireRefund,
)
from drivers.card_events import (
    Prepare as Prepare,
)
from drivers.card_events import (
    Refund as Refund,
)
from drivers.card_events import (
    RefuseMessage as RefuseMessage,
)
from drivers.card_events import (
    Release as Release,
)
from drivers.card_events import (
    Reverse as Reverse,
)
from drivers.card_events import (
    Settle as Settle,
)
from drivers.card_events import (
    TerminalApproved as TerminalApproved,
)
from drivers.card_events import (
    TerminalAsked as TerminalAsked,
)
from drivers.card_events import (
    TerminalCardLeft as TerminalCardLeft,
)
from drivers.card_events import (
    TerminalCode as TerminalCode,
)
from drivers.card_events import (
    TerminalCompleted as TerminalCompleted,
)
from drivers.card_events import (
    TerminalDeclined as TerminalDeclined,
)
from drivers.card_events import (
    TerminalInDoubt as TerminalInDoubt,
)
from drivers.card_events import (
    TerminalNotCharged as TerminalNotCharged,
)
from drivers.card_events import (
    TerminalPrint as TerminalPrint,
)
from drivers.card_events import (
    TerminalReady as TerminalReady,
)
from drivers.card_events import (
    TerminalRecord as TerminalRecord,
)
from drivers.card_events import (
    TerminalRefused as TerminalRefused,
)
from drivers.card_events import (
    TerminalReversed as TerminalReversed,
)
from drivers.card_events import (
    TerminalSettled as TerminalSettled,
)
from drivers.card_events import (
    TerminalText as TerminalText,
)
from drivers.card_events import (
    TerminalUnknown as TerminalUnknown,
)
from drivers.cash_events import (
    AcceptCash as AcceptCash,
)
from drivers.cash_events import (
    CashDispensed as CashDispensed,
)
from drivers.cash_events import (
    CashMeter as CashMeter,
)
from drivers.cash_events import (
    CashMetered as CashMetered,
)
from drivers.cash_events import (
    CashOffered as CashOffered,
)
from drivers.cash_events import (
    CashRefused as CashRefused,
)
from drivers.cash_events import (
    CloseCash as CloseCash,
)
from drivers.cash_events import (
    DispenseCash as DispenseCash,
)
from drivers.cash_events import (
    EmptyCash as EmptyCash,
)
from drivers.cash_events import (
    FillCash as FillCash,
)
from drivers.cash_events import (
    NoteReturned as NoteReturned,
)
from drivers.cash_events import (
    RememberCash as RememberCash,
)
from drivers.cash_events import (
    ReturnNote as ReturnNote,
)
from drivers.cash_events import (
    StackNote as StackNote,
)
from drivers.reported import Reported
from drivers.scale_events import (
    Priced as Priced,
)
from drivers.scale_events import (
    PriceScale as PriceScale,
)
from drivers.scale_events import (
    WeightSeen as WeightSeen,
)
from drivers.scale_events import (
    WeightTrouble as WeightTrouble,
)
from drivers.scale_events import (
    ZeroScale as ZeroScale,
)


class DeviceOnline(Reported, frozen=True, kw_only=True):
    """The device answers (for the first time, or again)."""

    detail: str = ""


class DeviceOffline(Reported, frozen=True, kw_only=True):
    """The device does not answer, is unplugged, or its port cannot be opened. Reported once until it is back."""

    why: str


# --- scanner (UnifiedPOS Scanner) -----------------------------------------------------------------------------------


class Scanned(Reported, frozen=True, kw_only=True):
    """One label. `symbology` is the AIM identifier `]E0` or empty; `text` is without it and without framing.

    At most 4,096 characters.
    """

    symbology: str
    text: str


class ScanGarbled(Reported, frozen=True, kw_only=True):
    """Bytes that are no label: too long, or not text. The shopper is told kindly."""

    why: str


class EnableScanner(msgspec.Struct, frozen=True, tag=True):
    """Read labels, or none (UnifiedPOS DeviceEnabled). One that cannot be told goes on reading."""

    enabled: bool


class BeepScanner(msgspec.Struct, frozen=True, tag=True):
    """Beep once with the scanner's own beeper: `good` as for a good read, otherwise as for an error."""

    good: bool = True


# --- keypad (UnifiedPOS POSKeyboard) --------------------------------------------------------------------------------

Key = Literal["up", "down", "left", "right", "ok", "back", "help", "louder", "softer",
              "0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]  # fmt: skip


class KeyMoved(Reported, frozen=True, kw_only=True):
    """A key went down or up. `lost` (of no key): nobody knows any more what is held; nothing that was may act."""

    key: Key | Literal[""]
    way: Literal["down", "up", "lost"]


# --- touch screen (no UnifiedPOS category) ----------------------------------------------------------------------------


class FingerMoved(Reported, frozen=True, kw_only=True):
    """The one finger that acts came down, moved or left. `lost`: it must not act any more.

    `x` and `y` are shares of the panel, 0 at its left and top and 1 at its right and bottom; outside is possible.
    """

    way: Literal["down", "move", "up", "lost"]
    x: float
    y: float


# --- headphones (the kernel's SW_HEADPHONE_INSERT) -------------------------------------------------------------------


class HeadphonesMoved(Reported, frozen=True, kw_only=True):
    """Headphones are in the jack and stay there, or are out. What is not known counts as out."""

    plugged: bool


# --- printer (POSPrinter) -------------------------------------------------------------------------------------------


class PrinterStatus(Reported, frozen=True, kw_only=True):
    """Paper and cover as the printer reports them; sent when it changes."""

    paper: Literal["ok", "low", "out"]
    cover_open: bool = False
    error: str = ""


class PrintDone(Reported, frozen=True, kw_only=True):
    """The whole job has reached the printer and the printer reports no trouble since."""

    ticket: str


class PrintFailed(Reported, frozen=True, kw_only=True):
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
    """One line on paper. `kind` `qr` prints `text` as a QR code, `barcode` as Code 128, `gs1` as GS1-128 (written
    `(01)09520000000011(3103)000412`), `rule` a line across, `logo` the shop's picture if the printer has one."""

    text: str = ""
    kind: Literal["text", "qr", "barcode", "gs1", "rule", "feed", "logo"] = "text"
    align: Literal["left", "centre", "right"] = "left"
    bold: bool = False
    tall: bool = False


# --- cash drawer, lights --------------------------------------------------------------------------------------------


class DrawerStatus(Reported, frozen=True, kw_only=True):
    """The drawer's sensor."""

    open: bool


class OpenDrawer(msgspec.Struct, frozen=True, tag=True):
    """One pulse."""

    ticket: str


class SetLights(msgspec.Struct, frozen=True, tag=True):
    """Which lamps of the pole are lit. A pole that is one RGB light shows `rgb`, or without it what the lamps say."""

    red: bool = False
    amber: bool = False
    green: bool = False
    rgb: tuple[int, int, int] | None = None
    """Red, green and blue, in per cent."""
    pulse_ms: int = 0
    """It pulses softly (0.5 Hz) for so long and is steady then."""


HardwareEvent = (
    DeviceOnline
    | DeviceOffline
    | Scanned
    | ScanGarbled
    | KeyMoved
    | FingerMoved
    | HeadphonesMoved
    | WeightSeen
    | PrinterStatus
    | PrintDone
    | PrintFailed
    | AccessEvent
    | DrawerStatus
    | CashMetered
    | CashOffered
    | NoteReturned
    | CashDispensed
    | CashRefused
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
    | TerminalCardLeft
    | TerminalReversed
    | TerminalSettled
)
Command = (
    Print
    | OpenDrawer
    | EnableScanner
    | BeepScanner
    | OpenGate
    | ZeroScale
    | PriceScale
    | SetLights
    | CloseCash
    | AcceptCash
    | StackNote
    | ReturnNote
    | DispenseCash
    | FillCash
    | RememberCash
    | EmptyCash
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
    | Release
    | Claim
)
