"""Events: what has happened, in the words of the shop. The only input of the checkout.

An event is a fact in the past tense. The gate makes it from a hardware event, a touch or a message, the loop
stamps it with its Moment, the journal keeps it, and replay plays it again. Nothing that is not in an event can
influence a sale. Amounts are Money, weights Weight; `at` is UNSTAMPED until the loop takes the event in.
"""

from typing import Literal

import msgspec

from kiosk.checkout.item import Item
from kiosk.checkout.lane import Lane
from kiosk.values.moment import UNSTAMPED, Moment
from kiosk.values.money import Money

Entry = Literal["scan", "key", "pick", "weigh"]


class _Event(msgspec.Struct, frozen=True, tag=True, forbid_unknown_fields=True, omit_defaults=True):
    at: Moment = UNSTAMPED


# --- the machine itself ---------------------------------------------------------------------------------------------


class Restarted(_Event, frozen=True, kw_only=True):
    """The process has started: after a boot, a crash, an upgrade, or for the very first time."""

    lane: Lane
    genesis: str = ""
    """Chain head of a lane that has never sold: random, so that receipt tokens cannot be guessed."""


class Stored(_Event, frozen=True):
    """Everything stepped before this is on disk. Fed only while the state waits for it (`state.waits`)."""


class TimePassed(_Event, frozen=True):
    """The deadline that the state asked for (`machine.deadline_ms`) has been reached."""


class DiskLow(_Event, frozen=True):
    """Too little room to begin another sale; the open one still fits."""


class DiskFine(_Event, frozen=True):
    """There is room again."""


class DeviceLost(_Event, frozen=True, kw_only=True):
    """A device does not answer or is unplugged. `device` is its name in the configuration."""

    device: str
    why: str = ""


class DeviceFound(_Event, frozen=True, kw_only=True):
    """A device answers (again)."""

    device: str


class PaperChanged(_Event, frozen=True, kw_only=True):
    """The printer's paper or cover changed."""

    paper: Literal["ok", "low", "out", "cover_open", "error"]


class LinkChanged(_Event, frozen=True, kw_only=True):
    """The store server can (`up`) or cannot be reached."""

    up: bool


class SequenceSeen(_Event, frozen=True, kw_only=True):
    """The store already holds this sequence number of ours: never use it, or one below it, again."""

    sequence: int


class PriceBookChanged(_Event, frozen=True, kw_only=True):
    """A new price book is in use for scans from now on."""

    version: str


# --- the shopper ----------------------------------------------------------------------------------------------------


class Touched(_Event, frozen=True):
    """Somebody is there: a touch that says nothing else."""


class StartPressed(_Event, frozen=True):
    """Start, on the welcome screen."""


class LanguageChosen(_Event, frozen=True, kw_only=True):
    """BCP 47 tag, one of the lane's languages."""

    language: str


class ItemFound(_Event, frozen=True, kw_only=True):
    """A code was scanned or typed and the price book knows it. Carries the price that the shopper sees."""

    item: Item
    entry: Entry = "scan"
    count: int = 1


class ItemUnknown(_Event, frozen=True, kw_only=True):
    """A code was scanned or typed and nobody knows it, or it is no code at all.

    `text` is cut to 32 printable characters.
    """

    text: str
    entry: Entry = "scan"


class QuantityChanged(_Event, frozen=True, kw_only=True):
    """The line sheet was saved with this count (1 or more)."""

    line: int
    count: int


class LineVoided(_Event, frozen=True, kw_only=True):
    """The shopper took a line out of the basket."""

    line: int


class PromptClosed(_Event, frozen=True):
    """`Keep scanning` on a prompt (07, 16)."""


class PayPressed(_Event, frozen=True):
    """Pay, on the scanning screen."""


class CardChosen(_Event, frozen=True):
    """Card, on the payment choice; also `Try again` after a decline."""


class BackPressed(_Event, frozen=True):
    """Back from the payment choice to scanning; `Pay another way` from a decline to the payment choice."""


class CancelPressed(_Event, frozen=True):
    """Cancel payment, while the terminal works."""


class BasketSaved(_Event, frozen=True):
    """`Save basket and ask staff`: suspend it now."""


class HelpCalled(_Event, frozen=True):
    """Call staff."""


class HelpDismissed(_Event, frozen=True):
    """`I'm fine now`."""


class StillHere(_Event, frozen=True):
    """Yes, on 17."""


class MoreTimeAsked(_Event, frozen=True):
    """`Give me more time`: no starred time-out for the rest of this visit."""


class ShoppingStopped(_Event, frozen=True):
    """Stop shopping, confirmed: the basket is emptied."""


class ReceiptChosen(_Event, frozen=True, kw_only=True):
    """What the shopper wants on 14a; `staff`: printed from another checkout."""

    kind: Literal["print", "qr", "none", "staff"]


class DonePressed(_Event, frozen=True):
    """Done, on 14b or 15."""


# --- staff (a PIN was checked by the gate before any of these) --------------------------------------------------------


class StaffSignedIn(_Event, frozen=True, kw_only=True):
    """Somebody proved to be staff. The PIN itself is never in an event."""

    staff: str
    name: str
    role: Literal["cashier", "supervisor", "manager", "operator"]
    where: Literal["lane", "console"] = "lane"


class StaffRefused(_Event, frozen=True):
    """A PIN that nobody has."""


class StaffSignedOut(_Event, frozen=True):
    """Lock."""


class AgeApproved(_Event, frozen=True):
    """Staff have checked the age: ID seen or clearly old enough."""


class AgeRefused(_Event, frozen=True):
    """Staff refuse the age-limited items of this basket."""


class HelpSeen(_Event, frozen=True, kw_only=True):
    """Somebody answers the call."""

    name: str


class HelpCleared(_Event, frozen=True):
    """Staff have been here."""


class BasketRecalled(_Event, frozen=True, kw_only=True):
    """Staff bring a suspended basket back by its code."""

    code: str


class DoubtSettled(_Event, frozen=True, kw_only=True):
    """Staff decide a payment in doubt from the terminal's own journal. `evidence` is what they read there."""

    attempt: str
    paid: bool
    evidence: str


class ReprintAsked(_Event, frozen=True, kw_only=True):
    """Staff print a kept receipt again."""

    job: str


class LaneClosed(_Event, frozen=True):
    """Staff close the lane (after the open visit, if there is one)."""


class LaneOpened(_Event, frozen=True):
    """Staff open the lane."""


# --- the card terminal ------------------------------------------------------------------------------------------------


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


class CardReady(_Event, frozen=True, kw_only=True):
    """The terminal is ready; `baseline` is its last transaction before ours, kept to compare with (opaque here)."""

    attempt: str
    baseline: str


class CardRefused(_Event, frozen=True, kw_only=True):
    """The terminal did not take the order at all: certainly nothing was charged. `why`: `busy`, `unreachable`, ..."""

    attempt: str
    why: str


class CardText(_Event, frozen=True, kw_only=True):
    """The terminal's own display. `step` is where the shopper stands; `can_cancel` whether an abort is still taken."""

    attempt: str
    text: str
    step: Literal["card", "pin", "bank", "done", "remove"]
    can_cancel: bool = True


class CardSlip(_Event, frozen=True, kw_only=True):
    """Text that the terminal wants printed: `customer` goes on the receipt, `merchant` is kept."""

    attempt: str
    slip: Literal["customer", "merchant", "admin"]
    lines: tuple[str, ...]
    message: int
    """Number of the terminal message, to acknowledge when this is on disk."""


class CardApproved(_Event, frozen=True, kw_only=True):
    """The bank said yes. Provisional until CardCompleted; acknowledged to the terminal only when this is on disk."""

    attempt: str
    record: CardRecord
    message: int = 0


class CardCompleted(_Event, frozen=True, kw_only=True):
    """The charge stands: the terminal's final word, or what an enquiry found. `record` carries the charge."""

    attempt: str
    record: CardRecord
    message: int = 0
    """0: nothing to acknowledge (found by enquiry)."""


class CardDeclined(_Event, frozen=True, kw_only=True):
    """A definite no: nothing was charged."""

    attempt: str
    why: Literal["declined", "card_error", "cancelled"]
    detail: str = ""
    """The terminal's result, for staff."""
    message: int = 0


class CardInDoubt(_Event, frozen=True, kw_only=True):
    """The answer is lost after the order was sent. Only the terminal's own journal can tell."""

    attempt: str
    why: str


class CardAsked(_Event, frozen=True, kw_only=True):
    """The terminal has been asked again (`times` in all)."""

    attempt: str
    times: int


class CardNotCharged(_Event, frozen=True, kw_only=True):
    """The enquiry proved that this attempt was never charged, or was reversed by the terminal itself."""

    attempt: str
    evidence: str


class CardUnknown(_Event, frozen=True, kw_only=True):
    """The enquiry could not find out. Staff decide."""

    attempt: str
    evidence: str


class CardReversed(_Event, frozen=True, kw_only=True):
    """A charge without a sale was reversed (`done`), or the terminal would not (`done` false: staff must)."""

    attempt: str
    done: bool
    evidence: str = ""


# --- paper and drawer -------------------------------------------------------------------------------------------------


class ReceiptPrinted(_Event, frozen=True, kw_only=True):
    """The printer has printed it to the end. `job` is the effect's."""

    job: str


class ReceiptFailed(_Event, frozen=True, kw_only=True):
    """The printer could not print it; it waits for a reprint."""

    job: str
    why: str


class DrawerMoved(_Event, frozen=True, kw_only=True):
    """The cash drawer's sensor."""

    open: bool


Event = (
    Restarted
    | Stored
    | TimePassed
    | DiskLow
    | DiskFine
    | DeviceLost
    | DeviceFound
    | PaperChanged
    | LinkChanged
    | SequenceSeen
    | PriceBookChanged
    | Touched
    | StartPressed
    | LanguageChosen
    | ItemFound
    | ItemUnknown
    | QuantityChanged
    | LineVoided
    | PromptClosed
    | PayPressed
    | CardChosen
    | BackPressed
    | CancelPressed
    | BasketSaved
    | HelpCalled
    | HelpDismissed
    | StillHere
    | MoreTimeAsked
    | ShoppingStopped
    | ReceiptChosen
    | DonePressed
    | StaffSignedIn
    | StaffRefused
    | StaffSignedOut
    | AgeApproved
    | AgeRefused
    | HelpSeen
    | HelpCleared
    | BasketRecalled
    | DoubtSettled
    | ReprintAsked
    | LaneClosed
    | LaneOpened
    | CardReady
    | CardRefused
    | CardText
    | CardSlip
    | CardApproved
    | CardCompleted
    | CardDeclined
    | CardInDoubt
    | CardAsked
    | CardNotCharged
    | CardUnknown
    | CardReversed
    | ReceiptPrinted
    | ReceiptFailed
    | DrawerMoved
)
