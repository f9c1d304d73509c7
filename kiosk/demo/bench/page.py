"""The bench page: the lane's screen on the left with what the shopper holds, the counter's devices on the right.

Each page that is open looks eight times a second at the lane and at the devices and sends the browser only what has
changed. NiceGUI ships everything that the browser needs, so it works with no internet.

A busy machine is no reason to lose a touch: a page may take its time to be made, and whoever was away for moments comes
back to the page that they left. With NiceGUI's own patience, three seconds for either, a page of such a machine is an
error, or is thrown away with what was touched on it meanwhile.
"""

from fastapi import FastAPI
from nicegui import ui

from kiosk.demo.bench.backstage_panel import BackstagePanel
from kiosk.demo.bench.badge_panel import BadgePanel
from kiosk.demo.bench.bagging_panel import BaggingPanel
from kiosk.demo.bench.cash_panel import CashPanel
from kiosk.demo.bench.doors_panel import DoorsPanel
from kiosk.demo.bench.gate_panel import GatePanel
from kiosk.demo.bench.keypad_panel import KeypadPanel
from kiosk.demo.bench.look import CSS, PRIMARY
from kiosk.demo.bench.mail_panel import MailPanel
from kiosk.demo.bench.parts import Bench
from kiosk.demo.bench.phone_panel import PhonePanel
from kiosk.demo.bench.printer_panel import PrinterPanel
from kiosk.demo.bench.products_panel import ProductsPanel
from kiosk.demo.bench.scale_panel import ScalePanel
from kiosk.demo.bench.screen_panel import ScreenPanel
from kiosk.demo.bench.terminal_panel import TerminalPanel
from kiosk.demo.bench.tower_panel import TowerPanel
from kiosk.demo.bench.wallet_panel import WalletPanel

LOOK_EVERY_S = 0.125
MADE_WITHIN_S, AWAY_S = 60, 30


def add_page(app: FastAPI, bench: Bench) -> None:
    """Put the page at `/` of this app. Once a process."""

    @ui.page("/", title="Bench · Kassa demo", response_timeout=MADE_WITHIN_S)
    async def page() -> None:
        client = ui.context.client
        ui.add_css(CSS)
        ui.colors(primary=PRIMARY)
        backstage = BackstagePanel(bench)
        with ui.element("main").classes("b-counter"):
            with ui.element("section").classes("b-left"):
                with ui.element("div").classes("b-lane"):
                    tower = TowerPanel()
                    screen = ScreenPanel(bench)
                products = ProductsPanel(bench)
            with ui.element("section").classes("b-middle"):
                terminal = TerminalPanel(bench)
                phone = PhonePanel(bench)
                cash = CashPanel(bench)
                keypad = KeypadPanel(bench, screen.bezel)
                WalletPanel(bench)
                badges = BadgePanel(bench)
                doors = DoorsPanel(bench)
                gate = GatePanel(bench)
                mail = MailPanel(bench)
                scale = ScalePanel(bench)
                bagging = BaggingPanel(bench)
            printer = PrinterPanel(bench)
        await products.fill()

        async def look() -> None:
            if not client.has_socket_connection:  # it comes back, or is gone for good in a moment
                return
            sight = await bench.mirror.look()
            screen.refresh(sight)
            tower.refresh(sight)
            bagging.refresh(sight)
            for panel in (
                backstage,
                badges,
                doors,
                gate,
                phone,
                cash,
                keypad,
                mail,
                scale,
                products,
                terminal,
                printer,
            ):
                panel.refresh()

        ui.timer(LOOK_EVERY_S, look)

    ui.run_with(app, title="Kassa demo", show_welcome_message=False, reconnect_timeout=AWAY_S)
