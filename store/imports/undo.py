"""Undo: an import taken out of the books again, as far as nobody has built on it since.

Prices go back to what they were unless somebody changed them after the import; prices that still wait for somebody's
approval are called off, and what one person may not change alone waits for somebody else on its way back, too; if that
is called off, the import stands as before. What a
file said of stock is taken off again by movements the other way, whatever was sold in between. A member is erased who
has bought nothing, collected nothing and been changed by nobody; a gift card is blocked that nobody has spent from, put
money on or holds. What stays is counted.
"""

from collections.abc import Sequence

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from kiosk.wire.price_csv import PriceRow
from store import price_history, stock_ledger, vouchers
from store.book_edits import Edit
from store.customers_schema import member_change, member_voucher, point_entry
from store.database import writing
from store.imports.doing import PLACE, Done, cause, undoing, waiting, why
from store.imports.reading import BadImport
from store.imports.state import STANDS, states
from store.imports_schema import data_import, data_import_item
from store.member_file import erase_in
from store.price_batches import BadBatch, Batch, Limits, ask, cancel
from store.price_book import PriceBook
from store.schema import hold, member, member_consent, member_sale, price_book, stock_movement, voucher_load
from store.stock_ledger import Moved


def find(engine: Engine, id_: str) -> Done:
    """One import. BadImport if there is none."""
    with engine.connect() as connection:
        return _find(connection, id_)


def undo(engine: Engine, id_: str, by: str, now_utc_ms: int, limits: Limits) -> Done:
    """Take it out; how much had to stay is in `kept`. BadImport if there is none, or it was undone before.

    `limits`: what one person may change alone; beyond them the batch is `doing.waiting`.
    """
    with writing(engine) as connection:
        done = _standing(connection, id_)
        if done.kind != "products":
            undo_it = {"members": _members, "stock": _stock, "gift-cards": _cards}[done.kind]
            return _mark(connection, done, undo_it(connection, done, by, now_utc_ms), by, now_utc_ms)
    kept = _products(engine, done, by, now_utc_ms, limits)
    with writing(engine) as connection:
        if _find(connection, id_) != done:
            raise BadImport([f"import {id_} was undone before"])  # by somebody else, meanwhile
        return _mark(connection, done, kept, by, now_utc_ms)


def _products(engine: Engine, done: Done, by: str, now_utc_ms: int, limits: Limits) -> int:
    """A version without what the import brought; doing it again changes nothing. How many rows are others by now."""
    if (batch := waiting(engine, done)) is not None and batch.name == why(done.id, done.file):
        _call_off(engine, batch, by, now_utc_ms)
        return 0
    version = _version_of(engine, done)
    if version is None:
        return 0  # it was cut off, or called off, before it changed anything
    book, change = PriceBook(engine), price_history.change_of(engine, version)
    now = {row.code: row for row in book.rows()}
    back: list[PriceRow] = []
    gone: list[str] = []
    kept = 0
    for row in change.added:
        current = now.get(row.code)
        if current is not None and _same(current, row):
            gone.append(row.code)
        else:
            kept += current is not None
    for before, after in change.changed:
        current = now.get(after.code)
        if current is not None and isinstance(before, PriceRow) and _same(current, after):
            back.append(before)
        else:
            kept += current is not None and current != before
    edits = [Edit(row.code, now.get(row.code), row) for row in back] + [Edit(code, now[code], None) for code in gone]
    if edits and not _asked(engine, done, edits, by, now_utc_ms, limits):
        book.replace(back, now_utc_ms, undoing(done.id, done.file), keep_others=True, without=gone)
    return kept


def _call_off(engine: Engine, batch: Batch, by: str, now_utc_ms: int) -> None:
    try:
        cancel(engine, batch.id, by, now_utc_ms)
    except BadBatch as bad:
        raise BadImport([f"{bad}; try again"]) from bad


def _version_of(engine: Engine, done: Done) -> int | None:
    """The one that the import made, or that began when somebody had approved it."""
    said = price_book.c.why
    name = why(done.id, done.file)
    with engine.connect() as connection:
        query = sa.select(price_book.c.version).where(
            sa.or_(said == name, said.startswith(f"{name} (by ", autoescape=True))
        )
        return connection.scalar(query)


def _asked(engine: Engine, done: Done, edits: Sequence[Edit], by: str, now_utc_ms: int, limits: Limits) -> bool:
    """Whether somebody else must approve it first. BadImport."""
    try:
        with writing(engine) as connection:
            name = undoing(done.id, done.file)
            return ask(connection, edits, limits, name=name, by=by, now_utc_ms=now_utc_ms) is not None
    except BadBatch as bad:
        raise BadImport([str(bad)]) from bad


def _same(current: PriceRow, after: object) -> bool:
    """Whether nobody has changed it since; what the scales have learned is nobody."""
    if not isinstance(after, PriceRow):
        return False
    learned = {name: getattr(after, name) for name in ("weight_g", "weight_seen", "weight_mean_mg", "weight_spread_mg")}
    return msgspec.structs.replace(current, **learned) == after


def _members(connection: Connection, done: Done, _by: str, _now_utc_ms: int) -> int:
    refs = _refs(connection, done)
    touched: set[str] = set()
    for table in (member_sale, point_entry, member_change, member_voucher):
        touched.update(connection.scalars(sa.select(table.c.member_id)))
    agreed = sa.select(member_consent.c.member_id).where(member_consent.c.place != PLACE)
    touched.update(connection.scalars(agreed))
    there = set(connection.scalars(sa.select(member.c.id)))
    for ref in refs & there - touched:
        erase_in(connection, ref)
    return len(refs & there & touched)


def _cards(connection: Connection, done: Done, _by: str, _now_utc_ms: int) -> int:
    refs = _refs(connection, done)
    used = set(connection.scalars(sa.select(hold.c.number).where(hold.c.state != "released")))
    used.update(connection.scalars(sa.select(voucher_load.c.number)))
    for ref in sorted(refs - used):
        vouchers.block(connection, ref)
    return len(refs & used)


def _stock(connection: Connection, done: Done, by: str, now_utc_ms: int) -> int:
    query = sa.select(stock_movement).where(stock_movement.c.cause == cause(done.id)).order_by(stock_movement.c.gtin)
    note, undoing = f"undo of {done.file}", f"undo-{done.id}"
    back = [
        Moved(
            row["gtin"], "count", now_utc_ms, -row["count"], -row["weight_g"], row["place"], note=note, staff=by,
            cause=undoing,
        )
        for row in connection.execute(query).mappings()
    ]  # fmt: skip
    stock_ledger.book(connection, back)
    return 0


def _refs(connection: Connection, done: Done) -> set[str]:
    item = data_import_item.c
    return set(connection.scalars(sa.select(item.ref).where(item.import_id == done.id)))


def _find(connection: Connection, id_: str) -> Done:
    row = connection.execute(sa.select(data_import).where(data_import.c.id == id_)).mappings().first()
    if row is None:
        raise BadImport([f"there is no import {id_[:40]}"])
    return Done(**row)


def _standing(connection: Connection, id_: str) -> Done:
    done = _find(connection, id_)
    state = states(connection, [done])[done.id]
    if state == "called off":
        raise BadImport([f"import {id_} was called off before it changed anything"])
    if state not in STANDS:
        raise BadImport([f"import {id_} was undone before"])
    return done


def _mark(connection: Connection, done: Done, kept: int, by: str, now_utc_ms: int) -> Done:
    said = {"undone_by": by, "undone_utc_ms": now_utc_ms, "kept": kept}
    connection.execute(sa.update(data_import).where(data_import.c.id == done.id).values(said))
    return msgspec.structs.replace(done, **said)
