"""Leaving events: the exit gate behind the checkouts, where one is wired to this lane."""

from typing import Annotated

import msgspec

from kiosk.checkout.events.fact import Fact


class ExitCodeShown(Fact, frozen=True, kw_only=True):
    """Somebody has held a code before the gate's reader: any text that it read."""

    code: Annotated[str, msgspec.Meta(max_length=40)]


class GateAsked(Fact, frozen=True, kw_only=True):
    """Staff answer whoever stands at the gate, or try it: it opens, or (`open` False) stays shut."""

    open: bool = True


LeavingEvent = ExitCodeShown | GateAsked
