"""Journal: the inputs of the open visit, and every sealed sale for ever.

The checkout is a pure function of its events, so to keep the events is to keep everything: after a cut `boot` returns
the last snapshot and all events after it, and stepping through them gives the state that the shopper saw. A snapshot
ends one visit and begins the next; what a visit was can be played again as long as its events are kept (`prune`).

A closed day's figures are a fact of their own for ever (`days`): its Z report can be told when its visits are pruned.
A sale is a fact of its own beside the events that made it, chained by its hash to the one before. Sealing the
same sale twice is one sale; another body under the same key is a bug, and the process stops before it reaches the disk.

When it is opened the log is first brought to the disk as it is read (`database.renew_log`): if the process before died
of a failed sync, parts of it are not there, and nothing must be built upon them until they are. Then it is copied into
the file (a checkpoint). Later checkpoints keep it short; they come before a transaction and never after, so that a full
disk means "not written" and nothing else.

This file owns the codec: events, states and sales are msgspec's JSON of their structs.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import msgspec

from kiosk.checkout.day import Day
from kiosk.checkout.events import Event, Restarted
from kiosk.checkout.sale import Sale
from kiosk.checkout.state import State
from kiosk.storage.database import (
    Database,
    Row,
    StorageFull,
    checkpoint,
    migrate,
    open_database,
    open_to_read,
    renew_log,
    transaction,
)
from kiosk.storage.newer import forgiving
from kiosk.storage.outbox import Outbox, OutboxRow
from kiosk.values.version import NoVersion, newer

SCHEMA = "schema.sql"
_SOFTWARE = "software"
"""The fact that names the newest version that has written here."""
_Z = "z/"
"""How the names of facts begin that are closed days; their numbers follow."""
WRITES_BETWEEN_CHECKPOINTS = 200
"""About a thousand pages of log, 4 MiB, at what a group of events writes."""
_VISITS_PRUNED_AT_ONCE = 50


class UnreadableRecord(Exception):
    """A record that this version does not understand: damaged, or written by a newer version."""


class NotAJournal(Exception):
    """The file is something else."""


class Batch(msgspec.Struct, frozen=True, kw_only=True):
    """What one turn of the loop puts on disk together."""

    events: tuple[Event, ...] = ()
    sales: tuple[Sale, ...] = ()
    days: tuple[Day, ...] = ()
    """That were closed."""
    outbox: tuple[OutboxRow, ...] = ()
    snapshot: State | None = None
    """The state after the last of the events (or, without any, after the last one written): a visit has ended."""


class Acked(msgspec.Struct, frozen=True):
    """The store has committed these outbox ids."""

    ids: tuple[str, ...]


class Refused(msgspec.Struct, frozen=True):
    """The store will not take this outbox row."""

    id: str
    reason: str


class Prune(msgspec.Struct, frozen=True):
    """Forget the events of visits that ended before this moment; see `Journal.prune`."""

    before_utc_ms: int


class Noted(msgspec.Struct, frozen=True):
    """A fact about this file, such as `software`."""

    name: str
    value: str


Work = Batch | Acked | Refused | Prune | Noted


class Boot(msgspec.Struct, frozen=True):
    """Where the lane stood: the last snapshot (None: never one) and the events since."""

    snapshot: State | None
    events: tuple[Event, ...]
    next_seq: int
    """Sequence number of the next event: never one that was used before."""
    forgotten: tuple[str, ...] = ()
    """What a newer version has written and this one does not know, by name."""


class Visit(msgspec.Struct, frozen=True):
    """One visit to be played again: the state before it (None: the very first) and its events."""

    snapshot: State | None
    events: tuple[Event, ...]


class Journal:
    """The journal's tables of one connection. Writing is the writer's alone; others read over their own connection."""

    def __init__(self, database: Database, *, writes_between_checkpoints: int = WRITES_BETWEEN_CHECKPOINTS) -> None:
        self.database = database
        self._writes_between_checkpoints = writes_between_checkpoints
        self._checkpoint_due = True
        self.outbox = Outbox(database)
        self._writes = 0

    # --- writing ---

    def write(self, work: Work) -> None:
        """One piece of work in a transaction of its own. As `write_all`."""
        self.write_all([work])

    def write_all(self, works: Sequence[Work]) -> None:
        """All of it in one transaction, in order; on return it is on the disk.

        StorageFull: none of it was kept, and it may be tried again. Any other error: the process must not go on.
        """
        if self._checkpoint_due:
            checkpoint(self.database)
        with transaction(self.database):
            for work in works:
                self._write(work)
        self._writes += 1
        self._checkpoint_due = self._writes % self._writes_between_checkpoints == 0

    def settle(self) -> None:
        """Have on the disk what the log says, now, or if the disk is full before the next write."""
        with suppress(StorageFull):
            checkpoint(self.database)
            self._checkpoint_due = False

    def close(self) -> None:
        """Leave everything in the one file, if it was written and there is room."""
        if self._writes:
            self.settle()
        self.database.close()

    def _write(self, work: Work) -> None:
        match work:
            case Batch():
                self._write_batch(work)
            case Acked(ids):
                self.outbox.delete(ids)
            case Refused(id_, reason):
                self.outbox.refuse(id_, reason)
            case Prune(before_utc_ms):
                self._prune(before_utc_ms)
            case Noted(name, value):
                self.database.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def _write_batch(self, batch: Batch) -> None:
        visit, seq = self._visit(), self._last_seq()
        for event in batch.events:
            seq += 1
            self._write_event(seq, visit, event)
        for sale in batch.sales:
            self._write_sale(visit, sale)
        for day in batch.days:
            self._execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", f"{_Z}{day.number:08d}", _text(day))
        for row in batch.outbox:
            self.outbox.add(row)
        if batch.snapshot is not None:
            self._execute("INSERT INTO snapshot VALUES (?, ?, ?)", visit + 1, seq, _text(batch.snapshot))

    def _write_event(self, seq: int, visit: int, event: Event) -> None:
        name = type(event).__name__
        self._execute("INSERT INTO event VALUES (?, ?, ?, ?, ?)", seq, visit, event.at.utc_ms, name, _text(event))
        if isinstance(event, Restarted) and event.genesis:
            self._execute("INSERT OR IGNORE INTO meta VALUES ('genesis', ?)", event.genesis)
        if isinstance(event, Restarted) and event.takes_over is not None:
            self._execute("INSERT OR IGNORE INTO meta VALUES ('begins', ?)", str(event.takes_over.sequence))

    def _write_sale(self, visit: int, sale: Sale) -> None:
        body = _text(sale)
        same = self._execute("SELECT body FROM sale WHERE key = ?", sale.key)
        assert not same or same[0][0] == body, f"journal: another sale under the key {sale.key}"
        if not same:
            columns = (sale.sequence, sale.key, sale.business_day, visit, body, sale.chain.hash, sale.chain.previous)
            self._execute("INSERT INTO sale VALUES (?, ?, ?, ?, ?, ?, ?)", *columns)

    def prune(self, before_utc_ms: int) -> None:
        """Forget the events and snapshots of visits whose last event is older, some visits at a time.

        Never the open visit, never a sale, and never a SequenceSeen, which explains a gap in the numbers.
        """
        self.write(Prune(before_utc_ms))

    def _prune(self, before_utc_ms: int) -> None:
        oldest = self._execute("SELECT coalesce(min(visit), 0) FROM snapshot")[0][0]
        recent = self._execute("SELECT visit FROM event WHERE utc_ms >= ? ORDER BY visit LIMIT 1", before_utc_ms)
        keep = min(recent[0][0] if recent else self._visit(), self._visit(), oldest + _VISITS_PRUNED_AT_ONCE)
        self._execute("DELETE FROM event WHERE visit < ? AND type <> 'SequenceSeen'", keep)
        self._execute("DELETE FROM snapshot WHERE visit < ?", keep)

    # --- reading ---

    def boot(self, version: str = "") -> Boot:
        """Where the lane stood. UnreadableRecord if this version cannot read it.

        `version` is ours. Where a newer one has written (`writes`), the machine has gone back: what of the records is
        not known is forgotten then, fields and whole events, and named.
        """
        visit, forgotten = self._visit(), list[str]()
        of_state: Callable[[str, str], State | None] = decode_state
        of_event: Callable[[str, str], Event | None] = decode_event
        if self._newer_wrote(version):
            known_state, known_event = forgiving(_STATE, forgotten), forgiving(_EVENT, forgotten)
            of_state, of_event = known_state, known_event
        try:
            snapshot, events = self._snapshot(visit, of_state), self._events(visit, of_event)
        except msgspec.DecodeError as error:
            raise UnreadableRecord(f"a record of visit {visit} cannot be read by this version: {error}") from error
        return Boot(snapshot, events, self._last_seq() + 1, tuple(forgotten))

    def writes(self, version: str) -> None:
        """This version writes here from now on: a newer one's name stays. StorageFull: not noted."""
        if version != self.meta(_SOFTWARE) and not self._newer_wrote(version):
            self.write(Noted(_SOFTWARE, version))

    def _newer_wrote(self, version: str) -> bool:
        try:
            return bool(version) and newer(self.meta(_SOFTWARE) or version, version)
        except NoVersion:
            return False

    def sales(self, from_day: str = "", to_day: str = "9999-12-31") -> Iterator[Sale]:
        """The sealed sales of these business days (ISO 8601, both included), in the order of the chain."""
        last = -1
        days = "business_day BETWEEN ? AND ?"
        sql = f"SELECT sequence, body FROM sale WHERE sequence > ? AND {days} ORDER BY sequence LIMIT 100"
        while rows := self._execute(sql, last, from_day, to_day):
            for last, body in rows:
                yield decode_sale(body, f"sale {last}")

    def happened(self, from_utc_ms: int, to_utc_ms: int) -> Iterator[tuple[int, str, int, bool]]:
        """(number, type, UTC, whether in training) of the events of this time that are still kept, in order."""
        training = self._execute("SELECT visit FROM snapshot WHERE json_extract(state, '$.training') IS NOT NULL")
        practised = {visit for (visit,) in training}
        last = -1
        sql = "SELECT seq, type, utc_ms, visit FROM event WHERE seq > ? AND utc_ms BETWEEN ? AND ?"
        while rows := self._execute(f"{sql} ORDER BY seq LIMIT 1000", last, from_utc_ms, to_utc_ms):
            yield from ((seq, kind, utc_ms, visit in practised) for seq, kind, utc_ms, visit in rows)
            last = rows[-1][0]

    def days(self) -> Iterator[Day]:
        """The days that were closed, in the order of their numbers, and the open one as its last visit left it."""
        number = 0
        for name, body in self._execute("SELECT name, value FROM meta WHERE name GLOB ? ORDER BY name", f"{_Z}*"):
            day = decode_day(body, name)
            number = day.number
            yield day
        snapshot = self._snapshot(self._visit())
        if snapshot is not None and snapshot.in_earnest.day.number > number and snapshot.in_earnest.day.business_day:
            yield snapshot.in_earnest.day

    def last_sale(self) -> Sale | None:
        """The head of the chain."""
        rows = self._execute("SELECT sequence, body FROM sale ORDER BY sequence DESC LIMIT 1")
        return decode_sale(rows[0][1], f"sale {rows[0][0]}") if rows else None

    def visit_of(self, sale_key: str) -> Visit | None:
        """The visit that made a sale; None if there is no such sale or its events have been pruned."""
        rows = self._execute("SELECT visit FROM sale WHERE key = ?", sale_key)
        if not rows:
            return None
        visit = rows[0][0]
        begins = self._execute("SELECT seq FROM snapshot WHERE visit = ? UNION ALL SELECT 0 WHERE ? = 0", visit, visit)
        first = self._execute("SELECT min(seq) FROM event WHERE visit = ?", visit)[0][0]
        if not begins or first != begins[0][0] + 1:
            return None
        return Visit(self._snapshot(visit), self._events(visit))

    def visits(self) -> Iterator[Visit]:
        """Every visit whose events are kept, the oldest first: the state before it, and what happened."""
        begun = "SELECT visit, seq FROM snapshot UNION ALL SELECT 0, 0"
        first = "SELECT visit, min(seq) AS first FROM event GROUP BY visit"
        for (visit,) in self._execute(
            f"SELECT visit FROM ({begun}) JOIN ({first}) USING (visit) WHERE first = seq + 1 ORDER BY visit"
        ):
            yield Visit(self._snapshot(visit), self._events(visit))

    def meta(self, name: str) -> str | None:
        """A fact about this file."""
        rows = self._execute("SELECT value FROM meta WHERE name = ?", name)
        return rows[0][0] if rows else None

    def _visit(self) -> int:
        """Number of the open visit."""
        return int(self._execute("SELECT coalesce(max(visit), 0) FROM snapshot")[0][0])

    def _last_seq(self) -> int:
        """Sequence number of the last event, also when it has been pruned."""
        sql = "SELECT max((SELECT coalesce(max(seq), 0) FROM event), (SELECT coalesce(max(seq), 0) FROM snapshot))"
        return int(self._execute(sql)[0][0])

    def _snapshot(self, visit: int, decode: Callable[[str, str], State | None] | None = None) -> State | None:
        rows = self._execute("SELECT state FROM snapshot WHERE visit = ?", visit)
        return (decode or decode_state)(rows[0][0], f"snapshot {visit}") if rows else None

    def _events(self, visit: int, decode: Callable[[str, str], Event | None] | None = None) -> tuple[Event, ...]:
        rows = self._execute("SELECT seq, body FROM event WHERE visit = ? ORDER BY seq", visit)
        events = ((decode or decode_event)(body, f"event {seq}") for seq, body in rows)
        return tuple(event for event in events if event is not None)

    def _execute(self, sql: str, *params: str | int) -> list[Row]:
        return self.database.execute(sql, params)


def open_journal(path: str | Path) -> Journal:
    """The lane's journal, to write; created if it is missing. NotAJournal: the file is damaged, or another's."""
    renew_log(path)
    try:
        return migrated(open_database(path))
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            raise NotAJournal(f"{path} is damaged: {error}") from error
        raise


def migrated(database: Database, *, writes_between_checkpoints: int = WRITES_BETWEEN_CHECKPOINTS) -> Journal:
    """The journal of a connection that may write, its tables created or brought up to this version."""
    migrate(database, SCHEMA)
    journal = Journal(database, writes_between_checkpoints=writes_between_checkpoints)
    journal.settle()
    return journal


def read_journal(path: str | Path) -> Journal:
    """The same beside its writer, or when nobody writes. FileNotFoundError; NotAJournal."""
    try:
        database = open_to_read(path)
        tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    except sqlite3.DatabaseError as error:
        raise NotAJournal(f"{path} is not a lane's journal: {error}") from error
    if ("sale",) not in tables:
        raise NotAJournal(f"{path} is a database, but not a lane's journal")
    return Journal(database)


# --- the codec --------------------------------------------------------------------------------------------------------

_T = TypeVar("_T")


def _text(record: Event | State | Sale | Day) -> str:
    return msgspec.json.encode(record).decode()


def _decoder(decoder: msgspec.json.Decoder[_T]) -> Callable[[str, str], _T]:
    def decode(text: str, record: str) -> _T:
        try:
            return decoder.decode(text)
        except msgspec.DecodeError as error:
            raise UnreadableRecord(f"{record} cannot be read by this version: {error}") from error

    return decode


_EVENT, _STATE = msgspec.json.Decoder[Event](Event), msgspec.json.Decoder(State)
decode_event = _decoder(_EVENT)
"""(JSON text, what to call it) -> the event; UnreadableRecord if it is none."""
decode_state = _decoder(_STATE)
decode_day = _decoder(msgspec.json.Decoder(Day))
decode_sale = _decoder(msgspec.json.Decoder(Sale))
