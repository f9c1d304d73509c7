"""Board: the lane's end of one LCUS relay board, for the device that is wired to it (lamps, the exit gate)."""

from collections.abc import Callable

from drivers.events import DeviceOffline, DeviceOnline, HardwareEvent
from drivers.lcus.protocol import Relays
from drivers.ports.line import Line
from drivers.ports.port import Port


class Board:
    """The relays that one device has, on a line that mends itself."""

    def __init__(self, device: str, open_port: Callable[[], Port], relays: tuple[int, ...]) -> None:
        self._device = device
        self._line = Line(open_port)
        self._relays = Relays(relays)
        self._online: bool | None = None

    def fileno(self) -> int | None:
        """As Device."""
        return self._line.fileno()

    @property
    def wants_write(self) -> bool:
        """As Device."""
        return self._line.wants_write

    def deadline_ms(self) -> int | None:
        """As Device: the line's next try, or when all is said anew."""
        dues = (self._line.deadline_ms(), self._relays.deadline_ms())
        return min((due for due in dues if due is not None), default=None)

    def service(self, now_ms: int) -> list[HardwareEvent]:
        """As Device. What the board says is thrown away."""
        turn = self._line.service(now_ms)
        due = self._relays.deadline_ms()
        if turn.change == "lost":
            return self._went(turn.why)
        if turn.change == "opened" or (due is not None and now_ms >= due):
            self._line.send(self._relays.all(now_ms))
            self._line.flush(now_ms)
        if turn.change == "opened":
            self._online = True
            return [DeviceOnline(device=self._device, detail="LCUS")]
        return []

    def _went(self, why: str) -> list[HardwareEvent]:
        self._relays.lost()
        if self._online is False:
            return []
        self._online = False
        return [DeviceOffline(device=self._device, why=why)]

    def set(self, relay: int, on: bool, now_ms: int) -> None:
        """Switch one relay; while the board is away it is remembered."""
        said = self._relays.set(relay, on)
        if said and self._line.is_open:
            self._line.send(said)
            self._line.flush(now_ms)

    def close(self) -> None:
        """All ours off, as far as the line takes it, and let go."""
        off = b"".join(self._relays.set(relay, False) for relay in self._relays.ours)
        if off and self._line.is_open:
            self._line.send(off)
            self._line.flush(0)
        self._line.close()
