"""Visitors: the terminal's own connections to the till, one request on each, a few at once."""

from collections.abc import Callable
from typing import NamedTuple, Protocol

from drivers.http_answering import BadRequest, HttpAnswering
from drivers.ports.port import Port, PortLost

AT_ONCE = 2
"""A terminal says one thing after the other; one more is let in, for a connection may have died unseen."""
PATIENCE_MS = 5_000


class Door(Protocol):
    """Where they come in: a ListeningSocket, or a door in memory."""

    def fileno(self) -> int | None:
        """Readable when somebody is there."""

    def accept(self) -> Port | None:
        """The next visitor, if there is one."""

    def close(self) -> None:
        """Nobody comes in any more."""


class _Visit(NamedTuple):
    port: Port
    http: HttpAnswering
    out: bytearray
    until_ms: int


class Visitors:
    """Those who are there now."""

    def __init__(self, door: Door, content_type: str, hear: Callable[[bytes], bytes | None]) -> None:
        """`hear` gives the answer to a body: empty is no content, None is that it is no request."""
        self._door, self._content_type, self._hear = door, content_type, hear
        self._visits: list[_Visit] = []

    def fileno(self) -> int | None:
        """The door's."""
        return self._door.fileno()

    @property
    def any(self) -> bool:
        """Whether somebody is there."""
        return bool(self._visits)

    def service(self, now_ms: int) -> None:
        """Let in who waits, hear them, answer them, see them out."""
        while len(self._visits) < AT_ONCE and (port := self._door.accept()) is not None:
            self._visits.append(_Visit(port, HttpAnswering(), bytearray(), now_ms + PATIENCE_MS))
        stay = [visit for visit in self._visits if self._turn(visit) and now_ms < visit.until_ms]
        for visit in self._visits:
            if visit not in stay:
                visit.port.close()
        self._visits = stay

    def _turn(self, visit: _Visit) -> bool:
        """Whether there is more to hear or to say."""
        try:
            if not visit.out:
                data = visit.port.read()
                body = visit.http.receive(data) if data else None
                if body is None:
                    return True
                visit.out.extend(visit.http.answer(self._hear(body), self._content_type))
            del visit.out[: visit.port.write(bytes(visit.out))]
        except (PortLost, BadRequest):
            return False
        return bool(visit.out)

    def close(self) -> None:
        """See everybody out and shut the door."""
        for visit in self._visits:
            visit.port.close()
        self._visits = []
        self._door.close()
