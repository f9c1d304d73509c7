"""Outbox: what the store must hear, until the store says that it has it.

Rows are written in the transaction of the event that caused them, and leave in the order in which they came. A broker's
PUBACK proves nothing (a killed broker lost 200 of 200), so a row dies only on the store's own acknowledgement. What
the store refuses is never dropped either: it is put aside with the reason, and the rows behind it go on.

Reading is anybody's, over a connection of their own. Changing belongs to the journal's writer alone: hand it `Acked` or
`Refused`.
"""

from collections.abc import Sequence
from typing import Any, Literal

import msgspec

from kiosk.checkout.sale import Sale
from kiosk.storage.database import Database
from kiosk.wire.codec import encode
from kiosk.wire.messages import Envelope
from kiosk.wire.outgoing import sale_message, stock_message

Kind = Literal["sale", "stock", "event"]


class OutboxRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One message. `id` is the message's own, `kind` the topic's last word, `body` JSON text as it will be sent."""

    id: str
    kind: Kind
    body: str
    created_utc_ms: int
    sale: str | None = None
    """Key of the sale that it speaks of; that sale must be in the journal."""


def row_of(kind: Kind, message: Envelope[Any], now_utc_ms: int, sale: str | None) -> OutboxRow:
    """The row of a message."""
    return OutboxRow(message.id, kind, encode(message).decode(), now_utc_ms, sale)


def rows_of(sale: Sale, now_utc_ms: int) -> tuple[OutboxRow, ...]:
    """A sale's message, and that of its stock if it moved any."""
    stock = stock_message(sale)
    moved = (row_of("stock", stock, now_utc_ms, sale.key),) if stock.data.movements else ()
    return (row_of("sale", sale_message(sale), now_utc_ms, sale.key), *moved)


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

    def anew(self, sequences: Sequence[int], now_utc_ms: int) -> tuple[OutboxRow, ...]:
        """Rows of sealed sales that the store lacks though it has acknowledged them: to be written once more.

        What waits anyway, was refused or was never sealed is not among them.
        """
        marks = ", ".join("?" * len(sequences))
        sql = f"SELECT body FROM sale WHERE sequence IN ({marks}) ORDER BY sequence"
        sales = [msgspec.json.decode(body, type=Sale) for (body,) in self._database.execute(sql, tuple(sequences))]
        rows = [row for sale in sales for row in rows_of(sale, now_utc_ms)]
        return tuple(row for row in rows if not self._database.execute("SELECT 1 FROM outbox WHERE id = ?", (row.id,)))

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
