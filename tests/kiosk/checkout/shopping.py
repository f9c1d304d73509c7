"""A short hand for brain tests: a lane, items, and a checkout that is driven event by event."""

from typing import Any

from msgspec.structs import replace

from kiosk.checkout import events as e
from kiosk.checkout.effects import Effect
from kiosk.checkout.item import Item
from kiosk.checkout.lane import Lane
from kiosk.checkout.machine import blank, deadline_ms, step
from kiosk.checkout.state import State
from kiosk.values.moment import Moment
from kiosk.values.money import Money

LANE = Lane(store="s001", till="k01", receipt_url="http://127.0.0.1:8080", needs=("scanner", "card_terminal"))
BREAD = Item(gtin="9520000000011", name="Rye bread", price=Money(3290), tax_class="food", tax_bp=600, price_book="1")
WATER = Item(
    gtin="9520000000028", name="Water", price=Money(1190), tax_class="food", tax_bp=600, price_book="1",
    deposit=Money(100), names={"sv": "Vatten"},
)  # fmt: skip
WINE = Item(
    gtin="9520000000035", name="Wine", price=Money(6990), tax_class="alcohol", tax_bp=2500, price_book="1", age_limit=18
)


def record(amount_minor: int) -> e.CardRecord:
    return e.CardRecord(
        amount=Money(amount_minor), terminal="29001234", receipt="0175", trace="000175", masked="************4021"
    )


class Checkout:
    """A state, the effects so far, and a clock that only moves when told."""

    def __init__(self, lane: Lane = LANE) -> None:
        self.state: State = blank(lane)
        self.effects: list[Effect] = []
        self.tick_ms = 1_000
        self.tell(e.Restarted(lane=lane, genesis="0" * 64))

    def now(self) -> Moment:
        return Moment(1_764_000_000_000 + self.tick_ms, self.tick_ms, "2026-11-24")

    def tell(self, *events: e.Event) -> "Checkout":
        for event in events:
            self.state, effects = step(self.state, replace(event, at=self.now()))
            self.effects += effects
        return self

    def wait(self, ms: int) -> "Checkout":
        """Let time pass, stopping at every deadline on the way as the loop does."""
        until = self.tick_ms + ms
        while (due := deadline_ms(self.state)) is not None and due <= until:
            self.tick_ms = max(self.tick_ms, due)
            self.tell(e.TimePassed())
        self.tick_ms = until
        return self

    def of(self, kind: type) -> list[Any]:
        return [effect for effect in self.effects if isinstance(effect, kind)]

    def pay_card(self) -> "Checkout":
        """Up to the sealed sale, everything going well."""
        self.tell(e.PayPressed())
        assert self.state.payment is not None
        attempt, amount = self.state.payment.attempt, self.state.payment.amount.minor
        self.tell(
            e.CardReady(attempt=attempt, baseline="{}"),
            e.CardApproved(attempt=attempt, record=record(amount), message=1),
            e.CardCompleted(attempt=attempt, record=record(amount), message=2),
            e.Stored(),
        )
        return self
