"""Line: a port that is opened again whenever it is lost, with its bytes waiting in both directions.

Every driver on a byte stream has one. It opens the port named by a URL (`open_port`), keeps what could not be
written yet, and after a loss waits `retry_ms`, doubling up to 5 s, before it tries again. Bytes that were waiting when
the line was lost are dropped: half a command must never be finished on a new connection.
"""

from collections.abc import Callable
from typing import Literal, NamedTuple

from drivers.ports.port import Port, PortLost

RETRY_FIRST_MS = 250
RETRY_LONGEST_MS = 5_000
OPENING_MS = 5_000
READS_PER_TURN = 16
"""A device that never stops talking must not stop the loop; what is left makes the selector return at once."""
ENOUGH = 1 << 20


class Turn(NamedTuple):
    """What one `service` found: `opened` or `lost` in this turn, and the bytes that came before a loss.

    Each attempt to open that fails is a `lost` of its own.
    """

    change: Literal["", "opened", "lost"]
    data: bytes
    why: str = ""


class Line:
    """One byte line that mends itself."""

    def __init__(self, open_port: Callable[[], Port], *, hold: bool = True, enough: int = ENOUGH) -> None:
        """`open_port` makes a fresh port each time; `hold` False: open only when `connect` asks for it.

        `enough`: after so many bytes the rest waits for the next turn.
        """
        self._open_port, self._enough = open_port, enough
        self._port: Port | None = None
        self._wanted = hold
        self._announced = False
        self._out = bytearray()
        self._retry_ms = RETRY_FIRST_MS
        self._next_try_ms: int | None = None
        self._opening_since_ms = 0
        self._broken = ""

    def fileno(self) -> int | None:
        """The port's, while there is one."""
        return self._port.fileno() if self._port is not None else None

    @property
    def is_open(self) -> bool:
        """Whether bytes can flow."""
        return self._port is not None and self._port.ready

    @property
    def wants_write(self) -> bool:
        """Whether the selector should wait for room to write, or for a connection to complete."""
        return self._port is not None and (bool(self._out) or not self._port.ready)

    def deadline_ms(self) -> int | None:
        """When to try again."""
        if not self._wanted:
            return None
        if self._port is None:
            return self._next_try_ms if self._next_try_ms is not None else 0
        if self._broken:
            return 0
        return None if self._port.ready else self._opening_since_ms + OPENING_MS

    def connect(self) -> None:
        """Want the line from now on."""
        if not self._wanted:
            self._wanted, self._next_try_ms, self._retry_ms = True, None, RETRY_FIRST_MS

    def hang_up(self) -> None:
        """Close, and do not want it until `connect`."""
        self._wanted = False
        self._drop()

    def send(self, data: bytes) -> None:
        """Queue bytes; they go out in `service` (and at once, as far as the port takes them)."""
        self._out += data

    def service(self, now_ms: int) -> Turn:
        """Open, write, read: one turn. Never raises for a line that is away."""
        if not self._wanted:
            return Turn("", b"")
        if self._port is None:
            if self._next_try_ms is not None and now_ms < self._next_try_ms:
                return Turn("", b"")
            failed = self._try_open(now_ms)
            if failed is not None:
                return self._lost(now_ms, failed)
        return self._flow(now_ms)

    def _try_open(self, now_ms: int) -> str | None:
        try:
            self._port = self._open_port()
        except PortLost as lost:
            return str(lost)
        self._opening_since_ms = now_ms
        return None

    def _flow(self, now_ms: int) -> Turn:
        assert self._port is not None
        try:
            if not self._is_through(now_ms):
                return Turn("", b"")
        except PortLost as lost:
            return self._lost(now_ms, str(lost))
        opened, self._announced, self._retry_ms = not self._announced, True, RETRY_FIRST_MS
        self.flush(now_ms)
        data = self._read()
        if self._broken:
            return self._lost(now_ms, self._broken)._replace(data=data)
        return Turn("opened" if opened else "", data)

    def _is_through(self, now_ms: int) -> bool:
        """Drive the opening on; PortLost if it takes too long."""
        assert self._port is not None
        if not self._port.ready:
            self._port.write(b"")
        if not self._port.ready and now_ms - self._opening_since_ms >= OPENING_MS:
            raise PortLost("no answer")
        return self._port.ready

    def _read(self) -> bytes:
        """What has come, even if the line breaks behind it: a terminal may say its last word and hang up."""
        assert self._port is not None
        data = b""
        try:
            for _ in range(READS_PER_TURN):
                piece = self._port.read()
                if not piece:
                    break
                data += piece
                if len(data) >= self._enough:
                    break
        except PortLost as lost:
            self._broken = self._broken or str(lost)
        return data

    def flush(self, now_ms: int) -> None:
        """Write what waits, as far as the port takes it now; a loss shows in the next `service`."""
        if self.is_open and not self._broken:
            try:
                self._flush()
            except PortLost as lost:
                self._broken = str(lost)

    def _flush(self) -> None:
        assert self._port is not None
        while self._out:
            taken = self._port.write(bytes(self._out))
            if not taken:
                return
            del self._out[:taken]

    def _lost(self, now_ms: int, why: str) -> Turn:
        self._drop()
        self._next_try_ms = now_ms + self._retry_ms
        self._retry_ms = min(self._retry_ms * 2, RETRY_LONGEST_MS)
        return Turn("lost", b"", why)

    def _drop(self) -> None:
        if self._port is not None:
            self._port.close()
        self._port = None
        self._broken = ""
        self._announced = False
        self._out.clear()

    def close(self) -> None:
        """Let go for good."""
        self.hang_up()
