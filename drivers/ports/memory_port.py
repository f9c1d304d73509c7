"""Memory ports: a line without a wire, for tests, training and simulated devices in one process.

`MemoryPort` has a Simulator at its other end: what is written is received at once, what the simulator has to say is
read. It behaves as a cable does: a device that is unplugged refuses the line, or loses it after the bytes that were
already on their way; and what a device said while nobody listened is gone.

`memory_pair` is a bare cable with two ends and no device, for tests of a protocol against a script.
"""

from collections.abc import Callable

from drivers.device import Simulator
from drivers.ports.port import READ_LARGEST, PortLost

UNPLUGGED = "the simulated device is unplugged"


class MemoryPort:
    """A line to a simulator in the same process. Raises PortLost at once if it is not reachable."""

    def __init__(self, simulator: Simulator, clock: Callable[[], int]) -> None:
        """`clock` gives the tick in milliseconds that the simulator shall believe in."""
        if not simulator.reachable:
            raise PortLost(UNPLUGGED)
        self._simulator = simulator
        self._clock = clock
        self._waiting = b""
        self._closed = False
        simulator.take()
        simulator.connected(clock())

    def fileno(self) -> int | None:
        """None: nothing to select on."""
        return None

    @property
    def ready(self) -> bool:
        """True until it is closed."""
        return not self._closed

    def read(self) -> bytes:
        """What the simulator has said by now."""
        assert not self._closed, "read from a closed port"
        self._simulator.advance(self._clock())
        self._waiting += self._simulator.take()
        if not self._waiting and not self._simulator.reachable:
            raise PortLost(UNPLUGGED)
        piece, self._waiting = self._waiting[:READ_LARGEST], self._waiting[READ_LARGEST:]
        return piece

    def write(self, data: bytes) -> int:
        """Received at once, all of it."""
        assert not self._closed, "written to a closed port"
        if not self._simulator.reachable:
            raise PortLost(UNPLUGGED)
        if data:
            self._simulator.receive(data, self._clock())
        return len(data)

    def close(self) -> None:
        """Tell the simulator that the line is gone."""
        if not self._closed:
            self._closed = True
            self._simulator.disconnected(self._clock())


class CableEnd:
    """One end of a cable in memory. `room` bytes fit into it on the way to the other end."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._arrived = bytearray()
        self._closed = False
        self._peer = self

    def join(self, peer: "CableEnd") -> None:
        """Put the other end on."""
        self._peer, peer._peer = peer, self

    def fileno(self) -> int | None:
        """None: nothing to select on."""
        return None

    @property
    def ready(self) -> bool:
        """True until this end is closed."""
        return not self._closed

    def read(self) -> bytes:
        """What the other end has written; PortLost when it is closed and everything was read."""
        assert not self._closed, "read from a closed port"
        piece = bytes(self._arrived[:READ_LARGEST])
        del self._arrived[: len(piece)]
        if not piece and self._peer._closed:
            raise PortLost("the other end was closed")
        return piece

    def write(self, data: bytes) -> int:
        """As much as there is room for."""
        assert not self._closed, "written to a closed port"
        if self._peer._closed:
            raise PortLost("the other end was closed")
        taken = data[: self._room - len(self._peer._arrived)]
        self._peer._arrived += taken
        return len(taken)

    def close(self) -> None:
        """Let go; the other end notices."""
        self._closed = True


def memory_pair(room: int = 1 << 20) -> tuple[CableEnd, CableEnd]:
    """Two ends of one cable that holds `room` bytes in each direction."""
    ours, theirs = CableEnd(room), CableEnd(room)
    ours.join(theirs)
    return ours, theirs
