"""Serving: puts a Simulator behind a real listening socket, so that a driver cannot tell it from the device.

The till connects, as it would to a network printer, a card terminal or a serial port on a network adapter. There is
one line at a time, like one plug: a new connection takes the place of the old one (a till that died without a word
leaves a dead one behind). A device that can be spoken to on two lines at once has a `side`, which takes the second.
An unplugged simulator stops listening and cuts the line, after what it had already said; plugged in again, it listens
at the same address.

The server is turned by hand (`turn`, in tests and where somebody else has the loop) or by a thread of its own
(`start`). Who touches the simulator while the thread runs does so inside `with server.hands() as simulator`.
"""

import selectors
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Generic, TypeVar

from drivers.device import Simulator
from drivers.ports.port import READ_LARGEST
from drivers.ports.worker import WakeUp

IDLE_MS = 1_000
"""The thread looks at least so often, even if nothing is announced."""

S = TypeVar("S", bound=Simulator)


class _Line:
    """One connection, and which door of the simulator it leads to."""

    def __init__(self, socket: socket.socket, door: Simulator) -> None:
        self.socket, self.door = socket, door
        self.out = bytearray()


class SimulatorServer(Generic[S]):
    """A simulator at a TCP address. Port 0 asks for a free one; `address` says which it is."""

    def __init__(
        self,
        simulator: S,
        address: tuple[str, int],
        clock: Callable[[], int],
        side: Simulator | None = None,
        part_of: "SimulatorServer[Any] | None" = None,
    ) -> None:
        """`clock` gives monotonic milliseconds. `part_of`: whoever has that one in hands has this one in hands, too.

        Raises OSError if the address is taken.
        """
        self._simulator = simulator
        self._doors: tuple[Simulator, ...] = (simulator,) if side is None else (simulator, side)
        self._clock = clock
        self._lock: AbstractContextManager[bool] = threading.RLock() if part_of is None else part_of._lock
        self._wake = WakeUp()
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._wake, selectors.EVENT_READ)
        self._listener: socket.socket | None = None
        self._lines: list[_Line] = []
        self._thread: threading.Thread | None = None
        self._stopping = False
        self.address = address
        self._listen()

    @property
    def url(self) -> str:
        """What goes into `port` of the configuration."""
        return f"socket://{self.address[0]}:{self.address[1]}"

    @contextmanager
    def hands(self) -> Iterator[S]:
        """The simulator, to be touched by a person (or a test) from any thread; the server looks afterwards."""
        with self._lock:
            try:
                yield self._simulator
            finally:
                self._wake.ring()

    def start(self) -> None:
        """Turn in a thread until `close`."""
        self._thread = threading.Thread(target=self._run, daemon=True, name=f"simulator {self.address[1]}")
        self._thread.start()

    def _run(self) -> None:
        while not self._stopping:
            self.turn(IDLE_MS)

    def turn(self, wait_ms: int = 0) -> None:
        """Wait at most `wait_ms` for something to do, then do all that there is."""
        ready = self._selector.select(self._wait_s(wait_ms))
        with self._lock:
            self._wake.hush()
            for key, _ in ready:
                if key.fileobj is self._listener:
                    self._accept()
                elif key.data in self._lines:
                    self._receive(key.data)
            for door in self._doors:
                door.advance(self._clock())
            self._send()
            self._follow_plug()

    def close(self) -> None:
        """Stop the thread, cut the line, stop listening. Idempotent."""
        self._stopping = True
        self._wake.ring()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        with self._lock:
            self._cut_all()
            self._deafen()
            self._selector.close()
            self._wake.close()

    def _wait_s(self, wait_ms: int) -> float:
        with self._lock:
            for door in self._doors:
                due_ms = door.deadline_ms()
                if due_ms is not None:
                    wait_ms = min(wait_ms, max(0, due_ms - self._clock()))
        return wait_ms / 1_000

    def _follow_plug(self) -> None:
        for line in list(self._lines):
            if not line.door.reachable:
                self._cut(line)
        if not self._simulator.reachable:
            self._deafen()
        elif self._listener is None:
            self._listen()

    def _listen(self) -> None:
        listener = socket.create_server(self.address, backlog=8)
        listener.setblocking(False)
        self.address = listener.getsockname()[:2]
        self._selector.register(listener, selectors.EVENT_READ)
        self._listener = listener

    def _deafen(self) -> None:
        if self._listener is not None:
            self._selector.unregister(self._listener)
            self._listener.close()
            self._listener = None

    def _accept(self) -> None:
        assert self._listener is not None
        try:
            line, _ = self._listener.accept()
        except OSError:  # it has gone again before it was let in
            return
        if not self._simulator.reachable:
            line.close()
            return
        taken = {id(one.door): one for one in self._lines}
        door = next((door for door in self._doors if id(door) not in taken), self._simulator)
        if id(door) in taken:
            self._cut(taken[id(door)])
        line.setblocking(False)
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        made = _Line(line, door)
        self._selector.register(line, selectors.EVENT_READ, made)
        self._lines.append(made)
        door.take()
        door.connected(self._clock())

    def _receive(self, line: _Line) -> None:
        try:
            data = line.socket.recv(READ_LARGEST)
        except BlockingIOError:
            return
        except OSError:  # the till has gone
            data = b""
        if data:
            line.door.receive(data, self._clock())
        else:
            self._cut(line)

    def _send(self) -> None:
        for door in self._doors:
            said = door.take()
            for line in list(self._lines):
                if line.door is door:
                    line.out += said
                    self._push(line)

    def _push(self, line: _Line) -> None:
        try:
            while line.out:
                del line.out[: line.socket.send(line.out)]
        except BlockingIOError:
            pass
        except OSError:  # the till has gone
            self._cut(line)
            return
        wanted = selectors.EVENT_READ | (selectors.EVENT_WRITE if line.out else 0)
        self._selector.modify(line.socket, wanted, line)

    def _cut(self, line: _Line) -> None:
        self._lines.remove(line)
        self._selector.unregister(line.socket)
        line.socket.close()
        line.door.disconnected(self._clock())

    def _cut_all(self) -> None:
        for line in list(self._lines):
            self._cut(line)
