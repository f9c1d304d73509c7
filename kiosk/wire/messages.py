"""Messages: what travels between tills and store, each wrapped in a CloudEvents 1.0 envelope (structured mode).

The `id` of a sale is its key, of its stock message the key + `/stock`, of a lane event `{store}/{till}/event/{n}`.
Amounts are minor units, weights grams, rates basis points, times RFC 3339 UTC. A change of meaning needs a new `type`.
"""

from typing import Any, Literal

import msgspec

from kiosk.checkout.sale import Sale
from kiosk.wire.price_csv import PriceRow

SPEC_VERSION = "1.0"


class _Message(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pass


class Envelope(msgspec.Struct, frozen=True, kw_only=True):
    """CloudEvents 1.0 attributes; foreign extensions are ignored, as the specification asks."""

    specversion: Literal["1.0"] = "1.0"
    id: str
    source: str
    """`/kassa/{store}/{till}`, or `/kassa/{store}` for the store server."""
    type: str
    time: str
    datacontenttype: Literal["application/json"] = "application/json"
    data: msgspec.Raw


class Movement(_Message, frozen=True):
    """What one line of a sale took from the shelf (negative: came back)."""

    gtin: str
    count: int
    weight_g: int | None = None


class StockMovements(_Message, frozen=True):
    """The stock movements of one sealed sale, for any other subscriber."""

    sale: str
    movements: tuple[Movement, ...]


class LaneEvent(_Message, frozen=True):
    """Something that happened on the lane. `kind` is dotted: `intervention.opened`, `card.settled_by_staff`."""

    n: int
    kind: str
    at: str
    data: dict[str, Any]


class Call(_Message, frozen=True):
    """Staff are needed, and why."""

    reason: str
    since: str
    seen_by: str = ""
    detail: str = ""


class LaneState(_Message, frozen=True):
    """The lane as the console shows it; retained. The last will is the same with `online` false."""

    online: bool
    phase: str = ""
    mode: str = "live"
    items: int = 0
    due_minor: int = 0
    calls: tuple[Call, ...] = ()
    parked: tuple[str, ...] = ()
    price_book: str = ""
    sequence: int = 0
    """Of the next sale."""
    head: str = ""
    """Hash of the last sealed sale: the chain's head, anchored off the device."""
    software: str = ""


class Health(_Message, frozen=True):
    """How the machine feels; retained. `devices` maps a device's name to `ok` or what is wrong."""

    devices: dict[str, str]
    paper: str
    disk_free_mib: int
    outbox: int
    refused: int = 0


class Ask(_Message, frozen=True):
    """A question of a till. `kind`: `resume`, `price_book`, `staff`. The answer carries the same `correlation`."""

    correlation: str
    kind: str
    data: dict[str, Any] = {}


class Answer(_Message, frozen=True):
    """The store's answer; `problem` says in words why there is none."""

    correlation: str
    kind: str
    data: msgspec.Raw
    problem: str = ""


class Resume(_Message, frozen=True):
    """Answer to `resume`: what the store has of this till (sequence 0: nothing)."""

    sequence: int
    hash: str
    store_name: str = ""
    public_url: str = ""


class PriceChunk(_Message, frozen=True):
    """Answer to `price_book` {"version", "since", "offset"}: a part of the book, or of what changed since a version.

    `whole` false: rows replace, `removed` codes go. The last chunk has `more` false and the digest of the whole book.
    """

    version: str
    whole: bool
    offset: int
    rows: tuple[PriceRow, ...]
    removed: tuple[str, ...] = ()
    more: bool = False
    items: int = 0
    digest: str = ""


class StaffEntry(_Message, frozen=True):
    """One person: Argon2 hash of the PIN, and the badge's code, which only says who."""

    id: str
    name: str
    role: Literal["cashier", "supervisor", "manager", "operator"]
    pin_hash: str
    badge: str = ""


class StaffList(_Message, frozen=True):
    """Answer to `staff`."""

    staff: tuple[StaffEntry, ...]


class Refusal(_Message, frozen=True):
    """A message that the store will not take, and why."""

    id: str
    reason: str


class Ack(_Message, frozen=True):
    """Ids that the store has committed; only this clears a till's outbox."""

    ids: tuple[str, ...] = ()
    refused: tuple[Refusal, ...] = ()


class Command(_Message, frozen=True):
    """An order of the console, done at most once and not after `expires` (RFC 3339)."""

    id: str
    kind: str
    staff: str
    expires: str
    data: dict[str, Any] = {}


class Result(_Message, frozen=True):
    """What became of a command."""

    id: str
    done: bool
    problem: str = ""


class PriceBookHead(_Message, frozen=True):
    """The price book in force; retained."""

    version: str
    items: int
    digest: str


TYPES: dict[str, type[msgspec.Struct]] = {
    "kassa.sale.v1": Sale,
    "kassa.stock.v1": StockMovements,
    "kassa.event.v1": LaneEvent,
    "kassa.state.v1": LaneState,
    "kassa.health.v1": Health,
    "kassa.ask.v1": Ask,
    "kassa.answer.v1": Answer,
    "kassa.ack.v1": Ack,
    "kassa.command.v1": Command,
    "kassa.result.v1": Result,
    "kassa.pricebook.v1": PriceBookHead,
}
"""Every `type` there is, and the shape of its `data`."""

Message = Sale | StockMovements | LaneEvent | LaneState | Health | Ask | Answer | Ack | Command | Result | PriceBookHead


def movements_of(sale: Sale) -> StockMovements:
    """What a sealed sale took from the shelves; a void takes nothing."""
    lines = sale.lines if sale.kind == "sale" else ()
    return StockMovements(sale.key, tuple(Movement(line.gtin, line.count, line.weight_g) for line in lines))
