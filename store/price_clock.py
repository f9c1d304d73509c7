"""Price clock: starts the batches of prices whose time has come.

It looks every second (`duties.Rounds`), which one indexed query answers; a batch that was just confirmed is charged on
every lane within the second that a shopper takes to lift the next thing.
"""

from collections.abc import Callable

import structlog
from sqlalchemy.engine import Engine

from store.price_batches import next_start, start_due

LOOK_EVERY_S = 1


class PriceClock:
    """One store's. `published`: what tells the lanes that there is a new head."""

    def __init__(self, engine: Engine, now_utc_ms: Callable[[], int], published: Callable[[], None]) -> None:
        self._engine, self._now, self._published = engine, now_utc_ms, published
        self._log = structlog.get_logger("prices")

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
