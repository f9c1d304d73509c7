"""Movements: everything that came, went or was counted, the newest first."""

from nicegui import ui

from kiosk.values.moment import rfc3339
from store import stock
from store.console import goods_words, words
from store.console.product_dialog import ProductDialog
from store.parts import Parts
from store.stock import Movement

_AT_ONCE = 50
_ALL = {"": "Everything", **{kind: text for kind, text in goods_words.KINDS.items() if kind != "void"}}


class MovementsView:
    """A page of them; a touch opens the product."""

    def __init__(self, parts: Parts, product: ProductDialog) -> None:
        self._parts, self._product, self._offset = parts, product, 0
        self._names = {place.id: place.name for place in stock.places(parts.engine)}
        with ui.element("div").classes("g-bar"):
            self._kind = ui.select(_ALL, value="", label="Show").props("outlined bg-color=white").classes("w-48")
            self._kind.on_value_change(lambda: self._turn(-self._offset)).mark("movements-kind")
            ui.space()
            ui.button(icon="chevron_left", on_click=lambda: self._turn(-_AT_ONCE)).props("flat round aria-label=Newer")
            ui.button(icon="chevron_right", on_click=lambda: self._turn(_AT_ONCE)).props("flat round aria-label=Older")
        self._sheet = ui.element("div").classes("k-sheet").mark("movements")
        self._draw()

    def _turn(self, by: int) -> None:
        self._offset = max(0, self._offset + by)
        self._draw()

    def _draw(self) -> None:
        kind = str(self._kind.value or "")
        found = stock.movements(self._parts.engine, kind=kind, limit=_AT_ONCE, offset=self._offset)
        levels = stock.levels(self._parts.engine, sorted({one.gtin for one in found}))
        self._sheet.clear()
        with self._sheet:
            for one in found:
                self._draw_one(one, levels[one.gtin].name if one.gtin in levels else "")
            if not found:
                ui.label("Nothing has moved.").classes("g-empty")

    def _draw_one(self, one: Movement, name: str) -> None:
        with ui.element("div").classes("g-line"):
            with ui.element("div").classes("g-open") as what:
                ui.label(name or one.gtin).classes("g-name")
                when = words.clock(rfc3339(one.at_utc_ms), self._parts.config.zone)
                ui.label(f"{when}: {goods_words.about_movement(one, self._names)}").classes("g-what")
            what.on("click", lambda: self._product.open(one.gtin))
            ui.label(goods_words.signed(one.count, one.weight_g)).classes("g-much")
