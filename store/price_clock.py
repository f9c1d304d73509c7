"""Price clock: starts the batches of prices whose time has come, in a thread of its own, or by hand (`turn`) in tests.

It looks every second, which one indexed query answers; a batch that was just confirmed is charged on every lane within
the second that a shopper takes to lift the next thing. A bug ends the whole server, as the clerk's does.
"""

import threading
from collections.abc import Callable

import structlog
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError

from store.price_batches import next_start, start_due

_LOOK_EVERY_S = 1


class PriceClock:
    """One store's. `published`: what tells the lanes that there is a new head."""

    def __init__(
        self,
        engine: Engine,
        now_utc_ms: Callable[[], int],
        published: Callable[[], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        self._engine, self._now, self._published, self._failed = engine, now_utc_ms, published, failed
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._work, name="price-clock", daemon=True)
        self._log = structlog.get_logger("prices")

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """After the batch in hand."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join()

    def turn(self) -> list[str]:
        """One look; the batches that began."""
        now = self._now()
        first = next_start(self._engine)
        if first is None or first > now:
            return []
        started = start_due(self._engine, now)
        for batch, change in started:
            self._log.info("prices.started", batch=batch.id, name=batch.name, version=change.version)
        if started:
            self._published()
        return [batch.id for batch, _ in started]

    def _work(self) -> None:
        try:
            while not self._stopped.wait(_LOOK_EVERY_S):
                try:
                    self.turn()
                except OperationalError as error:
                    self._log.error("books.unreachable", why=str(error.orig))
        except BaseException as bug:  # noqa: BLE001  # handed over, not swallowed: the server ends with it
            self._failed(bug)
