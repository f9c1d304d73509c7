"""Blank cards dialog: how many gift cards with nothing on them are made, and on which labels their bar codes come."""

from collections.abc import Callable

from nicegui import ui

from store.blank_cards import card_sheet, make_blank
from store.database import writing
from store.parts import Parts

_SHEETS = {
    "a4-24": "A4, 24 labels of 70 x 36 mm",
    "a4-10": "A4, 10 labels of 105 x 57 mm",
    "roll": "Roll, labels of 60 x 36 mm",
}
_USUAL, _MOST = 24, 500


def blank_cards_dialog(parts: Parts, done: Callable[[], None]) -> None:
    """Asks for both; the sheet is downloaded, and nothing was made if it cannot be."""
    with ui.dialog(value=True) as dialog, ui.card().classes("k-file").mark("blank-cards"):
        ui.label("Blank gift cards").classes("k-title")
        ui.label(
            "New numbers as bar codes, to be stuck onto cards and hung on the shelf. Nothing is on a card until a "
            "checkout or the desk has sold it. Print each sheet once: two cards with one number share their money."
        ).classes("k-muted")
        count = ui.input("How many", value=str(_USUAL)).props("outlined dense inputmode=numeric").classes("w-full")
        count.mark("blank-count")
        sheet = ui.select(_SHEETS, value="a4-24", label="Printed on").props("outlined dense").classes("w-full")
        wrong = ui.label().classes("k-below").mark("blank-wrong")

        def make() -> None:
            typed = (count.value or "").strip()
            if not typed.isdecimal() or not 1 <= int(typed) <= _MOST:
                wrong.set_text(f"Type a number from 1 to {_MOST}.")
                return
            with writing(parts.engine) as books:
                numbers = make_blank(books, int(typed), parts.config.store.currency, parts.now_utc_ms())
                file = card_sheet(numbers, parts.config.name, sheet.value)
            dialog.close()
            ui.download.content(file, "gift-cards.pdf", "application/pdf")
            done()

        with ui.row().classes("w-full justify-end"):
            ui.button("Cancel", on_click=dialog.close).props("flat no-caps")
            ui.button("Make and print", icon="print", on_click=make).props("no-caps unelevated").mark("make-blank")
    dialog.on("hide", dialog.delete)
