"""Audit events: staff look at a basket before it pays."""

from typing import Literal

from kiosk.checkout.events.fact import Fact


class AuditBegan(Fact, frozen=True):
    """Whoever is signed in begins to look, or goes on."""


class AuditWidened(Fact, frozen=True):
    """All of it is scanned, not only some things."""


class AuditFinished(Fact, frozen=True, kw_only=True):
    """The full look is done; `add`: what was in no line is sold."""

    add: bool


class AuditSkipped(Fact, frozen=True, kw_only=True):
    """Nobody looks this time."""

    reason: Literal["busy", "known", "stopped", "console"]


AuditEvent = AuditBegan | AuditWidened | AuditFinished | AuditSkipped
