"""Stock slips: a delivery, waste or a transfer of many products, scanned line by line and booked in one transaction.

While somebody scans, the lines are a draft in the books, so that a tablet that falls asleep loses nothing. A label with
a batch and a last day (AI 10, 17 or 15) hands them on to the movement; that is how the shop knows later what expires.
"""

import secrets
from collections.abc import Sequence
from datetime import date
from typing import Literal

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from kiosk.values.barcode import Barcode, parse, parse_typed
from kiosk.values.label_date import label_date
from kiosk.wire.price_csv import PriceRow
from store import stock_ledger
from store.database import writing
from store.price_book import PriceBook, UnknownProduct
from store.schema import price
from store.stock import Reason, check_place
from store.stock_ledger import FLOOR, Moved
from store.stock_schema import stock_draft, stock_level

SlipKind = Literal["delivery", "waste"]


class SlipLine(msgspec.Struct, frozen=True):
    """How much of one product, or of one batch of it."""

    gtin: str
    count: int = 0
    weight_g: int = 0
    batch: str = ""
    expiry: str = ""
    reason: Reason = ""


class BadSlip(ValueError):
    """What cannot be booked, and why."""


def read_label(prices: PriceBook, text: str, today: date) -> tuple[PriceRow, SlipLine]:
    """The product of a scanned label or typed code, and one of it. UnknownProduct."""
    read = parse(text.strip()) or parse_typed(text.strip())
    keys = read.keys if read is not None else ()
    row = prices.first_of((*keys, text.strip())).row
    if row is None:
        raise UnknownProduct(f"no product has the code {text.strip()[:60]}")
    label = read if isinstance(read, Barcode) else Barcode(gtin="")
    expires = label_date(label.expiry or label.best_before, today)
    weighed = row.sold_by == "kg"
    return row, SlipLine(
        row.code,
        count=0 if weighed else 1,
        weight_g=(label.weight_g or 0) if weighed else 0,
        batch=label.batch,
        expiry=expires.isoformat() if expires else "",
    )


def added(lines: Sequence[SlipLine], line: SlipLine) -> tuple[SlipLine, ...]:
    """The lines with one more: the same product, batch and reason are one line."""
    for place, other in enumerate(lines):
        if (line.gtin, line.batch, line.expiry, line.reason) == (other.gtin, other.batch, other.expiry, other.reason):
            more = {"count": other.count + line.count, "weight_g": other.weight_g + line.weight_g}
            return (*lines[:place], msgspec.structs.replace(other, **more), *lines[place + 1 :])
    return (*lines, line)


def book_slip(
    engine: Engine,
    kind: SlipKind,
    lines: Sequence[SlipLine],
    *,
    now_utc_ms: int,
    place: str = FLOOR,
    note: str = "",
    staff: str = "",
) -> str:
    """All lines or none; the id under which the movements stand. BadSlip, UnknownPlace, UnknownProduct."""
    with writing(engine) as connection:
        return book_slip_in(connection, kind, lines, now_utc_ms=now_utc_ms, place=place, note=note, staff=staff)


def book_slip_in(
    connection: Connection,
    kind: SlipKind,
    lines: Sequence[SlipLine],
    *,
    now_utc_ms: int,
    place: str,
    note: str,
    staff: str,
) -> str:
    """The same, in a transaction that writes more than this."""
    check_lines(lines)
    if kind == "waste" and any(not line.reason for line in lines):
        raise BadSlip("every line of waste has a reason")
    id_ = new_id(kind, now_utc_ms)
    sign = 1 if kind == "delivery" else -1
    check_place(connection, place)
    check_known(connection, [line.gtin for line in lines])
    stock_ledger.book(
        connection,
        [
            Moved(
                line.gtin, kind, now_utc_ms, count=sign * line.count, weight_g=sign * line.weight_g, place=place,
                note=note, reason=line.reason, batch=line.batch, expiry=line.expiry, staff=staff, cause=id_,
            )
            for line in lines
        ],
    )  # fmt: skip
    return id_


def check_lines(lines: Sequence[SlipLine]) -> None:
    """BadSlip unless there are some, each with something in it."""
    if not lines:
        raise BadSlip("there is nothing on it yet")
    for line in lines:
        if line.count < 0 or line.weight_g < 0 or not (line.count or line.weight_g):
            raise BadSlip(f"{line.gtin}: how much must be more than nothing")


def check_known(connection: Connection, codes: Sequence[str]) -> None:
    """UnknownProduct if one of these is neither in the price book nor ever moved."""
    known = set(connection.scalars(sa.select(price.c.code).where(price.c.code.in_(codes), price.c.until.is_(None))))
    known |= set(connection.scalars(sa.select(stock_level.c.gtin).where(stock_level.c.gtin.in_(codes))))
    for gtin in codes:
        if gtin not in known:
            raise UnknownProduct(f"no product has the code {gtin}")


def new_id(kind: str, now_utc_ms: int) -> str:
    """Of a slip, transfer or count."""
    return f"{kind}-{now_utc_ms}-{secrets.token_hex(4)}"


# --- drafts -----------------------------------------------------------------------------------------------------------


def draft(engine: Engine, id_: str) -> tuple[SlipLine, ...]:
    """The lines so far."""
    with engine.connect() as connection:
        body = connection.scalar(sa.select(stock_draft.c.body).where(stock_draft.c.id == id_))
    return msgspec.json.decode(body, type=tuple[SlipLine, ...]) if body else ()


def keep_draft(engine: Engine, id_: str, lines: Sequence[SlipLine], now_utc_ms: int) -> None:
    """These are the lines now; none: there is no draft any more."""
    with writing(engine) as connection:
        connection.execute(sa.delete(stock_draft).where(stock_draft.c.id == id_))
        if lines:
            body = msgspec.json.encode(tuple(lines)).decode()
            connection.execute(sa.insert(stock_draft).values(id=id_, body=body, changed_utc_ms=now_utc_ms))
