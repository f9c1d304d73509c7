"""One order to a supplier: changed while it is a draft, sent, received against, ended."""

from collections.abc import Callable
from functools import partial

from msgspec.structs import replace
from nicegui import ui

from kiosk.values.moment import local
from store import purchase_orders, stock, stock_slips
from store.console import goods_words, purchase_words, words
from store.console.scan_field import scan_field
from store.console.scan_lines import ScanLines
from store.console.who import may, note, who
from store.parts import Parts
from store.price_book import UnknownProduct
from store.purchase_order import BadOrder, Line, Order
from store.purchase_orders import NoSuchOrder
from store.stock import UnknownPlace
from store.stock_slips import BadSlip, SlipLine

_REFUSED = (BadOrder, BadSlip, NoSuchOrder, UnknownPlace, UnknownProduct)


class PurchaseOne:
    """`back` leads to the list."""

    def __init__(self, parts: Parts, number: int, back: Callable[[], object]) -> None:
        self._parts, self._number, self._back = parts, number, back
        self._room = ui.element("div").classes("w-full").style("display: flex; flex-direction: column; gap: 12px")
        self._room.mark("purchase-one")
        self._draw()

    def _draw(self) -> None:
        order = purchase_orders.find(self._parts.engine, self._number)
        self._room.clear()
        with self._room:
            with ui.element("div").classes("g-bar"):
                ui.button(icon="arrow_back", on_click=self._back).props("flat round aria-label=Back")
                with ui.element("div").classes("g-grow"):
                    ui.label(f"Order {order.number}, {order.supplier}").classes("g-head")
                    said = f"{purchase_words.STATES[order.state]}, {purchase_words.about(order)}"
                    ui.label(said).classes("k-muted").mark("purchase-about")
                ui.button("Spreadsheet", on_click=lambda: self._csv(order)).props("outline").mark("purchase-csv")
                ui.button("Print", on_click=lambda: self._pdf(order)).props("outline").mark("purchase-pdf")
            self._wrong = ui.label().classes("g-wrong").mark("purchase-wrong")
            if order.state == "draft":
                self._draw_draft(order)
            else:
                self._draw_lines(order)
            if order.state == "sent":
                self._draw_receiving(order)

    def _do(self, act: Callable[[], Order], done: str) -> bool:
        """Whether it was done; whoever is here is told, and the acts remember."""
        if not may("goods"):
            ui.notify("You may not do that.", type="negative")
            return False
        try:
            order = act()
        except _REFUSED as why:
            self._wrong.set_text(str(why))
            return False
        note(self._parts, "purchase", about=f"order {order.number} to {order.supplier} {done}")
        self._draw()
        return True

    # --- as files -----------------------------------------------------------------------------------------------------

    def _csv(self, order: Order) -> None:
        from store.purchase_files import order_csv

        ui.download(order_csv(order).encode(), f"order-{order.number}.csv")

    def _pdf(self, order: Order) -> None:
        from store.purchase_files import order_pdf

        parts = self._parts
        with parts.engine.connect() as connection:
            supplier = purchase_orders.supplier_in(connection, order.supplier)
        day = local(order.sent_utc_ms or parts.now_utc_ms(), parts.config.zone).date().isoformat()
        ui.download(order_pdf(order, supplier, parts.config, day), f"order-{order.number}.pdf")

    # --- a draft ------------------------------------------------------------------------------------------------------

    def _draw_draft(self, order: Order) -> None:
        parts = self._parts
        with ui.element("div").classes("g-bar"):
            scan_field("Scan or type a code to add", partial(self._add, order)).mark("purchase-scan")
            expected = ui.input("Expected", value=order.expected).props("outlined type=date bg-color=white stack-label")
            expected.on("blur", lambda: self._amend(order, order.lines, expected=str(expected.value or "")))
            expected.mark("purchase-expected")
        with ui.element("div").classes("k-sheet").mark("purchase-lines"):
            for at, line in enumerate(order.lines):
                self._draw_draft_line(order, at, line)
        if order.total_minor:
            total = words.money(order.total_minor, parts.config.store.currency)
            ui.label(f"Together {total}, without tax").classes("g-much").mark("purchase-total")
        with ui.element("div").classes("g-bar"):
            if parts.config.smtp.url:
                mail = ui.button("Send by e-mail", on_click=partial(self._send, order, True)).props("unelevated")
                mail.mark("purchase-mail")
            ui.button("I have ordered it", on_click=partial(self._send, order, False)).props("outline").mark(
                "purchase-sent"
            )
            ui.button("Drop the draft", on_click=partial(self._drop, order)).props("flat").mark("purchase-drop")

    def _draw_draft_line(self, order: Order, at: int, line: Line) -> None:
        currency = self._parts.config.store.currency
        with ui.element("div").classes("g-line tall").mark(f"purchase-line-{line.gtin}"):
            with ui.element("div"):
                ui.label(line.name or line.gtin).classes("g-name")
                ui.label(", ".join(filter(None, (line.gtin, line.supplier_code)))).classes("g-what")
            with ui.element("div").classes("g-act"):
                text = goods_words.kilos(line.weight_g) if line.weight_g else str(line.count)
                much = ui.input("kg" if line.weight_g else "Pieces", value=text).classes("w-24")
                cost = "" if line.price_minor is None else words.amount(line.price_minor, currency).replace(",", "")
                price = ui.input(f"{currency} a {'kg' if line.weight_g else 'piece'}", value=cost).classes("w-32")
                for field in (much, price):
                    field.props("outlined dense inputmode=decimal input-class=text-right")
                    settle = partial(self._settle, order, at, line, much, price)
                    field.on("keydown.enter", settle)
                    field.on("blur", settle)
                much.mark(f"purchase-much-{line.gtin}")
                price.mark(f"purchase-price-{line.gtin}")
                rest = (*order.lines[:at], *order.lines[at + 1 :])
                remove = ui.button(icon="close", on_click=lambda: self._amend(order, rest))
                remove.props("flat round aria-label=Remove")

    def _settle(self, order: Order, at: int, line: Line, much: ui.input, price: ui.input) -> None:
        typed = goods_words.typed_grams if line.weight_g else goods_words.typed_pieces
        amount, cost = typed(str(much.value or "")), str(price.value or "").strip()
        price_minor = words.price_typed(cost, self._parts.config.store.currency) if cost else None
        if amount is None or (cost and price_minor is None):
            wrong = repr(cost) + " is no price" if amount is not None else f"{much.value!r} is not how much"
            self._wrong.set_text(f"{line.name or line.gtin}: {wrong}")
            return
        new = replace(line, weight_g=amount) if line.weight_g else replace(line, count=amount)
        new = replace(new, price_minor=price_minor)
        if new != line:
            self._amend(order, (*order.lines[:at], new, *order.lines[at + 1 :]))

    def _add(self, order: Order, text: str) -> None:
        parts = self._parts
        today = local(parts.now_utc_ms(), parts.config.zone).date()
        try:
            row, said = stock_slips.read_label(parts.prices, text, today)
        except UnknownProduct as why:
            self._wrong.set_text(str(why))
            return
        weight_g = (said.weight_g or 1000) if row.sold_by == "kg" else 0
        lines = list(order.lines)
        for at, line in enumerate(lines):
            if line.gtin == said.gtin:
                lines[at] = replace(line, count=line.count + said.count, weight_g=line.weight_g + weight_g)
                break
        else:
            lines.append(Line(said.gtin, row.name, count=said.count, weight_g=weight_g))
        self._amend(order, lines)

    def _amend(self, order: Order, lines: "tuple[Line, ...] | list[Line]", *, expected: str | None = None) -> None:
        day = order.expected if expected is None else expected
        if tuple(lines) == order.lines and day == order.expected:
            return
        parts = self._parts
        change = partial(purchase_orders.amend, parts.engine, order.number, lines, expected=day, note=order.note)
        self._do(change, "changed")

    def _send(self, order: Order, mail: bool) -> None:
        parts = self._parts
        act = partial(
            purchase_orders.send, parts.engine, order.number, now_utc_ms=parts.now_utc_ms(), staff=who(), mail=mail
        )
        if self._do(act, "sent by e-mail" if mail else "ordered"):
            ui.notify("It goes out by e-mail" if mail else "It is on order", type="positive")

    def _drop(self, order: Order) -> None:
        parts = self._parts
        self._do(
            lambda: purchase_orders.drop(parts.engine, order.number, now_utc_ms=parts.now_utc_ms(), staff=who()),
            "dropped",
        )

    # --- on its way, and after ----------------------------------------------------------------------------------------

    def _draw_lines(self, order: Order) -> None:
        currency = self._parts.config.store.currency
        with ui.element("div").classes("k-sheet").mark("purchase-lines"):
            for line in order.lines:
                with ui.element("div").classes("g-line").mark(f"purchase-line-{line.gtin}"):
                    with ui.element("div"):
                        ui.label(line.name or line.gtin).classes("g-name")
                        ui.label(purchase_words.about_line(line)).classes("g-what")
                    cost = "" if line.amount_minor is None else words.money(line.amount_minor, currency)
                    ui.label(cost).classes("g-much")

    def _draw_receiving(self, order: Order) -> None:
        here = {place.id: place.name for place in stock.places(self._parts.engine, "here")}
        ui.label("What has come").classes("g-head")
        with ui.element("div").classes("g-bar"):
            place = ui.select(here, value="back" if "back" in here else next(iter(here)), label="Put into")
            place.props("outlined bg-color=white").classes("w-44").mark("purchase-place")
            paper = ui.input("Number of the delivery note").props("outlined bg-color=white maxlength=200")
            paper.classes("g-grow").mark("purchase-note")
        scanned = ScanLines(self._parts, f"purchase-{order.number}", dates=True)

        def all_of_it() -> None:
            scanned.put([SlipLine(line.gtin, *line.open) for line in order.lines if any(line.open)])

        def book() -> None:
            parts, lines = self._parts, scanned.lines
            act = partial(
                purchase_orders.receive, parts.engine, order.number, lines, now_utc_ms=parts.now_utc_ms(),
                place=str(place.value), note=str(paper.value or "").strip(), staff=who(),
            )  # fmt: skip
            if not lines:
                scanned.refuse("nothing is scanned yet; All of it fills in what was ordered")
            elif self._do(act, f"received, {len(lines)} lines"):
                scanned.clear()
                ui.notify("The delivery is in stock", type="positive")

        with ui.element("div").classes("g-bar"):
            ui.button("Book the delivery", on_click=book).props("unelevated").mark("purchase-book")
            ui.button("All of it", on_click=all_of_it).props("outline").mark("purchase-all")
            ui.space()
            ui.button("Nobody waits for the rest", on_click=partial(self._ask, order)).props("flat").mark(
                "purchase-give-up"
            )

    def _ask(self, order: Order) -> None:
        parts = self._parts
        with ui.dialog(value=True) as dialog, ui.card():
            ui.label("Close this order?").classes("k-title")
            ui.label("What has not come is not waited for, and is proposed again if it is short.")

            def close() -> None:
                dialog.close()
                self._do(
                    lambda: purchase_orders.give_up(
                        parts.engine, order.number, now_utc_ms=parts.now_utc_ms(), staff=who()
                    ),
                    "closed, the rest given up",
                )

            with ui.row():
                ui.button("Close it", on_click=close).props("unelevated").mark("purchase-close")
                ui.button("Keep waiting", on_click=dialog.close).props("flat")
        dialog.on("hide", dialog.delete)
