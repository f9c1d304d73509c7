"""Purchases: orders to suppliers, the newest first; new ones by hand; where each supplier's orders go."""

from collections.abc import Callable
from functools import partial

from nicegui import ui

from kiosk.values.moment import local
from store import purchase_orders
from store.console import purchase_words as words
from store.console.purchase_one import PurchaseOne
from store.console.scan_lines import ScanLines
from store.console.who import note, who
from store.parts import Parts
from store.price_book import UnknownProduct
from store.purchase_order import BadOrder, Line, Order
from store.purchase_orders import Supplier

_AT_ONCE = 25


class PurchaseView:
    """A list, or one order in its place."""

    def __init__(self, parts: Parts, first: int = 0) -> None:
        """`first`: the number of an order to begin with."""
        self._parts, self._state, self._offset = parts, "open", 0
        self._room = ui.element("div").classes("w-full").style("display: flex; flex-direction: column; gap: 12px")
        self._room.mark("purchases")
        if first:
            self._open(first)
        else:
            self._list()

    def _anew(self, draw: Callable[[], object]) -> None:
        self._room.clear()
        with self._room:
            draw()

    def _open(self, number: int) -> None:
        self._anew(lambda: PurchaseOne(self._parts, number, self._list))

    def _list(self) -> None:
        self._anew(self._draw_list)

    def _turn(self, by: int) -> None:
        self._offset = max(0, self._offset + by)
        self._list()

    def _choose(self, state: str) -> None:
        self._state, self._offset = state, 0
        self._list()

    def _draw_list(self) -> None:
        with ui.element("div").classes("g-bar"):
            shown = ui.select(words.SHOWN, value=self._state, label="Show").props("outlined bg-color=white")
            shown.classes("w-40").on_value_change(lambda event: self._choose(str(event.value or "")))
            shown.mark("purchases-shown")
            ui.button("New order", on_click=lambda: self._anew(self._draw_new)).props("unelevated").mark("purchase-new")
            ui.button("Suppliers", on_click=lambda: self._anew(self._draw_suppliers)).props("outline").mark("suppliers")
            ui.space()
            ui.button(icon="chevron_left", on_click=lambda: self._turn(-_AT_ONCE)).props("flat round aria-label=Newer")
            ui.button(icon="chevron_right", on_click=lambda: self._turn(_AT_ONCE)).props("flat round aria-label=Older")
        parts = self._parts
        today = local(parts.now_utc_ms(), parts.config.zone).date().isoformat()
        with ui.element("div").classes("k-sheet").mark("purchase-orders"):
            found = purchase_orders.orders(parts.engine, state=self._state, limit=_AT_ONCE, offset=self._offset)
            for order in found:
                self._draw_order(order, today)
            if not found:
                ui.label("No orders here. What is short stands under To order.").classes("g-empty")

    def _draw_order(self, order: Order, today: str) -> None:
        with ui.element("div").classes("g-line").mark(f"purchase-{order.number}"):
            with ui.element("div").classes("g-open") as what:
                ui.label(f"Order {order.number}, {order.supplier}").classes("g-name")
                ui.label(words.about(order)).classes("g-what")
            what.on("click", lambda: self._open(order.number))
            said, looks = words.badge(order, today)
            ui.label(said).classes(f"g-badge {looks}")

    # --- by hand ------------------------------------------------------------------------------------------------------

    def _draw_new(self) -> None:
        parts = self._parts
        names = [one.name for one in purchase_orders.suppliers(parts.engine)]
        with ui.element("div").classes("g-bar"):
            ui.button(icon="arrow_back", on_click=self._list).props("flat round aria-label=Back")
            to = ui.select(names, label="Supplier", with_input=True, new_value_mode="add-unique")
            to.props("outlined bg-color=white").classes("g-grow").mark("purchase-supplier")
        scanned = ScanLines(parts, "purchase")

        def make() -> None:
            lines = [Line(line.gtin, count=line.count, weight_g=line.weight_g) for line in scanned.lines]
            try:
                made = purchase_orders.make(
                    parts.engine, str(to.value or ""), lines, now_utc_ms=parts.now_utc_ms(), staff=who()
                )
            except (BadOrder, UnknownProduct) as why:
                scanned.refuse(str(why))
                return
            scanned.clear()
            note(parts, "purchase", about=f"order {made.number} to {made.supplier} made")
            self._open(made.number)

        make_button = ui.button("Make the order", on_click=make).props("unelevated size=lg").classes("w-full")
        make_button.mark("purchase-make")

    # --- suppliers ----------------------------------------------------------------------------------------------------

    def _draw_suppliers(self) -> None:
        with ui.element("div").classes("g-bar"):
            ui.button(icon="arrow_back", on_click=self._list).props("flat round aria-label=Back")
            ui.label("Suppliers").classes("g-head g-grow")
            ui.button("Another", on_click=lambda: self._edit(Supplier(""))).props("outline").mark("supplier-new")
        with ui.element("div").classes("k-sheet").mark("supplier-list"):
            found = purchase_orders.suppliers(self._parts.engine)
            for one in found:
                with ui.element("div").classes("g-line"):
                    with ui.element("div").classes("g-open") as what:
                        ui.label(one.name).classes("g-name")
                        days = f"{one.lead_days} days to deliver" if one.lead_days else ""
                        said = [one.email or "no e-mail address", one.account and f"our number {one.account}", days]
                        ui.label(", ".join(part for part in said if part)).classes("g-what")
                    what.on("click", partial(self._edit, one))
            if not found:
                ui.label("No product's rule names one yet.").classes("g-empty")

    def _edit(self, one: Supplier) -> None:
        with ui.dialog(value=True) as dialog, ui.card().classes("w-full max-w-xl"):
            ui.label(one.name or "A supplier").classes("k-title")
            name = ui.input("Name", value=one.name).classes("w-full").mark("supplier-name")
            name.set_enabled(not one.name)
            email = ui.input("E-mail for orders", value=one.email).classes("w-full").mark("supplier-email")
            account = ui.input("Our number at theirs", value=one.account).classes("w-full").mark("supplier-account")
            days = ui.input("Days from order to delivery", value=str(one.lead_days)).classes("w-full")
            for field in (name, email, account, days):
                field.props("outlined maxlength=200")
            wrong = ui.label().classes("g-wrong")

            def keep() -> None:
                text = str(days.value or "0").strip()
                try:
                    if not text.isascii() or not text.isdigit() or len(text) > 4:
                        raise BadOrder(f"{text!r} is no number of days")
                    said = Supplier(str(name.value or ""), str(email.value or ""), str(account.value or ""), int(text))
                    kept = purchase_orders.keep_supplier(self._parts.engine, said)
                except BadOrder as why:
                    wrong.set_text(str(why))
                    return
                note(self._parts, "purchase", about=f"supplier {kept.name} changed")
                dialog.close()
                self._anew(self._draw_suppliers)

            with ui.row():
                ui.button("Keep", on_click=keep).props("unelevated").mark("supplier-keep")
                ui.button("Cancel", on_click=dialog.close).props("flat")
        dialog.on("hide", dialog.delete)
