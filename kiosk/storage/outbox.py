"""Outbox: what the store must hear, until the store says that it has it.

Rows are written in the transaction of the event that caused them, and leave in the order in which they came. A broker's
PUBACK proves nothing (a killed broker lost 200 of 200), so a row dies only on the store's own acknowledgement. What
the store refuses is never dropped either: it is put aside with the reason, and the rows behind it go on.

Reading is anybody's, over a connection of their own. Changing belongs to the journal's writer alone: hand it `Acked` or
`Refused`.
"""

from typing import Literal

import msgspec

from kiosk.storage.database import Database

Kind = Literal["sale", "stock", "event"]


class OutboxRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One message. `id` is the message's own, `kind` the topic's last word, `body` JSON text as it will be sent."""

    id: str
    kind: Kind
    body: str
    created_utc_ms: int
    sale: str | None = None
    """Key of the sale that it speaks of; that sale must be in the journal."""


class RefusedRow(msgspec.Struct, frozen=True):
    """A row that the store would not take, and why."""

    row: OutboxRow
    reason: str


class Outbox:
    """The outbox table of one connection."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def pending(self, limit: int) -> list[OutboxRow]:
        """The oldest rows that wait for the store, in order, at most `limit` of them."""
        rows = self._database.execute(
            f"SELECT {_COLUMNS} FROM outbox WHERE refused IS NULL ORDER BY n LIMIT ?", (limit,)
        )
        return [OutboxRow(*row) for row in rows]

    def length(self) -> int:
        """How many rows wait for the store."""
        return int(self._database.execute("SELECT count(*) FROM outbox WHERE refused IS NULL")[0][0])

    def refused(self) -> list[RefusedRow]:
        """The rows that the store would not take, in order."""
        rows = self._database.execute(f"SELECT {_COLUMNS}, refused FROM outbox WHERE refused IS NOT NULL ORDER BY n")
        return [RefusedRow(OutboxRow(*row), reason) for *row, reason in rows]

    # --- the writer's part, inside its transaction ---

    def add(self, row: OutboxRow) -> None:
        """Append a row. An id that is waiting already must be the same message: anything else is a bug."""
        same = self._database.execute("SELECT body FROM outbox WHERE id = ?", (row.id,))
        assert not same or same[0][0] == row.body, f"outbox: another message under the id {row.id}"
        if not same:
            sql = f"INSERT INTO outbox ({_COLUMNS}) VALUES (?, ?, ?, ?, ?)"
            self._database.execute(sql, (row.id, row.kind, row.body, row.created_utc_ms, row.sale))

    def delete(self, ids: tuple[str, ...]) -> None:
        """The store has these. Ids that are not there were acknowledged before."""
        for id_ in ids:
            self._database.execute("DELETE FROM outbox WHERE id = ?", (id_,))

    def refuse(self, id_: str, reason: str) -> None:
        """Put a row aside. It keeps its place for whoever looks into it."""
        self._database.execute("UPDATE outbox SET refused = ? WHERE id = ?", (reason, id_))


_COLUMNS = "id, kind, body, created_utc_ms, sale"
