"""Copies: the price book as tills fetch it, in parts that fit a message.

A till asks for the whole, or for what has changed since the version that it has, part after part. Which codes that are
is looked up once and kept as long as the version is in use: a page of rows by their codes costs the same wherever it
stands in the book, while one that the database must count its way to costs more with every part. After a change every
till asks the same at the same time, so the parts that were told last are kept, too.
"""

from collections import OrderedDict
from collections.abc import Sequence

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from kiosk.wire.asking import PriceBookAsk, PriceBookPart
from kiosk.wire.offers_csv import Entry, OfferRow, decode_entry
from kiosk.wire.price_csv import PriceRow
from store.schema import price

PART_BYTES = 512 * 1024
"""A part of a copy is at most this large (and one row): well under what a message may be."""
_ROWS_AT_ONCE = 1_400
_PARTS_KEPT, _COPIES_KEPT = 4, 8
IN_USE_OF_CODES = sa.func.coalesce(price.c.until, 0) == 0
"""That a row is in use, where rows are found by many codes. Said as `until IS NULL`, SQLite takes it for the rarer
thing and reads the whole book by its index."""
_BY_CODE = sa.select(price.c.code, price.c.row).where(
    price.c.code.in_(sa.bindparam("codes", expanding=True)), IN_USE_OF_CODES
)


class Book(msgspec.Struct, frozen=True):
    """A version of the price book, in figures."""

    version: int
    items: int
    digest: str
    tally: str


class _Copy(msgspec.Struct, frozen=True):
    """What is told of one version to tills that have the same: codes in use, in order; and codes that are no more."""

    codes: tuple[str, ...]
    removed: tuple[str, ...]


class Copies:
    """Of one version of the book."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self._copies: OrderedDict[int, _Copy] = OrderedDict()
        self._parts: OrderedDict[tuple[int, int], PriceBookPart] = OrderedDict()

    def part(self, connection: Connection, ask: PriceBookAsk) -> PriceBookPart:
        """What a till asked for. `connection` sees the book at this version."""
        since = int(ask.since) if ask.since.isascii() and ask.since.isdigit() and len(ask.since) < 10 else 0
        since = since if since <= self.book.version else 0
        offset = max(0, ask.offset) if ask.version == str(self.book.version) else 0
        kept = self._parts.get((since, offset))
        if kept is None:
            kept = self._parts[since, offset] = self._made(connection, since, offset)
            if len(self._parts) > _PARTS_KEPT:
                self._parts.popitem(last=False)
        return kept if ask.tally else msgspec.structs.replace(kept, tally=msgspec.UNSET)

    def _made(self, connection: Connection, since: int, offset: int) -> PriceBookPart:
        if since not in self._copies:
            self._copies[since] = _copy(connection, since)
            if len(self._copies) > _COPIES_KEPT:
                self._copies.popitem(last=False)
        copy = self._copies[since]
        entries = _entries(connection, copy.codes[offset : offset + _ROWS_AT_ONCE])
        return PriceBookPart(
            version=str(self.book.version),
            kind="delta" if since else "full",
            offset=offset,
            total=len(copy.codes),
            rows=tuple(entry for entry in entries if isinstance(entry, PriceRow)),
            offers=tuple(entry for entry in entries if isinstance(entry, OfferRow)),
            removed=copy.removed if offset == 0 else (),
            items=self.book.items,
            digest=self.book.digest,
            tally=self.book.tally or msgspec.UNSET,
        )


def _copy(connection: Connection, since: int) -> _Copy:
    query = sa.select(price.c.code).where(price.c.until.is_(None), price.c.since > since)
    return _Copy(tuple(sorted(connection.scalars(query))), _removed(connection, since) if since else ())


def _removed(connection: Connection, since: int) -> tuple[str, ...]:
    """Codes that were in the book of that version and are not any more: each ended after it, so few are looked at."""
    now = price.alias("now")
    used = sa.exists().where(now.c.code == price.c.code, now.c.until.is_(None))
    gone = sa.select(price.c.code).where(price.c.since <= since, price.c.until > since, ~used).order_by(price.c.code)
    return tuple(connection.scalars(gone))


def _entries(connection: Connection, codes: Sequence[str]) -> list[Entry]:
    """Of these, the first that fit a part, at least one; in their order, offers behind the products."""
    texts = {found.code: found.row for found in connection.execute(_BY_CODE, {"codes": codes})}
    fitting: list[Entry] = []
    room = PART_BYTES
    for code in codes:
        room -= len(texts[code].encode())
        if fitting and room < 0:
            break
        fitting.append(decode_entry(code, texts[code]))
    return fitting
