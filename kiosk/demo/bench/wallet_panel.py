"""What a shopper has in the wallet, to hold over the scanner: member card, coupons, gift card, voucher, bottle slip."""

from functools import partial

from nicegui import ui

from kiosk.demo.bench.flip import push
from kiosk.demo.bench.holding import hold_up
from kiosk.demo.bench.labels import WALLET, Label
from kiosk.demo.bench.parts import Bench


class WalletPanel:
    """One button for each."""

    def __init__(self, bench: Bench) -> None:
        self._scanner = bench.devices.scanner
        with ui.element("div").classes("b-card b-hand b-scale"):
            ui.label("In the wallet").classes("b-muted")
            with ui.row().classes("b-chips"):
                for one in WALLET:
                    push(f"wallet-{one.name}", one.says, partial(self._scan, one.label))

    def _scan(self, label: Label) -> None:
        hold_up(self._scanner, label)
