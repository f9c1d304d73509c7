"""Orders: what staff want of a lane, from its card. Their PIN proves who they are; the lane says what came of it."""

from functools import partial
from typing import Any

from nicegui import run, ui

from store import commands
from store.console.cards import Call, Card
from store.orders_route import Tries, proved
from store.parts import Parts
from store.problem import Problem

_LOOK_S = 1
_ANSWERS = {"age": ("deny",), "help": ("approve",), "bag": ("approve",), "item": ("deny", "approve")}
_WORDS = {"approve": "Approve", "deny": "Refuse"}
_LANE: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("open", "Open", {}),
    ("close", "Close", {}),
    ("pause", "Pause 15 min", {"minutes": 15}),
    ("drawer", "Open drawer", {}),
    ("training", "Begin training", {}),
)


class Orders:
    """The dialog, one a page."""

    def __init__(self, parts: Parts) -> None:
        self._parts, self._tries, self._till, self._id = parts, Tries(), "", ""
        with ui.dialog() as self._dialog, ui.card().classes("k-order"):
            self._title = ui.label().classes("k-title")
            self._pin = (
                ui.input("Your PIN", password=True).props("inputmode=numeric autocomplete=off").mark("order-pin")
            )
            self._calls = ui.column()
            with ui.row():
                for kind, text, data in _LANE:
                    ui.button(text, on_click=partial(self._order, kind, data)).mark(f"order-{kind}")
            with ui.row().classes("items-center"):
                self._text = ui.input("Say to the shopper").props(f"maxlength={120}").mark("order-text")
                ui.button("Send", on_click=self._say).mark("order-message")
            self._said = ui.label().classes("k-muted").mark("order-said")
        ui.timer(_LOOK_S, self._look)

    def open(self, card: Card) -> None:
        """For this lane, with what it waits for."""
        self._till, self._id = card.till, ""
        self._title.set_text(card.title)
        self._said.set_text("")
        self._pin.set_value("")
        self._calls.clear()
        with self._calls:
            for call in card.calls:
                self._answers(call)
        self._dialog.open()

    def _answers(self, call: Call) -> None:
        with ui.row().classes("items-center"):
            ui.label(call.why)
            for kind in _ANSWERS.get(call.reason, ()):
                data = {"reason": call.reason, "detail": call.detail}
                ui.button(_WORDS[kind], on_click=partial(self._order, kind, data)).mark(f"order-{kind}-{call.reason}")

    async def _say(self) -> None:
        await self._order("message", {"text": self._text.value or ""})

    async def _order(self, kind: str, data: dict[str, Any]) -> None:
        """The PIN takes as long as its hashes: not in the page's own loop."""
        try:
            person = await run.io_bound(proved, self._parts, self._tries, self._pin.value or "")
        except Problem as refusal:
            self._said.set_text(str(refusal.detail))
            return
        assert person is not None, "the page was closed while the PIN was looked at"
        now = self._parts.now_utc_ms()
        self._id = commands.order(self._parts.engine, self._till, kind, person.id, data, now)
        self._parts.clerk.look()
        self._said.set_text("Sent to the lane")

    def _look(self) -> None:
        """What became of it."""
        found = commands.find(self._parts.engine, self._id) if self._id else None
        if found is not None and found.state != "waiting":
            self._id = ""
            self._said.set_text("Done" if found.state == "done" else f"Not done: {found.why}")
