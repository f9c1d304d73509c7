"""Effects: orders that the checkout gives. Nothing here happens before the event that caused it is on disk.

The hands carry them out: a device command, or a row of the outbox written in the same transaction. Effects come in
order; an effect names what it belongs to (`attempt`, `job`, a sale's key), so that doing it is idempotent.
"""

from typing import Any, Literal

import msgspec

from kiosk.checkout.events import CardRecord
from kiosk.checkout.sale import Sale
from kiosk.values.money import Money

Cue = Literal["scan-ok", "touch", "attention", "not-found", "declined", "paid", "countdown", "staff-ok"]


class _Effect(msgspec.Struct, frozen=True, tag=True, forbid_unknown_fields=True):
    pass


class Beep(_Effect):
    """A sound (DESIGN-UI 2.7). Sounds need no proof on disk and may be early."""

    cue: Cue


class ShowLights(_Effect):
    """The light tower (DESIGN-UI 2.8), named by state; the driver knows the lamps."""

    pattern: Literal["free", "in_use", "help", "check", "bank", "paid", "closed", "out_of_order", "staff"]


class PrepareCard(_Effect):
    """Ask the terminal whether it is ready, and for its last transaction. Answer: CardReady or CardRefused."""

    attempt: str


class AuthorizeCard(_Effect):
    """Charge this amount, once. The intent is on disk when this is performed."""

    attempt: str
    amount: Money
    baseline: str


class AcknowledgeCard(_Effect):
    """The terminal's message is on disk: tell it so."""

    attempt: str
    message: int


class CancelCard(_Effect):
    """Ask the terminal to stop. Not an outcome."""

    attempt: str


class EnquireCard(_Effect):
    """Find out what became of this attempt by asking the terminal; never charge."""

    attempt: str
    amount: Money
    baseline: str


class ReverseCard(_Effect):
    """Give back a charge that belongs to no sale."""

    attempt: str
    record: CardRecord


class PrintReceipt(_Effect):
    """Print a sealed sale. `copy` heads it COPY; `slips` are the terminal's customer lines."""

    job: str
    sale: Sale
    copy: bool = False
    slips: tuple[str, ...] = ()


class PrintExitSlip(_Effect):
    """Print only the exit code."""

    job: str
    sale: Sale


class RecordSale(_Effect):
    """Keep this sealed sale for ever: written with the event that sealed it."""

    sale: Sale


class PublishSale(_Effect):
    """Report the sale to the store, until the store says that it has it."""

    sale: Sale


class PublishStock(_Effect):
    """Report its stock movements to whoever listens."""

    sale: Sale


class PublishEvent(_Effect):
    """Report something that happened on the lane: `kind` is dotted, `data` plain JSON values."""

    kind: str
    data: dict[str, Any]


class OpenDrawer(_Effect):
    """Open the cash drawer once."""

    job: str


Effect = (
    Beep
    | ShowLights
    | PrepareCard
    | AuthorizeCard
    | AcknowledgeCard
    | CancelCard
    | EnquireCard
    | ReverseCard
    | PrintReceipt
    | PrintExitSlip
    | RecordSale
    | PublishSale
    | PublishStock
    | PublishEvent
    | OpenDrawer
)
