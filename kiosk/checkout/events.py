"""Events: what has happened, in the words of the shop. The only input of the checkout.

An event is a fact in the past tense. The gate makes it from a hardware event, a touch or a message, the loop
stamps it with its Moment, the journal keeps it, and replay plays it again. Nothing that is not in an event can
influence a sale. Amounts are Money, weights Weight; `at` is UNSTAMPED until the loop takes the event in.
"""

from typing import Literal

from kiosk.checkout.card_events import (
    CardApproved as CardApproved,
)
from kiosk.checkout.card_events import (
    CardAsked as CardAsked,
)
from kiosk.checkout.card_events import (
    CardCompleted as CardCompleted,
)
from kiosk.checkout.card_events import (
    CardDeclined as CardDeclined,
)
from kiosk.checkout.card_events import (
    CardInDoubt as CardInDoubt,
)
from kiosk.checkout.card_events import (
    CardNotCharged as CardNotCharged,
)
from kiosk.checkout.card_events import (
    CardReady as CardReady,
)
from kiosk.checkout.card_events import (
    CardRecord as CardRecord,
)
from kiosk.checkout.card_events import (
    CardRefused as CardRefused,
)
from kiosk.checkout.card_events import (
    CardReversed as CardReversed,
)
from kiosk.checkout.card_events import (
    CardSlip as CardSlip,
)
from kiosk.checkout.card_events import (
    CardText as CardText,
)
from kiosk.checkout.card_events import (
    CardUnknown as CardUnknown,
)
from kiosk.checkout.fact import Fact
from kiosk.checkout.item import Item
from kiosk.checkout.lane import Lane

Entry = Literal["scan", "key", "pick", "weigh"]


# --- the machine itself ---------------------------------------------------------------------------------------------


class Restarted(Fact, frozen=True, kw_only=True):
    """The process has started: after a boot, a crash, an upgrade, or for the very first time."""

    lane: Lane
    genesis: str = ""
    """Chain head of a lane that has never sold: random, so that receipt tokens cannot be guessed."""


class Stored(Fact, frozen=True):
    """Everything stepped before this is on disk. Fed only while the state waits for it (`state.waits`)."""


class TimePassed(Fact, frozen=True):
    """The deadline that the state asked for (`machine.deadline_ms`) has been reached."""


class DiskLow(Fact, frozen=True):
    """Too little room to begin another sale; the open one still fits."""


class DiskFine(Fact, frozen=True):
    """There is room again."""


class DeviceLost(Fact, frozen=True, kw_only=True):
    """A device does not answer or is unplugged. `device` is its name in the configuration."""

    device: str
    why: str = ""


class DeviceFound(Fact, frozen=True, kw_only=True):
    """A device answers (again)."""

    device: str


class PaperChanged(Fact, frozen=True, kw_only=True):
    """The printer's paper or cover changed."""

    paper: Literal["ok", "low", "out", "cover_open", "error"]


class LinkChanged(Fact, frozen=True, kw_only=True):
    """The store server can (`up`) or cannot be reached."""

    up: bool


class SequenceSeen(Fact, frozen=True, kw_only=True):
    """The store already holds this sequence number of ours: never use it, or one below it, again."""

    sequence: int


class PriceBookChanged(Fact, frozen=True, kw_only=True):
    """A new price book is in use for scans from now on."""

    version: str


# --- the shopper ----------------------------------------------------------------------------------------------------


class Touched(Fact, frozen=True):
    """Somebody is there: a touch that says nothing else."""


class StartPressed(Fact, frozen=True):
    """Start, on the welcome screen."""


class LanguageChosen(Fact, frozen=True, kw_only=True):
    """BCP 47 tag, one of the lane's languages."""

    language: str


class ItemFound(Fact, frozen=True, kw_only=True):
    """A code was scanned or typed and the price book knows it. Carries the price that the shopper sees."""

    item: Item
    entry: Entry = "scan"
    count: int = 1


class ItemUnknown(Fact, frozen=True, kw_only=True):
    """A code was scanned or typed and nobody knows it, or it is no code at all.

    `text` is cut to 32 printable characters.
    """

    text: str
    entry: Entry = "scan"


class QuantityChanged(Fact, frozen=True, kw_only=True):
    """The line sheet was saved with this count (1 or more)."""

    line: int
    count: int


class LineVoided(Fact, frozen=True, kw_only=True):
    """The shopper took a line out of the basket."""

    line: int


class PromptClosed(Fact, frozen=True):
    """`Keep scanning` on a prompt (07, 16)."""


class PayPressed(Fact, frozen=True):
    """Pay, on the scanning screen."""


class CardChosen(Fact, frozen=True):
    """Card, on the payment choice; also `Try again` after a decline."""


class BackPressed(Fact, frozen=True):
    """Back from the payment choice to scanning; `Pay another way` from a decline to the payment choice."""


class CancelPressed(Fact, frozen=True):
    """Cancel payment, while the terminal works."""


class BasketSaved(Fact, frozen=True):
    """`Save basket and ask staff`: suspend it now."""


class HelpCalled(Fact, frozen=True):
    """Call staff."""


class HelpDismissed(Fact, frozen=True):
    """`I'm fine now`."""


class StillHere(Fact, frozen=True):
    """Yes, on 17."""


class MoreTimeAsked(Fact, frozen=True):
    """`Give me more time`: no starred time-out for the rest of this visit."""


class ShoppingStopped(Fact, frozen=True):
    """Stop shopping, confirmed: the basket is emptied."""


class ReceiptChosen(Fact, frozen=True, kw_only=True):
    """What the shopper wants on 14a; `staff`: printed from another checkout."""

    kind: Literal["print", "qr", "none", "staff"]


class DonePressed(Fact, frozen=True):
    """Done, on 14b or 15."""


# --- staff (a PIN was checked by the gate before any of these) --------------------------------------------------------


class StaffSignedIn(Fact, frozen=True, kw_only=True):
    """Somebody proved to be staff. The PIN itself is never in an event."""

    staff: str
    name: str
    role: Literal["cashier", "supervisor", "manager", "operator"]
    where: Literal["lane", "console"] = "lane"


class StaffRefused(Fact, frozen=True):
    """A PIN that nobody has."""


class StaffSignedOut(Fact, frozen=True):
    """Lock."""


class AgeApproved(Fact, frozen=True):
    """Staff have checked the age: ID seen or clearly old enough."""


class AgeRefused(Fact, frozen=True):
    """Staff refuse the age-limited items of this basket."""


class HelpSeen(Fact, frozen=True, kw_only=True):
    """Somebody answers the call."""

    name: str


class HelpCleared(Fact, frozen=True):
    """Staff have been here."""


class BasketRecalled(Fact, frozen=True, kw_only=True):
    """Staff bring a suspended basket back by its code."""

    code: str


class DoubtSettled(Fact, frozen=True, kw_only=True):
    """Staff decide a payment in doubt from the terminal's own journal. `evidence` is what they read there."""

    attempt: str
    paid: bool
    evidence: str


class ReversalSettled(Fact, frozen=True, kw_only=True):
    """Staff have given a charge back that the terminal would not give back by itself."""

    attempt: str


class ReprintAsked(Fact, frozen=True, kw_only=True):
    """Staff print a kept receipt again."""

    job: str


class LaneClosed(Fact, frozen=True):
    """Staff close the lane (after the open visit, if there is one)."""


class LaneOpened(Fact, frozen=True):
    """Staff open the lane."""


# --- paper and drawer -------------------------------------------------------------------------------------------------


class ReceiptPrinted(Fact, frozen=True, kw_only=True):
    """The printer has printed it to the end. `job` is the effect's."""

    job: str


class ReceiptFailed(Fact, frozen=True, kw_only=True):
    """The printer could not print it; it waits for a reprint."""

    job: str
    why: str
    maybe: bool = False
    """It may be on paper all the same: nobody could tell."""


class DrawerMoved(Fact, frozen=True, kw_only=True):
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
    | ReversalSettled
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
