"""Outgoing: the envelopes that a till and a store send, made from what they know.

The ids are the contract's: `{store}/{till}/{business_day}/{sequence:06d}` of a sale, the same with `/stock`, and
`{store}/{till}/event/{n}`. Times are handed in, as RFC 3339.
"""

from typing import Any

from kiosk.checkout.sale import Sale
from kiosk.wire.codec import envelope
from kiosk.wire.messages import Envelope, LaneEvent, LaneState, StockMovements
from kiosk.wire.stock import stock_of


def till_source(store: str, till: str) -> str:
    """CloudEvents `source` of a till."""
    return f"/kassa/{store}/{till}"


def store_source(store: str) -> str:
    """CloudEvents `source` of the store."""
    return f"/kassa/{store}"


def sale_message(sale: Sale) -> Envelope[Sale]:
    """A sealed sale, under its key."""
    return envelope(sale, id=sale.key, source=till_source(sale.store, sale.till), time=sale.sealed)


def stock_message(sale: Sale) -> Envelope[StockMovements]:
    """What that sale did to the stock."""
    return envelope(stock_of(sale), id=f"{sale.key}/stock", source=till_source(sale.store, sale.till), time=sale.sealed)


def event_message(store: str, till: str, n: int, kind: str, data: dict[str, Any], at: str) -> Envelope[LaneEvent]:
    """Something that happened on the lane."""
    event = LaneEvent(store=store, till=till, n=n, kind=kind, at=at, data=data)
    return envelope(event, id=f"{store}/{till}/event/{n}", source=till_source(store, till), time=at)


def till_message(data: Any, *, store: str, till: str, id: str, at: str) -> Envelope[Any]:
    """Anything else of a till: state, health, a question, a result."""
    return envelope(data, id=id, source=till_source(store, till), time=at)


def last_will(store: str, till: str, *, at: str, number: str = "", software: str = "") -> Envelope[LaneState]:
    """What the broker says of a till that has gone: it is offline. `at` is when the will was made."""
    state = LaneState(store=store, till=till, online=False, phase="offline", number=number, software=software)
    return envelope(state, id=f"{store}/{till}/will/{at}", source=till_source(store, till), time=at)
