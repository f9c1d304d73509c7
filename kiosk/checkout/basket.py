"""Basket: the open lines of one visit."""

import msgspec

from kiosk.checkout.events import Entry
from kiosk.checkout.item import Item


class Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One line item. `line` is its number for the whole visit: numbers are not reused after a void."""

    line: int
    item: Item
    entry: Entry = "scan"
    count: int = 1
    weight_g: int | None = None


class Cleared(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An intervention that staff ended, for the sale's record."""

    reason: str
    opened_utc_ms: int
    cleared_utc_ms: int
    by: str
    where: str = "lane"
    evidence: str = ""


class Basket(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The lines, oldest first, and what the sale's record will need."""

    lines: tuple[Line, ...] = ()
    started_utc_ms: int = 0
    next_line: int = 1
    newest: int = 0
    """Number of the line that was added or counted up last; 0: none."""
    age_approved: int = 0
    """Age that staff have checked in this visit; lines up to it need no further check."""
    cleared: tuple[Cleared, ...] = ()


EMPTY = Basket()
