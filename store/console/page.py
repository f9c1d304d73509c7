"""The console's one page: a row of tabs, each with what staff see to.

NiceGUI keeps the page's state here and ships everything that a browser needs, so it works with no internet. Who may see
it stands in `store.guard`: this page is only reached by somebody who is signed in, and has the tabs that their role may
open. A tab is drawn when it is first opened: what nobody looks at costs nothing and asks nothing. On a phone the row
scrolls.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from fastapi import FastAPI
from nicegui import ui

from store.console.acts_view import acts_view
from store.console.board import add_board
from store.console.book_view import book_view
from store.console.close_view import CloseView
from store.console.customers_view import customers_view
from store.console.goods_view import goods_view
from store.console.health_view import health_view
from store.console.imports_view import ImportsView
from store.console.introductions_view import add_adopt_page
from store.console.kept_words import alarm
from store.console.lanes_view import lanes_view
from store.console.look import CSS, PRIMARY
from store.console.operators_view import OperatorsView
from store.console.people_view import PeopleView
from store.console.picture_route import picture_router
from store.console.presence import presence
from store.console.quarantine_view import quarantine_view
from store.console.reports_view import ReportsView
from store.console.sales_view import sales_view
from store.console.updates_view import UpdatesView
from store.console.upkeep_view import upkeep_badge
from store.console.who import may
from store.parts import Parts
from store.quarantine import count_waiting
from store.rights import Right


class Tab(NamedTuple):
    """One tab: what it is called, what draws it, and the right that reading it asks for (`store.rights`), if any.

    What changes something there asks for its own right: such a button is absent for whoever has not got it.
    """

    name: str
    draw: Callable[[Parts], object]
    right: Right | None = None


TABS = (
    Tab("Checkouts", lanes_view),
    Tab("Sales", sales_view),
    Tab("Goods", goods_view),
    Tab("Prices", book_view),
    Tab("Customers", customers_view, "goods"),
    Tab("Reports", ReportsView, "goods"),
    Tab("Days", CloseView, "goods"),
    Tab("Imports", ImportsView, "manage"),
    Tab("Quarantine", quarantine_view, "goods"),
    Tab("Devices", health_view),
    Tab("People", PeopleView, "manage"),
    Tab("Operators", OperatorsView, "machine"),
    Tab("Updates", UpdatesView, "machine"),
    Tab("Acts", acts_view, "acts"),
)

_AWAY_S = 30
"""A tablet that walks through a hole in the Wi-Fi finds its dialog as it was."""


def add_console(app: FastAPI, parts: Parts) -> None:
    """Put the console at `/` of this app, below everything that has a route already. Once a process."""

    @ui.page("/", title=f"{parts.config.name} · Kassa")
    def page() -> None:
        ui.add_css(CSS)
        ui.colors(primary=PRIMARY)
        with ui.header().classes("k-bar"), ui.column().classes("w-full gap-0"):
            with ui.row().classes("w-full items-center no-wrap gap-2"):
                ui.label(parts.config.name).classes("k-brand")
                if parts.config.store.mode == "demo":
                    ui.label("DEMO").classes("k-demo")
                with ui.row().classes("k-told"):
                    _broker(parts)
                    _not_booked(parts)
                    upkeep_badge(parts)
                presence(parts)
            with ui.tabs().props("inline-label mobile-arrows outside-arrows align=left").classes("w-full") as tabs:
                shown = [tab for tab in TABS if tab.right is None or may(tab.right)]
                for tab in shown:
                    ui.tab(tab.name)
        _panels(tabs, shown, parts)

    app.include_router(picture_router(parts))
    add_board(app, parts)
    add_adopt_page(parts)
    ui.run_with(app, title="Kassa", show_welcome_message=False, reconnect_timeout=_AWAY_S)


def _panels(tabs: ui.tabs, shown: Sequence[Tab], parts: Parts) -> None:
    """What the tabs show, each drawn once, when it is first wanted."""
    waiting = {}
    with ui.tab_panels(tabs, value=shown[0].name, animated=False).classes("w-full bg-transparent"):
        for tab in shown:
            with ui.tab_panel(tab.name).classes("k-page") as panel:
                waiting[tab.name] = tab, panel

    def draw(name: str) -> None:
        found = waiting.pop(name, None)
        if found is not None:
            with found[1]:
                found[0].draw(parts)

    tabs.on_value_change(lambda event: draw(str(event.value)))
    draw(shown[0].name)


def _broker(parts: Parts) -> None:
    """Whether lanes can be heard at all: without a broker every lane on the page is a memory."""
    warning = ui.label("Broker away: checkouts are not heard").classes("k-demo").mark("broker-away")

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
