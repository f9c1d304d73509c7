"""Basket lines: what is in a lane's basket, once somebody has asked, each with another price that it may be sold at."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, get_args

from nicegui import ui

from kiosk.checkout.events import Reason
from kiosk.wire.messages import BasketLine, OpenBasket
from store.console import words

_REASONS = {reason: words.said(reason, {}) for reason in get_args(Reason)}


class BasketLines:
    """A part of the dialog."""

    def __init__(self, order: Callable[[str, dict[str, Any]], Awaitable[None]], say: Callable[[str], None]) -> None:
        """`order` is given a price, `say` what is wrong with what was typed."""
        self._order, self._say = order, say
        self._column = ui.column().classes("w-full gap-2").mark("order-lines")
        self._shown: OpenBasket | None = None

    def wait(self, why: str) -> None:
        """Not known, or not any more, and why."""
        self._shown = None
        self._column.clear()
        with self._column:
            ui.label(why).classes("k-muted")

    def show(self, basket: OpenBasket | None) -> None:
        """As the lane has shown it; what is typed into stays while nothing has changed."""
        if basket is not None and basket == self._shown:
            return
        self._shown = basket
        self._column.clear()
        with self._column:
            if basket is None or not basket.lines:
                ui.label("The basket is empty").classes("k-muted")
                return
            ui.label(f"To pay: {words.money(basket.due_minor, basket.currency)}").classes("k-due")
            for line in basket.lines:
                self._draw(basket, line)

    def _draw(self, basket: OpenBasket, line: BasketLine) -> None:
        per_kg = line.weight_g is not None
        much = f"{line.weight_g} g" if per_kg else str(line.count)
        with ui.row().classes("k-line"):
            ui.label(f"{much} × {line.name}").classes("grow")
            ui.label(words.money(line.amount_minor, basket.currency)).classes("k-num")
        with ui.expansion("Another price").props("dense").classes("w-full"), ui.row().classes("items-center"):
            price = ui.input(value=words.amount(line.unit_price_minor, basket.currency).replace(",", ""))
            price.props(f"dense suffix={basket.currency}{'/kg' if per_kg else ''} aria-label=Price")
            reason = ui.select(_REASONS, value="damaged").props("dense aria-label=Reason")
            price.mark(f"order-price-{line.line}")
            push = ui.button("Sell at this price", on_click=partial(self._change, basket, line, price, reason))
            push.props("no-caps")

    async def _change(self, basket: OpenBasket, line: BasketLine, price: ui.input, reason: ui.select) -> None:
        minor = words.price_typed(price.value or "", basket.currency)
        if minor is None:
            self._say("This is no price")
            return
        which = {"line": line.line, "detail": line.gtin, "started_utc_ms": basket.started_utc_ms}
        await self._order("price", {**which, "price_minor": minor, "reason": reason.value})
