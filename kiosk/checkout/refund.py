"""Refund: goods that are coming back on the lane, from the first look at the receipt until the return is sealed."""

from typing import Literal

import msgspec

from kiosk.checkout.basket import Line
from kiosk.checkout.questions import LineUnits
from kiosk.checkout.sale import CardSlipData, ReturnReason, Sale, Tender, TenderKind
from kiosk.values.money import ZERO, Money


class Chosen(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """So many pieces of one line come back, why, and whether as waste. `line`: of the sale, or of the goods."""

    line: int
    count: int
    reason: ReturnReason = ""
    waste: bool = False


class Way(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Money that still has to go back. `attempt`: of the tender that it was paid with; `amount` is positive."""

    kind: TenderKind
    amount: Money
    attempt: str = ""
    card: CardSlipData | None = None
    reference: str = ""
    slip: str = ""
    """Number of the deposit slip that is printed for it."""
    refused: bool = False
    """The terminal would not take its charge back: a card must be there (`taking_back`)."""


class Refund(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One return.

    `stage`: `finding` (which sale?), `choosing` (which pieces?), `taking` (the store is asked to keep them), `paying`
    (money goes back), `sealing` (all of it is back: on disk first, then it is sealed). `proof`: `store` knows the
    sale; `signed`, a receipt with our signature while the store is away; `none`, goods without a receipt;
    `containers`, empties for their deposit.
    """

    started_utc_ms: int
    by: str = ""
    """Who takes it back: id."""
    stage: Literal["finding", "choosing", "taking", "paying", "sealing"] = "finding"
    proof: Literal["store", "signed", "none", "containers"] = "store"
    sale: Sale | None = None
    """What was bought, without what a return does not need."""
    gone: tuple[LineUnits, ...] = ()
    goods: tuple[Line, ...] = ()
    """Without a receipt: what staff have scanned. Of empties first the classes, of which perhaps none has come."""
    chosen: tuple[Chosen, ...] = ()
    hold: str = ""
    """The question under whose id the store keeps `held`."""
    held: tuple[LineUnits, ...] = ()
    ways: tuple[Way, ...] = ()
    tenders: tuple[Tender, ...] = ()
    """What is back already; amounts are negative."""
    rounding: Money = ZERO
    slips: tuple[str, ...] = ()


class GoneHere(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Pieces that this lane took back without asking the store."""

    sale: str
    pieces: tuple[LineUnits, ...]


def can_be_dropped(refund: Refund) -> bool:
    """Whether no money has moved yet, as far as the return itself knows."""
    return not refund.tenders and refund.stage != "sealing"
