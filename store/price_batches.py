"""Price batches: changes of prices that begin together, at a time, when the labels hang, and after a second look.

A batch waits for whatever it was told to wait for, in any order: somebody else's approval (if it changes more than the
shop lets one person change alone), the staff's word that the new labels hang, and its time. When nothing is left to
wait for it becomes one version of the price book, once. A row whose product is gone by then is left out; the others
start.

States follow from what is written, and are never written themselves.
"""

import secrets
from collections.abc import Mapping
from typing import Literal

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from kiosk.wire.price_csv import PRICE_LARGEST_MINOR, PriceRow
from store.database import writing
from store.price_book import Change, PriceBook, UnknownProduct
from store.prices_schema import price_batch, price_batch_row

State = Literal["cancelled", "started", "approval", "labels", "planned", "due"]


class Limits(msgspec.Struct, frozen=True):
    """What one person may change alone: by how many per cent one price, and how many prices in one batch. 0: all."""

    percent: int = 0
    rows: int = 0


class Row(msgspec.Struct, frozen=True):
    """One price of a batch."""

    code: str
    was_minor: int
    price_minor: int


class Batch(msgspec.Struct, frozen=True):
    """A batch as it is written."""

    id: str
    name: str
    made_by: str
    made_utc_ms: int
    starts_utc_ms: int
    waits_for_labels: bool
    needs_approval: str = ""
    approved_by: str = ""
    labels_by: str = ""
    cancelled_by: str = ""
    ended_utc_ms: int = 0
    version: int | None = None
    rows: tuple[Row, ...] = ()

    def state(self, now_utc_ms: int) -> State:
        """What it waits for, or what became of it."""
        if self.ended_utc_ms:
            return "started" if self.version is not None else "cancelled"
        if self.needs_approval and not self.approved_by:
            return "approval"
        if self.waits_for_labels and not self.labels_by:
            return "labels"
        return "planned" if self.starts_utc_ms > now_utc_ms else "due"


class BadBatch(Exception):
    """That is not possible. One line for a person."""


def plan(
    engine: Engine,
    prices: Mapping[str, int],
    *,
    name: str,
    by: str,
    starts_utc_ms: int,
    waits_for_labels: bool,
    limits: Limits,
    now_utc_ms: int,
) -> Batch:
    """A new batch of these prices (code -> minor units). BadBatch names the first that cannot be."""
    book = PriceBook(engine)
    rows = tuple(_row(book, code, minor) for code, minor in sorted(prices.items()))
    changed = tuple(row for row in rows if row.was_minor != row.price_minor)
    if not changed:
        raise BadBatch("nothing would change")
    batch = Batch(
        secrets.token_hex(6), name.strip() or f"{len(changed)} prices", by, now_utc_ms, starts_utc_ms,
        waits_for_labels, why_asked(changed, limits), rows=changed,
    )  # fmt: skip
    with writing(engine) as connection:
        about = msgspec.structs.asdict(batch)
        connection.execute(sa.insert(price_batch).values({key: about[key] for key in about if key != "rows"}))
        stored = [{"batch_id": batch.id, **msgspec.structs.asdict(row)} for row in changed]
        connection.execute(sa.insert(price_batch_row), stored)
    return batch


def why_asked(rows: tuple[Row, ...], limits: Limits) -> str:
    """Why a second person must look at these; empty if nobody must. Whole numbers: no price is near a rounding."""
    if limits.rows and len(rows) > limits.rows:
        return f"{len(rows)} prices, more than {limits.rows}"
    for row in rows:
        by = abs(row.price_minor - row.was_minor)
        if limits.percent and by * 100 > limits.percent * max(row.was_minor, 1):
            return f"{row.code} changes by more than {limits.percent} per cent"
    return ""


def approve(engine: Engine, id_: str, by: str) -> None:
    """Somebody else has looked at it. BadBatch if it is who made it, or nobody is asked."""
    with writing(engine) as connection:
        batch = _open(connection, id_)
        if not batch.needs_approval:
            raise BadBatch("nobody was asked to approve this")
        if not by or by == batch.made_by:
            raise BadBatch("somebody else must approve it than who made it")
        _set(connection, id_, approved_by=by)


def labels_hang(engine: Engine, id_: str, by: str) -> None:
    """Staff say that the new labels are up. BadBatch."""
    with writing(engine) as connection:
        _open(connection, id_)
        _set(connection, id_, labels_by=by or "staff")


def cancel(engine: Engine, id_: str, by: str, now_utc_ms: int) -> None:
    """It shall not start. BadBatch if it has."""
    with writing(engine) as connection:
        _open(connection, id_)
        _set(connection, id_, cancelled_by=by or "staff", ended_utc_ms=now_utc_ms)


def start_due(engine: Engine, now_utc_ms: int) -> list[tuple[Batch, Change]]:
    """Make versions of the price book of all that wait for nothing more, in the order of their times."""
    started = []
    for batch in sorted(open_batches(engine), key=lambda one: (one.starts_utc_ms, one.made_utc_ms, one.id)):
        if batch.state(now_utc_ms) == "due":
            started.append((batch, _start(engine, batch, now_utc_ms)))
    return started


def _start(engine: Engine, batch: Batch, now_utc_ms: int) -> Change:
    """The book first, then the mark: a cut between the two starts it again, which changes nothing."""
    book = PriceBook(engine)
    rows = []
    for row in batch.rows:
        found = _in_use(book, row.code)
        if found is not None:
            rows.append(msgspec.structs.replace(found, price_minor=row.price_minor))
    change = book.replace(rows, now_utc_ms, f"{batch.name} (by {batch.made_by or 'the shell'})", keep_others=True)
    with writing(engine) as connection:
        _set(connection, batch.id, version=change.version, ended_utc_ms=now_utc_ms)
    return change


def open_batches(engine: Engine) -> list[Batch]:
    """All that have neither started nor been cancelled, the next to start first."""
    query = sa.select(price_batch).where(price_batch.c.ended_utc_ms == 0).order_by(price_batch.c.starts_utc_ms)
    return _read(engine, query)


def ended_batches(engine: Engine, limit: int = 50) -> list[Batch]:
    """What has become of the others, the latest first."""
    ended = sa.select(price_batch).where(price_batch.c.ended_utc_ms > 0)
    return _read(engine, ended.order_by(price_batch.c.ended_utc_ms.desc()).limit(limit))


def find(engine: Engine, id_: str) -> Batch:
    """BadBatch if there is none."""
    found = _read(engine, sa.select(price_batch).where(price_batch.c.id == id_))
    if not found:
        raise BadBatch(f"there is no batch {id_}")
    return found[0]


def next_start(engine: Engine) -> int | None:
    """When the next planned batch wants to start, so that nobody need ask every second."""
    query = sa.select(sa.func.min(price_batch.c.starts_utc_ms)).where(price_batch.c.ended_utc_ms == 0)
    with engine.connect() as connection:
        first = connection.scalar(query)
    return None if first is None else int(first)


def _read(engine: Engine, query: "sa.Select[tuple[object, ...]]") -> list[Batch]:
    with engine.connect() as connection:
        found = [dict(row) for row in connection.execute(query).mappings()]
        ids = [one["id"] for one in found]
        rows: dict[str, list[Row]] = {id_: [] for id_ in ids}
        lines = sa.select(price_batch_row).where(price_batch_row.c.batch_id.in_(ids)).order_by(price_batch_row.c.code)
        for line in connection.execute(lines):
            rows[line.batch_id].append(Row(line.code, line.was_minor, line.price_minor))
    return [Batch(**one, rows=tuple(rows[one["id"]])) for one in found]


def _open(connection: Connection, id_: str) -> Batch:
    row = connection.execute(sa.select(price_batch).where(price_batch.c.id == id_).with_for_update()).mappings().first()
    if row is None:
        raise BadBatch(f"there is no batch {id_}")
    if row["ended_utc_ms"]:
        raise BadBatch("it has started already" if row["version"] is not None else "it was cancelled")
    return Batch(**row)


def _set(connection: Connection, id_: str, **values: object) -> None:
    connection.execute(sa.update(price_batch).where(price_batch.c.id == id_).values(values))


def _in_use(book: PriceBook, code: str) -> PriceRow | None:
    try:
        return book.row(code)
    except UnknownProduct:
        return None


def _row(book: PriceBook, code: str, minor: int) -> Row:
    found = _in_use(book, code)
    if found is None:
        raise BadBatch(f"no product has the code {code}")
    if not 0 <= minor <= PRICE_LARGEST_MINOR:
        raise BadBatch(f"{code}: a price is 0 to {PRICE_LARGEST_MINOR} minor units, not {minor}")
    return Row(code, found.price_minor, minor)
