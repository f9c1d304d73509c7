"""Runner: turns the loop until it is told to stop. The only place where the appliance waits.

One `poll` over every file descriptor there is (devices, the writer's wake-up, the inbox, the screen's), until the
loop's nearest deadline. A plain poll, registered anew each turn: ports come and go, and a file descriptor number that
is closed and opened again must not be mistaken for the old one.
"""

import select
import signal
from collections.abc import Callable, Iterable
from types import FrameType
from typing import Protocol

from kiosk.app.clock import Clock
from kiosk.app.counter import Counter
from kiosk.app.inbox import Inbox
from kiosk.app.loop import Loop
from kiosk.app.watchdog import Watchdog

_LONGEST_WAIT_MS = 10_000


class Touched(Protocol):
    """A screen that has no file descriptor and must be asked."""

    closed: bool

    @property
    def poll_ms(self) -> int | None:
        """How often to ask; None: never."""
        ...

    def felt(self) -> bool:
        """Whether a turn is worth it."""
        ...


class Runner:
    """Runs one loop in this thread."""

    def __init__(
        self,
        loop: Loop,
        clock: Clock,
        counter: Counter,
        inbox: Inbox,
        watchdog: Watchdog,
        *,
        fds: Iterable[int],
        glass: Touched,
    ) -> None:
        """`fds`: the other descriptors whose readability is worth a turn."""
        self._loop, self._clock, self._counter, self._inbox, self._watchdog = loop, clock, counter, inbox, watchdog
        self._fds = tuple(fds)
        self._glass = glass
        self._stopping = False

    def stop_on_signals(self) -> None:
        """SIGTERM and SIGINT end the run after the current turn."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self._stopping = True
        self._inbox.wake()

    def run(self, ready: Callable[[], None]) -> None:
        """Turn until told to stop, or until the lane is to start anew. `ready` is called once, when a screen stands."""
        self._loop.turn(self._clock.now())
        self._watchdog.status(self._loop.condition())
        self._watchdog.ready()
        ready()
        while not self._stopping and not self._glass.closed and not self._loop.restarting:
            self.turn()

    def turn(self) -> None:
        """Wait for whatever comes first, and one turn of the loop."""
        self._wait()
        self._loop.turn(self._clock.now())
        self._watchdog.status(self._loop.condition())
        self._watchdog.beat(self._clock.tick_ms())

    def _wait(self) -> None:
        poll = select.poll()
        self._counter.register(poll)
        for fd in (self._inbox.fileno(), *self._fds):
            poll.register(fd, select.POLLIN)
        dues = [due for due in (self._loop.deadline_ms(), self._watchdog.deadline_ms()) if due is not None]
        until_ms = min([self._clock.tick_ms() + _LONGEST_WAIT_MS, *dues])
        while (left_ms := max(0, until_ms - self._clock.tick_ms())) and not self._glass.felt():
            if poll.poll(left_ms if self._glass.poll_ms is None else min(left_ms, self._glass.poll_ms)):
                return
