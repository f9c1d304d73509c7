"""Call: one request on a connection of its own, from the wish for a line to the answer, or to silence. Pure.

Until the line is open nothing has been said, and it may be tried again and again; from then on the request is with the
terminal, and is never said a second time, whatever becomes of the line.
"""

from collections.abc import Mapping

import msgspec

from drivers.http_exchange import BadAnswer, HttpAnswer, HttpExchange


class Silence(msgspec.Struct, frozen=True):
    """No answer. `sent`: the terminal may have heard the request."""

    why: str
    sent: bool


class Call:
    """A POST. `outcome` is None until it is over."""

    def __init__(
        self, path: str, headers: Mapping[str, str], content: bytes, now_ms: int, connect_ms: int, answer_ms: int
    ) -> None:
        self._exchange, self._answer_ms = HttpExchange("POST", path, headers, content), answer_ms
        self._until_ms, self._why = now_ms + connect_ms, "no connection"
        self._out = b""
        self.sent = False
        self.outcome: HttpAnswer | Silence | None = None

    def deadline_ms(self) -> int:
        """When it has lasted too long."""
        return self._until_ms

    def opened(self, now_ms: int) -> None:
        """The line is there: the request goes out, once."""
        if not self.sent and self.outcome is None:
            self.sent, self._out, self._until_ms = True, self._exchange.bytes, now_ms + self._answer_ms

    def received(self, data: bytes) -> None:
        """Bytes of an answer."""
        if self.outcome is None and self.sent:
            try:
                self.outcome = self._exchange.receive(data)
            except BadAnswer as bad:
                self.outcome = Silence(str(bad), sent=True)

    def lost(self, why: str) -> None:
        """The line is gone, or could not be opened. An answer may end where its line does."""
        self._why = why
        if not self.sent or self.outcome is not None:
            return
        try:
            answer = self._exchange.receive(b"")
        except BadAnswer:
            answer = None  # it broke off: the line knows why
        self.outcome = answer or Silence(why, sent=True)

    def advance(self, now_ms: int) -> None:
        """Time passes."""
        if self.outcome is None and now_ms >= self._until_ms:
            self.outcome = Silence("no answer in time" if self.sent else self._why, self.sent)

    def give_up(self, why: str) -> None:
        """Before anything was sent it ends at once."""
        if self.outcome is None and not self.sent:
            self.outcome = Silence(why, sent=False)

    def take(self) -> bytes:
        """What is to be written; empties the queue."""
        out, self._out = self._out, b""
        return out
