"""Slow disk: a Database whose every sync takes as long as a tired SD card's, for benchmarks.

In WAL with `synchronous=FULL` a commit syncs once and a checkpoint twice (the log, then the file), and nothing else
waits for the medium; so it is there that the time passes. The file is a real one, which others may read meanwhile.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import count

from kiosk.storage.database import Database, Row, Value

_SYNCS_OF_A_CHECKPOINT = 2


class SlowDatabase:
    """Another Database, with `sleep` (seconds) called for the next of `delays_ms` at each sync."""

    def __init__(self, database: Database, delays_ms: Iterator[int], sleep: Callable[[float], None]) -> None:
        self._database, self._delays_ms, self._sleep = database, delays_ms, sleep

    def execute(self, sql: str, params: Sequence[Value] = ()) -> list[Row]:
        if "wal_checkpoint" in sql:
            self._sync(_SYNCS_OF_A_CHECKPOINT)
        return self._database.execute(sql, params)

    def begin(self) -> None:
        self._database.begin()

    def commit(self) -> None:
        self._sync(1)
        self._database.commit()

    def rollback(self) -> None:
        self._database.rollback()

    def close(self) -> None:
        self._database.close()

    def _sync(self, times: int) -> None:
        for _ in range(times):
            self._sleep(next(self._delays_ms) / 1000)


def tired_card(usual_ms: int = 40, stall_ms: int = 5_000, one_in: int = 200) -> Iterator[int]:
    """Delays for ever: the usual one, and every so often a stall."""
    return (stall_ms if number % one_in == 0 else usual_ms for number in count(1))
