"""The shopper's phone: it has read the code on the lane's screen, and pays or does not; and the provider's network."""

from collections.abc import Callable

from nicegui import ui

from drivers.qr_payment.simulator import ProviderSimulator
from kiosk.demo.bench.faults import FaultRow
from kiosk.demo.bench.flip import Flip, push
from kiosk.demo.bench.parts import Bench

Seen = tuple[str, bool]


class PhonePanel:
    """One phone."""

    def __init__(self, bench: Bench) -> None:
        self._server = bench.devices.provider
        self._seen: Seen | None = None
        with ui.element("div").classes("b-card b-hand"):
            ui.label("Phone").classes("b-muted")
            self._display = ui.label().props("data-testid=phone-display")
            with ui.row().classes("b-chips"):
                self._pay = push("phone-pay", "Pay", lambda: self._do(ProviderSimulator.pay))
                self._decline = push("phone-decline", "Decline", lambda: self._do(ProviderSimulator.decline))
                self._away = Flip("provider-away", "Provider away", "Provider back", self._flip)
            self._faults = FaultRow(self._server, "provider")

    def _do(self, act: Callable[[ProviderSimulator], object]) -> None:
        with self._server.hands() as provider:
            act(provider)

    def _flip(self, away: bool) -> None:
        self._do(ProviderSimulator.unplug if away else ProviderSimulator.plug)

    def refresh(self) -> None:
        """Show what has changed."""
        self._faults.refresh()
        with self._server.hands() as provider:
            found = provider.open
            asks = f"Pay {found.amount_minor // 100}.{found.amount_minor % 100:02d}?" if found is not None else ""
            seen = (asks, provider.reachable)
        if seen == self._seen:
            return
        self._seen = seen
        self._display.set_text(asks or "No code to read")
        self._pay.set_enabled(bool(asks))
        self._decline.set_enabled(bool(asks))
        self._away.show(not seen[1])
