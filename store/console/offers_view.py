"""Offers: what the shop gives, when each runs, and the form behind each."""

from datetime import datetime

from nicegui import ui

from kiosk.wire.offers_csv import OfferRow
from store.book_edits import Edit
from store.console import book_words, words
from store.console.form_parts import Begins
from store.console.offer_form import OfferForm
from store.console.product_form import languages_of
from store.parts import Parts

_ORDER = ("runs", "today", "comes", "over")


class OffersView:
    """All of them: what runs first, what is over last."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        with ui.row().classes("w-full items-center"):
            ui.label("Offers").classes("k-title")
            ui.space()
            ui.button("New offer", icon="add", on_click=lambda: OfferForm(parts, None, self._draw)).props(
                "no-caps unelevated"
            ).mark("new-offer")
        self._sheet = ui.element("div").classes("k-sheet").mark("offers")
        self._draw()

    def _draw(self) -> None:
        parts = self._parts
        local = datetime.fromisoformat(words.utc(parts.now_utc_ms())).astimezone(parts.config.zone)
        found = [(book_words.offer_state(row, local), row) for row in parts.prices.offers()]
        languages = languages_of(parts)
        names = item_names(parts, [row for _, row in found])
        self._sheet.clear()
        with self._sheet:
            for state, row in sorted(found, key=lambda one: (_ORDER.index(one[0]), one[1].name)):
                self._row(state, row, names, languages)
            if not found:
                ui.label("No offers yet.").classes("g-empty")

    def _row(self, state: str, row: OfferRow, names: dict[str, str], languages: list[str]) -> None:
        currency = self._parts.config.store.currency
        with ui.element("div").classes("g-line tall").mark(f"offer-{row.offer}"):
            with ui.element("div"):
                ui.label(row.name).classes("g-name")
                gives = f"{book_words.KINDS[row.kind]}: {book_words.told_gives(row, currency)}"
                ui.label(f"{gives} · {book_words.told_items(row, names)}").classes("g-what")
                told = (book_words.told_when(row), book_words.told_missing(row, languages))
                ui.label(" · ".join(part for part in told if part)).classes("g-what")
            with ui.element("div").classes("g-act"):
                ui.label(book_words.STATES[state]).classes("g-badge" if state == "runs" else "g-badge wait")
                ui.button("Change", on_click=lambda: OfferForm(self._parts, row, self._draw)).props("flat no-caps")
                ui.button("End", on_click=lambda: self._end(row)).props("flat no-caps color=negative").mark(
                    f"end-{row.offer}"
                )

    def _end(self, row: OfferRow) -> None:
        """Now, or at a minute: what is in a basket by then keeps it, as it keeps its price."""
        with ui.dialog(value=True) as dialog, ui.card().classes("k-file"):
            ui.label(f"End {row.name}?").classes("k-title")
            ui.label("What shoppers have scanned by then keeps the offer.").classes("k-muted")
            begins = Begins(self._parts, labels=False)

            def end() -> None:
                if begins.save([Edit(row.code, row, None)]):
                    dialog.close()
                    self._draw()

            with ui.row().classes("w-full justify-end"):
                ui.button("Cancel", on_click=dialog.close).props("flat no-caps")
                ui.button("End it", on_click=end).props("no-caps unelevated color=negative").mark("offer-end")
        dialog.on("hide", dialog.delete)


def item_names(parts: Parts, rows: list[OfferRow]) -> dict[str, str]:
    """The names of the products that these offers are on, by code."""
    codes = {item for row in rows for place in row.items for item in place if item.isdigit()}
    found = {code: parts.prices.first_of((code,)).row for code in sorted(codes)}
    return {code: row.name for code, row in found.items() if row is not None}
