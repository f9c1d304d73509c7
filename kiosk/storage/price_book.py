"""Price book: what everything costs, in a file of its own that can always be fetched again.

A new book arrives in pieces while the lane sells. `stage` opens it, `add` and `remove` fill it, a few rows at a time,
and `switch` puts it in use in one transaction: a reader sees the old book or the new, never something in between, and
an arrival that is cut off leaves the old book in use. A whole copy is staged as a new generation of rows, so that its
switch only moves a mark; a delta is staged as the changed rows alone and its switch copies these. What comes in one
piece, as the change of a price does, is all of that in one transaction (`take`): one sync, and it is charged. Either
way the result must have the announced number of items and digest, or it is thrown away (BookMismatch); of changes whose
tally was announced too, that is looked at instead, and only the changed rows are read. `tidy` takes away what a new
book has replaced, when nobody waits for it any more.

One PriceBook is one connection: the loop looks up in its own (10 µs), and a worker brings a new book in over another,
because a switch may read all of the rows (0.1 s for 30,000) and so is not for the loop. Nothing here is ever read or
written all at once: a hundred thousand rows are more memory than a small machine has to spare.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import msgspec

from kiosk.storage.database import Database, Row, checkpoint, migrate, open_database, transaction
from kiosk.values.canonical import canonical_json
from kiosk.wire.offers_csv import PREFIX, Entry, OfferRow
from kiosk.wire.price_csv import PriceRow, lines_digest
from kiosk.wire.tally import NOTHING, retold

SCHEMA = "price_book.sql"
_ROWS_CLEARED_AT_ONCE = 2_000
_ROWS_WRITTEN_AT_ONCE = 250
"""In one statement: four values each, well below the 32,766 that SQLite takes."""
_ROWS_DIGESTED_AT_ONCE = 1_000
_ROWS_BETWEEN_CHECKPOINTS = 5_000
"""Some megabytes of log: without this it would grow as large as the book."""
_OFFERS_END = PREFIX[:-1] + chr(ord(PREFIX[-1]) + 1)
"""The first text behind every code of an offer, so that they are a range of the key and not a search through it."""


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
        self._unsaved_rows = 0
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
        """The rows of the book in use that are picked by picture or name: those with a PLU or search words.

        They have an index of their own, for the loop asks; the condition is the index's, word for word.
        """
        sql = (
            "SELECT body FROM product INDEXED BY product_loose"
            f" WHERE generation = ? AND body IS NOT NULL AND code NOT LIKE '{PREFIX}%'"
            """ AND (plu IS NOT NULL OR body NOT LIKE '%"pick_keys":""%') ORDER BY code"""
        )
        return (_decode(body) for (body,) in self._execute(sql, self._active()))

    def offers(self) -> Iterator[OfferRow]:
        """Every offer of the book in use, in the order of codes."""
        sql = (
            "SELECT body FROM book JOIN product USING (generation)"
            " WHERE state = 'active' AND code >= ? AND code < ? ORDER BY code"
        )
        return (_decode_offer(body) for (body,) in self._execute(sql, PREFIX, _OFFERS_END))

    # --- a new book arriving ---

    def import_rows(self, version: str, rows: Iterable[Entry]) -> Head:
        """Put a whole book in use that comes from a file and not from the store."""
        self.stage(version, whole=True)
        self.add(tuple(rows))
        head = self.switch()
        self.tidy()
        return head

    def take(
        self,
        announced: Head,
        rows: Sequence[Entry],
        said: Sequence[object] | None = None,
        removed: Iterable[str] = (),
        *,
        whole: bool,
        tally: str = "",
    ) -> Head:
        """A book, or changes, in one piece: as `stage`, `add`, `remove` and `switch`, but with one sync."""
        self._clear()
        with self._as_announced():
            self._stage(announced.version, whole)
            self._add(rows, said)
            self._remove(removed)
            self._switch(announced, tally)
        return self.head()

    def stage(self, version: str, *, whole: bool) -> None:
        """Begin a new book: `whole`, or the changes since the one in use. One that had begun before is forgotten."""
        self._clear()
        with transaction(self._database):
            self._stage(version, whole)

    def staged(self) -> tuple[str, int] | None:
        """(version, rows so far) of a book that is arriving, so that it can go on after a restart."""
        rows = self._execute("SELECT version, generation FROM book WHERE state = 'staged'")
        if not rows:
            return None
        count = self._execute("SELECT count(*) FROM product WHERE generation = ?", rows[0][1])
        return rows[0][0], count[0][0]

    def add(self, rows: Sequence[Entry], said: Sequence[object] | None = None) -> None:
        """New and changed rows of the staged book; `said`: the same as they came, which is what is kept of them."""
        with transaction(self._database):
            self._add(rows, said)
        if self._unsaved_rows >= _ROWS_BETWEEN_CHECKPOINTS:
            self._checkpoint()

    def remove(self, codes: Iterable[str]) -> None:
        """Rows that the staged delta takes out."""
        with transaction(self._database):
            self._remove(codes)

    def switch(self, announced: Head | None = None, tally: str = "") -> Head:
        """Put the staged book in use, and return its head. BookMismatch if it is not the announced one."""
        with self._as_announced():
            self._switch(announced, tally)
        return self.head()

    def tidy(self) -> None:
        """Take away what is not in use any more, and leave little to be read after a power cut."""
        self._clear()
        self._checkpoint()

    @contextmanager
    def _as_announced(self) -> Iterator[None]:
        """All of the block; nothing, if it ends in a book that is not the announced one, which is thrown away."""
        try:
            with transaction(self._database):
                yield
        except BookMismatch:
            self._database.rollback()
            self._clear()
            raise

    # --- within a transaction ---

    def _stage(self, version: str, whole: bool) -> None:
        sql = "INSERT INTO book (state, version, whole, items, digest) VALUES ('staged', ?, ?, 0, '')"
        self._execute(sql, version, int(whole))

    def _add(self, rows: Sequence[Entry], said: Sequence[object] | None) -> None:
        kept = zip(rows, rows if said is None else said, strict=True)
        self._put((row.code, _plu(row), canonical_json(one).decode()) for row, one in kept)

    def _remove(self, codes: Iterable[str]) -> None:
        self._put((code, None, None) for code in codes)

    def _put(self, rows: Iterable[tuple[str, str | None, str | None]]) -> None:
        """Code, PLU and body of some rows of the staged book, many in one statement."""
        generation, waiting = self._staged_generation(), iter(rows)
        while some := list(islice(waiting, _ROWS_WRITTEN_AT_ONCE)):
            self._unsaved_rows += len(some)
            values = [value for row in some for value in (generation, *row)]
            marks = ",".join(["(?,?,?,?)"] * len(some))
            self._execute(f"INSERT OR REPLACE INTO product VALUES {marks}", *values)

    def _switch(self, announced: Head | None, tally: str) -> None:
        generation, active = self._staged_generation(), self._active()
        version, whole = self._execute("SELECT version, whole FROM book WHERE generation = ?", generation)[0]
        found: tuple[int, str] | None = None
        if active and not whole:
            found = self._retold(generation, active) if announced is not None and tally else None
            self._merge(generation, active)
            generation = active
        else:
            self._execute("UPDATE book SET state = 'old' WHERE state = 'active'")
        if announced is None or found is None:
            head, found = self._head_of(generation, version)
            fits = announced is None or head == announced
        else:
            head, fits = announced, found == (announced.items, tally)
        if not fits:
            raise BookMismatch(f"the price book {version} that arrived is not the one that was announced")
        sql = "UPDATE book SET state = 'active', version = ?, items = ?, digest = ?, tally = ? WHERE generation = ?"
        self._execute(sql, head.version, head.items, head.digest, found[1], generation)

    def _retold(self, delta: int, active: int) -> tuple[int, str] | None:
        """Items and tally of the book in use with these changes; None if the tally of what is in use is not known."""
        items, before = self._execute("SELECT items, tally FROM book WHERE generation = ?", active)[0]
        if not before:
            return None
        changed = "SELECT code FROM product WHERE generation = ?"
        old = self._execute(f"SELECT body FROM product WHERE generation = ? AND code IN ({changed})", active, delta)
        new = self._execute("SELECT body FROM product WHERE generation = ? AND body IS NOT NULL", delta)
        gone, come = ([body.encode() for (body,) in rows] for rows in (old, new))
        return items - len(gone) + len(come), retold(before, gone, come)

    def _merge(self, delta: int, active: int) -> None:
        """The changed rows into the book in use."""
        changed = "SELECT code FROM product WHERE generation = ?"
        self._execute(f"DELETE FROM product WHERE generation = ? AND code IN ({changed})", active, delta)
        fresh = "SELECT ?, code, plu, body FROM product WHERE generation = ? AND body IS NOT NULL"
        self._execute(f"INSERT INTO product {fresh}", active, delta)
        self._execute("DELETE FROM product WHERE generation = ?", delta)
        self._execute("DELETE FROM book WHERE generation = ?", delta)

    def _head_of(self, generation: int, version: str) -> tuple[Head, tuple[int, str]]:
        """Which book these rows are; and how many they are, with their tally. All of them are read."""
        items, told = 0, NOTHING

        def counted() -> Iterator[bytes]:
            nonlocal items, told
            for lines in self._pieces(generation):
                items, told = items + len(lines), retold(told, (), lines)
                yield b"\n".join(lines)

        digest = lines_digest(counted())
        return Head(version, items, digest), (items, told)

    def _pieces(self, generation: int) -> Iterator[list[bytes]]:
        """The bodies in the order of their codes, many at a time."""
        some = "SELECT code, body FROM product WHERE generation = ? AND code > ? AND body IS NOT NULL"
        sql, last = f"{some} ORDER BY code LIMIT ?", ""
        while rows := self._execute(sql, generation, last, _ROWS_DIGESTED_AT_ONCE):
            yield [body.encode() for _, body in rows]
            last = rows[-1][0]

    # --- the file ---

    def _checkpoint(self) -> None:
        checkpoint(self._database)
        self._unsaved_rows = 0

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

    def _active(self) -> int:
        """Generation of the book in use; 0: none."""
        return int(self._execute("SELECT coalesce(max(generation), 0) FROM book WHERE state = 'active'")[0][0])

    def _staged_generation(self) -> int:
        rows = self._execute("SELECT generation FROM book WHERE state = 'staged'")
        assert rows, "price book: no book was staged"
        return int(rows[0][0])

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


def _plu(row: Entry) -> str | None:
    return row.plu or None if isinstance(row, PriceRow) else None


_decode = msgspec.json.Decoder(PriceRow).decode
_decode_offer = msgspec.json.Decoder(OfferRow).decode
