"""Duties: what a store does by itself, each in a thread with a name, none of which ever dies in silence.

A `Duty` works until it is told to stop. `Rounds` are a duty of turns: when its time has come, or earlier if somebody
wakes it, it takes one turn after the other as long as there was something to do. Books that cannot be reached are
trouble that passes: it is said once, and the next turn tries again. Everything else that a thread raises is a bug and
is handed over (`failed`): the server ends with it, the service manager starts it anew, and nothing is lost, since what
was done is in the books and what was not is acknowledged to nobody. This is the only place of the store that catches
everything.

Threads start after the pages have (`server`): while NiceGUI starts it holds on to every object that there is
(`gc.get_objects`, in its `ui_run_with`) to find its server, and CPython cannot grow a tuple, which is how `tuple(...)`
of anything without a length is made, while somebody else holds it: the thread dies of a SystemError
(github.com/python/cpython/issues/39117). So whoever has threads starts them then, and only then.
"""

import threading
from collections.abc import Callable, Iterable

import structlog
from sqlalchemy.exc import OperationalError

LAST_WORDS_S = 5
"""So long somebody may take to end what is in hand: less than a service manager waits before it kills."""

Failed = Callable[[BaseException], None]
"""Who is told of a bug, in the thread that met it."""


class Duty:
    """One thread. Whoever takes turns says how often (`every_s`) and when the last one ended well (`turned_utc_ms`)."""

    every_s = 0
    turned_utc_ms = 0
    """0: none has."""

    def __init__(self, name: str, work: Callable[[], object], failed: Failed) -> None:
        """`work` goes on until it is told to stop, in whatever way it knows; `failed` hears what it raises."""
        self.name, self._work, self._failed = name, work, failed
        self._thread = threading.Thread(target=self._guarded, name=name, daemon=True)

    @property
    def alive(self) -> bool:
        """Whether it works."""
        return self._thread.is_alive()

    @property
    def began(self) -> bool:
        """Whether it was ever started."""
        return self._thread.ident is not None

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def tell_to_stop(self) -> None:
        """It ends as soon as it can; nobody waits here."""

    def stop(self) -> None:
        """Tell it, and wait for it."""
        self.tell_to_stop()
        self.join()

    def join(self, at_most_s: int | None = None) -> None:
        """Until it has ended, or so long; at once if it never began."""
        if self._thread.is_alive():
            self._thread.join(at_most_s)

    def _guarded(self) -> None:
        try:
            self._work()
        except BaseException as bug:  # noqa: BLE001  # handed over, not swallowed: the server ends with it
            self._failed(bug)


class Rounds(Duty):
    """A thread that takes turns."""

    def __init__(
        self,
        name: str,
        turn: Callable[[], object],
        failed: Failed,
        now_utc_ms: Callable[[], int],
        *,
        every_s: int,
    ) -> None:
        """`turn` does one thing and says (by something true) whether there may be another at once. The first turn comes

        at the start, the others `every_s` after there was nothing to do.
        """
        super().__init__(name, self._rounds, failed)
        self._turn, self._now = turn, now_utc_ms
        self.every_s = every_s
        self._woken, self._stopped = threading.Event(), threading.Event()
        self._in_trouble = False
        self._log = structlog.get_logger(name)

    def wake(self) -> None:
        """Its time has come now."""
        self._woken.set()

    def tell_to_stop(self) -> None:
        """After the turn in hand."""
        self._stopped.set()
        self._woken.set()

    def take_turn(self) -> bool:
        """One; whether there may be another at once. Trouble of the books is said, once, and over when it is over."""
        try:
            more = bool(self._turn())
        except OperationalError as error:
            if not self._in_trouble:
                self._log.error("books.unreachable", why=str(error.orig), tries_again_s=self.every_s)
            self._in_trouble = True
            return False
        if self._in_trouble:
            self._log.info("books.reachable")
        self._in_trouble = False
        self.turned_utc_ms = self._now()
        return more

    def _rounds(self) -> None:
        while not self._stopped.is_set():
            if not self.take_turn():
                self._woken.wait(self.every_s)
                self._woken.clear()


def stop_all(duties: Iterable[Duty]) -> list[str]:
    """Tell all at once, then wait until one takes longer than LAST_WORDS_S; the names of those still at work."""
    told = list(duties)
    for duty in told:
        duty.tell_to_stop()
    wait_s = LAST_WORDS_S
    for duty in told:
        duty.join(wait_s)
        if duty.alive:
            wait_s = 0
    return [duty.name for duty in told if duty.alive]
