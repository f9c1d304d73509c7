"""Offer form: every kind of offer that lanes know, written in words and amounts, tried on a basket before it is saved.

What is typed is read as a line of a file of offers would be, by the same reader, so a form and a file refuse alike.
"""

from collections.abc import Callable
from typing import Any

from nicegui import ui

from kiosk.wire.offers_csv import COLUMNS, KINDS, MAY_GIVE, OfferRow, cells_of, read_cells
from store.book_edits import Edit
from store.console import book_words
from store.console.book_words import GIVES
from store.console.form_parts import FIELD, Begins, show_wrong
from store.console.offer_example import OfferExample
from store.console.offer_places import OfferPlaces
from store.console.product_form import languages_of
from store.parts import Parts

_MONEY = ("price_minor", "amount_minor", "spend_minor")
_CALLED = {
    **GIVES, "name": "Name", "items": "What it is for", "need": "So many together", "from": "First day",
    "to": "Last day", "since": "From", "until": "To", "coupon": "Code of the coupon", "limit": "At most so often",
    "excludes": "Not together with", "groups": "Groups of members", "spend_minor": "From a sum of", "whole": "Whole",
}  # fmt: skip
_SHARED = {"whole", "spend_minor", "coupon", "once", "offline", "need"}
"""Fields that only some kinds have."""


class OfferForm:
    """One dialog; `row` None: a new offer. `done` is told when something is saved."""

    def __init__(self, parts: Parts, row: OfferRow | None, done: Callable[[], object]) -> None:
        self._parts, self._was, self._done = parts, row, done
        self._example: OfferExample | None = None
        cells = cells_of(row) if row is not None else dict.fromkeys(COLUMNS, "") | {"kind": "multibuy"}
        self._fields: dict[str, Any] = {}
        with ui.dialog(value=True) as self._dialog, ui.card().classes("b-form").mark("offer-form"):
            ui.label(row.name if row is not None else "New offer").classes("k-title")
            self._what(cells)
            ui.label("What it is for").classes("b-head")
            self._places = OfferPlaces(parts, row.items if row is not None else ((),), self._changed)
            self._names(row, cells["name"])
            self._when(cells)
            with ui.expansion("More").classes("w-full").mark("offer-more"), ui.element("div").classes("b-fields"):
                self._more(cells)
            self._example = OfferExample(parts)
            self._begins = Begins(parts)
            with ui.row().classes("w-full justify-end"):
                ui.button("Cancel", on_click=self._dialog.close).props("flat no-caps")
                ui.button("Save", on_click=self._save).props("no-caps unelevated").mark("offer-save")
        self._dialog.on("hide", self._dialog.delete)
        self._of_kind()

    # --- fields ---

    def _text(self, column: str, label: str, value: str, props: str = "") -> None:
        field = ui.input(label, value=value, on_change=self._changed).props(f"{FIELD} debounce=300 {props}")
        self._fields[column] = field.mark(f"offer-{column}")

    def _yes(self, column: str, label: str, cells: dict[str, str]) -> None:
        box = ui.checkbox(label, value=cells[column] == "yes", on_change=self._changed)
        self._fields[column] = box.mark(f"offer-{column}")

    def _what(self, cells: dict[str, str]) -> None:
        currency = self._parts.config.store.currency
        given = next((column for column in GIVES if cells[column]), "")
        with ui.element("div").classes("b-fields"):
            kinds = {kind: book_words.KINDS[kind] for kind in KINDS}
            self._kind = ui.select(kinds, value=cells["kind"], label="Kind", on_change=self._of_kind)
            self._kind.props(FIELD).mark("offer-kind")
            self._text("need", _CALLED["need"], cells["need"], "inputmode=numeric")
            may = MAY_GIVE[self._kind.value]
            options = {column: GIVES[column] for column in may}
            self._gives = ui.select(options, value=given or may[0], label="It gives", on_change=self._changed)
            self._gives.props(FIELD).mark("offer-gives")
            shown = self._shown(given, cells)
            self._value = ui.input(f"How much (%, pieces or {currency})", value=shown, on_change=self._changed)
            self._value.props(f"{FIELD} debounce=300 inputmode=decimal").mark("offer-value")
            self._yes("whole", "On all that it is for at once", cells)
            self._text("spend_minor", f"From a sum of ({currency})", self._shown("spend_minor", cells))
            self._text("coupon", _CALLED["coupon"], cells["coupon"], 'hint="with * behind: all that begin so"')
            self._yes("once", "Each code once only", cells)
            offline = {"": "as the checkout does", "accept": "accept it", "refuse": "refuse it"}
            self._fields["offline"] = ui.select(offline, value=cells["offline"], label="While the store is away")
            self._fields["offline"].props(FIELD)

    def _shown(self, column: str, cells: dict[str, str]) -> str:
        if column in _MONEY and cells[column]:
            return book_words.typed_again(int(cells[column]), self._parts.config.store.currency)
        return cells[column] if column else ""

    def _names(self, row: OfferRow | None, name: str) -> None:
        ui.label("Names, as slips and receipts say them").classes("b-head")
        with ui.element("div").classes("b-fields"):
            self._text("name", "Name, where there is no other", name)
            for tag in languages_of(self._parts):
                value = row.names.get(tag, "") if row is not None else ""
                missing = 'placeholder="missing" stack-label'
                self._text(f"name.{tag}", book_words.language(tag), value, missing)

    def _when(self, cells: dict[str, str]) -> None:
        ui.label("When it runs").classes("b-head")
        with ui.element("div").classes("b-fields"):
            for column, kind in (("from", "date"), ("to", "date"), ("since", "time"), ("until", "time")):
                self._text(column, _CALLED[column], cells[column], f"type={kind} stack-label")
            days = ui.select(
                book_words.WEEKDAYS, value=cells["weekdays"].split(), label="Days of the week (none: every day)",
                multiple=True, on_change=self._changed,
            )  # fmt: skip
            self._fields["weekdays"] = days.props(f"{FIELD} use-chips").classes("b-wide").mark("offer-weekdays")

    def _more(self, cells: dict[str, str]) -> None:
        self._text("limit", _CALLED["limit"], cells["limit"], "inputmode=numeric")
        self._text("priority", "Goes first (higher before lower)", cells["priority"], "inputmode=numeric")
        self._text("groups", _CALLED["groups"], cells["groups"], 'hint="empty: for all"')
        others = {one.offer: one.name for one in self._parts.prices.offers() if one != self._was}
        excludes = [id_ for id_ in cells["excludes"].split() if id_ in others]
        picked = ui.select(others, value=excludes, label=_CALLED["excludes"], multiple=True, on_change=self._changed)
        self._fields["excludes"] = picked.props(f"{FIELD} use-chips").classes("b-wide").mark("offer-excludes")

    # --- what they say ---

    def _of_kind(self) -> None:
        """Another kind may give other things, and has other fields."""
        kind = self._kind.value
        may = MAY_GIVE[kind]
        now = self._gives.value if self._gives.value in may else may[0]
        self._gives.set_options({column: GIVES[column] for column in may}, value=now)
        bundle = kind not in ("meal_deal", "percent", "amount")
        for column, fits in {
            "need": bundle,
            "whole": kind in ("percent", "amount", "coupon"),
            "spend_minor": kind in ("percent", "amount", "coupon"),
            "coupon": kind == "coupon",
            "once": kind == "coupon",
            "offline": kind == "coupon",
        }.items():
            self._fields[column].set_visibility(fits)
        self._places.with_courses(kind == "meal_deal")
        self._changed()

    def _changed(self) -> None:
        if self._example is not None:
            self._example.show(self._read()[0])

    def _read(self) -> tuple[OfferRow | None, list[tuple[str, str]]]:
        hidden = {column for column in _SHARED if not self._fields[column].visible}
        typed = {column: "" if column in hidden else _cell(f.value) for column, f in self._fields.items()}
        typed |= {"kind": self._kind.value, "items": self._places.cell, self._gives.value: _cell(self._value.value)}
        taken = (one.offer for one in self._parts.prices.offers())
        typed["offer"] = self._was.offer if self._was is not None else book_words.new_id(typed["name"], taken)
        money = [column for column in _MONEY if column in typed]
        cells, wrong = book_words.cells_typed(typed, self._parts.config.store.currency, money)
        row, problems = read_cells(cells)
        if not typed["name"]:
            wrong["name"] = "is empty"
        if wrong:
            return None, [*wrong.items(), *((column, what) for column, what in problems if column not in wrong)]
        return row, problems

    def _save(self) -> None:
        row, problems = self._read()
        shown = {**self._fields, self._gives.value: self._value}
        left = show_wrong(shown, problems, _CALLED)
        if row is None:
            self._begins.wrong.set_text("; ".join(left) or "Something above is not right yet.")
            return
        if self._begins.save([Edit(row.code, self._was, row)]):
            self._dialog.close()
            self._done()


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    return " ".join(map(str, value)) if isinstance(value, list) else str(value or "").strip()
