"""Web shop orders: what a webhook of WooCommerce says becomes an order of ours, however often and in whatever order.

Webhooks repeat themselves and overtake each other, so each carries the shop's own clock (`date_modified_gmt`), and
what is older than what we know changes nothing. The web shop has sold it already: it is taken even if there is not
enough, and the shortage is in sight.

What refunds have put back on sale there is taken off what is still to be sent, or has come back if it was sent
(`channel_order.less_restocked`, `taken_back`).
"""

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from kiosk.values.canonical import digest
from kiosk.wire.price_csv import PriceRow
from store import channel_orders, stock_ledger
from store.channel_order import Line, Order, less_restocked
from store.channel_orders import New, UnknownOrder
from store.database import writing
from store.schema import price
from store.woocommerce import CHANNEL, WebOrder, codes_of, pieces, restocked


def take_order(engine: Engine, said: WebOrder, now_utc_ms: int) -> Order | None:
    """The order as it is now; None if it is of no concern to the stock."""
    with writing(engine) as connection:
        lines = _lines(connection, said)
        stock_ledger.lock(connection, {line.gtin for line in lines if line.gtin})
        id_ = f"{CHANNEL}/{said.id}"
        try:
            before = channel_orders.find_in(connection, id_)
        except UnknownOrder:
            return _first(connection, said, lines, now_utc_ms)
        if said.date_modified_gmt and said.date_modified_gmt < before.version:
            return before
        after = _next(connection, before, said, lines, now_utc_ms)
        if said.date_modified_gmt:
            channel_orders.set_version(connection, id_, said.date_modified_gmt)
        return after


def _first(connection: Connection, said: WebOrder, lines: tuple[Line, ...], now_utc_ms: int) -> Order | None:
    if said.meaning not in ("reserve", "ship") or not lines:
        return None
    lines = less_restocked(lines)
    if not any(line.count for line in lines):
        return None
    asked = digest(CHANNEL, {"id": said.id})
    note = f"Order {said.number}" if said.number and said.number != str(said.id) else ""
    new = New(CHANNEL, str(said.id), lines, asked, note=note, version=said.date_modified_gmt, oversell=True)
    order, _ = channel_orders.place_in(connection, new, now_utc_ms=now_utc_ms)
    return channel_orders.ship_in(connection, order.id, now_utc_ms=now_utc_ms) if said.meaning == "ship" else order


def _next(connection: Connection, before: Order, said: WebOrder, lines: tuple[Line, ...], now_utc_ms: int) -> Order:
    """What has left the shop has left it, whatever the web shop says afterwards; but for what it has taken back."""
    if said.meaning == "wait":
        return before
    lines = less_restocked(lines, before)
    before = channel_orders.take_back_in(connection, before.id, lines, now_utc_ms=now_utc_ms, why="refunded")
    if before.state == "shipped":
        return before
    if said.meaning == "release":
        return channel_orders.cancel_in(connection, before.id, now_utc_ms=now_utc_ms, why=said.status)
    after = channel_orders.amend_in(connection, before.id, lines, now_utc_ms=now_utc_ms, reopen=True)
    if said.meaning == "ship" and not after.is_over:
        return channel_orders.ship_in(connection, before.id, now_utc_ms=now_utc_ms)
    return after


def _lines(connection: Connection, said: WebOrder) -> tuple[Line, ...]:
    """A line whose code we do not know, or that is no number of pieces, stays in sight and reserves nothing."""
    found = []
    for item in said.line_items:
        row = _row(connection, codes_of(item.sku or ""))
        count = pieces(item)
        known = row is not None and row.sold_by == "each" and count > 0
        code = row.code if row is not None and known else ""
        back = restocked(item)
        found.append(Line(item.id, code, item.sku or "", item.name, count or 1, 0, restocked_count=back))
    return tuple(found)


def _row(connection: Connection, codes: tuple[str, ...]) -> PriceRow | None:
    query = sa.select(price.c.code, price.c.row).where(price.c.code.in_(codes), price.c.until.is_(None))
    rows = {row.code: row.row for row in connection.execute(query)}
    text = next((rows[code] for code in codes if code in rows), None)
    return msgspec.json.decode(text, type=PriceRow) if text is not None else None
