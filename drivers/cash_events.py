"""What a cash machine says and is told (UnifiedPOS BillAcceptor, CoinAcceptor, CashDispenser): part of the vocabulary.

Money that moved is read from counters, which the machine tells whole each time, as the difference of two readings.
"""

import msgspec

from drivers.reported import Reported


class CashMeter(msgspec.Struct, frozen=True):
    """What the machine itself counts. `levels`: what it can pay out, as (minor units of a piece, how many)."""

    levels: tuple[tuple[int, int], ...]
    coins_minor: int
    """Rises by every coin that is put in: what is in coins of what it can pay out, or all that ever came in."""
    notes: int
    """Notes that it has ever taken in, whether they can be paid out again or not."""
    lost: int = 0
    """How often it has taken something of which it cannot say what it was."""
    mark: str = ""
    """What it must be told (RememberCash) by a lane that has started anew; empty of one that counts for itself."""


class CashMetered(Reported, frozen=True, kw_only=True):
    """The counters: after CloseCash, and after every coin or note since AcceptCash; with no ticket on its own."""

    ticket: str
    meter: CashMeter


class CashOffered(Reported, frozen=True, kw_only=True):
    """A note is in escrow. It goes back by itself unless StackNote comes."""

    ticket: str
    amount_minor: int


class NoteReturned(Reported, frozen=True, kw_only=True):
    """The note that was in escrow is not taken in: it lies in the machine's mouth."""

    ticket: str


class CashDispensed(Reported, frozen=True, kw_only=True):
    """The machine has stopped paying. How much it paid only the counters say; `why` is its word where not all."""

    ticket: str
    meter: CashMeter
    why: str = ""


class CashRefused(Reported, frozen=True, kw_only=True):
    """The machine does not answer: nothing can be said."""

    ticket: str
    why: str


class CloseCash(msgspec.Struct, frozen=True, tag=True):
    """Take nothing more, give back what is in escrow, wait until nothing moves, then tell the counters."""

    ticket: str


class AcceptCash(msgspec.Struct, frozen=True, tag=True):
    """Take notes into escrow, and coins."""

    ticket: str


class StackNote(msgspec.Struct, frozen=True, tag=True):
    """Take the note in that is in escrow."""

    ticket: str


class ReturnNote(msgspec.Struct, frozen=True, tag=True):
    """Give it back."""

    ticket: str


class DispenseCash(msgspec.Struct, frozen=True, tag=True):
    """Pay out, sent at most once. Answer: CashDispensed."""

    ticket: str
    amount_minor: int


class FillCash(msgspec.Struct, frozen=True, tag=True):
    """Somebody has put so much change in with the key. Answer: CashMetered."""

    ticket: str
    amount_minor: int


class RememberCash(msgspec.Struct, frozen=True, tag=True):
    """The mark of the last counters that are on disk: where the machine does not count for itself, the driver goes on
    from there. Said once, before anything is serviced; no answer."""

    mark: str


class EmptyCash(msgspec.Struct, frozen=True, tag=True):
    """Move all that could be paid out into the cash box. Answer: CashMetered."""

    ticket: str
