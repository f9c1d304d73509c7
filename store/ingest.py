"""Ingest: messages of the tills into the books, each exactly once.

Tills repeat themselves until we acknowledge, and we acknowledge only what is committed. So everything here is insert
or same: the key decides, and a repetition changes nothing. What comes under a known key with another content, or cannot
be read, is kept aside and refused; a sale that can be read but does not add up is kept and flagged. The order of
arrival does not matter: whatever order sales come in, with whatever repetitions, the books end the same.
"""

import hashlib
from functools import partial
from typing import Any, Literal

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from kiosk.checkout.sale import Original, Sale, receipt_token
from kiosk.values.canonical import canonical_json
from kiosk.wire.codec import LARGEST_BYTES, BadMessage, decode, read_data
from kiosk.wire.messages import Ack, Envelope, LaneEvent, Refusal, Result, StockMovements
from kiosk.wire.outgoing import till_source
from kiosk.wire.stock import stock_of
from kiosk.wire.topics import Address
from store import baskets, commands, exit_codes
from store.chain import recheck_chain
from store.coupons import use_coupons
from store.database import writing
from store.flags import Flag, flags_of
from store.members import collect
from store.price_book import offers_of_version, rows_of_version
from store.return_flags import recheck_returns
from store.returns import take_back
from store.schema import aside, lane_event, sale, sale_flag, sale_line, sale_tax, sale_tender, stock_report
from store.stock import book_sale
from store.vouchers import release, spend

Outcome = Literal["new", "same", "refused"]


class Taken(msgspec.Struct, frozen=True):
    """What became of one message. `ack` goes to its till; None if there is no id to answer to."""

    outcome: Outcome
    ack: Ack | None
    reason: str = ""


_LARGEST = 10**12
_EXPECTED: dict[str, type] = {"sale": Sale, "stock": StockMovements, "event": LaneEvent}


class _Conflict(Exception):
    """The key is taken by another content."""


def take(engine: Engine, address: Address, payload: bytes, now_utc_ms: int) -> Taken:
    """One message of a till, from a `sale`, `stock` or `event` topic, into the books. Committed when this returns."""
    try:
        message = _read(address, payload)
        with writing(engine) as connection:
            is_new = _write(connection, address, message, read_data(payload), now_utc_ms)
    except BadMessage as bad:
        return _set_aside(engine, address, bad.id, bad.why, payload, now_utc_ms)
    except _Conflict as conflict:
        return _set_aside(engine, address, message.id, str(conflict), payload, now_utc_ms)
    return Taken("new" if is_new else "same", Ack(ids=(message.id,)))


def _read(address: Address, payload: bytes) -> Envelope[Any]:
    """The message, if it is what its topic says."""
    message = decode(payload)
    if not isinstance(message.data, _EXPECTED[address.what]):
        raise BadMessage(f"{message.type} on the topic {address.what}", message.id)
    expected_id = _id_of(message.data)
    if message.id != expected_id:
        raise BadMessage(f"the id should be {expected_id}", message.id)
    home = f"{address.store}/{address.till}/"
    if not message.id.startswith(home) or message.source != till_source(address.store, address.till):
        raise BadMessage(f"does not belong on the topic of {address.till}", message.id)
    return message


def _id_of(data: Any) -> str:
    """The id that this data must travel under."""
    match data:
        case Sale():
            return data.key
        case StockMovements():
            return f"{data.sale}/stock"
        case _:
            return f"{data.store}/{data.till}/event/{data.n}"


def _write(connection: Connection, address: Address, message: Envelope[Any], said: Any, now_utc_ms: int) -> bool:
    match message.data:
        case Sale():
            return _write_sale(connection, message.data, said, now_utc_ms)
        case StockMovements():
            return _write_stock(connection, message.id, message.data, said)
        case _:
            return _write_event(connection, address, message.id, message.data, said, now_utc_ms)


# --- sales ------------------------------------------------------------------------------------------------------------


def _write_sale(connection: Connection, sold: Sale, said: dict[str, Any], now_utc_ms: int) -> bool:
    """True if it is new. _Conflict, with a flag on the sale that was here first."""
    body = canonical_json(said).decode()
    if (kept := connection.scalar(sa.select(sale.c.body).where(sale.c.key == sold.key))) is not None:
        if kept == body:
            return False
        raise _Conflict(f"another sale is in the books as {sold.key}")
    parts = _part_rows(sold)
    _check_sizes(sold, [row for _, rows in parts for row in rows])
    connection.execute(sa.insert(sale).values(_sale_row(sold, body, now_utc_ms)))
    for table, rows in parts:
        if rows:
            connection.execute(sa.insert(table), rows)
    flags = flags_of(sold, said, partial(rows_of_version, connection), partial(offers_of_version, connection))
    flag(connection, sold.key, *flags)
    recheck_chain(connection, sold)
    book_sale(connection, sold, now_utc_ms)
    exit_codes.note(connection, sold, now_utc_ms)
    flag(connection, sold.key, *spend(connection, sold, now_utc_ms), *use_coupons(connection, sold, now_utc_ms))
    take_back(connection, sold, now_utc_ms)
    recheck_returns(connection, sold)
    if sold.customer is not None:
        collect(connection, sold.key, sold.customer)
    for reported in connection.scalars(sa.select(stock_report.c.body).where(stock_report.c.sale_key == sold.key)):
        _compare_stock(connection, sold, msgspec.json.decode(reported, type=StockMovements))
    return True


def _check_sizes(sold: Sale, rows: list[dict[str, Any]]) -> None:
    """BadMessage for numbers that no shop has: added up over the years they would overflow the database's integers."""
    totals, moved = msgspec.structs.asdict(sold.totals), map(msgspec.structs.asdict, stock_of(sold).movements)
    values = [sold.sequence, *(value for row in (totals, *moved, *rows) for value in row.values())]
    for original in (line.original for line in sold.lines if isinstance(line.original, Original)):
        values += original.line, *original.units
    if any(isinstance(value, int) and abs(value) > _LARGEST for value in values):
        raise BadMessage(f"a number in it is larger than {_LARGEST}", sold.key)


def _sale_row(sold: Sale, body: str, now_utc_ms: int) -> dict[str, Any]:
    return {
        "key": sold.key,
        "till": sold.till,
        "business_day": sold.business_day,
        "sequence": sold.sequence,
        "kind": sold.kind,
        "training": sold.training,
        "started": sold.started,
        "sealed": sold.sealed,
        "currency": sold.currency,
        "goods_minor": sold.totals.goods_minor,
        "deposit_minor": sold.totals.deposit_minor,
        "due_minor": sold.totals.due_minor,
        "hash": sold.chain.hash,
        "previous": sold.chain.previous,
        "token": receipt_token(sold),
        "received_utc_ms": now_utc_ms,
        "body": body,
    }


def _part_rows(sold: Sale) -> list[tuple[sa.Table, list[dict[str, Any]]]]:
    """The rows of a sale's parts. Their place is where they stand in the message: a till's own numbers may repeat."""
    lines = [
        {
            "gtin": line.gtin,
            "name": line.name,
            "category": line.category,
            "entry": line.entry,
            "count": line.count,
            "weight_g": line.weight_g,
            "unit_price_minor": line.unit_price_minor,
            "amount_minor": line.amount_minor,
            "discount_minor": sum(discount.amount_minor for discount in line.discounts),
            "deposit_minor": line.deposit_minor,
            "tax_bp": line.tax_bp,
            "price_book": line.price_book,
        }
        for line in sold.lines
    ]
    taxes = [msgspec.structs.asdict(tax) for tax in sold.totals.tax]
    tenders = [{"kind": t.kind, "amount_minor": t.amount_minor, "attempt": t.attempt} for t in sold.tenders]
    placed = ((sale_line, lines), (sale_tax, taxes), (sale_tender, tenders))
    return [
        (table, [{"sale_key": sold.key, "place": place, **row} for place, row in enumerate(rows, start=1)])
        for table, rows in placed
    ]


def flag(connection: Connection, sale_key: str, *flags: Flag) -> None:
    """Write these beside the sale, each reason once."""
    for one in flags:
        where = (sale_flag.c.sale_key == sale_key, sale_flag.c.reason == one.reason)
        if not connection.scalar(sa.select(sa.func.count()).where(*where)):
            row = {"sale_key": sale_key, "reason": one.reason, "detail": one.detail}
            connection.execute(sa.insert(sale_flag).values(row))


# --- stock reports and lane events ------------------------------------------------------------------------------------


def _write_stock(connection: Connection, id: str, report: StockMovements, said: Any) -> bool:
    """Only kept and compared: the books' own movements come from the sale."""
    body = canonical_json(said).decode()
    if not _insert_or_same(connection, stock_report, {"id": id, "sale_key": report.sale, "body": body}):
        return False
    if (kept := connection.scalar(sa.select(sale.c.body).where(sale.c.key == report.sale))) is not None:
        _compare_stock(connection, msgspec.json.decode(kept, type=Sale), report)
    return True


def _compare_stock(connection: Connection, sold: Sale, report: StockMovements) -> None:
    ours = {movement.gtin: movement for movement in stock_of(sold).movements}
    if ours != {movement.gtin: movement for movement in report.movements}:
        flag(connection, sold.key, Flag("stock", "the till reports other movements than its sale makes"))


def _write_event(
    connection: Connection, address: Address, id: str, event: LaneEvent, said: Any, now_utc_ms: int
) -> bool:
    row = {"id": id, "till": address.till, "n": event.n, "kind": event.kind, "at": event.at}
    row |= {"body": canonical_json(said).decode(), "received_utc_ms": now_utc_ms}
    is_new = _insert_or_same(connection, lane_event, row)
    if is_new and event.kind == "hold.released":
        release(connection, address.till, str(event.data.get("id", "")), now_utc_ms)
    if is_new and event.kind in ("command.done", "command.refused"):
        why = str(event.data.get("why", ""))
        commands.settle(
            connection, address.till, Result(id=str(event.data.get("id", "")), done=not why, why=why), now_utc_ms
        )
    if is_new and event.kind in baskets.KINDS:
        baskets.note(connection, id, address.till, event, now_utc_ms)
    if is_new and event.kind == "gate.opened":
        exit_codes.note_opened(connection, address.till, event.data, now_utc_ms)
    if is_new and event.kind in ("member.claimed", "member.joined"):
        _claim(connection, address, event.data)
    return is_new


def _claim(connection: Connection, address: Address, data: dict[str, Any]) -> None:
    """A member came after the payment: points for this lane's own sale, unless it has a member already."""
    key, customer = str(data.get("sale", "")), str(data.get("customer", ""))
    if key.startswith(f"{address.store}/{address.till}/"):
        collect(connection, key, customer)


def _insert_or_same(connection: Connection, table: sa.Table, row: dict[str, Any]) -> bool:
    kept = connection.scalar(sa.select(table.c.body).where(table.c.id == row["id"]))
    if kept is not None and kept != row["body"]:
        raise _Conflict(f"another message is in the books as {row['id']}")
    if kept is None:
        connection.execute(sa.insert(table).values(row))
    return kept is None


# --- what does not go into the books ----------------------------------------------------------------------------------


def _set_aside(engine: Engine, address: Address, id: str, reason: str, payload: bytes, now_utc_ms: int) -> Taken:
    """Keep the payload as it came, once, flag the sale whose key it claims, and tell the till."""
    digest = hashlib.sha256(payload).hexdigest()
    row = {"till": address.till, "what": address.what, "id": id, "digest": digest, "reason": reason}
    with writing(engine) as connection:
        known = (aside.c.till == address.till, aside.c.what == address.what, aside.c.digest == digest)
        if not connection.scalar(sa.select(sa.func.count()).where(*known)):
            connection.execute(
                sa.insert(aside).values({**row, "payload": payload[:LARGEST_BYTES], "received_utc_ms": now_utc_ms})
            )
        here = address.what == "sale" and id.startswith(f"{address.store}/{address.till}/")
        if here and connection.scalar(sa.select(sale.c.key).where(sale.c.key == id)):
            flag(connection, id, Flag("conflict", f"something else came under this key and is kept aside: {reason}"))
    return Taken("refused", Ack(refused=(Refusal(id=id, reason=reason),)) if id else None, reason)
