"""Background: the one thread for work that must not hold up the loop: a new price book, a PIN's hash.

Jobs run one after another. What a job returns goes into the inbox. A job that raises is a bug: the loop hears of it and
dies with it, so that nobody goes on with half a price book.

Both threads share one interpreter, and the loop gives it up whenever it waits for the disk, the display or a wire. It
has to be given back at once: Python leaves it with the other thread for 5 ms each time, and a turn that waits three
times has lost its frame.
"""

import sys
import threading
from collections.abc import Callable, Iterable
from queue import SimpleQueue
from typing import Any

from kiosk.app.inbox import Inbox

Job = Callable[[], Iterable[Any]]
_GIVEN_BACK_WITHIN_S = 0.001


class Failed:
    """A job raised: the loop raises it again."""

    def __init__(self, error: BaseException) -> None:
        self.error = error


class Background:
    """A thread and its queue."""

    def __init__(self, inbox: Inbox) -> None:
        self._inbox = inbox
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        sys.setswitchinterval(_GIVEN_BACK_WITHIN_S)
        self._thread = threading.Thread(target=self._run, name="background", daemon=True)
        self._thread.start()

    def __call__(self, job: Job) -> None:
        """Run it behind the others; the messages that it returns go into the inbox."""
        self._jobs.put(job)

    def close(self) -> None:
        """Finish what is queued and stop."""
        self._jobs.put(None)
        self._thread.join()

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            try:
                for message in job():
                    self._inbox.put(message)
            except Exception as error:  # noqa: BLE001 - not swallowed: the loop raises it
                self._inbox.put(Failed(error))
                return


class Immediately:
    """The same without a thread, for stories and the simulator."""

    def __init__(self, inbox: Inbox) -> None:
        self._inbox = inbox

    def __call__(self, job: Job) -> None:
        """Run it now."""
        for message in job():
            self._inbox.put(message)
