"""Goods: the tab of the console about stock, with a tab of its own for each thing that one does with it."""

from collections.abc import Callable

from nicegui import ui

from store.console.buying_view import buying_view, expiry_view
from store.console.connections_view import ConnectionsView
from store.console.count_view import CountView
from store.console.goods_look import GOODS_CSS
from store.console.movements_view import MovementsView
from store.console.online_orders_view import OnlineOrdersView
from store.console.product_dialog import ProductDialog
from store.console.slip_view import TransferView, slip_view
from store.console.stock_view import StockView
from store.parts import Parts


def goods_view(parts: Parts) -> None:
    """All of it. A page is drawn when it is opened, so that it shows what is true then."""
    ui.add_css(GOODS_CSS)
    product = ProductDialog(parts)
    pages: dict[str, Callable[[], object]] = {
        "Products": lambda: StockView(parts, product),
        "Online orders": lambda: OnlineOrdersView(parts),
        "Receive": lambda: slip_view(parts, "delivery"),
        "Waste": lambda: slip_view(parts, "waste"),
        "Move": lambda: TransferView(parts),
        "Count": lambda: CountView(parts),
        "To order": lambda: buying_view(parts, product),
        "Movements": lambda: MovementsView(parts, product),
        "Expiry": lambda: expiry_view(parts, product),
        "Connections": lambda: ConnectionsView(parts),
    }
    with ui.tabs().classes("g-tabs w-full").props("dense align=left outside-arrows mobile-arrows") as tabs:
        for name in pages:
            ui.tab(name).mark(f"goods-{name.lower().replace(' ', '-')}")
    room = ui.element("div").classes("w-full").style("display: flex; flex-direction: column; gap: 12px")

    def draw() -> None:
        room.clear()
        with room:
            pages[str(tabs.value)]()

    tabs.on_value_change(draw)
    tabs.set_value("Products")
