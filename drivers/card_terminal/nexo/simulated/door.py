"""Door: one line to the simulated terminal. HTTP on it, one request a connection; the terminal has two doors."""

from typing import TYPE_CHECKING

import h11

from drivers.card_terminal.nexo.simulated.speech import Said

if TYPE_CHECKING:
    from drivers.card_terminal.nexo.simulator import NexoSimulator

_FLOOD = b"A" * 70_000


class Door:
    """A Simulator, as bytes: what a till is connected to."""

    def __init__(self, terminal: "NexoSimulator") -> None:
        self._terminal = terminal
        self._http: h11.Connection | None = None
        self._body = b""
        self.out = b""
        self.cutting = False
        self.line = 0
        """Which connection this is: an answer belongs to the one on which it was asked for."""

    # --- Simulator ---

    @property
    def reachable(self) -> bool:
        """Whether the line can be there at all."""
        return self._terminal.can_be_reached and not self.cutting

    def connected(self, now_ms: int) -> None:
        """A till has opened the line."""
        self._terminal.now_ms = now_ms
        self._http, self._body, self.out = h11.Connection(h11.SERVER), b"", b""
        self.line += 1

    def disconnected(self, now_ms: int) -> None:
        """It is gone. What it asked for is done all the same, and told to nobody."""
        self._terminal.now_ms = now_ms
        self._http, self.out, self.cutting = None, b"", False
        self.line += 1

    def receive(self, data: bytes, now_ms: int) -> None:
        """Bytes of the till."""
        self._terminal.now_ms = now_ms
        if self._http is None or not self.reachable or self._terminal.faults.deaf:
            return
        self._http.receive_data(data)
        while self._http is not None:
            try:
                event = self._http.next_event()
            except h11.RemoteProtocolError:
                self.cut()
                return
            if isinstance(event, h11.Data):
                self._body += bytes(event.data)
            elif isinstance(event, h11.EndOfMessage):
                body, self._body = self._body, b""
                self._terminal.hear(self, body)
                return
            elif not isinstance(event, h11.Request):
                return

    def advance(self, now_ms: int) -> None:
        """Time passes."""
        self._terminal.turn(now_ms)

    def deadline_ms(self) -> int | None:
        """Now, while there is something to take."""
        return self._terminal.now_ms if self.out else None

    def take(self) -> bytes:
        """The bytes for the till."""
        size = 1 if self._terminal.faults.one_byte else len(self.out)
        out, self.out = self.out[:size], self.out[size:]
        return out

    # --- what the terminal does with it ---

    def cut(self) -> None:
        """The till notices when it next looks; what it was already sent still arrives."""
        self.cutting = self._http is not None
        self._http = None

    def answer(self, line: int, said: Said | None) -> None:
        """To what was asked on that connection; None: nothing is said to it (204)."""
        if self._http is None or line != self.line:
            return
        faults = self._terminal.faults
        money = said is not None and said.asked.category in ("Payment", "Reversal")
        spoil = faults.spoil if money or (faults.spoils_all and said is not None) else ""
        if spoil == "no http":
            self.out += b"\x16\x03\x01 this is no HTTP\r\n\r\n"
        elif spoil == "endless":
            self.out += b"HTTP/1.1 200 OK\r\ncontent-length: 900000000\r\n\r\n" + _FLOOD
        elif said is None:
            self._send(204, b"")
        elif spoil == "status 500":
            self._send(500, b"<html>sorry</html>")
        else:
            self._send(200, self._terminal.bytes_of(said, spoil))

    def _send(self, status: int, body: bytes) -> None:
        assert self._http is not None
        chunked = self._terminal.faults.chunked and status == 200
        length = ("transfer-encoding", "chunked") if chunked else ("content-length", str(len(body)))
        events: list[h11.Event] = [h11.Response(status_code=status, headers=[length, ("connection", "close")])]
        size = 7 if chunked else max(len(body), 1)
        events += [h11.Data(body[start : start + size]) for start in range(0, len(body), size)]
        for event in [*events, h11.EndOfMessage()]:
            self.out += self._http.send(event) or b""
