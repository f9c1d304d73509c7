"""Ordering: what a hand at this page wants of a lane, written down in its name, and what came of it, said to it."""

from collections.abc import Callable
from typing import Any

from nicegui import ui

from store import commands
from store.commands import Ordered
from store.console.who import note, person
from store.parts import Parts
from store.rights import ORDERS

_LOOK_S = 1
_QUIET = ("basket",)
"""Only looked at: no act that anybody would look for later."""

Then = Callable[[Ordered], None]


class Ordering:
    """One a page."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._open: dict[str, Then] = {}
        """Ids of orders that the lane has not answered, with what to do then."""
        ui.timer(_LOOK_S, self._look)

    def order(self, till: str, kind: str, data: dict[str, Any], called: str, then: Then | None = None) -> bool:
        """Whether it was ordered; if not, whoever is here is told why. Without `then` they are told the outcome."""
        here, parts = person(), self._parts
        if here is None or not here.may(ORDERS[kind]):
            ui.notify("You may not do that." if here is not None else "You are signed out.", type="negative")
            return False
        id_ = commands.order(parts.engine, till, kind, here.id, data, parts.now_utc_ms())
        parts.clerk.look()
        if kind not in _QUIET:
            about = " ".join(filter(None, (kind, str(data.get("reason", "")))))
            note(parts, "order", till=till, about=about, command=id_)
        self._open[id_] = then or (lambda found: _tell(called, found))
        return True

    def _look(self) -> None:
        """What became of them."""
        for id_ in list(self._open):
            found = commands.find(self._parts.engine, id_)
            if found is not None and found.state != "waiting":
                self._open.pop(id_)(found)


def _tell(called: str, found: Ordered) -> None:
    if found.state == "done":
        ui.notify(f"{called}: done", type="positive", timeout=2_000)
    else:
        ui.notify(f"{called}: not done, {found.why}", type="negative", timeout=6_000)
