"""Traffic: what one busy quarter of an hour puts into the journal, made by the real checkout.

A sale by card with a decline, a void, another sale, the store's acknowledgements and one refusal in between: every
kind of work that the writer gets. It is the same each time, so that a cut can be aimed at each of its writes.
"""

from collections.abc import Iterator

import msgspec
from msgspec.structs import replace

from kiosk.checkout import events as e
from kiosk.checkout.effects import Effect, PublishEvent, PublishSale, PublishStock, RecordSale
from kiosk.checkout.item import Item
from kiosk.checkout.lane import Lane
from kiosk.checkout.machine import blank, step
from kiosk.checkout.paying import is_between_visits
from kiosk.checkout.state import State
from kiosk.storage.journal import Acked, Batch, Noted, Refused, Work
from kiosk.storage.outbox import OutboxRow
from kiosk.values.moment import Moment
from kiosk.values.money import Money

LANE = Lane(store="s001", till="k01")
GENESIS = "0" * 64
_BEGAN_UTC_MS = 1_795_000_000_000
_DAY = "2026-11-18"
_TURN_MS = 1_500

_MILK = Item(gtin="7310865004703", name="Mjölk", price=Money(1590), tax_class="food", tax_bp=600, price_book="1")
_COLA = replace(_MILK, gtin="9521234000013", name="Cola", price=Money(1790), deposit=Money(200))


def quarter_of_an_hour() -> tuple[tuple[Work, State], ...]:
    """Every piece of work in order, each with the state of the lane after it."""
    return tuple(_Till().works())


class _Till:
    """A lane driven by hand, that keeps what its loop would hand to the journal."""

    def __init__(self) -> None:
        self.state = blank(LANE)
        self.tick_ms = 0

    def works(self) -> Iterator[tuple[Work, State]]:
        yield self.turn(e.Restarted(lane=LANE, genesis=GENESIS))
        yield Noted("software", "0.1.0"), self.state
        yield self.turn(e.DeviceFound(device="scanner"), e.DeviceFound(device="card_terminal"))
        yield from self.first_sale()
        yield Acked((f"{self.last}/stock",)), self.state
        yield from self.abandoned_basket()
        yield Refused(self.last, "not today"), self.state
        yield from self.second_sale()
        yield Acked((self.last, f"{self.last}/stock")), self.state

    def first_sale(self) -> Iterator[tuple[Work, State]]:
        yield self.turn(e.StartPressed())
        yield self.turn(e.ItemFound(item=_MILK))
        yield self.turn(e.ItemFound(item=_COLA), e.ItemFound(item=_COLA))
        yield self.turn(e.ItemUnknown(text="?"))
        yield self.turn(e.PayPressed())
        yield self.turn(e.CardReady(attempt=self.attempt, baseline="{}"))
        yield self.turn(e.CardDeclined(attempt=self.attempt, why="declined"))
        yield self.turn(e.CardChosen())
        yield from self.card()
        yield self.turn(e.ReceiptChosen(kind="print"))
        yield self.turn(e.ReceiptPrinted(job=self.state.printing[0].job))
        yield self.turn(e.DonePressed())

    def abandoned_basket(self) -> Iterator[tuple[Work, State]]:
        yield self.turn(e.StartPressed(), e.ItemFound(item=_COLA))
        yield self.turn(e.ShoppingStopped())

    def second_sale(self) -> Iterator[tuple[Work, State]]:
        yield self.turn(e.StartPressed(), e.ItemFound(item=_MILK))
        yield self.turn(e.PayPressed())
        yield from self.card()
        yield self.turn(e.ReceiptChosen(kind="none"))
        yield self.turn(e.DonePressed())

    def card(self) -> Iterator[tuple[Work, State]]:
        assert self.state.payment is not None
        record = e.CardRecord(amount=self.state.payment.amount, terminal="29001234", masked="************4021")
        yield self.turn(e.CardReady(attempt=self.attempt, baseline="{}"))
        yield self.turn(e.CardApproved(attempt=self.attempt, record=record, message=1))
        yield self.turn(e.CardCompleted(attempt=self.attempt, record=record, message=2))
        yield self.turn(e.Stored())

    @property
    def attempt(self) -> str:
        return self.state.payment.attempt if self.state.payment else ""

    def turn(self, *events: e.Event) -> tuple[Work, State]:
        """One turn of the loop: these events, and what they cause, in one batch."""
        self.tick_ms += _TURN_MS
        at = Moment(_BEGAN_UTC_MS + self.tick_ms, self.tick_ms, _DAY)
        was_open = not is_between_visits(self.state)
        stamped = tuple(replace(event, at=at) for event in events)
        effects: list[Effect] = []
        for event in stamped:
            self.state, more = step(self.state, event)
            effects += more
        sales = tuple(effect.sale for effect in effects if isinstance(effect, RecordSale))
        for sale in sales:
            self.last = sale.key
        ended = was_open and is_between_visits(self.state)
        rows = tuple(row for effect in effects for row in _rows(effect, at))
        batch = Batch(events=stamped, sales=sales, outbox=rows, snapshot=self.state if ended else None)
        return batch, self.state


def _rows(effect: Effect, at: Moment) -> tuple[OutboxRow, ...]:
    match effect:
        case PublishSale(sale):
            return (OutboxRow(sale.key, "sale", _text(sale), at.utc_ms, sale.key),)
        case PublishStock(sale):
            return (OutboxRow(f"{sale.key}/stock", "stock", _text(sale.lines), at.utc_ms, sale.key),)
        case PublishEvent():
            number = f"{LANE.store}/{LANE.till}/event/{effect.n}"
            return (OutboxRow(number, "event", _text(effect.data), at.utc_ms),)
        case _:
            return ()


def _text(record: object) -> str:
    return msgspec.json.encode(record).decode()
