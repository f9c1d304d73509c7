"""State: all that the shop must remember about this lane, in one frozen value.

What can be worked out is not kept: totals, the due amount, the lamp and the next deadline are functions of the
state (`pricing`, `machine`). What only the eyes know is in `ui.view`. Fields that end in `_tick` are on the
monotonic clock of the current boot; Restarted moves them (`recovering.rebase`).
"""

from enum import StrEnum
from typing import Literal

import msgspec

from kiosk.checkout.basket import EMPTY, Basket
from kiosk.checkout.day import Day, LastZ
from kiosk.checkout.devices import Devices
from kiosk.checkout.events import Event, ItemFound, SchemeSum
from kiosk.checkout.item import Item
from kiosk.checkout.lane import Lane
from kiosk.checkout.look import AuditDay, Look
from kiosk.checkout.notice import Intervention, Notice
from kiosk.checkout.payment import Owed, Payment, Payout, Reversal, Unheard
from kiosk.checkout.questions import ItemAnswer, ItemAsk, KeptBasket, Question
from kiosk.checkout.refund import GoneHere, Refund
from kiosk.checkout.sale import Sale
from kiosk.checkout.settings import USUAL, Settings
from kiosk.checkout.shelf import NO_SHELF, Shelf
from kiosk.checkout.signing import Signatures, Signing
from kiosk.checkout.tuning import Tuning
from kiosk.values.moment import UNSTAMPED, Moment
from kiosk.values.money import ZERO, Money


class Phase(StrEnum):
    """Where the visit stands."""

    WELCOME = "welcome"
    SCANNING = "scanning"
    PAYING = "paying"
    CARD = "card"
    DOUBT = "doubt"
    RECEIPT = "receipt"
    THANKS = "thanks"
    CLOSED = "closed"
    RETURNING = "returning"


class Parked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A suspended basket, brought back by `code`; after `until_tick` it is voided.

    `shared`: it was given to the store, and this is only the memory of it (`parking`).
    """

    code: str
    basket: Basket
    until_tick: int
    parked_utc_ms: int = 0
    shared: bool = False


class Asked(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A question to the store that is still open; given up at `until_tick`. `over`: the visit that asked has ended."""

    id: str
    question: Question
    until_tick: int
    over: bool = False
    because: Event | None = None
    """What made the lane ask, where the answer alone does not say what to do."""


class Told(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the store has told in this visit about a code that the lane's price book does not have."""

    question: ItemAsk
    answer: ItemAnswer


class Trial(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What staff try, and what came of it (`trying_parts`)."""

    reads_until_tick: int = 0
    """Until then the next label is shown and not sold."""
    read: str = ""
    ping: str = ""
    """The terminal's question while it is open, then `ready` or why it is not."""
    ping_tick: int = 0
    ping_ms: int = 0
    """How long the answer took."""


class Staff(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who is signed in on the lane."""

    id: str
    name: str
    role: str
    active_tick: int
    lamps: str = ""
    """What the light tower shows while they try it; empty: what it should."""
    roll: str = ""
    """The new roll's test slip: its job while it is printed, then `printed` or `failed`."""
    trial: Trial = Trial()


class Badge(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A badge that was scanned, until its PIN proves it or it is forgotten."""

    staff: str
    name: str
    shown_tick: int


class ExitPass(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The exit code of a sale of this lane (`leaving`)."""

    code: str
    sealed_utc_ms: int
    used: bool = False


class Approval(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An act of staff that waits for a second person. `by`: who has proved to have the right, for the same step.

    `where` and `why`: where they stood, and what they said.
    """

    event: Event
    right: str
    by: Staff | None = None
    asked_utc_ms: int = 0
    where: Literal["lane", "console"] = "lane"
    why: str = ""


class Pause(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The lane is paused until then."""

    until_tick: int
    until_utc_ms: int
    reason: str = ""


class Printing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A receipt on its way to paper. `state`: `pending`, `printed`, `failed` (kept for a reprint)."""

    job: str
    sale: Sale
    what: Literal["receipt", "exit", "gift", "shop", "slip"]
    state: Literal["pending", "printed", "failed"] = "pending"
    copy: bool = False
    slips: tuple[str, ...] = ()


class Weighing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An item that is being weighed, found by scan, key or pick."""

    item: Item
    instead_of: int = 0
    """The line that the load takes the place of; 0: none."""


class Held(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a shopper tried to buy and only staff may sell. `found` is None for a code that nobody knows."""

    code: str
    why: Literal["blocked", "staff_only", "past_best", "unknown", "shop_hours", "no_clock"]
    found: ItemFound | None = None


class Commanded(msgspec.Struct, frozen=True, forbid_unknown_fields=True, array_like=True):
    """A command of the console that was done, or refused (`why`)."""

    id: str
    why: str = ""


class SlipSeen(msgspec.Struct, frozen=True, forbid_unknown_fields=True, array_like=True):
    """A signed deposit slip that has paid here. Dates are ISO 8601; `on_trust_minor` is 0 if the store was asked."""

    number: str
    attempt: str
    issued: str
    day: str
    on_trust_minor: int = 0


class Topping(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A gift card that the shopper may put money on; `balance`: what is on it now."""

    number: str
    balance: Money


class PriceCheck(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The shopper looks at prices; `found` is what was scanned last."""

    found: ItemFound | None = None


class State(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything."""

    lane: Lane
    phase: Phase
    seen: Moment = UNSTAMPED
    """Moment of the last event."""
    phase_tick: int = 0
    """Since when this phase."""
    language: str = ""
    basket: Basket = EMPTY
    prompt: Literal["", "age", "help", "bag"] = ""
    """Which prompt fills the stage (07, 16, 06); `Keep scanning` puts it away, the intervention stays."""
    notice: Notice | None = None
    weighing: Weighing | None = None
    """What lies on the scale, or is to be put there (05)."""
    sold_g: int | None = None
    """The load that was sold last from the scale, until it has shown another: it is not sold twice."""
    held: Held | None = None
    price_check: PriceCheck | None = None
    topping: Topping | None = None
    """The gift card whose amount is being chosen (`card_loading`)."""
    touched_tick: int = 0
    """Last sign of life of the shopper."""
    warned_tick: int | None = None
    """Since when 17 asks `Are you still there?`."""
    prompted_tick: int | None = None
    """When the shopper was asked by ear to look at the screen, where that is heard once more (`heeding`)."""
    more_time: bool = False
    settings: Settings = USUAL
    """How this shopper wants the screen, the voice and the sounds."""
    tuning: Tuning = Tuning()
    """What staff have set on this lane, for good."""
    cleaning_tick: int | None = None
    """Since when the screen is locked for cleaning."""
    payment: Payment | None = None
    part: Money = ZERO
    """What the shopper wants to pay with the next tender, where that is not all (`part`)."""
    reversals: tuple[Reversal, ...] = ()
    owed: tuple[Owed, ...] = ()
    payouts: tuple[Payout, ...] = ()
    """What the cash machine has yet to pay out; it pays the first."""
    unheard: Unheard | None = None
    """What the cash machine has yet to tell, when it is back."""
    day: Day = Day()
    """Since the last Z."""
    last_z: LastZ | None = None
    unsettled: tuple[SchemeSum, ...] = ()
    """Card payments of sealed sales since the terminal's last end of day, by kind of card."""
    open_from: tuple[int, int] | None = None
    """(sequence, number) of the first attempt at a card whose charge no end of day can have taken (`taking_back`);
    None: nobody knows."""
    settling: str = ""
    """The end of day that the terminal is making."""
    settle_due: bool = False
    """The terminal wants one before it takes another payment."""
    interventions: tuple[Intervention, ...] = ()
    shelf: Shelf = NO_SHELF
    """What lies in the bagging area, and what should."""
    sale: Sale | None = None
    """The sealed sale of this visit, from payment to goodbye."""
    slips: tuple[str, ...] = ()
    """The terminal's lines of the tenders that were taken before the last one."""
    receipt: Literal["", "print", "qr", "none", "staff", "email", "typing"] = ""
    """What was chosen; `typing`: an address is being typed."""
    gift_receipt: bool = False
    """Whether this visit has asked for its gift receipt."""
    printing: tuple[Printing, ...] = ()
    """Receipts not yet on paper, the newest last; kept over restarts."""
    parked: tuple[Parked, ...] = ()
    elsewhere: tuple[KeptBasket, ...] = ()
    """What the store last said that it has of other lanes' suspended baskets."""
    looked_tick: int | None = None
    """When it was asked about them; None: it is to be asked now."""
    staff: Staff | None = None
    assisted: bool = False
    """Whoever is signed in serves (`serving`)."""
    badge: Badge | None = None
    approval: Approval | None = None
    pin_failures: int = 0
    pin_pause_until_tick: int = 0
    closed: Literal["", "staff", "fault", "paused"] = ""
    pause: Pause | None = None
    close_after: bool = False
    """Staff asked to close while a visit was open."""
    devices: Devices = Devices()
    price_book: str = ""
    sequence: int = 1
    """Of the next sale to be sealed."""
    attempts: int = 0
    """Card attempts made under this sequence number."""
    paid_attempts: tuple[str, ...] = ()
    """The latest attempts that became tenders: the terminal may repeat itself about them."""
    reports: int = 0
    """Events ever published; their numbers are their ids."""
    parkings: int = 0
    """Baskets ever suspended, from which their codes are made."""
    commanded: tuple[Commanded, ...] = ()
    """What became of the console's last commands (`commanding`)."""
    started_tick: int = 0
    """When this process started."""
    slips_seen: tuple[SlipSeen, ...] = ()
    """Signed deposit slips that have paid here (`trusting`)."""
    audit_seed: str = ""
    """What lots are drawn with; known to nobody."""
    audit_day: AuditDay = AuditDay()
    """The lots of this period, and what is owed of them (`audit`)."""
    look: Look | None = None
    """The look at this basket that staff are taking (`auditing`)."""
    standing: Literal["", "print", "qr", "none", "email"] = ""
    """The receipt that this member always wants; empty: ask."""
    sign_up: Literal["", "begun", "done"] = ""
    """Whether this shopper is becoming a member after paying, or has become one."""
    asked: tuple[Asked, ...] = ()
    """Open questions to the store, the oldest first."""
    told: tuple[Told, ...] = ()
    """About which codes the store was asked in this visit: it is asked once."""
    questions: int = 0
    """Questions ever asked: their numbers are in their ids."""
    chain: str = ""
    """Hash of the last sealed sale; the genesis before the first."""
    segment: int = 1
    """Which machine of its till this is (`taking_over`)."""
    last_payment: Literal["", "due"] = ""
    """`due`: the terminal has not told yet what the machine before took last."""
    training: "State | None" = None
    """The lane in earnest, while somebody practises on this one (`training`)."""
    signing: Signing | None = None
    """The sale that waits for its signature before it is sealed."""
    signatures: Signatures = Signatures()
    refund: Refund | None = None
    """Goods that are coming back."""
    exits: tuple[ExitPass, ...] = ()
    """Who has paid here in the last hours and may leave by the exit gate, the latest last."""
    gone_here: tuple[GoneHere, ...] = ()
    """What came back on this lane while the store was away, the latest last."""

    @property
    def in_earnest(self) -> "State":
        """The lane whose sales are in the books: another than this one while somebody practises."""
        return self.training or self

    @property
    def waits(self) -> bool:
        """Whether the next step may only be taken when everything so far is on disk (feeds `Stored`)."""
        paying = self.phase in (Phase.PAYING, Phase.CARD, Phase.DOUBT)
        if self.phase is Phase.RETURNING:
            return self.refund is not None and self.refund.stage == "sealing" and self.signing is None
        return paying and self.payment is not None and self.payment.stage == "completed"
