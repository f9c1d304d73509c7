"""Price book: the tab of the console about what is sold and for how much: products, offers, what is planned."""

from collections.abc import Callable

from nicegui import ui

from kiosk.wire.price_csv import PriceRow
from store.console import book_words, words
from store.console.book_look import BOOK_CSS
from store.console.goods_look import GOODS_CSS
from store.console.offers_view import OffersView
from store.console.prices_view import PricesView
from store.console.product_form import ProductForm, languages_of
from store.console.who import may
from store.parts import Parts

_AT_ONCE = 25


def book_view(parts: Parts) -> None:
    """All of it. A page is drawn when it is opened, so that it shows what is true then."""
    ui.add_css(GOODS_CSS + BOOK_CSS)
    pages: dict[str, Callable[[Parts], object]] = {"Plans": PricesView, "Products": ProductsView, "Offers": OffersView}
    if not may("goods"):
        del pages["Products"], pages["Offers"]
    with ui.tabs().classes("g-tabs w-full").props("dense align=left outside-arrows mobile-arrows") as tabs:
        for name in pages:
            ui.tab(name, label={"Plans": "Planned and done", "Products": "Edit products"}.get(name, name)).mark(
                f"book-{name.lower()}"
            )
    room = ui.element("div").classes("w-full").style("display: flex; flex-direction: column; gap: 12px")

    def draw() -> None:
        room.clear()
        with room:
            pages[str(tabs.value)](parts)

    tabs.on_value_change(draw)
    tabs.set_value("Plans")


class ProductsView:
    """Products of the price book, each with the names that it lacks; a touch opens one."""

    def __init__(self, parts: Parts) -> None:
        self._parts, self._offset = parts, 0
        with ui.element("div").classes("g-bar"):
            self._search = ui.input("Find by name or code", on_change=self._first).classes("g-grow").mark("book-find")
            self._search.props("outlined dense clearable bg-color=white debounce=200")
            ui.button(icon="chevron_left", on_click=lambda: self._turn(-_AT_ONCE)).props("flat round aria-label=Back")
            ui.button(icon="chevron_right", on_click=lambda: self._turn(_AT_ONCE)).props("flat round aria-label=More")
            ui.button("New product", icon="add", on_click=lambda: ProductForm(parts, None, self._draw)).props(
                "no-caps unelevated"
            ).mark("new-product")
        self._sheet = ui.element("div").classes("k-sheet").mark("book-products")
        self._draw()

    def _first(self) -> None:
        self._offset = 0
        self._draw()

    def _turn(self, by: int) -> None:
        self._offset = max(0, self._offset + by)
        self._draw()

    def _draw(self) -> None:
        rows = self._parts.prices.search(str(self._search.value or ""), _AT_ONCE, self._offset)
        languages = languages_of(self._parts)
        self._sheet.clear()
        with self._sheet:
            for row in rows:
                self._row(row, languages)
            if not rows:
                ui.label("Nothing found.").classes("g-empty")

    def _row(self, row: PriceRow, languages: list[str]) -> None:
        line = ui.element("div").classes("g-line g-open").props("role=button tabindex=0")
        line.on("click", lambda: self._open(row.code)).on("keydown.enter", lambda: self._open(row.code))
        with line.mark(f"edit-{row.code}"):
            with ui.element("div"):
                ui.label(row.name).classes("g-name")
                told = (
                    row.code,
                    row.category,
                    book_words.told_missing(row, languages),
                    "no picture" * (not row.picture),
                )
                ui.label(" · ".join(part for part in told if part)).classes("g-what")
            per = "/kg" if row.sold_by == "kg" else ""
            ui.label(f"{words.amount(row.price_minor, self._parts.config.store.currency)}{per}").classes("g-much")

    def _open(self, code: str) -> None:
        """As it is now: the list may be older."""
        row = self._parts.prices.first_of((code,)).row
        if row is None:
            ui.notify(f"{code} is not in the price book any more.", type="warning")
            self._draw()
            return
        ProductForm(self._parts, row, self._draw)
