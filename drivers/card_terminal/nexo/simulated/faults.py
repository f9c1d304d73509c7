"""Faults: everything that the simulated terminal can do wrong, to be switched on one by one.

A fault stays until it is switched off; `cut` happens once. The defaults are a terminal that behaves.
"""

from typing import Literal

import msgspec

Spoil = Literal[
    "",
    "garbage",
    "no http",
    "status 500",
    "huge",
    "endless",
    "document type",
    "cut short",
    "other request",
    "other terminal",
    "other amount",
    "other currency",
    "other kind",
    "partial",
    "no amount",
    "no result",
    "in the clear",
    "wrong mac",
    "other key",
    "old nonce",
    "echo",
    "rejection",
]
"""What can be wrong with an answer."""


class Faults(msgspec.Struct):
    """What goes wrong."""

    cut: Literal["", "before it hears", "when it has heard", "before it answers"] = ""
    """Where the connection of the next payment, refund or reversal is lost. What it has heard, it does."""
    down_ms: int = 2_000
    """How long it cannot be reached after a cut."""
    spoil: Spoil = ""
    """What is wrong with the answer to a payment, refund or reversal."""
    spoils_all: bool = False
    """All answers are spoilt."""
    silent: bool = False
    """Does what is asked of a payment and never answers it, but keeps the line."""
    deaf: bool = False
    """Hears nothing, says nothing, but keeps the line."""
    busy: bool = False
    """Says that it is busy, to all but a status of one transaction."""
    status: Literal["answers", "forgets", "busy", "other", "refuses"] = "answers"
    """How it answers what became of a transaction that is named."""
    late_abort: bool = False
    """An abort is taken, and the payment goes on."""
    reverses_nothing: bool = False
    """A reversal is not allowed, whatever it names."""
    no_totals: bool = False
    """It closes no totals."""
    no_totals_why: str = "UnavailableService"
    """And says so with this condition."""
    one_byte: bool = False
    """Bytes come one at a time."""
    chunked: bool = False
    """Bodies come in chunks, of a few bytes each."""
