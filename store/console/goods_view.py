"""Goods: the tab of the console about stock, with a tab of its own for each thing that one does with it."""

from collections.abc import Callable
from typing import NamedTuple

from nicegui import ui

from store.console.buying_view import buying_view, expiry_view
from store.console.connections_view import ConnectionsView
from store.console.count_view import CountView
from store.console.goods_look import GOODS_CSS
from store.console.movements_view import MovementsView
from store.console.online_orders_view import OnlineOrdersView
from store.console.product_dialog import ProductDialog
from store.console.purchase_view import PurchaseView
from store.console.slip_view import TransferView, slip_view
from store.console.stock_view import StockView
from store.console.who import may
from store.parts import Parts
from store.rights import Right


class Page(NamedTuple):
    """What draws it, and the right that it asks for: to look at levels is everybody's, to change them is not."""

    draw: Callable[[], object]
    right: Right = "goods"


def goods_view(parts: Parts) -> None:
    """All of it. A page is drawn when it is opened, so that it shows what is true then."""
    ui.add_css(GOODS_CSS)
    product = ProductDialog(parts)
    wanted: list[int] = []
    """The order that To order has just made, for the page that shows it."""

    def ordered(number: int) -> None:
        wanted.append(number)
        tabs.set_value("Orders")

    pages: dict[str, Page] = {
        "Products": Page(lambda: StockView(parts, product), "look"),
        "Online orders": Page(lambda: OnlineOrdersView(parts)),
        "Receive": Page(lambda: slip_view(parts, "delivery")),
        "Waste": Page(lambda: slip_view(parts, "waste")),
        "Move": Page(lambda: TransferView(parts)),
        "Count": Page(lambda: CountView(parts)),
        "To order": Page(lambda: buying_view(parts, product, ordered)),
        "Orders": Page(lambda: PurchaseView(parts, wanted.pop() if wanted else 0)),
        "Movements": Page(lambda: MovementsView(parts, product), "look"),
        "Expiry": Page(lambda: expiry_view(parts, product), "look"),
        "Connections": Page(lambda: ConnectionsView(parts), "manage"),
    }
    with ui.tabs().classes("g-tabs w-full").props("dense align=left outside-arrows mobile-arrows") as tabs:
        for name, page in pages.items():
            if may(page.right):
                ui.tab(name).mark(f"goods-{name.lower().replace(' ', '-')}")
    room = ui.element("div").classes("w-full").style("display: flex; flex-direction: column; gap: 12px")

    def draw() -> None:
        page = pages[str(tabs.value)]
        room.clear()
        if not may(page.right):
            return
        with room:
            page.draw()

    tabs.on_value_change(draw)
    tabs.set_value("Products")
