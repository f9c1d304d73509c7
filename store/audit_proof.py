"""Audit proof: whether every random audit of the shop was drawn by lot (`kiosk.checkout.proving_lots`), from the books.

A till commits to its lots and shows its secret in its own reports; its baskets may be paid, and looked at, at any till.
What a till never delivered cannot be proved: then its day is told as not over, or a lot as missing.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from kiosk.checkout.proving_lots import COMMITTED, RESULT, REVEALED, Proof, periods, prove
from kiosk.checkout.sale import Sale
from store.schema import lane_event, sale

_WITH_A_LOT = '"lot":{'
"""In the canonical JSON of a sale whose visit had one."""


def proofs(engine: Engine, day: str = "") -> Iterator[tuple[str, Proof]]:
    """Each period of each till, with the till's name; of one business day (ISO 8601) or of all."""
    reports, sales = _reports(engine), list(_sales(engine, day))
    results = [(kind, said["data"]) for _, kind, said in reports if kind == RESULT]
    for till in sorted({till for till, kind, _ in reports if kind == COMMITTED}):
        own = [(kind, said) for by, kind, said in reports if by == till and kind != RESULT]
        told = [(kind, said["data"]) for kind, said in own]
        for period in periods(own[0][1]["store"], till, [*told, *results], sales):
            if day in ("", period.committed["day"]):
                yield till, prove(period)


def _reports(engine: Engine) -> list[tuple[str, str, Mapping[str, Any]]]:
    """Till, kind and what was said, in the order in which each till said it."""
    columns = (lane_event.c.till, lane_event.c.kind, lane_event.c.body)
    query = sa.select(*columns).where(lane_event.c.kind.in_((COMMITTED, REVEALED, RESULT)))
    with engine.connect() as connection:
        rows = connection.execute(query.order_by(lane_event.c.till, lane_event.c.n)).all()
    return [(row.till, row.kind, json.loads(row.body)) for row in rows]


def _sales(engine: Engine, day: str) -> Iterator[Sale]:
    """All that had a lot. A basket that was set aside is paid later, never before its lot was drawn."""
    query = sa.select(sale.c.body).where(sale.c.body.contains(_WITH_A_LOT), sale.c.business_day >= day)
    with engine.connect() as connection:
        for body in connection.scalars(query.order_by(sale.c.till, sale.c.sequence)):
            yield msgspec.json.decode(body, type=Sale)
