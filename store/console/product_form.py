"""Product form: everything that the price book says of one product, with its picture as shoppers see it.

What is typed is read as a line of a file would be, by the same reader, so a form and a file refuse alike.
"""

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace
from nicegui import ui

from kiosk.wire.price_csv import PriceRow, read_row
from store import price_batches, price_history
from store.book_edits import Edit
from store.console import book_words, words
from store.console.book_words import FIELDS
from store.console.form_parts import FIELD, Begins, show_wrong
from store.console.product_picture import ProductPicture
from store.packs import tax_classes
from store.parts import Parts
from store.receipts.shop import shop_of

_SHELF = ("price_minor", "sold_by", "tax_class", "tax_bp", "category", "content", "content_unit", "deposit_minor")
_RULES = ("age_limit", "max_quantity", "weight_g", "tare_g", "pick_keys", "short_date", "recalled")
_YES = ("blocked", "staff_only", "open_price")
_HINTS = {
    "category": "a path: bread & buns/rolls",
    "content": "such as 0.5",
    "content_unit": "kg, l or piece, for the unit price",
    "short_date": "3:20 1:50 is 20 % off 3 days before, 50 % the day before",
    "pick_keys": "what shoppers may type to find it",
    "recalled": "batches, with spaces between",
}


class ProductForm:
    """One dialog; `row` None: a new product. `done` is told when something is saved."""

    def __init__(self, parts: Parts, row: PriceRow | None, done: Callable[[], object]) -> None:
        self._parts, self._was, self._done = parts, row, done
        self._languages = languages_of(parts, row)
        self._fields: dict[str, Any] = {}
        shown = book_words.cells_shown(row, parts.config.store.currency)
        with ui.dialog(value=True) as self._dialog, ui.card().classes("b-form").mark("product-form"):
            ui.label(row.name if row is not None else "New product").classes("k-title")
            if row is not None:
                ui.label(f"Code {row.code}").classes("k-muted")
                self._planned(row)
            self._picture = ProductPicture(parts, shown.pop("picture"), self._now)
            if row is None:
                self._group("Code", ("gtin", "plu"), shown)
            self._names(shown["name"], row)
            self._group("Price and shelf", _SHELF, shown)
            self._group("Rules", _RULES, shown)
            with ui.element("div").classes("b-fields"):
                for column in _YES:
                    self._fields[column] = ui.checkbox(FIELDS[column], value=shown[column] == "yes")
            self._begins = Begins(parts)
            self._foot()
            if row is not None:
                self._history(row)
        self._dialog.on("hide", self._dialog.delete)
        self._picture.draw()

    def _group(self, title: str, columns: tuple[str, ...], shown: dict[str, str]) -> None:
        ui.label(title).classes("b-head")
        currency = self._parts.config.store.currency
        with ui.element("div").classes("b-fields"):
            for column in columns:
                label = f"{FIELDS[column]} ({currency})" if column in book_words.MONEY else FIELDS[column]
                self._fields[column] = self._field(column, label, shown[column]).mark(f"product-{column}")

    def _field(self, column: str, label: str, value: str) -> Any:
        if column == "sold_by":
            return ui.select({"each": "the piece", "kg": "weight (kg)"}, value=value, label=label).props(FIELD)
        if column == "tax_class":
            known = sorted(tax_classes(self._parts.config.store.jurisdiction))
            options = {"": "none", **{name: name for name in (*known, *([value] if value not in known else []))}}
            return ui.select(options, value=value, label=label).props(FIELD)
        field = ui.input(label, value=value, on_change=self._redraw).props(f"{FIELD} debounce=400")
        if column in _HINTS:
            field.props(f'hint="{_HINTS[column]}"')
        return field

    def _names(self, name: str, row: PriceRow | None) -> None:
        ui.label("Names").classes("b-head")
        with ui.element("div").classes("b-fields"):
            self._fields["name"] = ui.input("Name, where there is no other", value=name, on_change=self._redraw)
            self._fields["name"].props(f"{FIELD} debounce=400").mark("product-name")
            for tag in self._languages:
                value = row.names.get(tag, "") if row is not None else ""
                field = ui.input(book_words.language(tag), value=value, on_change=self._redraw)
                field.props(f'{FIELD} debounce=400 placeholder="missing" stack-label')
                self._fields[f"name.{tag}"] = field.mark(f"product-name-{tag}")

    def _redraw(self) -> None:
        self._picture.draw()

    def _now(self) -> PriceRow | None:
        """The product as typed; None where something is wrong with it."""
        return self._read()[0]

    def _read(self) -> tuple[PriceRow | None, list[tuple[str, str]]]:
        typed = {column: _text(field.value) for column, field in self._fields.items()}
        if self._was is not None:
            typed |= {"gtin": self._was.gtin, "plu": self._was.plu}
        cells, wrong = book_words.cells_typed(typed, self._parts.config.store.currency)
        cells["picture"] = self._picture.source
        row, problems = read_row(cells, tax_classes(self._parts.config.store.jurisdiction))
        if wrong:
            return None, [*wrong.items(), *((column, what) for column, what in problems if column not in wrong)]
        return (_with_learned(row, self._was) if row is not None else None), problems

    def _foot(self) -> None:
        with ui.row().classes("w-full justify-end"):
            if self._was is not None:
                ui.button("No longer sold", on_click=self._end).props("flat no-caps color=negative").mark("product-end")
                ui.space()
            ui.button("Cancel", on_click=self._dialog.close).props("flat no-caps")
            ui.button("Save", on_click=self._save).props("no-caps unelevated").mark("product-save")

    def _save(self) -> None:
        row, problems = self._read()
        left = show_wrong(self._fields, problems, FIELDS)
        if row is None:
            self._begins.wrong.set_text("; ".join(left) or "Something above is not right yet.")
            return
        self._keep(Edit(row.code, self._was, row))

    def _end(self) -> None:
        assert self._was is not None, "a new product cannot end"
        self._keep(Edit(self._was.code, self._was, None))

    def _keep(self, edit: Edit) -> None:
        if self._begins.save([edit]):
            self._dialog.close()
            self._done()

    def _planned(self, row: PriceRow) -> None:
        """What is planned for it already, so that nobody plans against it unknowingly."""
        currency, zone = self._parts.config.store.currency, self._parts.config.zone
        for batch in price_batches.open_batches(self._parts.engine):
            told = [book_words.told_edit(edit, currency) for edit in batch.edits if edit.code == row.code]
            told += [f"price {words.amount(o.price_minor, currency)}" for o in batch.rows if o.code == row.code]
            if told:
                starts = words.clock(words.utc(batch.starts_utc_ms), zone) if batch.starts_utc_ms else "once it may"
                ui.label(f"Planned, {starts}: {'; '.join(told)}").classes("k-flag")

    def _history(self, row: PriceRow) -> None:
        with ui.expansion("What it was before").classes("w-full").mark("product-history"):
            versions = price_history.history_of(self._parts.engine, row.code)
            whys = {one.version: one.why for one in price_history.versions(self._parts.engine, 1000)}
            olds = [old for _, _, old in versions[1:]]
            for (version, at, new), old in zip(versions, [*olds, None], strict=True):
                what = book_words.told_fields(old, new, self._parts.config.store.currency) if old else "new"
                at_clock = words.clock(words.utc(at), self._parts.config.zone)
                ui.label(f"{version} · {at_clock} · {what} · {whys.get(version, '')}").classes("k-muted")


def languages_of(parts: Parts, row: PriceRow | None = None) -> list[str]:
    """The shop's languages, and those in which it has a name already."""
    has = row.names if row is not None else {}
    return [*shop_of(parts.config).languages, *(tag for tag in has if tag not in shop_of(parts.config).languages)]


def _text(value: object) -> str:
    return ("yes" if value else "") if isinstance(value, bool) else str(value or "")


def _with_learned(row: PriceRow, was: PriceRow | None) -> PriceRow:
    """What the scales have learned is nobody's to type."""
    if was is None:
        return row
    return replace(
        row, weight_seen=was.weight_seen, weight_mean_mg=was.weight_mean_mg, weight_spread_mg=was.weight_spread_mg
    )
