"""Price book: what everything costs, and what it ever cost.

Each change makes a new version, numbered from 1. A row is in use from version `since` until version `until`, so the
book of any version is a query and a sale can be priced again by the versions that its lines name. Tills hear only the
head (version, count, digest) and fetch what they lack by asking, in parts that fit a message (`copies`).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from kiosk.values.canonical import canonical_json
from kiosk.wire.asking import ItemRow, PriceBookAsk, PriceBookPart
from kiosk.wire.messages import PriceBookHead
from kiosk.wire.offers_csv import PREFIX, Entry, OfferRow, decode_entry
from kiosk.wire.offers_together import names_of
from kiosk.wire.price_csv import PRICE_LARGEST_MINOR, PriceRow, lines_digest
from kiosk.wire.tally import tally
from store import webhooks
from store.copies import IN_USE_OF_CODES, Book, Copies
from store.database import writing
from store.schema import price, price_book

_ROWS_AT_ONCE = 1000
_NEWS = 1000
_IN_USE = price.c.until.is_(None)
_OFFERS = price.c.code.startswith(PREFIX)
_PRODUCTS = sa.not_(_OFFERS)


class UnknownProduct(LookupError):
    """No row in use has this code."""


class BadPrice(ValueError):
    """Not an amount that a price may be."""


class Change(msgspec.Struct, frozen=True):
    """What a new version changed. `version` is the one now in use; nothing changed if all else is empty."""

    version: int
    added: tuple[Entry, ...] = ()
    changed: tuple[tuple[Entry, Entry], ...] = ()
    """(as it was, as it is)"""
    removed: tuple[Entry, ...] = ()
    unchanged: int = 0

    @property
    def is_new(self) -> bool:
        """Whether there is a new version at all."""
        return bool(self.added or self.changed or self.removed)


class PriceBook:
    """The price book of one store."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._copies: Copies | None = None

    # --- reading ------------------------------------------------------------------------------------------------------

    def head(self) -> PriceBookHead | None:
        """The version in use; None before the first import."""
        with self._engine.connect() as connection:
            return _head(connection)

    def rows(self) -> tuple[PriceRow, ...]:
        """Every product in use, by code."""
        with self._engine.connect() as connection:
            return rows_in_use(connection)

    def offers(self) -> tuple[OfferRow, ...]:
        """Every offer in use, by name."""
        query = sa.select(price.c.row).where(_IN_USE, _OFFERS).order_by(price.c.code)
        with self._engine.connect() as connection:
            return tuple(msgspec.json.decode(text, type=OfferRow) for text in connection.scalars(query))

    def row(self, code: str) -> PriceRow:
        """The row in use of this code. UnknownProduct."""
        with self._engine.connect() as connection:
            return _row_in_use(connection, code)

    def first_of(self, keys: Sequence[str]) -> ItemRow:
        """The row in use under the first of these codes that is listed, with the offers that may be about it."""
        with self._engine.connect() as connection:
            head = _head(connection)
            version = head.version if head is not None else ""
            listed = sa.select(price.c.code, price.c.row).where(price.c.code.in_(keys), _IN_USE, _PRODUCTS)
            rows = {code: _row(text) for code, text in connection.execute(listed)}
            row = next((rows[key] for key in keys if key in rows), None)
            if row is None:
                return ItemRow(version=version)
            texts = connection.scalars(sa.select(price.c.row).where(_IN_USE, _OFFERS).order_by(price.c.code))
            words, offers = names_of(row), [msgspec.json.decode(text, type=OfferRow) for text in texts]
        about = (offer for offer in offers if any(words & set(place) for place in offer.items))
        return ItemRow(version=version, row=row, offers=tuple(about))

    def search(self, words: str, limit: int, offset: int = 0) -> list[PriceRow]:
        """Rows in use whose code, names or search words contain every one of the words, by name."""
        query = sa.select(price.c.row).where(_IN_USE, _PRODUCTS).order_by(price.c.name, price.c.code)
        query = query.limit(limit).offset(offset)
        for word in words.split():
            query = query.where(price.c.found_by.contains(word.casefold(), autoescape=True))
        with self._engine.connect() as connection:
            return [_row(text) for text in connection.scalars(query)]

    def part(self, ask: PriceBookAsk) -> PriceBookPart | None:
        """What a till asked for: differences to a version that we know, else the whole. None before the first."""
        with self._engine.connect() as connection:
            book = _newest(connection)
            if book is None:
                return None
            copies = self._copies
            if copies is None or copies.book != book:
                copies = self._copies = Copies(book)
            return copies.part(connection, ask)

    # --- changing -----------------------------------------------------------------------------------------------------

    def replace(
        self,
        rows: Iterable[PriceRow],
        now_utc_ms: int,
        why: str,
        *,
        offers: Iterable[OfferRow] | None = None,
        keep_others: bool = False,
        without: Collection[str] = (),
    ) -> Change:
        """Make the book consist of these rows (or change and add only them), as one new version.

        `offers` are all that there are from now on; None: they stay as they are. `without`: codes that go in any case.
        """
        with writing(self._engine) as connection:
            old = entries_in_use(connection)
            entries: list[Entry] = [*rows, *(offers or ())]
            new = {entry.code: still_known(old.get(entry.code), entry) for entry in entries}
            kept = {code for code in old if (offers is None if code.startswith(PREFIX) else keep_others)}
            kept.difference_update(without)
            change = Change(
                version=_version(connection),
                added=tuple(row for code, row in new.items() if code not in old),
                changed=tuple((old[code], row) for code, row in new.items() if code in old and old[code] != row),
                removed=tuple(row for code, row in old.items() if code not in new and code not in kept),
                unchanged=sum(old.get(code) == row for code, row in new.items()),
            )
            return _write(connection, change, now_utc_ms, why)

    def change_price(self, code: str, price_minor: int, now_utc_ms: int, why: str) -> Change:
        """One price, as a new version. UnknownProduct, BadPrice."""
        if not 0 <= price_minor <= PRICE_LARGEST_MINOR:
            raise BadPrice(f"a price is 0 to {PRICE_LARGEST_MINOR} minor units, not {price_minor}")
        with writing(self._engine) as connection:
            old = _row_in_use(connection, code)
            new = msgspec.structs.replace(old, price_minor=price_minor)
            changed = ((old, new),) if old != new else ()
            return _write(connection, Change(_version(connection), changed=changed), now_utc_ms, why)

    def restate(self, now_utc_ms: int) -> Change:
        """After an update that gave rows another field: write them as this version does, for tills digest them so."""
        with writing(self._engine) as connection:
            found = connection.execute(sa.select(price.c.code, price.c.row).where(_IN_USE)).all()
            old = [row for code, text in found if _text(row := decode_entry(code, text)) != text]
            change = Change(_version(connection), changed=tuple((row, row) for row in old))
            return _write(connection, change, now_utc_ms, "update of the software")


def still_known(old: Entry | None, new: Entry) -> Entry:
    """A file that says nothing of what the scales have learned does not make us forget it."""
    if not isinstance(old, PriceRow) or not isinstance(new, PriceRow) or new.weight_seen:
        return new
    if old.weight_g != new.weight_g:
        return new
    return msgspec.structs.replace(
        new, weight_seen=old.weight_seen, weight_mean_mg=old.weight_mean_mg, weight_spread_mg=old.weight_spread_mg
    )


def rows_in_use(connection: Connection) -> tuple[PriceRow, ...]:
    """Every product in use, by code."""
    query = sa.select(price.c.row).where(_IN_USE, _PRODUCTS).order_by(price.c.code)
    rows = [_row(text) for text in connection.scalars(query)]
    return tuple(rows)  # from a list: a tuple that grows breaks where another thread asks the collector for all objects


def rows_of_version(connection: Connection, version: str, codes: set[str]) -> dict[str, PriceRow] | None:
    """The rows of these codes in that version of the book; None if there never was such a version."""
    number = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0
    if not connection.scalar(sa.select(price_book.c.version).where(price_book.c.version == number)):
        return None
    valid = sa.and_(price.c.since <= number, sa.or_(_IN_USE, price.c.until > number))
    query = sa.select(price.c.code, price.c.row).where(price.c.code.in_(codes), valid)
    return {code: _row(text) for code, text in connection.execute(query)}


def offers_of_version(connection: Connection, version: str, ids: set[str]) -> dict[str, OfferRow]:
    """The offers of these ids in that version of the book, by id."""
    number = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0
    valid = sa.and_(price.c.since <= number, sa.or_(_IN_USE, price.c.until > number))
    codes = {PREFIX + id_ for id_ in ids}
    found = connection.scalars(sa.select(price.c.row).where(price.c.code.in_(codes), valid))
    return {row.offer: row for row in (msgspec.json.decode(text, type=OfferRow) for text in found)}


def entries_in_use(connection: Connection, codes: Collection[str] | None = None) -> dict[str, Entry]:
    """Products and offers in use, by code: all of them, or of these codes."""
    found: dict[str, Entry] = {}
    query = sa.select(price.c.code, price.c.row)
    if codes is None:
        return {code: decode_entry(code, text) for code, text in connection.execute(query.where(_IN_USE))}
    asked = sorted(codes)
    for begins in range(0, len(asked), _ROWS_AT_ONCE):
        some = query.where(price.c.code.in_(asked[begins : begins + _ROWS_AT_ONCE]), IN_USE_OF_CODES)
        found |= {code: decode_entry(code, text) for code, text in connection.execute(some)}
    return found


def amend(connection: Connection, new: Mapping[str, Entry | None], now_utc_ms: int, why: str) -> Change:
    """These entries instead of those in use under their codes, as one new version. None: it leaves the book."""
    old = entries_in_use(connection, new)
    change = Change(
        version=_version(connection),
        added=tuple(row for code, row in new.items() if row is not None and code not in old),
        changed=tuple((old[code], row) for code, row in new.items() if row and code in old and old[code] != row),
        removed=tuple(old[code] for code, row in new.items() if row is None and code in old),
        unchanged=sum(row is not None and old.get(code) == row for code, row in new.items()),
    )
    return _write(connection, change, now_utc_ms, why)


def _row(text: str) -> PriceRow:
    return msgspec.json.decode(text, type=PriceRow)


def _text(row: Entry) -> str:
    return canonical_json(row).decode()


def _row_in_use(connection: Connection, code: str) -> PriceRow:
    text = connection.scalar(sa.select(price.c.row).where(price.c.code == code, _IN_USE, _PRODUCTS))
    if text is None:
        raise UnknownProduct(f"no product has the code {code}")
    return _row(text)


def _version(connection: Connection) -> int:
    return connection.scalar(sa.select(sa.func.max(price_book.c.version))) or 0


def _head(connection: Connection) -> PriceBookHead | None:
    book = _newest(connection)
    return PriceBookHead(version=str(book.version), items=book.items, digest=book.digest) if book else None


def _newest(connection: Connection) -> Book | None:
    found = connection.execute(sa.select(price_book).order_by(price_book.c.version.desc()).limit(1)).first()
    return Book(found.version, found.items, found.digest, found.tally) if found else None


def _write(connection: Connection, change: Change, now_utc_ms: int, why: str) -> Change:
    """Write a change as the next version; nothing, if it changes nothing."""
    if not change.is_new:
        return change
    version = change.version + 1
    gone = [row.code for row in change.removed] + [old.code for old, _ in change.changed]
    if gone:
        end = sa.update(price).where(price.c.code == sa.bindparam("gone"), _IN_USE).values(until=version)
        connection.execute(end, [{"gone": code} for code in gone])
    fresh = [_stored(row, version) for row in (*change.added, *(new for _, new in change.changed))]
    if fresh:
        connection.execute(sa.insert(price), fresh)
    in_use = connection.execute(sa.select(price.c.code, price.c.row).where(_IN_USE)).all()
    lines = [line.encode() for _, line in sorted(map(tuple, in_use))]  # here: databases order letters as people do
    digest = lines_digest([b"\n".join(lines)] if lines else ())
    told = {"items": len(lines), "digest": digest, "tally": tally(lines)}
    made = {"version": version, **told, "made_utc_ms": now_utc_ms, "why": why}
    connection.execute(sa.insert(price_book).values(made))
    webhooks.note(connection, "price.changed", lambda: _news(change, version), now_utc_ms)
    return msgspec.structs.replace(change, version=version)


def _news(change: Change, version: int) -> dict[str, Any]:
    """For other programs: which prices are others now; of a large change only how many."""
    now = [row for row in (*change.added, *(new for _, new in change.changed)) if isinstance(row, PriceRow)]
    prices = [{"code": row.code, "name": row.name, "price_minor": row.price_minor} for row in now[:_NEWS]]
    return {"version": str(version), "changed": len(now), "removed": len(change.removed), "prices": prices}


def _stored(row: Entry, version: int) -> dict[str, Any]:
    product = isinstance(row, PriceRow)
    words = (row.code, row.name, *row.names.values(), row.pick_keys if isinstance(row, PriceRow) else "")
    return {
        "code": row.code,
        "since": version,
        "until": None,
        "name": row.name,
        "price_minor": (row.price_minor or 0) if product else 0,
        "found_by": " ".join(words).casefold(),
        "row": _text(row),
    }


def told(change: Change, at_most: int = 20) -> list[str]:
    """What a change changed, for a person: a summary, and the first changes one by one."""
    if not change.is_new:
        return [f"price book {change.version}: nothing changed, {change.unchanged} as they were"]
    lines = [f"  - {row.code} {row.name}" for row in change.removed]
    lines += [_told_difference(old, new) for old, new in change.changed]
    lines += [f"  + {row.code} {row.name}: {_told_price(row)}" for row in change.added]
    shown = lines if len(lines) <= at_most else [*lines[:at_most], f"  ... and {len(lines) - at_most} more"]
    counted = f"{len(change.added)} added, {len(change.changed)} changed, {len(change.removed)} removed"
    return [*shown, f"price book {change.version}: {counted}, {change.unchanged} as they were"]


def _told_price(row: Entry) -> str:
    return str(row.price_minor) if isinstance(row, PriceRow) else row.kind


def _told_difference(old: Entry, new: Entry) -> str:
    fields = [name for name in type(new).__struct_fields__ if getattr(old, name) != getattr(new, name)]
    said = ", ".join(f"{name} {getattr(old, name)} -> {getattr(new, name)}" for name in fields)
    return f"  ~ {new.code} {new.name}: {said}"
