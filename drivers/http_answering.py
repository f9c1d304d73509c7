"""HTTP answering: one request from the other side and our answer to it on one connection, without I/O (RFC 9112, h11).

The counterpart of `http_exchange`: whoever connects says one thing, is answered, and the connection is closed. What a
body means is its reader's business.
"""

import h11

LARGEST = 65_536
"""Bytes of a body that are held."""
_PIECE = 16_384


class BadRequest(Exception):
    """What came is no request that can be answered. The text says why."""


class HttpAnswering:
    """One request on its way in."""

    def __init__(self) -> None:
        self._connection = h11.Connection(h11.SERVER)
        self._method = b""
        self._data = b""

    def receive(self, data: bytes) -> bytes | None:
        """Bytes from the other side (empty: it has closed); the body of a POST when it is whole. Raises BadRequest.

        Read in pieces, so that a flood is refused before it is held.
        """
        try:
            for start in range(0, max(len(data), 1), _PIECE):
                self._connection.receive_data(data[start : start + _PIECE])
                body = self._next()
                if body is not None:
                    return body
        except h11.RemoteProtocolError as error:
            raise BadRequest(f"no HTTP: {error}") from error
        return None

    def _next(self) -> bytes | None:
        while True:
            event = self._connection.next_event()
            if event is h11.NEED_DATA or event is h11.PAUSED or isinstance(event, h11.ConnectionClosed):
                return None
            if isinstance(event, h11.EndOfMessage):
                if self._method != b"POST":
                    raise BadRequest(f"{self._method[:10]!r} instead of POST")
                return self._data
            if isinstance(event, h11.Request):
                self._method = event.method
            elif isinstance(event, h11.Data):
                if len(self._data) + len(event.data) > LARGEST:
                    raise BadRequest("the request has no end")
                self._data += bytes(event.data)

    def answer(self, body: bytes | None, content_type: str) -> bytes:
        """The bytes of the answer: 200 with this body, 204 with an empty one, 400 for None."""
        status = 400 if body is None else 200 if body else 204
        headers = [("connection", "close")]
        if status != 204:
            headers += [("content-type", content_type), ("content-length", str(len(body or b"")))]
        events: list[h11.Event] = [h11.Response(status_code=status, headers=headers)]
        events += [h11.Data(body)] if body else []
        return b"".join(self._connection.send(event) or b"" for event in [*events, h11.EndOfMessage()])
