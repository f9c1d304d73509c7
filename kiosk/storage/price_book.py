"""Price book: what everything costs, in a file of its own that can always be fetched again.

A new book arrives in pieces while the lane sells. `stage` opens it, `add` and `remove` fill it, a few rows at a time,
and `switch` puts it in use in one small transaction: a reader sees the old book or the new, never something in between,
and an arrival that is cut off leaves the old book in use. A whole copy is staged as a new generation of rows, so that
its switch only moves a mark; a delta is staged as the changed rows alone and its switch copies these. Either way the
result must have the announced number of items and digest, or it is thrown away (BookMismatch).

One PriceBook is one connection: the loop looks up in its own (10 µs), and a worker brings a new book in over another,
because a switch reads all of the new rows (0.1 s for 30,000) and so is not for the loop.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from kiosk.storage.database import Database, Row, checkpoint, migrate, open_database, transaction
from kiosk.values.canonical import canonical_json
from kiosk.wire.offers_csv import PREFIX, Entry, OfferRow
from kiosk.wire.price_csv import PriceRow, lines_digest

SCHEMA = "price_book.sql"
_ROWS_CLEARED_AT_ONCE = 2_000


class BookMismatch(Exception):
    """What arrived is not the book that was announced. The old one stays in use."""


class Head(msgspec.Struct, frozen=True):
    """Which book this is. `digest` as `price_csv.book_digest`."""

    version: str
    items: int
    digest: str


NO_BOOK = Head("", 0, lines_digest(()))
"""The head of a lane that has never had a price book."""


class StaffMember(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of the store's staff; `pin_hash` is argon2's, `badge` the text of their barcode or empty."""

    id: str
    name: str
    role: str
    pin_hash: str
    badge: str = ""


class PriceBook:
    """One connection to the price book's file."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._version = self.head().version

    # --- looking up ---

    @property
    def version(self) -> str:
        """The version that the latest `lookup` or `head` saw: what priced the row that was just found."""
        return self._version

    def lookup(self, keys: Sequence[str]) -> PriceRow | None:
        """The row listed under the first of these spellings (GTINs or a PLU) that is listed at all."""
        marks = ",".join("?" * len(keys))
        found = self._execute(
            f"SELECT version, code, body FROM book JOIN product USING (generation)"
            f" WHERE state = 'active' AND code IN ({marks})",
            *keys,
        ) or self._by_plu(keys)
        if not found:
            return None
        version, _, body = min(found, key=lambda row: keys.index(row[1]))
        self._version = version
        return _decode(body)

    def by_plu(self, plu: str) -> PriceRow | None:
        """The row of a price look-up number."""
        return self.lookup((plu,))

    def _by_plu(self, keys: Sequence[str]) -> list[Row]:
        """Goods that have a GTIN and a PLU too."""
        sql = "SELECT version, plu, body FROM book JOIN product USING (generation) WHERE state = 'active' AND plu = ?"
        return [row for key in keys if len(key) in (4, 5) for row in self._execute(sql, key)]

    def head(self) -> Head:
        """Which book is in use."""
        rows = self._execute("SELECT version, items, digest FROM book WHERE state = 'active'")
        head = Head(*rows[0]) if rows else NO_BOOK
        self._version = head.version
        return head

    def rows(self) -> Iterator[PriceRow]:
        """Every product of the book in use, in the order of codes."""
        sql = "SELECT body FROM product WHERE generation = ? AND body IS NOT NULL AND code NOT LIKE ? ORDER BY code"
        return (_decode(body) for (body,) in self._execute(sql, self._active(), f"{PREFIX}%"))

    def loose(self) -> Iterator[PriceRow]:
        """The rows of the book in use that are picked by picture or name: those with a PLU or search words."""
        sql = (
            f"SELECT body FROM product WHERE generation = ? AND body IS NOT NULL AND code NOT LIKE '{PREFIX}%'"
            """ AND (plu IS NOT NULL OR body NOT LIKE '%"pick_keys":""%') ORDER BY code"""
        )
        return (_decode(body) for (body,) in self._execute(sql, self._active()))

    def offers(self) -> Iterator[OfferRow]:
        """Every offer of the book in use, in the order of codes."""
        sql = (
            "SELECT body FROM book JOIN product USING (generation) WHERE state = 'active' AND code LIKE ? ORDER BY code"
        )
        return (_decode_offer(body) for (body,) in self._execute(sql, f"{PREFIX}%"))

    # --- a new book arriving ---

    def import_rows(self, version: str, rows: Iterable[Entry]) -> Head:
        """Put a whole book in use that comes from a file and not from the store."""
        self.stage(version, whole=True)
        self.add(tuple(rows))
        return self.switch()

    def stage(self, version: str, *, whole: bool) -> None:
        """Begin a new book: `whole`, or the changes since the one in use. One that had begun before is forgotten."""
        self._clear()
        sql = "INSERT INTO book (state, version, whole, items, digest) VALUES ('staged', ?, ?, 0, '')"
        with transaction(self._database):
            self._execute(sql, version, int(whole))

    def staged(self) -> tuple[str, int] | None:
        """(version, rows so far) of a book that is arriving, so that it can go on after a restart."""
        rows = self._execute("SELECT version, generation FROM book WHERE state = 'staged'")
        if not rows:
            return None
        count = self._execute("SELECT count(*) FROM product WHERE generation = ?", rows[0][1])
        return rows[0][0], count[0][0]

    def add(self, rows: Sequence[Entry], said: Sequence[object] | None = None) -> None:
        """New and changed rows of the staged book; `said`: the same as they came, which is what is kept of them."""
        generation = self._staged_generation()
        with transaction(self._database):
            for row, kept in zip(rows, rows if said is None else said, strict=True):
                plu = row.plu or None if isinstance(row, PriceRow) else None
                self._put(generation, row.code, plu, canonical_json(kept).decode())

    def remove(self, codes: Iterable[str]) -> None:
        """Rows that the staged delta takes out."""
        generation = self._staged_generation()
        with transaction(self._database):
            for code in codes:
                self._put(generation, code, None, None)

    def switch(self, announced: Head | None = None) -> Head:
        """Put the staged book in use, and return its head. BookMismatch if it is not the announced one."""
        generation = self._staged_generation()
        version, whole = self._execute("SELECT version, whole FROM book WHERE generation = ?", generation)[0]
        bodies = list(self._bodies(generation) if whole else self._merged_bodies(generation))
        head = Head(version, len(bodies), lines_digest(body.encode() for body in bodies))
        if announced is not None and head != announced:
            self._clear()
            raise BookMismatch(f"the price book {version} that arrived is not the one that was announced")
        with transaction(self._database):
            self._switch(generation, bool(whole), head)
        self._clear()
        checkpoint(self._database)
        return self.head()

    def _switch(self, generation: int, whole: bool, head: Head) -> None:
        active = self._active()
        if not whole and active:
            self._execute(
                "DELETE FROM product WHERE generation = ? AND code IN (SELECT code FROM product WHERE generation = ?)",
                active,
                generation,
            )
            self._execute(
                "INSERT INTO product SELECT ?, code, plu, body FROM product WHERE generation = ? AND body IS NOT NULL",
                active,
                generation,
            )
            self._execute("UPDATE book SET state = 'old' WHERE generation = ?", generation)
            generation = active
        else:
            self._execute("UPDATE book SET state = 'old' WHERE state = 'active'")
        self._execute(
            "UPDATE book SET state = 'active', version = ?, items = ?, digest = ? WHERE generation = ?",
            head.version,
            head.items,
            head.digest,
            generation,
        )

    def _clear(self) -> None:
        """Take away every book that is not in use, a few rows at a time."""
        for (generation,) in self._execute("SELECT generation FROM book WHERE state <> 'active'"):
            while self._execute("SELECT 1 FROM product WHERE generation = ? LIMIT 1", generation):
                some = "SELECT code FROM product WHERE generation = ? LIMIT ?"
                sql = f"DELETE FROM product WHERE generation = ? AND code IN ({some})"
                with transaction(self._database):
                    self._execute(sql, generation, generation, _ROWS_CLEARED_AT_ONCE)
            with transaction(self._database):
                self._execute("DELETE FROM book WHERE generation = ?", generation)

    def _put(self, generation: int, code: str, plu: str | None, body: str | None) -> None:
        self._execute("INSERT OR REPLACE INTO product VALUES (?, ?, ?, ?)", generation, code, plu, body)

    def _active(self) -> int:
        """Generation of the book in use; 0: none."""
        return int(self._execute("SELECT coalesce(max(generation), 0) FROM book WHERE state = 'active'")[0][0])

    def _staged_generation(self) -> int:
        rows = self._execute("SELECT generation FROM book WHERE state = 'staged'")
        assert rows, "price book: no book was staged"
        return int(rows[0][0])

    def _bodies(self, generation: int) -> Iterator[str]:
        sql = "SELECT body FROM product WHERE generation = ? AND body IS NOT NULL ORDER BY code"
        return (body for (body,) in self._execute(sql, generation))

    def _merged_bodies(self, delta: int) -> Iterator[str]:
        """The book in use with a staged delta applied."""
        sql = (
            "SELECT code, body FROM product WHERE generation = ?1 AND body IS NOT NULL UNION ALL"
            " SELECT code, body FROM product WHERE generation = ?2"
            " AND code NOT IN (SELECT code FROM product WHERE generation = ?1) ORDER BY code"
        )
        return (body for _, body in self._execute(sql, delta, self._active()))

    # --- staff ---

    def replace_staff(self, staff: Iterable[StaffMember]) -> None:
        """Keep this list of staff instead of the one before."""
        with transaction(self._database):
            self._execute("DELETE FROM staff")
            for one in staff:
                self._execute("INSERT INTO staff VALUES (?, ?, ?, ?, ?)", *msgspec.structs.astuple(one))

    def staff(self) -> tuple[StaffMember, ...]:
        """The store's staff as last heard, by id."""
        return tuple(
            StaffMember(*row) for row in self._execute("SELECT id, name, role, pin_hash, badge FROM staff ORDER BY id")
        )

    def by_badge(self, text: str) -> StaffMember | None:
        """Whose badge says this; an empty one is nobody's."""
        return next((one for one in self.staff() if one.badge and one.badge == text), None)

    def close(self) -> None:
        self._database.close()

    def _execute(self, sql: str, *params: str | int | None) -> list[Row]:
        return self._database.execute(sql, params)


def open_price_book(path: str | Path) -> PriceBook:
    """The price book's file, created if it is missing."""
    database = open_database(path)
    migrate(database, SCHEMA)
    return PriceBook(database)


_decode = msgspec.json.Decoder(PriceRow).decode
_decode_offer = msgspec.json.Decoder(OfferRow).decode
