"""Orders: what staff want of a lane, from its card. Their PIN proves who they are; the lane says what came of it."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from nicegui import run, ui

from store import commands
from store.console.basket_lines import BasketLines
from store.console.cards import Call, Card
from store.parts import Parts
from store.problem import Problem
from store.proving_pins import proved

_LOOK_S = 1
_REFUSE, _APPROVE = ("deny", "Refuse"), ("approve", "Approve")
_ANSWERS: dict[str, tuple[tuple[str, str], ...]] = {
    "age": (_REFUSE,),
    "help": (("approve", "Settled"),),
    "bag": (_APPROVE,),
    "item": (_REFUSE, _APPROVE),
    "audit": (("approve", "Pay without a look"),),
    "gate": (("deny", "Leave it shut"), ("approve", "Open the gate")),
    "approval": (_REFUSE, _APPROVE),
}
_LANE: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
    ("open", "open", "Open", {}),
    ("close", "close", "Close", {}),
    ("pause", "pause", "Pause 15 min", {"minutes": 15}),
    ("drawer", "drawer", "Open drawer", {}),
    ("training", "training", "Begin training", {}),
    ("training", "training-end", "End training", {"on": False}),
    ("restart", "restart", "Restart", {}),
    ("basket", "basket", "Look into the basket", {}),
)
"""Kind, what tests call its button, its words, and what belongs to it."""


class Orders:
    """The dialog, one a page."""

    def __init__(self, parts: Parts) -> None:
        self._parts, self._till, self._id, self._kind = parts, "", "", ""
        self._shown: tuple[Call, ...] = ()
        with ui.dialog() as self._dialog, ui.card().classes("k-order"):
            self._title = ui.label().classes("k-title")
            self._pin = (
                ui.input("Your PIN", password=True).props("inputmode=numeric autocomplete=off").mark("order-pin")
            )
            self._calls = ui.column()
            with ui.row():
                for kind, name, text, data in _LANE:
                    ui.button(text, on_click=partial(self._order, kind, data)).mark(f"order-{name}")
            self._lines = BasketLines(self._order, self._say)
            with ui.row().classes("items-center"):
                self._text = ui.input("Say to the shopper").props("maxlength=120").mark("order-text")
                ui.button("Send", on_click=self._send_text).mark("order-message")
            self._said = ui.label().classes("k-muted").mark("order-said")
        ui.timer(_LOOK_S, self._look)

    def open(self, card: Card) -> None:
        """For this lane, with what it waits for."""
        self._till, self._id = card.till, ""
        self._title.set_text(card.title)
        self._say("")
        self._pin.set_value("")
        self._lines.clear()
        self._draw_calls(card)
        self._dialog.open()

    def follow(self, cards: Iterable[Card]) -> None:
        """What the lane waits for is another: the answers beside it go with it."""
        card = next((card for card in cards if card.till == self._till), None)
        if card is not None and self._dialog.value and card.calls != self._shown:
            self._draw_calls(card)

    def _draw_calls(self, card: Card) -> None:
        self._shown = card.calls
        self._calls.clear()
        with self._calls:
            for call in card.calls:
                self._answers(call, card.ages)

    def _answers(self, call: Call, ages: bool) -> None:
        answers = _ANSWERS.get(call.reason, ())
        if call.reason == "age" and ages:
            answers = (_REFUSE, ("approve", "Clearly old enough"))
        with ui.row().classes("items-center"):
            ui.label(call.why)
            why = None
            if call.reason == "approval":
                why = ui.input("Why, for the record").props("dense maxlength=120").mark("order-why")
            for kind, text in answers:
                ui.button(text, on_click=partial(self._answer, kind, call, why)).mark(f"order-{kind}-{call.reason}")

    async def _answer(self, kind: str, call: Call, why: ui.input | None) -> None:
        """What was asked for is named by its detail: what has come meanwhile is another."""
        said = {"text": why.value} if why is not None and why.value else {}
        await self._order(kind, {"reason": call.reason, "detail": call.detail, **said})

    def _say(self, text: str) -> None:
        self._said.set_text(text)

    async def _send_text(self) -> None:
        await self._order("message", {"text": self._text.value or ""})

    async def _order(self, kind: str, data: dict[str, Any]) -> None:
        """The PIN takes as long as its hashes: not in the page's own loop."""
        till, parts = self._till, self._parts
        self._id = ""
        self._say("One moment")
        try:
            person = await run.io_bound(proved, parts.engine, self._pin.value or "", parts.now_utc_ms())
        except Problem as refusal:
            self._say(str(refusal.detail))
            return
        assert person is not None, "the page was closed while the PIN was looked at"
        self._id, self._kind = commands.order(parts.engine, till, kind, person.id, data, parts.now_utc_ms()), kind
        parts.clerk.look()
        self._say("Sent to the lane")

    def _look(self) -> None:
        """What became of it."""
        found = commands.find(self._parts.engine, self._id) if self._id else None
        if found is None or found.state == "waiting":
            return
        self._id = ""
        self._say("Done" if found.state == "done" else f"Not done: {found.why}")
        if found.state == "done" and self._kind == "basket":
            self._lines.show(self._parts.lanes.basket(found.till))
        elif found.state == "done" and self._kind == "price":
            self._lines.clear()
