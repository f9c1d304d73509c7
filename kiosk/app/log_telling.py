"""Log telling: an errand of the link: what somebody wants to read of the log is read in the background and sent."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from kiosk.app.background import Job
from kiosk.app.log_excerpt import excerpt
from kiosk.app.log_keeping import kept_lines
from kiosk.checkout.effects import TellLog
from kiosk.values.moment import Moment
from kiosk.wire.asking import Lookup
from kiosk.wire.configuring import LogAsk

_MOST_WAITING = 4


class LogTelling:
    """One lane's. `secrets` are what must never be told."""

    def __init__(self, path: Path, secrets: tuple[str, ...], background: Callable[[Job], None]) -> None:
        self._path, self._secrets, self._background = path, secrets, background
        self._ready: list[LogAsk] = []
        """Excerpts that the store has not confirmed, the oldest first."""
        self._said = 0

    def tell(self, wanted: TellLog) -> None:
        """Somebody who may has asked for it."""
        self._background(lambda: self._read(wanted))

    def ask(self, now: Moment) -> Lookup | None:
        """The next that is to be sent."""
        if self._said >= len(self._ready):
            return None
        self._said += 1
        return self._ready[self._said - 1]

    def heard(self, asked: Lookup, answer: Any) -> None:
        """The store has it, or does not want it."""
        if asked in self._ready:
            self._ready.remove(asked)
            self._said -= 1

    def lost(self) -> None:
        """What is not confirmed is sent again."""
        self._said = 0

    def _read(self, wanted: TellLog) -> Iterable[Any]:
        lines = kept_lines(self._path)
        text = excerpt(lines, wanted.lines, wanted.since_utc_ms, wanted.level, self._secrets)
        if len(self._ready) < _MOST_WAITING:
            self._ready.append(LogAsk(order=wanted.order, text=text))
        return [Told()]


class Told:
    """To the loop: there is something to send; its turn is what sends it."""


class NoLogTelling:
    """A lane that keeps no log."""

    def tell(self, wanted: TellLog) -> None:
        """Nothing."""
