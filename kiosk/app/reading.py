"""Reading: what the store says, from bytes to a typed message; what is large, away from the loop.

A part of a price book is half a megabyte, and to read it takes longer than a frame on a small machine. So it is
read in the background, behind the part before, and comes into the inbox as Read: the next part is asked for only then,
and a slow disk never has more than two of them waiting in memory. What is small is read at once: an answer that a
shopper waits for does not queue behind a price book.
"""

from collections.abc import Callable, Iterator
from typing import Any

import msgspec
import structlog

from kiosk.app.background import Job
from kiosk.wire.asking import KINDS, Lookup, answer_to, answered
from kiosk.wire.codec import BadMessage, decode
from kiosk.wire.messages import Answer

SMALL_BYTES = 16 * 1024
"""Read in less than a millisecond here, in a third of a frame on the smallest machine that is a lane."""


class Read(msgspec.Struct, frozen=True):
    """A message that has been read. `typed`: an answer's data, if that has been worked out already."""

    topic: str
    retained: bool
    data: Any
    typed: Any = None

    def answer_to(self, lookup: Lookup) -> Any:
        """The typed answer to this question; None if it is none."""
        if self.typed is None:
            return answer_to(lookup, self.data)
        return self.typed if KINDS[self.data.kind][0] is type(lookup) else None


class Reader:
    """Reads for one link. `aside` does a job in the background."""

    def __init__(self, aside: Callable[[Job], None]) -> None:
        self._aside = aside
        self._log = structlog.get_logger("link")

    def take(self, topic: str, payload: bytes, retained: bool) -> Read | None:
        """The message; None if it is no message, or is being read beside and will come through the inbox."""
        if len(payload) > SMALL_BYTES:
            self._aside(lambda: self._read(topic, payload, retained, typed=True))
            return None
        return next(self._read(topic, payload, retained, typed=False), None)

    def _read(self, topic: str, payload: bytes, retained: bool, *, typed: bool) -> Iterator[Read]:
        try:
            data = decode(payload).data
        except BadMessage as problem:
            self._log.warning("link.bad_message", topic=topic, problem=str(problem))
            return
        known = typed and isinstance(data, Answer) and data.kind in KINDS
        yield Read(topic, retained, data, answered(data, KINDS[data.kind][1]) if known else None)
