"""Stock: what is on hand, and what it costs. A price typed here is charged on every lane's next scan;
who may not change one reads it."""

from nicegui import ui

from kiosk.wire.price_csv import PriceRow
from store import stock
from store.console import goods_words, words
from store.console.product_dialog import ProductDialog
from store.console.who import may, who
from store.parts import Parts
from store.price_batches import BadBatch
from store.price_book import BadPrice, UnknownProduct
from store.price_saving import save
from store.stock import OnHand

_AT_ONCE = 25
_EVERY_S = 5


class StockView:
    """What there is, what it costs; a touch on a name opens the product."""

    def __init__(self, parts: Parts, product: ProductDialog) -> None:
        self._parts, self._product = parts, product
        self._offset = 0
        self._levels: dict[str, ui.label] = {}
        with ui.row().classes("w-full items-center"):
            self._search = ui.input("Find by name or code", on_change=self._first).classes("w-80").mark("find-product")
            self._search.props("outlined dense clearable bg-color=white debounce=200")
            self._short = ui.switch("Only below zero", on_change=self._first).mark("below-zero")
            ui.space()
            self._version = ui.label().classes("k-muted").mark("price-book")
            ui.button(icon="chevron_left", on_click=lambda: self._turn(-_AT_ONCE)).props("flat round aria-label=Back")
            ui.button(icon="chevron_right", on_click=lambda: self._turn(_AT_ONCE)).props("flat round aria-label=More")
        self._sheet = ui.element("div").classes("k-sheet").mark("stock")
        self._draw()
        ui.timer(_EVERY_S, self._refresh)

    def _first(self) -> None:
        self._offset = 0
        self._draw()

    def _turn(self, by: int) -> None:
        self._offset = max(0, self._offset + by)
        self._draw()

    def _draw(self) -> None:
        rows = self._rows()
        levels = stock.levels(self._parts.engine, [row.code for row in rows])
        self._levels = {}
        self._sheet.clear()
        with self._sheet:
            with ui.element("div").classes("k-row head"):
                for title, side in (
                    ("Code", ""),
                    ("Name", ""),
                    ("On hand", "k-num"),
                    ("Deposit", "k-num"),
                    ("Price", ""),
                ):
                    ui.label(title).classes(side)
            for row in rows:
                self._draw_row(row, levels.get(row.code))
            if not rows:
                ui.label("Nothing found.").classes("k-muted q-pa-md")
        self._show_version()

    def _rows(self) -> list[PriceRow]:
        parts, found = self._parts, str(self._search.value or "")
        if not self._short.value:
            return parts.prices.search(found, _AT_ONCE, self._offset)
        short = stock.on_hand(parts.engine, limit=_AT_ONCE, offset=self._offset, words=found, below_zero=True)
        rows = (parts.prices.first_of((one.gtin,)).row for one in short)
        return [row for row in rows if row is not None]

    def _draw_row(self, row: PriceRow, level: OnHand | None) -> None:
        currency = self._parts.config.store.currency
        with ui.element("div").classes("k-row").mark(f"product-{row.code}"):
            ui.label(row.code).classes("k-muted")
            ui.label(row.name).classes("g-open").on("click", lambda: self._product.open(row.code))
            self._levels[row.code] = ui.label().classes("k-num")
            _show_level(self._levels[row.code], level)
            ui.label(words.amount(row.deposit_minor, currency) if row.deposit_minor else "").classes("k-num")
            if not may("goods"):
                cost = words.money(row.price_minor, currency) + ("/kg" if row.sold_by == "kg" else "")
                ui.label(cost).classes("k-num").mark(f"costs-{row.code}")
                return
            price = ui.input(value=words.amount(row.price_minor, currency).replace(",", ""))
            unit = f"{currency}/kg" if row.sold_by == "kg" else currency
            price.props(f"outlined dense suffix={unit} aria-label=Price input-class=text-right").mark(
                f"price-{row.code}"
            )
            price.on("keydown.enter", lambda _, row=row, price=price: self._change(row, price))
            price.on("blur", lambda _, row=row, price=price: self._change(row, price))

    def _change(self, row: PriceRow, field: ui.input) -> None:
        """What was typed becomes the price, or goes away with a word why."""
        parts, currency = self._parts, self._parts.config.store.currency
        if not may("goods"):
            return
        price_minor = words.price_typed(field.value or "", currency)
        try:
            before = parts.prices.row(row.code)
            if price_minor is None:
                raise BadPrice(f"{field.value!r} is not an amount such as 12.90")
            batch = save(parts, prices={row.code: price_minor}, by=who()) if price_minor != before.price_minor else None
        except (BadPrice, BadBatch, UnknownProduct) as error:
            ui.notify(str(error), type="negative")
            field.set_value(words.amount(row.price_minor, currency).replace(",", ""))
            return
        was, now = words.amount(before.price_minor, currency), words.amount(price_minor, currency)
        if batch is not None and batch.version is None:
            ui.notify(f"{row.name}: {now} waits for somebody else to approve it", type="warning")
            price_minor = before.price_minor
        elif batch is not None:
            ui.notify(f"{row.name}: {was} is now {now}", type="positive")
        field.set_value(words.amount(price_minor, currency).replace(",", ""))
        self._show_version()

    def _refresh(self) -> None:
        """Only what moves by itself: fields that somebody may be typing into are left alone."""
        levels = stock.levels(self._parts.engine, list(self._levels))
        for code, label in self._levels.items():
            _show_level(label, levels.get(code))
        self._show_version()

    def _show_version(self) -> None:
        head = self._parts.prices.head()
        self._version.set_text(f"Price book {head.version}, {head.items} products" if head else "No price book yet")


def _show_level(label: ui.label, level: OnHand | None) -> None:
    label.set_text(goods_words.level_words(level))
    below = goods_words.is_short(level)
    label.classes(add="k-below" if below else "", remove="" if below else "k-below")
