"""Price book: what everything costs, and what it ever cost.

Each change makes a new version, numbered from 1. A row is in use from version `since` until version `until`, so the
book of any version is a query and a sale can be priced again by the versions that its lines name. Tills hear only the
head (version, count, digest) and fetch what they lack by asking, in parts that fit a message.
"""

from collections.abc import Iterable
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from kiosk.values.canonical import canonical_json
from kiosk.wire.asking import PriceBookAsk, PriceBookPart
from kiosk.wire.messages import PriceBookHead
from kiosk.wire.price_csv import PRICE_LARGEST_MINOR, PriceRow, lines_digest
from store.database import writing
from store.schema import price, price_book

PART_BYTES = 256 * 1024
"""A part of a copy is at most this large (and one row): well under what a message may be."""
_ROWS_AT_ONCE = 1000
_IN_USE = price.c.until.is_(None)


class UnknownProduct(LookupError):
    """No row in use has this code."""


class BadPrice(ValueError):
    """Not an amount that a price may be."""


class Change(msgspec.Struct, frozen=True):
    """What a new version changed. `version` is the one now in use; nothing changed if all else is empty."""

    version: int
    added: tuple[PriceRow, ...] = ()
    changed: tuple[tuple[PriceRow, PriceRow], ...] = ()
    """(as it was, as it is)"""
    removed: tuple[PriceRow, ...] = ()
    unchanged: int = 0

    @property
    def is_new(self) -> bool:
        """Whether there is a new version at all."""
        return bool(self.added or self.changed or self.removed)


class PriceBook:
    """The price book of one store."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    # --- reading ------------------------------------------------------------------------------------------------------

    def head(self) -> PriceBookHead | None:
        """The version in use; None before the first import."""
        with self._engine.connect() as connection:
            return _head(connection)

    def rows(self) -> tuple[PriceRow, ...]:
        """Everything in use, by code."""
        query = sa.select(price.c.row).where(_IN_USE).order_by(price.c.code)
        with self._engine.connect() as connection:
            return tuple(_row(text) for text in connection.scalars(query))

    def row(self, code: str) -> PriceRow:
        """The row in use of this code. UnknownProduct."""
        with self._engine.connect() as connection:
            return _row_in_use(connection, code)

    def search(self, words: str, limit: int, offset: int = 0) -> list[PriceRow]:
        """Rows in use whose code, names or search words contain every one of the words, by name."""
        query = sa.select(price.c.row).where(_IN_USE).order_by(price.c.name, price.c.code).limit(limit).offset(offset)
        for word in words.split():
            query = query.where(price.c.found_by.contains(word.casefold(), autoescape=True))
        with self._engine.connect() as connection:
            return [_row(text) for text in connection.scalars(query)]

    def part(self, ask: PriceBookAsk) -> PriceBookPart | None:
        """What a till asked for: differences to a version that we know, else the whole. None before the first."""
        with self._engine.connect() as connection:
            head = _head(connection)
            return None if head is None else _part(connection, head, ask)

    # --- changing -----------------------------------------------------------------------------------------------------

    def replace(self, rows: Iterable[PriceRow], now_utc_ms: int, why: str, *, keep_others: bool = False) -> Change:
        """Make the book consist of these rows (or change and add only them), as one new version."""
        with writing(self._engine) as connection:
            old = {row.code: row for row in map(_row, connection.scalars(sa.select(price.c.row).where(_IN_USE)))}
            new = {row.code: _still_known(old.get(row.code), row) for row in rows}
            change = Change(
                version=_version(connection),
                added=tuple(row for code, row in new.items() if code not in old),
                changed=tuple((old[code], row) for code, row in new.items() if code in old and old[code] != row),
                removed=() if keep_others else tuple(row for code, row in old.items() if code not in new),
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
            texts = connection.scalars(sa.select(price.c.row).where(_IN_USE)).all()
            old = [row for text in texts if _text(row := _row(text)) != text]
            change = Change(_version(connection), changed=tuple((row, row) for row in old))
            return _write(connection, change, now_utc_ms, "update of the software")


def _still_known(old: PriceRow | None, new: PriceRow) -> PriceRow:
    """A file that says nothing of what the scales have learned does not make us forget it."""
    if old is None or new.weight_seen or old.weight_g != new.weight_g:
        return new
    return msgspec.structs.replace(
        new, weight_seen=old.weight_seen, weight_mean_mg=old.weight_mean_mg, weight_spread_mg=old.weight_spread_mg
    )


def rows_of_version(connection: Connection, version: str, codes: set[str]) -> dict[str, PriceRow] | None:
    """The rows of these codes in that version of the book; None if there never was such a version."""
    number = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0
    if not connection.scalar(sa.select(price_book.c.version).where(price_book.c.version == number)):
        return None
    valid = sa.and_(price.c.since <= number, sa.or_(_IN_USE, price.c.until > number))
    query = sa.select(price.c.code, price.c.row).where(price.c.code.in_(codes), valid)
    return {code: _row(text) for code, text in connection.execute(query)}


def _row(text: str) -> PriceRow:
    return msgspec.json.decode(text, type=PriceRow)


def _text(row: PriceRow) -> str:
    return canonical_json(row).decode()


def _row_in_use(connection: Connection, code: str) -> PriceRow:
    text = connection.scalar(sa.select(price.c.row).where(price.c.code == code, _IN_USE))
    if text is None:
        raise UnknownProduct(f"no product has the code {code}")
    return _row(text)


def _version(connection: Connection) -> int:
    return connection.scalar(sa.select(sa.func.max(price_book.c.version))) or 0


def _head(connection: Connection) -> PriceBookHead | None:
    found = connection.execute(sa.select(price_book).order_by(price_book.c.version.desc()).limit(1)).first()
    return PriceBookHead(version=str(found.version), items=found.items, digest=found.digest) if found else None


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
    lines = connection.scalars(sa.select(price.c.row).where(_IN_USE).order_by(price.c.code)).all()
    digest = lines_digest(line.encode() for line in lines)
    made = {"version": version, "items": len(lines), "digest": digest, "made_utc_ms": now_utc_ms, "why": why}
    connection.execute(sa.insert(price_book).values(made))
    return msgspec.structs.replace(change, version=version)


def _stored(row: PriceRow, version: int) -> dict[str, Any]:
    return {
        "code": row.code,
        "since": version,
        "until": None,
        "name": row.name,
        "price_minor": row.price_minor,
        "found_by": " ".join((row.code, row.name, *row.names.values(), row.pick_keys)).casefold(),
        "row": _text(row),
    }


# --- copies in parts --------------------------------------------------------------------------------------------------


def _part(connection: Connection, head: PriceBookHead, ask: PriceBookAsk) -> PriceBookPart:
    current = int(head.version)
    since = int(ask.since) if ask.since.isascii() and ask.since.isdigit() and len(ask.since) < 10 else 0
    is_delta = 0 < since <= current
    offset = max(0, ask.offset) if ask.version == head.version else 0
    wanted = sa.and_(_IN_USE, price.c.since > since) if is_delta else _IN_USE
    query = sa.select(price.c.row).where(wanted).order_by(price.c.code).limit(_ROWS_AT_ONCE).offset(offset)
    return PriceBookPart(
        version=head.version,
        kind="delta" if is_delta else "full",
        offset=offset,
        total=connection.scalar(sa.select(sa.func.count()).where(wanted)) or 0,
        rows=tuple(_row(text) for text in _fitting(connection.scalars(query))),
        removed=_removed(connection, since) if is_delta and offset == 0 else (),
        items=head.items,
        digest=head.digest,
    )


def _fitting(texts: Iterable[str]) -> list[str]:
    """As many as fit a part, at least one."""
    fitting: list[str] = []
    room = PART_BYTES
    for text in texts:
        room -= len(text.encode())
        if fitting and room < 0:
            break
        fitting.append(text)
    return fitting


def _removed(connection: Connection, since: int) -> tuple[str, ...]:
    had = sa.select(price.c.code).where(price.c.since <= since, sa.or_(_IN_USE, price.c.until > since))
    gone = had.except_(sa.select(price.c.code).where(_IN_USE)).order_by("code")
    return tuple(connection.scalars(gone))


# --- in words ---------------------------------------------------------------------------------------------------------


def told(change: Change, at_most: int = 20) -> list[str]:
    """What a change changed, for a person: a summary, and the first changes one by one."""
    if not change.is_new:
        return [f"price book {change.version}: nothing changed, {change.unchanged} as they were"]
    lines = [f"  - {row.code} {row.name}" for row in change.removed]
    lines += [_told_difference(old, new) for old, new in change.changed]
    lines += [f"  + {row.code} {row.name}: {row.price_minor}" for row in change.added]
    shown = lines if len(lines) <= at_most else [*lines[:at_most], f"  ... and {len(lines) - at_most} more"]
    counted = f"{len(change.added)} added, {len(change.changed)} changed, {len(change.removed)} removed"
    return [*shown, f"price book {change.version}: {counted}, {change.unchanged} as they were"]


def _told_difference(old: PriceRow, new: PriceRow) -> str:
    fields = [name for name in PriceRow.__struct_fields__ if getattr(old, name) != getattr(new, name)]
    said = ", ".join(f"{name} {getattr(old, name)} -> {getattr(new, name)}" for name in fields)
    return f"  ~ {new.code} {new.name}: {said}"
