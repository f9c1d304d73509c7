"""Price history: every version of the price book, what it changed and why, and a way back to any of them.

Going back makes a new version that is as the old one was: nothing that was ever charged is forgotten.
"""

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from kiosk.wire.offers_csv import PREFIX, Entry, OfferRow, decode_entry
from kiosk.wire.price_csv import PriceRow
from store.book_edits import Edit
from store.price_book import Change, PriceBook, entries_in_use, still_known
from store.prices_schema import price_batch_edit
from store.schema import price, price_book


class Version(msgspec.Struct, frozen=True):
    """One version: how many rows it has in all and how many of them are its own."""

    version: int
    made_utc_ms: int
    why: str
    items: int
    changed: int


class UnknownVersion(LookupError):
    """There never was such a version."""


def versions(engine: Engine, limit: int = 50, offset: int = 0) -> list[Version]:
    """The newest first."""
    own = sa.select(sa.func.count()).where(price.c.since == price_book.c.version).scalar_subquery()
    query = sa.select(price_book, own.label("changed")).order_by(price_book.c.version.desc())
    with engine.connect() as connection:
        return [
            Version(row.version, row.made_utc_ms, row.why, row.items, row.changed)
            for row in connection.execute(query.limit(limit).offset(offset))
        ]


def change_of(engine: Engine, version: int) -> Change:
    """What this version changed. UnknownVersion."""
    with engine.connect() as connection:
        if connection.scalar(sa.select(price_book.c.version).where(price_book.c.version == version)) is None:
            raise UnknownVersion(f"there is no version {version} of the price book")
        before = _rows(connection, price.c.until == version)
        after = _rows(connection, price.c.since == version)
    return Change(
        version,
        added=tuple(row for code, row in after.items() if code not in before),
        changed=tuple((before[code], row) for code, row in after.items() if code in before),
        removed=tuple(row for code, row in before.items() if code not in after),
    )


def entry_at(engine: Engine, code: str, version: int) -> Entry | None:
    """A product or an offer as that version had it; None: it had not. UnknownVersion."""
    valid = sa.and_(price.c.since <= version, sa.or_(price.c.until.is_(None), price.c.until > version))
    with engine.connect() as connection:
        if connection.scalar(sa.select(price_book.c.version).where(price_book.c.version == version)) is None:
            raise UnknownVersion(f"there is no version {version} of the price book")
        return _rows(connection, sa.and_(price.c.code == code, valid)).get(code)


def history_of(engine: Engine, code: str) -> list[tuple[int, int, PriceRow]]:
    """What a product was in each version that changed it: version, when (UTC, milliseconds), row; the newest first."""
    query = (
        sa.select(price.c.since, price_book.c.made_utc_ms, price.c.row)
        .join(price_book, price_book.c.version == price.c.since)
        .where(price.c.code == code)
        .order_by(price.c.since.desc())
    )
    with engine.connect() as connection:
        return [
            (row.since, row.made_utc_ms, msgspec.json.decode(row.row, type=PriceRow))
            for row in connection.execute(query)
        ]


def ever_named(engine: Engine, picture: str) -> bool:
    """Whether any version, or any batch of changes, has this picture."""
    text = f'"picture":"{picture}"'
    versions_with = sa.select(sa.literal(1)).where(price.c.row.contains(text, autoescape=True)).limit(1)
    batches_with = sa.select(sa.literal(1)).where(price_batch_edit.c.becomes.contains(text, autoescape=True)).limit(1)
    with engine.connect() as connection:
        return any(connection.scalar(query) is not None for query in (versions_with, batches_with))


def roll_back(engine: Engine, version: int, by: str, now_utc_ms: int) -> Change:
    """Make the book what it was in that version, as a new one, whoever may or may not. UnknownVersion."""
    entries = _entries_of(engine, version)
    rows = [row for row in entries.values() if isinstance(row, PriceRow)]
    offers = [row for row in entries.values() if isinstance(row, OfferRow)]
    why = f"back to version {version} (by {by or 'the shell'})"
    return PriceBook(engine).replace(rows, now_utc_ms, why, offers=offers)


def way_back(engine: Engine, version: int) -> list[Edit]:
    """What is otherwise now than it was in that version, as edits that would undo it. UnknownVersion."""
    then = _entries_of(engine, version)
    with engine.connect() as connection:
        now = entries_in_use(connection)
    then = {code: still_known(now.get(code), entry) for code, entry in then.items()}
    codes = sorted({*now, *then})
    return [Edit(code, now.get(code), then.get(code)) for code in codes if now.get(code) != then.get(code)]


def _entries_of(engine: Engine, version: int) -> dict[str, Entry]:
    change_of(engine, version)
    valid = sa.and_(price.c.since <= version, sa.or_(price.c.until.is_(None), price.c.until > version))
    with engine.connect() as connection:
        return _rows(connection, valid)


def _rows(connection: "sa.engine.Connection", which: "sa.ColumnElement[bool]") -> dict[str, Entry]:
    found = connection.execute(sa.select(price.c.code, price.c.row).where(which).order_by(price.c.code))
    return {code: decode_entry(code, text) for code, text in found}


def is_offer(code: str) -> bool:
    """Whether a code of a change is an offer's."""
    return code.startswith(PREFIX)
