"""Online orders: what other channels have sold out of the same stock, and sending it."""

from collections.abc import Callable
from functools import partial

from nicegui import ui

from kiosk.values.moment import rfc3339
from store import channel_orders
from store.channel_order import NotNow, Order
from store.console import goods_words, words
from store.console.who import who
from store.parts import Parts

_EVERY_S = 5
_AT_ONCE = 100
_WHICH = {"open": "To be sent", "": "All", "shipped": "Sent", "cancelled": "Cancelled"}


class OnlineOrdersView:
    """The list; a touch opens an order."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._shown: list[Order] = []
        with ui.element("div").classes("g-bar"):
            self._which = ui.select(_WHICH, value="open", label="Show").props("outlined bg-color=white")
            self._which.classes("w-40").mark("orders-which")
            self._find = ui.input("Find by number").props("outlined bg-color=white clearable debounce=200")
            self._find.classes("g-grow")
        self._sheet = ui.element("div").classes("k-sheet").mark("online-orders")
        self._dialogs = ui.element("div")
        self._which.on_value_change(lambda: self._draw(anew=True))
        self._find.on_value_change(lambda: self._draw(anew=True))
        self._draw(anew=True)
        ui.timer(_EVERY_S, self._draw)

    def _draw(self, *, anew: bool = False) -> None:
        found = channel_orders.orders(
            self._parts.engine, state=str(self._which.value or ""), words=str(self._find.value or ""), limit=_AT_ONCE
        )
        if found == self._shown and not anew:
            return
        self._shown = found
        self._sheet.clear()
        with self._sheet:
            for order in found:
                self._draw_one(order)
            if not found:
                nothing = "Nothing is waiting to be sent." if self._which.value == "open" else "No orders."
                ui.label(nothing).classes("g-empty")

    def _draw_one(self, order: Order) -> None:
        with ui.element("div").classes("g-line g-open").mark(f"order-{order.number}") as line:
            with ui.element("div"):
                ui.label(f"{order.channel} {order.number}").classes("g-name")
                goods = ", ".join(f"{much} {name}" for name, much in list(goods_words.order_lines(order))[:3])
                more = f" and {len(order.lines) - 3} more" if len(order.lines) > 3 else ""
                when = words.clock(rfc3339(order.made_utc_ms), self._parts.config.zone)
                ui.label(f"{when}: {goods}{more}").classes("g-what")
            waits = order.state in ("reserved", "part_shipped")
            ui.label(goods_words.STATES[order.state]).classes("g-badge wait" if waits else "g-badge")
        line.on("click", partial(self._open, order.id))

    def _open(self, id_: str) -> None:
        parts = self._parts
        order = channel_orders.find(parts.engine, id_)
        with self._dialogs, ui.dialog(value=True) as dialog, ui.card().classes("w-full max-w-2xl").mark("order"):
            with ui.row().classes("w-full items-center justify-between"):
                ui.label(f"{order.channel} {order.number}").classes("k-title")
                ui.label(goods_words.STATES[order.state]).classes("g-badge")
            if order.note:
                ui.label(order.note).classes("k-muted")
            with ui.element("div").classes("w-full"):
                for line, (name, much) in zip(order.lines, goods_words.order_lines(order), strict=True):
                    with ui.element("div").classes("g-line"):
                        ui.label(name).classes("g-name" if line.gtin else "g-wrong")
                        ui.label(much).classes("g-much")
            for one in channel_orders.history(parts.engine, id_):
                when = words.clock(rfc3339(one.at_utc_ms), parts.config.zone)
                ui.label(f"{when} {goods_words.HAPPENED.get(one.kind, one.kind)} {one.why}").classes("g-what")
            wrong = ui.label().classes("g-wrong")

            def act(what: Callable[[], object], said: str) -> None:
                try:
                    what()
                except NotNow as why:
                    wrong.set_text(str(why))
                    return
                dialog.close()
                ui.notify(said, type="positive")
                self._draw(anew=True)

            now = parts.now_utc_ms
            with ui.row():
                if order.state in ("reserved", "part_shipped"):
                    ship = partial(channel_orders.ship, parts.engine, id_, now_utc_ms=now(), staff=who())
                    ui.button("It is sent", on_click=lambda: act(ship, "Sent")).props("unelevated").mark("order-ship")
                    why = ui.input("Why cancelled").props("outlined dense maxlength=200").mark("order-why-cancelled")

                    def cancel() -> object:
                        said = str(why.value or "")
                        return channel_orders.cancel(parts.engine, id_, now_utc_ms=now(), staff=who(), why=said)

                    away = ui.button("Cancel the order", on_click=lambda: act(cancel, "Cancelled"))
                    away.props("flat color=negative").mark("order-cancel")
                ui.button("Close", on_click=dialog.close).props("flat")
        dialog.on("hide", dialog.delete)
