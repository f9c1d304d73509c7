"""Flight: which rows of the outbox are on their way to the store. Pure; the link and the simulator share it.

Rows go out oldest first; at most 64 wait unacknowledged; the oldest of these is repeated after 5 s, doubling to 60 s
(CONTRACT, section 3). Only the store's own acknowledgement ends a flight. When the connection was away, or the store
itself, everything in flight is sent again in its old order: what it had not yet written died with it, and one row every
5 s would be slow; the store takes a repetition for what it is.
"""

from kiosk.storage.outbox import OutboxRow

WINDOW = 64
REPEAT_FIRST_MS = 5_000
REPEAT_LONGEST_MS = 60_000


class Flight:
    """The rows in the air, in the order of the outbox."""

    def __init__(self) -> None:
        self._rows: dict[str, OutboxRow] = {}
        self._unsent: list[str] = []
        self._repeat_ms = REPEAT_FIRST_MS
        self._next_repeat_ms: int | None = None

    @property
    def room(self) -> int:
        """How many more rows may take off."""
        return WINDOW - len(self._rows)

    @property
    def unheard(self) -> bool:
        """Whether the oldest row was repeated twice and the store has still said nothing."""
        return self._repeat_ms > 2 * REPEAT_FIRST_MS

    def __contains__(self, id_: str) -> bool:
        return id_ in self._rows

    def __len__(self) -> int:
        return len(self._rows)

    def add(self, row: OutboxRow) -> None:
        """One row more; it is sent with the next `due`."""
        if row.id not in self._rows:
            self._rows[row.id] = row
            self._unsent.append(row.id)

    def land(self, id_: str) -> None:
        """The store has it (or refuses it). If it was silent for long, it may have lost the others."""
        self._rows.pop(id_, None)
        if self.unheard:
            self.again()
        if id_ in self._unsent:
            self._unsent.remove(id_)
        self._repeat_ms, self._next_repeat_ms = REPEAT_FIRST_MS, None

    def again(self) -> None:
        """The broker or the store was away: send everything again."""
        self._unsent = list(self._rows)
        self._repeat_ms, self._next_repeat_ms = REPEAT_FIRST_MS, None

    def due(self, now_ms: int) -> list[OutboxRow]:
        """The rows to send now, in order."""
        rows = [self._rows[id_] for id_ in self._unsent]
        self._unsent = []
        if self._rows and self._next_repeat_ms is None:
            self._next_repeat_ms = now_ms + self._repeat_ms
        elif self._next_repeat_ms is not None and now_ms >= self._next_repeat_ms and self._rows:
            oldest = next(iter(self._rows.values()))
            rows = rows if oldest in rows else [oldest, *rows]
            self._repeat_ms = min(self._repeat_ms * 2, REPEAT_LONGEST_MS)
            self._next_repeat_ms = now_ms + self._repeat_ms
        return rows

    def deadline_ms(self) -> int | None:
        """When the oldest is repeated."""
        if self._unsent:
            return 0
        return self._next_repeat_ms if self._rows else None
