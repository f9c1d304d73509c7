"""HTTP exchange: one request and its answer on one connection, without I/O (RFC 9112 by h11).

A connection carries one request and is closed by whoever has the answer: no connection is old, and half an answer
belongs to nothing. What a body means is its reader's business.
"""

from collections.abc import Mapping

import h11
import msgspec

LARGEST = 65_536
"""Bytes of a body that are held; a payment has some hundreds, with its receipts some thousands."""
_PIECE = 16_384


class HttpAnswer(msgspec.Struct, frozen=True):
    """Status, and the body, whole."""

    status: int
    body: bytes


class BadAnswer(Exception):
    """What came is no answer. The text says why."""


class HttpExchange:
    """One request on its way. `bytes` is what to send."""

    def __init__(self, method: str, path: str, headers: Mapping[str, str], content: bytes = b"") -> None:
        self._connection = h11.Connection(h11.CLIENT)
        self._status, self._data = 0, b""
        all_headers = {**headers, "content-length": str(len(content)), "connection": "close"}
        head = h11.Request(method=method, target=path, headers=list(all_headers.items()))
        events = (head, h11.Data(content), h11.EndOfMessage())
        self.bytes = b"".join(self._connection.send(event) or b"" for event in events)

    def receive(self, data: bytes) -> HttpAnswer | None:
        """Bytes from the other side (empty: it has closed); the answer when it is whole. Raises BadAnswer.

        Read in pieces, so that a flood is refused before it is held.
        """
        try:
            for start in range(0, max(len(data), 1), _PIECE):
                self._connection.receive_data(data[start : start + _PIECE])
                answer = self._next()
                if answer is not None:
                    return answer
        except h11.RemoteProtocolError as error:
            raise BadAnswer(f"no HTTP: {error}") from error
        return None

    def _next(self) -> HttpAnswer | None:
        while True:
            event = self._connection.next_event()
            if event is h11.NEED_DATA or event is h11.PAUSED or isinstance(event, h11.ConnectionClosed):
                return None
            if isinstance(event, h11.EndOfMessage):
                return HttpAnswer(self._status, self._data)
            self._take(event)

    def _take(self, event: object) -> None:
        if isinstance(event, h11.Response):
            self._status = event.status_code
        elif isinstance(event, h11.Data):
            if len(self._data) + len(event.data) > LARGEST:
                raise BadAnswer("the answer has no end")
            self._data += bytes(event.data)
