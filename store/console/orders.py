"""Orders: the dialog of one lane: what may be wanted of it, its basket as it is, a word to the shopper.

The basket is asked of the lane when the dialog opens and again whenever the lane says that it has changed, so it is a
mirror of what the shopper sees.
"""

from collections.abc import Iterable
from functools import partial
from typing import Any

from nicegui import ui

from store.commands import Ordered
from store.console.basket_lines import BasketLines
from store.console.cards import Card
from store.console.ordering import Ordering
from store.console.who import may
from store.parts import Parts
from store.rights import ORDERS

_LANE: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
    ("open", "open", "Open", {}),
    ("pause", "pause", "Pause 15 min", {"minutes": 15}),
    ("close", "close", "Close", {}),
    ("drawer", "drawer", "Open drawer", {}),
    ("training", "training", "Begin training", {}),
    ("training", "training-end", "End training", {"on": False}),
    ("restart", "restart", "Restart", {}),
)
"""Kind, what tests call its button, its words, and what belongs to it."""


class Orders:
    """One a page."""

    def __init__(self, parts: Parts, ordering: Ordering) -> None:
        self._parts, self._ordering, self._till = parts, ordering, ""
        self._seen: tuple[str, str] = ("", "")
        with ui.dialog() as self._dialog, ui.card().classes("k-order"):
            with ui.row().classes("w-full items-center no-wrap"):
                self._title = ui.label().classes("k-title")
                ui.space()
                ui.button(icon="close", on_click=self._dialog.close).props("flat round aria-label=Close")
            with ui.row().classes("k-choices"):
                for kind, name, text, data in _LANE:
                    if may(ORDERS[kind]):
                        button = ui.button(text, on_click=partial(self._wanted, kind, text, data))
                        button.props("outline no-caps").mark(f"order-{name}")
            if may("assist"):
                with ui.row().classes("w-full items-center no-wrap"):
                    self._text = ui.input("Say to the shopper").props("maxlength=120").classes("grow")
                    self._text.mark("order-text").on("keydown.enter", self._send_text)
                    ui.button("Send", on_click=self._send_text).props("no-caps").mark("order-message")
            ui.separator()
            ui.label("Basket").classes("k-status")
            self._lines = BasketLines(self._price, lambda why: ui.notify(why, type="negative"))
        self._dialog.on("hide", self._closed)

    def open(self, card: Card) -> None:
        """For this lane."""
        self._till, self._seen = card.till, ("", "")
        self._title.set_text(card.title)
        self._lines.wait("One moment" if card.due else "Nobody is served here.")
        self._dialog.open()
        self.follow((card,))

    def follow(self, cards: Iterable[Card]) -> None:
        """What is in the basket is another: it is asked for anew."""
        card = next((card for card in cards if card.till == self._till), None)
        if card is None or not self._dialog.value or not may("assist"):
            return
        now = (card.items, card.due)
        if now == self._seen:
            return
        self._seen = now
        if not card.due:
            self._lines.wait("Nobody is served here.")
            return
        self._ordering.order(self._till, "basket", {}, "", self._mirror)

    def _closed(self) -> None:
        self._till = ""

    def _mirror(self, found: Ordered) -> None:
        """The basket that was asked for is here, if the dialog is still that lane's."""
        if found.till != self._till:
            return
        if found.state == "done":
            self._lines.show(self._parts.lanes.basket(self._till))
        else:
            self._lines.wait(f"The checkout does not show its basket: {found.why}")

    def _wanted(self, kind: str, text: str, data: dict[str, Any]) -> None:
        self._ordering.order(self._till, kind, data, f"{self._title.text}, {text.lower()}")

    def _send_text(self) -> None:
        if self._ordering.order(self._till, "message", {"text": self._text.value or ""}, "Message"):
            self._text.set_value("")

    async def _price(self, kind: str, data: dict[str, Any]) -> None:
        self._ordering.order(self._till, kind, data, "New price")
        self._seen = ("", "")
