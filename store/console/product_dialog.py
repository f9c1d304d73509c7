"""One product's stock: where it is, who waits for it, what moved it, and when to buy more."""

from nicegui import ui

from kiosk.values.moment import rfc3339
from store import purchase_orders, reorder, stock
from store.console import goods_words, words
from store.console.who import may, who
from store.parts import Parts
from store.price_book import UnknownProduct

_LATEST = 30
_FIELDS = (("minimum", "Buy below"), ("fill_to", "Buy up to"), ("pack", "In a pack"))


class ProductDialog:
    """One a page; `open` shows it for a product."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def open(self, gtin: str) -> None:
        """For this one."""
        parts = self._parts
        try:
            found = stock.one(parts.engine, gtin)
        except UnknownProduct as error:
            ui.notify(str(error), type="negative")
            return
        names = {place.id: place.name for place in stock.places(parts.engine)}
        with ui.dialog(value=True) as dialog, ui.card().classes("w-full max-w-2xl").mark("product"):
            ui.label(found.name or gtin).classes("k-title")
            with ui.element("div").classes("w-full"):
                for place, (count, weight_g) in stock.by_place(parts.engine, gtin).items():
                    _pair(names.get(place, place), words.much(count, weight_g))
                if found.reserved_count or found.reserved_g:
                    _pair("Kept for online orders", words.much(found.reserved_count, found.reserved_g))
                coming = purchase_orders.coming(parts.engine, gtin)
                if any(coming):
                    _pair("On order", words.much(*coming))
                _pair("Free to sell", words.much(found.available_count, found.available_g), strong=True)
            if may("goods"):
                self._draw_rule(gtin)
            ui.label("What moved it").classes("g-head")
            with ui.element("div").classes("w-full").mark("product-movements"):
                moved = stock.movements(parts.engine, gtin=gtin, limit=_LATEST)
                for one in moved:
                    with ui.element("div").classes("g-line"):
                        with ui.element("div"):
                            ui.label(goods_words.about_movement(one, names)).classes("g-name")
                            ui.label(words.clock(rfc3339(one.at_utc_ms), parts.config.zone)).classes("g-what")
                        ui.label(goods_words.signed(one.count, one.weight_g)).classes("g-much")
                if not moved:
                    ui.label("Nothing has moved yet.").classes("g-empty")
            ui.button("Close", on_click=dialog.close).props("flat")
        dialog.on("hide", dialog.delete)

    def _draw_rule(self, gtin: str) -> None:
        parts = self._parts
        row = parts.prices.first_of((gtin,)).row
        weighed = row is not None and row.sold_by == "kg"
        rule = reorder.rule_of(parts.engine, gtin)
        unit = "_g" if weighed else "_count"
        show = goods_words.kilos if weighed else str
        fields: dict[str, ui.input] = {}
        with ui.expansion("When to buy more").classes("w-full").mark("product-rule"):
            with ui.element("div").classes("g-bar"):
                for name, label in _FIELDS:
                    value = getattr(rule, name + unit)
                    fields[name] = ui.input(f"{label}{', kg' if weighed else ''}", value=show(value) if value else "")
                    fields[name].props("outlined dense inputmode=decimal").classes("w-36").mark(f"rule-{name}")
                supplier = ui.input("Supplier", value=rule.supplier).props("outlined dense maxlength=200")
                supplier.classes("g-grow").mark("rule-supplier")
                code = ui.input("Their code", value=rule.supplier_code).props("outlined dense maxlength=200")
                safety = "" if rule.safety_count is None else str(rule.safety_count)
                kept = ui.input("Never offered online", value=safety).props("outlined dense inputmode=numeric")
            wrong = ui.label().classes("g-wrong")

            def save() -> None:
                if not may("goods"):
                    wrong.set_text("You may not do that.")
                    return
                values: dict[str, int] = {}
                for name, label in _FIELDS:
                    text = str(fields[name].value or "").strip()
                    much = (goods_words.typed_grams if weighed else goods_words.typed_pieces)(text or "0")
                    if much is None:
                        wrong.set_text(f"{label}: {text!r} is not how much there is")
                        return
                    values[name + unit] = max(1, much) if name == "pack" else much
                text = str(kept.value or "").strip()
                spare = goods_words.typed_pieces(text) if text else None
                if text and spare is None:
                    wrong.set_text(f"Never offered online: {text!r} is no number of pieces")
                    return
                about = {"supplier": str(supplier.value or "").strip(), "supplier_code": str(code.value or "").strip()}
                new = reorder.Rule(gtin, safety_count=spare, **about, **values)  # type: ignore[arg-type]  # both fit
                reorder.set_rules(parts.engine, [new], now_utc_ms=parts.now_utc_ms(), staff=who())
                wrong.set_text("")
                ui.notify("Saved", type="positive")

            ui.button("Save", on_click=save).props("unelevated").mark("rule-save")


def _pair(left: str, right: str, *, strong: bool = False) -> None:
    with ui.row().classes("w-full justify-between no-wrap" + (" k-title" if strong else "")):
        ui.label(left)
        ui.label(right).classes("k-num")
