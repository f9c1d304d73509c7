"""Messages: everything that till and store say to each other (CONTRACT, section 3).

Each travels in a CloudEvents 1.0 envelope in structured mode. `id` is what makes a message the same message when it
comes again: a sale's is its key. Amounts are whole minor units, weights grams, times RFC 3339 UTC. What a till asks the
store is in `asking`.

Till and store are never updated at one moment, so each understands the other one version before and after it:

- A newer version adds fields with a default, and never gives an old name a new sense. Whoever does not know a field
  ignores it; whoever misses one takes the default. What must not be ignored is a new `type`, or a new question.
- A word of a list that may grow is text here, and a word that nobody knows is shown as it is, and gives nobody a right.
- A sale alone is strict: what the books do not understand they must not half understand. It is kept in the quarantine
  as it came, told to its till, and booked when the store knows more.
"""

from typing import Any, Generic, Literal, TypeVar

import msgspec
from msgspec import UNSET, UnsetType

from kiosk.checkout.sale import Sale

D = TypeVar("D")


class Envelope(msgspec.Struct, Generic[D], frozen=True, kw_only=True):
    """CloudEvents 1.0, section 3.1: the required attributes, `time`, `datacontenttype` and the data.

    Unknown attributes are ignored: the standard lets brokers and bridges add their own.
    """

    specversion: Literal["1.0"] = "1.0"
    id: str
    source: str
    """`/kassa/{store}/{till}`, or `/kassa/{store}` of the store itself."""
    type: str
    time: str
    datacontenttype: Literal["application/json"] = "application/json"
    data: D


class _Data(msgspec.Struct, frozen=True, kw_only=True):
    """Fields that we do not know are a newer version's, and are ignored; see the top."""


# --- what a till reports ----------------------------------------------------------------------------------------------


class StockMovement(_Data, frozen=True, kw_only=True):
    """How much of one product left (negative) or came back. `count` for what is sold by piece, `weight_g` for loose."""

    gtin: str
    count: int = 0
    weight_g: int = 0


class StockMovements(_Data, frozen=True, kw_only=True):
    """What one sealed sale did to the stock; nothing, for a void."""

    sale: str
    business_day: str
    sealed: str
    movements: tuple[StockMovement, ...]


class LaneEvent(_Data, frozen=True, kw_only=True):
    """Something that happened on the lane: `kind` is dotted (`intervention.opened`), `n` counts them for ever."""

    store: str
    till: str
    n: int
    kind: str
    at: str
    data: dict[str, Any] = {}


class ActAsked(_Data, frozen=True, kw_only=True):
    """An act of staff that waits for a second person: who asks, the act as its event is called, what it is about.

    `was_minor` and `becomes_minor` are the basket's sum before and after; of an act on other money only the latter,
    as its amount.
    """

    name: str
    act: str
    right: str
    about: str = ""
    was_minor: int | None = None
    becomes_minor: int | None = None
    why: str = ""


class NeedGoods(_Data, frozen=True, kw_only=True):
    """A thing that a call is about."""

    gtin: str
    name: str
    age_limit: int = 0


class NeedShown(_Data, frozen=True, kw_only=True):
    """What staff must see before they answer from afar. `goods`: those with a limit, those that should lie in the
    bagging area and do not, or those that a look found and the basket has not; `found`: one word about it.

    Weights are gross; `scanned` and `not_scanned` count the pieces of a look.
    """

    goods: tuple[NeedGoods, ...] = ()
    age_limit: int = 0
    expected_g: int | None = None
    seen_g: int | None = None
    scanned: int | None = None
    not_scanned: int | None = None
    found: str = ""


class StaffNeed(_Data, frozen=True, kw_only=True):
    """Why staff should come, and since when."""

    reason: str
    since: str
    detail: str = ""
    act: ActAsked | UnsetType = UNSET
    """What `approval` waits for."""
    shown: NeedShown | UnsetType = UNSET
    seen_by: str | UnsetType = UNSET
    """The name of whoever is on their way."""


class UpdateReport(_Data, frozen=True, kw_only=True):
    """How far the lane is with the update that was ordered last. `order`: the command's id.

    `stage`: fetching, checking, ready (it waits for a quiet moment), installing, starting, trying (the new version runs
    and must prove itself), and at the end updated, fell_back or failed; `why` says what went wrong.
    """

    order: str
    version: str
    stage: str
    percent: int = 0
    why: str = ""


class LaneState(_Data, frozen=True, kw_only=True):
    """The lane now: retained, and the last will says that it is offline."""

    store: str
    till: str
    online: bool
    phase: str = ""
    mode: str = "live"
    """live, demo or training."""
    staff_needed: tuple[StaffNeed, ...] = ()
    items: int = 0
    due_minor: int = 0
    currency: str = ""
    price_book: str = ""
    software: str = ""
    image: str = ""
    """The version of the whole machine's image, where there is one; it counts for updates then, not `software`."""
    slot: str = ""
    """Of the two that the image has: the one that runs."""
    since: str = ""
    """Since when this version runs here, RFC 3339."""
    update: UpdateReport | UnsetType = UNSET
    number: str = ""
    """What the lane is called on its own screen."""
    console_age: bool = False
    """Whether an age may be approved from the console."""
    sequence: int = 0
    """The number that its next sale will have: all below have been used, whatever has reached the store."""


class BasketLine(_Data, frozen=True, kw_only=True):
    """One line as it stands on the slip; `amount_minor` with its deposit, before offers."""

    line: int
    gtin: str
    name: str
    count: int
    weight_g: int | None = None
    unit_price_minor: int
    amount_minor: int


class OpenBasket(_Data, frozen=True, kw_only=True):
    """What is in the basket now, said once when somebody asks by a command. `prompt` is what fills the lane's stage."""

    store: str
    till: str
    started_utc_ms: int
    """When this visit began: the next one is another, even if the same things are in it."""
    currency: str
    due_minor: int
    prompt: str = ""
    lines: tuple[BasketLine, ...] = ()


class DeviceHealth(_Data, frozen=True, kw_only=True):
    """One device. `since`: RFC 3339, empty if it never changed. `life`: opening, absent, ready, degraded, faulty or
    recovering; empty from a lane of an older version."""

    status: str
    """ok or lost."""
    life: str = ""
    why: str = ""
    since: str = ""


class Health(_Data, frozen=True, kw_only=True):
    """How the machine feels: retained. None where it cannot be measured."""

    store: str
    till: str
    devices: dict[str, DeviceHealth] = {}
    paper: str = ""
    cash_minor: int | UnsetType = UNSET
    """What the cash machine can pay out; `cash_levels` are the pieces: (minor units of one, how many)."""
    cash_levels: tuple[tuple[int, int], ...] | UnsetType = UNSET
    disk_free_mib: int | None = None
    temperature_c: int | None = None
    clock_offset_ms: int | None = None
    outbox: int = 0
    outbox_refused: int = 0
    troubles: tuple[str, ...] | UnsetType = UNSET
    """What was wrong with the machine itself when the lane started, in words; not there: nothing."""
    clock_unsure: bool | UnsetType = UNSET
    """Whether it does not know the time yet; not there: it does."""


# --- what the store says ----------------------------------------------------------------------------------------------


class Refusal(_Data, frozen=True, kw_only=True):
    """A message that the store could not take into its books, in words."""

    id: str
    reason: str


class Ack(_Data, frozen=True, kw_only=True):
    """Ids of messages that are committed in the store. Only this clears a till's outbox."""

    ids: tuple[str, ...] = ()
    refused: tuple[Refusal, ...] = ()


class PriceBookHead(_Data, frozen=True, kw_only=True):
    """Which price book is in use: retained. `digest` is `price_csv.book_digest` of all its rows."""

    version: str
    items: int
    digest: str


class Command(_Data, frozen=True, kw_only=True):
    """An order to one lane, done at most once and not after `expires`. `staff` gave it."""

    id: str
    kind: str
    staff: str
    expires: str
    data: dict[str, Any] = {}


class Result(_Data, frozen=True, kw_only=True):
    """What became of a command; `why` if it was not done."""

    id: str
    done: bool
    why: str = ""


# --- questions and answers --------------------------------------------------------------------------------------------


class Ask(_Data, frozen=True, kw_only=True):
    """A question of a till. `id` comes back in the answer; `data` is by `kind`, in `asking`."""

    id: str
    kind: str
    data: dict[str, Any] = {}


class Answer(_Data, frozen=True, kw_only=True):
    """The answer to one question; `error` says in words why there is none."""

    id: str
    kind: str
    data: dict[str, Any] = {}
    error: str = ""


TYPES: dict[str, type] = {
    "kassa.sale.v1": Sale,
    "kassa.stock.v1": StockMovements,
    "kassa.event.v1": LaneEvent,
    "kassa.state.v1": LaneState,
    "kassa.basket.v1": OpenBasket,
    "kassa.health.v1": Health,
    "kassa.ask.v1": Ask,
    "kassa.answer.v1": Answer,
    "kassa.ack.v1": Ack,
    "kassa.command.v1": Command,
    "kassa.result.v1": Result,
    "kassa.pricebook.v1": PriceBookHead,
}
"""CloudEvents `type` -> what its data is. A changed meaning gets a new version, never an old name."""
