"""Caretaker: what a store does for itself once a day, first as it starts (`duties.Rounds`).

It forgets what it is done with (`retention`), members who buy nothing any more, and superseded versions of the lanes'
image (`bundle_retention`). It issues its own certificates anew before they end: console and door, link, broker. Console
and door show the new one at once, the link has it at its next connection. The broker is another program, which reads
its certificate when it is told to (`turning_away.tell`) or starts; there are two months for it. Tills ask for theirs.
"""

from collections.abc import Callable
from pathlib import Path

import structlog
from sqlalchemy.engine import Engine

from store.bundle_retention import forget_superseded
from store.config import Config
from store.founding import OWN, CannotFound, renew
from store.member_file import erase_idle
from store.retention import forget
from store.turning_away import tell

DAY_S = 86_400


class Caretaker:
    """One store's."""

    def __init__(
        self,
        config: Config,
        engine: Engine,
        now_utc_ms: Callable[[], int],
        renewed: Callable[[], None] = lambda: None,
    ) -> None:
        """`renewed` is told when there are new certificates."""
        self._config, self._engine, self._now, self._renewed = config, engine, now_utc_ms, renewed
        self._log = structlog.get_logger("caretaker")

    def turn(self) -> None:
        """The day's work. OperationalError: the books cannot be reached."""
        now, config = self._now(), self._config
        if gone := forget(self._engine, config.retention, now):
            self._log.info("retention.forgotten", **gone)
        if idle := erase_idle(self._engine, config.members.keep_days, now):
            self._log.info("members.erased", count=idle)
        self._forget_bundles(Path(config.updates.folder), now)
        if self._config.adoption.folder:
            self._renew(Path(self._config.adoption.folder))

    def _forget_bundles(self, folder: Path, now_utc_ms: int) -> None:
        try:
            gone = forget_superseded(self._engine, folder, now_utc_ms)
        except OSError as error:
            self._log.error("bundles.not_forgotten", problem=str(error), what_to_do="see updates.folder")
            return
        if gone:
            self._log.info("bundles.forgotten", versions=[one.version for one in gone])

    def _renew(self, folder: Path) -> None:
        try:
            written = renew(folder, self._now(), OWN)
        except (CannotFound, OSError) as error:
            self._log.error("certificates.not_renewed", problem=str(error), what_to_do="see adoption.folder")
            return
        if written:
            told = tell(self._config.adoption.broker_pid_file)
            self._log.warning("certificates.renewed", files=written, broker_told=told)
            self._renewed()
