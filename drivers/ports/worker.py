"""Worker: what may block does so in a thread of its own, and a pipe wakes the loop.

libusb has no file descriptor to select on, a name server or an rfc2217 peer answers when it likes. Behind a worker
they look like every other port: bounded queues in both directions, and a file descriptor that becomes readable when
something has changed. It is the reading end of a *pipe*, because a line asks for writability while it has bytes to
send: a socket pair or an eventfd is always writable and would turn the loop in circles, the reading end never is.

`Errand` is one blocking question and its answer. `WorkerPort` is a Port over a blocking `Transport`, with one thread
that reads and one that writes. Both keep a trouble as text and raise it as PortLost on the loop's side. Threads are
daemons: a transport that never comes back from a call does not keep the process alive.
"""

import os
import queue
import threading
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

from drivers.ports.port import READ_LARGEST, PortLost

QUEUE_LONGEST = 64
"""Pieces that wait in each direction; then the reader stops reading, and `write` takes nothing."""
PIECE_LARGEST = 4_096
GLANCE_S = 0.1
"""How often a thread that waits for the loop looks whether the port was closed."""

T = TypeVar("T")


class WakeUp:
    """A pipe that says "look": any thread rings it, the loop selects on it."""

    def __init__(self) -> None:
        self._reading, self._writing = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        self._lock = threading.Lock()
        self._closed = False

    def fileno(self) -> int:
        """Readable after a ring."""
        return self._reading

    def ring(self) -> None:
        """Wake whoever selects. From any thread; a full pipe has already been heard."""
        with self._lock:
            if not self._closed:
                try:
                    os.write(self._writing, b"!")
                except BlockingIOError:
                    return

    def hush(self) -> None:
        """Take back all rings so far."""
        try:
            while os.read(self._reading, PIECE_LARGEST):
                pass
        except BlockingIOError:
            return

    def close(self) -> None:
        """Idempotent; later rings are ignored."""
        with self._lock:
            if not self._closed:
                self._closed = True
                os.close(self._reading)
                os.close(self._writing)


class Errand(Generic[T]):
    """One blocking call in a thread. `ask` may raise OSError or PortLost."""

    def __init__(self, ask: Callable[[], T]) -> None:
        self._wake = WakeUp()
        self._answers: list[T | PortLost] = []
        threading.Thread(target=self._run, args=(ask,), daemon=True, name="errand").start()

    def _run(self, ask: Callable[[], T]) -> None:
        try:
            self._answers.append(ask())
        except (OSError, PortLost) as trouble:
            self._answers.append(PortLost(str(trouble)))
        self._wake.ring()

    def fileno(self) -> int:
        """Readable when the answer is there."""
        return self._wake.fileno()

    def answer(self) -> T | None:
        """None until it is there. Raises PortLost for a trouble."""
        if not self._answers:
            return None
        answer = self._answers[0]
        if isinstance(answer, PortLost):
            raise answer
        return answer

    def close(self) -> None:
        """Forget it; the thread ends when its call does."""
        self._wake.close()


class Transport(Protocol):
    """A line that blocks. Its methods are called from two threads, one that reads and one that writes."""

    def read(self) -> bytes:
        """Wait a moment (at most some 100 ms) for bytes; empty if none came. Raises OSError or PortLost."""

    def write(self, data: bytes) -> None:
        """All of it. Raises OSError or PortLost."""

    def close(self) -> None:
        """Let go."""


class WorkerPort:
    """A Port over a blocking transport; `open_transport` may block too."""

    def __init__(self, open_transport: Callable[[], Transport]) -> None:
        self._open_transport = open_transport
        self._wake = WakeUp()
        self._arrived: queue.Queue[bytes] = queue.Queue(QUEUE_LONGEST)
        self._leaving: queue.Queue[bytes] = queue.Queue(QUEUE_LONGEST)
        self._opened = threading.Event()
        self._closed = threading.Event()
        self._trouble: str | None = None
        threading.Thread(target=self._work, daemon=True, name="port-reader").start()

    def fileno(self) -> int | None:
        """The wake-up pipe."""
        return self._wake.fileno()

    @property
    def ready(self) -> bool:
        """Whether the transport is open."""
        return self._opened.is_set()

    def read(self) -> bytes:
        """What the reader has brought."""
        assert not self._closed.is_set(), "read from a closed port"
        self._wake.hush()
        trouble, data = self._trouble, b""  # in this order: what came before the trouble is read first
        while len(data) <= READ_LARGEST - PIECE_LARGEST and not self._arrived.empty():
            data += self._arrived.get_nowait()
        if not data and trouble is not None:
            raise PortLost(trouble)
        if not self._arrived.empty():
            self._wake.ring()
        return data

    def write(self, data: bytes) -> int:
        """Take as many pieces as the queue has room for; it rings when there is room again."""
        assert not self._closed.is_set(), "written to a closed port"
        if self._trouble is not None and self._arrived.empty():
            raise PortLost(self._trouble)
        taken = 0
        while self.ready and taken < len(data) and not self._leaving.full():
            piece = data[taken : taken + PIECE_LARGEST]
            self._leaving.put_nowait(piece)
            taken += len(piece)
        return taken

    def close(self) -> None:
        """Both threads end at their next glance; the reader closes the transport."""
        if not self._closed.is_set():
            self._closed.set()
            self._wake.close()

    def _work(self) -> None:
        try:
            transport = self._open_transport()
        except (OSError, PortLost) as trouble:
            self._fail(trouble)
            return
        self._opened.set()
        self._wake.ring()
        writer = threading.Thread(target=self._write_all, args=(transport,), daemon=True, name="port-writer")
        writer.start()
        try:
            self._read_all(transport)
        except (OSError, PortLost) as trouble:
            self._fail(trouble)
        finally:  # a bug in the transport is shown by the thread's hook; the loop must not wait for it for ever
            self._fail(PortLost("the port's thread has ended"))
            writer.join()
            transport.close()

    def _read_all(self, transport: Transport) -> None:
        while not self._over:
            data = transport.read()
            for start in range(0, len(data), PIECE_LARGEST):
                self._deliver(data[start : start + PIECE_LARGEST])

    def _deliver(self, piece: bytes) -> None:
        while not self._over:
            try:
                self._arrived.put(piece, timeout=GLANCE_S)
            except queue.Full:
                continue
            self._wake.ring()
            return

    def _write_all(self, transport: Transport) -> None:
        while not self._over:
            try:
                piece = self._leaving.get(timeout=GLANCE_S)
            except queue.Empty:
                continue
            try:
                transport.write(piece)
            except (OSError, PortLost) as trouble:
                self._fail(trouble)
            self._wake.ring()

    @property
    def _over(self) -> bool:
        return self._closed.is_set() or self._trouble is not None

    def _fail(self, trouble: Exception) -> None:
        self._trouble = self._trouble or str(trouble) or type(trouble).__name__
        self._wake.ring()
