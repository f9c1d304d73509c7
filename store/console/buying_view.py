"""To order, and what expires: what to do about the stock before it is missing or too old."""

from collections.abc import Callable
from datetime import timedelta

from nicegui import ui

from kiosk.values.moment import local
from store import expiry, purchase_orders, reorder
from store.console import goods_words, words
from store.console.product_dialog import ProductDialog
from store.console.who import note, who
from store.parts import Parts
from store.purchase_order import BadOrder, Order

_ALL = "All suppliers"
_WITHIN = {0: "Today", 3: "3 days", 7: "A week", 14: "Two weeks", 30: "A month"}


def buying_view(parts: Parts, product: ProductDialog, ordered: Callable[[int], object]) -> None:
    """Everything below its minimum, by supplier; `ordered` shows the order that it becomes."""
    with ui.element("div").classes("g-bar"):
        options = [_ALL, *reorder.suppliers(parts.engine)]
        supplier = ui.select(options, value=_ALL, label="Supplier").props("outlined bg-color=white").classes("g-grow")
        supplier.mark("reorder-supplier")
        make = ui.button("Make the order").props("unelevated").mark("reorder-make")
        csv = ui.button("Spreadsheet").props("outline").mark("reorder-csv")
        paper = ui.button("Print").props("outline").mark("reorder-pdf")
    sheet = ui.element("div").classes("k-sheet").mark("reorder")

    def found() -> list[reorder.Proposal]:
        return reorder.proposals(parts.engine, "" if supplier.value == _ALL else str(supplier.value))

    def draw() -> None:
        sheet.clear()
        with sheet:
            proposals = found()
            for one in proposals[:500]:
                _draw_proposal(one, product)
            if not proposals:
                text = "There is enough of everything that has a minimum. Touch a product's name to set one."
                ui.label(text).classes("g-empty")

    def day() -> str:
        return local(parts.now_utc_ms(), parts.config.zone).date().isoformat()

    def print_it() -> None:
        from store.reorder_pdf import reorder_pdf

        ui.download(reorder_pdf(found(), parts.config.name, day()), f"to-order-{day()}.pdf")

    def make_it() -> None:
        try:
            made = order_short(parts, "" if supplier.value == _ALL else str(supplier.value), who())
        except BadOrder as why:
            ui.notify(str(why), type="negative")
            return
        for order in made:
            note(parts, "purchase", about=f"order {order.number} to {order.supplier} made of what is short")
        if made:
            ordered(made[0].number)

    make.on_click(make_it)
    csv.on_click(lambda: ui.download(reorder.proposals_csv(found()).encode(), f"to-order-{day()}.csv"))
    paper.on_click(print_it)
    supplier.on_value_change(draw)
    draw()


def order_short(parts: Parts, supplier: str, staff: str) -> list[Order]:
    """What is short of one supplier as a draft. BadOrder, if none is chosen or nothing is short."""
    if not supplier:
        raise BadOrder("choose the supplier that the order goes to")
    today = local(parts.now_utc_ms(), parts.config.zone).date()
    known = {one.name: one.lead_days for one in purchase_orders.suppliers(parts.engine)}
    days = known.get(supplier, 0)
    expected = (today + timedelta(days=days)).isoformat() if days else ""
    made = reorder.order_proposed(parts.engine, supplier, now_utc_ms=parts.now_utc_ms(), expected=expected, staff=staff)
    if not made:
        raise BadOrder(f"there is enough of everything from {supplier}, or it is on order")
    return made


def _draw_proposal(one: reorder.Proposal, product: ProductDialog) -> None:
    with ui.element("div").classes("g-line"):
        with ui.element("div").classes("g-open") as name:
            ui.label(one.name or one.gtin).classes("g-name")
            about = [one.supplier, one.supplier_code, f"{words.much(one.available_count, one.available_g)} left"]
            if one.on_order_count or one.on_order_g:
                about.append(f"{words.much(one.on_order_count, one.on_order_g)} on order")
            ui.label(", ".join(part for part in about if part)).classes("g-what")
        name.on("click", lambda: product.open(one.gtin))
        packs = f" ({one.packs} pack{'' if one.packs == 1 else 's'})"
        ui.label(words.much(one.buy_count, one.buy_g) + packs).classes("g-much")


def expiry_view(parts: Parts, product: ProductDialog) -> None:
    """What reaches its last day, as far as labels said one when it came."""
    with ui.element("div").classes("g-bar"):
        within = ui.select(_WITHIN, value=7, label="Expires within").props("outlined bg-color=white").classes("w-48")
        within.mark("expiry-within")
        ui.label("Scanned with batch and date when they came; some may be sold already.").classes("k-muted g-grow")
    sheet = ui.element("div").classes("k-sheet").mark("expiry")

    def draw() -> None:
        today = local(parts.now_utc_ms(), parts.config.zone).date()
        last = today + timedelta(days=int(within.value))
        sheet.clear()
        with sheet:
            found = expiry.expiring(parts.engine, last.isoformat())
            for lot in found[:500]:
                _draw_lot(lot, product, is_over=lot.expiry < today.isoformat())
            if not found:
                ui.label("Nothing reaches its last day in this time.").classes("g-empty")

    within.on_value_change(draw)
    draw()


def _draw_lot(lot: expiry.Lot, product: ProductDialog, *, is_over: bool) -> None:
    with ui.element("div").classes("g-line"):
        with ui.element("div").classes("g-open") as name:
            ui.label(lot.name or lot.gtin).classes("g-name")
            ui.label(f"batch {lot.batch}" if lot.batch else lot.gtin).classes("g-what")
        name.on("click", lambda: product.open(lot.gtin))
        with ui.element("div").classes("g-act"):
            ui.label(("Past " if is_over else "Until ") + goods_words.day(lot.expiry)).classes(
                "g-badge bad" if is_over else "g-badge wait"
            )
            ui.label("at most " + words.much(lot.at_most_count, lot.at_most_g)).classes("g-much")
