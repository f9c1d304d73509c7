"""New batch: prices are planned in a dialog: product by product, when they begin, and what they wait for."""

from collections.abc import Callable

from nicegui import ui

from kiosk.wire.price_csv import PriceRow
from store import price_batches
from store.console import words
from store.console.who import who
from store.parts import Parts
from store.price_batches import BadBatch
from store.price_saving import limits_of, moment_typed

_FOUND = 8


class NewBatch:
    """One dialog; `done` is told when there is a batch more."""

    def __init__(self, parts: Parts, done: Callable[[], None]) -> None:
        self._parts, self._done = parts, done
        self._fields: dict[str, ui.input] = {}
        with ui.dialog(value=True) as self._dialog, ui.card().classes("k-file"):
            ui.label("Plan prices").classes("k-title")
            self._name = ui.input("Name, for example Week 48").props("outlined dense maxlength=100").classes("w-full")
            self._search = ui.input("Find a product", on_change=self._find).classes("w-full").mark("batch-find")
            self._search.props("outlined dense clearable debounce=250")
            self._found = ui.column().classes("w-full gap-0")
            self._rows = ui.column().classes("w-full").mark("batch-rows")
            with ui.row().classes("w-full"):
                self._day = ui.input("From day").props("outlined dense type=date stack-label").classes("grow")
                self._time = ui.input("and time").props("outlined dense type=time stack-label").classes("grow")
            self._labels = ui.checkbox("Not before staff say that the new labels hang").mark("batch-labels")
            self._wrong = ui.label().classes("k-below").mark("batch-wrong")
            with ui.row().classes("w-full justify-end"):
                ui.button("Cancel", on_click=self._dialog.close).props("flat no-caps")
                ui.button("Plan", on_click=self._plan).props("no-caps unelevated").mark("batch-plan")
        self._dialog.on("hide", self._dialog.delete)

    def _find(self) -> None:
        self._found.clear()
        if not self._search.value:
            return
        with self._found:
            for row in self._parts.prices.search(self._search.value, _FOUND):
                ui.button(f"{row.name} · {row.code}", on_click=lambda _, row=row: self._add(row)).props(
                    "flat no-caps align=left"
                ).classes("w-full")

    def _add(self, row: PriceRow) -> None:
        self._search.set_value("")
        if row.code in self._fields:
            return
        currency = self._parts.config.store.currency
        with self._rows, ui.row().classes("w-full items-center no-wrap"):
            ui.label(f"{row.name}, now {words.amount(row.price_minor, currency)}").classes("grow")
            field = ui.input(f"New price ({currency})").props("outlined dense inputmode=decimal").classes("w-36")
            self._fields[row.code] = field.mark(f"batch-price-{row.code}")

    def _plan(self) -> None:
        parts, currency = self._parts, self._parts.config.store.currency
        typed = {code: words.price_typed(field.value or "", currency) for code, field in self._fields.items()}
        bad = [code for code, minor in typed.items() if minor is None]
        if bad or not typed:
            self._wrong.set_text(f"{bad[0]}: type a price such as 12.90." if bad else "Find a product first.")
            return
        try:
            batch = price_batches.plan(
                parts.engine,
                {code: minor for code, minor in typed.items() if minor is not None},
                name=self._name.value or "",
                by=who(),
                starts_utc_ms=moment_typed(self._day.value or "", self._time.value or "", parts.config.zone),
                waits_for_labels=bool(self._labels.value),
                limits=limits_of(parts),
                now_utc_ms=parts.now_utc_ms(),
            )
        except BadBatch as error:
            self._wrong.set_text(f"{words.sentence(str(error))}.")
            return
        self._dialog.close()
        ui.notify(f"{batch.name} is planned.", type="positive")
        self._done()
