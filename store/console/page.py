"""The console's one page: a tab for lanes, one for sales, one for stock and prices.

NiceGUI keeps the page's state here and ships everything that a browser needs, so it works with no internet. Nobody
signs in yet: the address it listens on is the fence.
"""

from fastapi import FastAPI
from nicegui import ui

from store.console.customers_view import customers_view
from store.console.goods_view import goods_view
from store.console.kept_words import alarm
from store.console.lanes_view import lanes_view
from store.console.look import CSS, PRIMARY
from store.console.prices_view import PricesView
from store.console.quarantine_view import quarantine_view
from store.console.sales_view import sales_view
from store.parts import Parts
from store.quarantine import count_waiting


def add_console(app: FastAPI, parts: Parts) -> None:
    """Put the console at `/` of this app, below everything that has a route already. Once a process."""

    @ui.page("/", title=f"{parts.config.name} · Kassa")
    def page() -> None:
        ui.add_css(CSS)
        ui.colors(primary=PRIMARY)
        with ui.header().classes("k-bar items-center"):
            ui.label(parts.config.name).classes("k-brand")
            if parts.config.store.mode == "demo":
                ui.label("DEMO").classes("k-demo")
            ui.space()
            with ui.tabs() as tabs:
                lanes = ui.tab("Lanes")
                sales = ui.tab("Sales")
                goods = ui.tab("Stock and prices")
                customers = ui.tab("Customers")
                prices = ui.tab("Prices")
                kept = ui.tab("Quarantine")
            _broker(parts)
            _not_booked(parts)
        with ui.tab_panels(tabs, value=lanes, animated=False).classes("w-full bg-transparent"):
            with ui.tab_panel(lanes).classes("k-page"):
                lanes_view(parts)
            with ui.tab_panel(sales).classes("k-page"):
                sales_view(parts)
            with ui.tab_panel(goods).classes("k-page"):
                StockView(parts)
            with ui.tab_panel(customers).classes("k-page"):
                customers_view(parts)
            with ui.tab_panel(prices).classes("k-page"):
                PricesView(parts)
            with ui.tab_panel(kept).classes("k-page"):
                quarantine_view(parts)
                goods_view(parts)

    ui.run_with(app, title="Kassa", show_welcome_message=False)


def _broker(parts: Parts) -> None:
    """Whether lanes can be heard at all: without a broker every lane on the page is a memory."""
    warning = ui.label("Broker away: lanes are not heard").classes("k-demo").mark("broker-away")

    def look() -> None:
        warning.set_visibility(not parts.link_up)

    look()
    ui.timer(1, look)


def _not_booked(parts: Parts) -> None:
    """Something was sold that the books do not have, or cannot have as well: everybody sees it until somebody looks."""
    warning = ui.label().classes("k-demo").mark("not-booked")

    def look() -> None:
        warning.text = alarm(count_waiting(parts.engine))
        warning.set_visibility(bool(warning.text))

    look()
    ui.timer(2, look)
