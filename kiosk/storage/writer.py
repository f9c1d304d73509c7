"""Writer: the one thread that writes the journal, so that a slow card never stops the screen.

The loop hands over work in order and goes on; the writer commits all that waits in one transaction (group commit) and
wakes the loop through a file descriptor; `done()` then says what is on the disk. An SD card that sits in a sync for
seconds delays what waits for the disk, money and paper, and nothing else.

A full disk: nothing is lost and nothing is acknowledged. The work stays queued in its order, the loop is told once, and
`retry()` tries again. Any other error ends the writer: `done()` raises it in the loop's thread, which ends
the process, for only a new start can tell what is on the disk after a failed sync.

`SteppedWriter` is the same without the thread: it writes when told to, so that tests and the simulator decide what
happens between the step and the commit.
"""

import os
import threading
from collections.abc import Callable
from typing import Any, Protocol

import msgspec

from kiosk.storage.database import StorageFull
from kiosk.storage.journal import Journal, Work


class Done(msgspec.Struct, frozen=True):
    """News of one piece of work: it is on the disk, or (`full`) it waits for room, with all that is behind it."""

    token: Any
    full: bool = False


class JournalWriter(Protocol):
    """What the loop needs of a writer."""

    def submit(self, work: Work, token: object = None) -> None:
        """Queue work behind all that waits. With a token, `done` will tell of it."""
        ...

    def fileno(self) -> int:
        """Readable when `done` has news."""
        ...

    def done(self) -> list[Done]:
        """The news since the last call, in order. Raises what ended the writer."""
        ...

    def retry(self) -> None:
        """There may be room on the disk again."""
        ...

    def waiting(self) -> int:
        """How much work is not on the disk yet."""
        ...

    def close(self) -> None:
        """Write what waits, if there is room, and stop."""
        ...


class WakeUp:
    """A file descriptor that becomes readable when another thread rings."""

    def __init__(self) -> None:
        self._reader, self._bell = os.pipe()
        os.set_blocking(self._reader, False)
        os.set_blocking(self._bell, False)

    def fileno(self) -> int:
        return self._reader

    def ring(self) -> None:
        try:
            os.write(self._bell, b"!")
        except BlockingIOError:
            return  # full of rings that nobody has answered yet: one is enough

    def answer(self) -> None:
        try:
            while os.read(self._reader, 4096):
                pass
        except BlockingIOError:
            return  # no more rings

    def close(self) -> None:
        os.close(self._reader)
        os.close(self._bell)


_Group = list[tuple[Work, object]]
"""Work, each with its token."""


def _stored(journal: Journal, group: _Group) -> bool:
    """Write the group in one transaction. False if the disk is full."""
    try:
        journal.write_all([work for work, _ in group])
    except StorageFull:
        return False
    return True


class _Queue:
    """What waits and what is to be told. Knows no threads."""

    def __init__(self) -> None:
        self.waiting: _Group = []
        self.news: list[Done] = []
        self.full = False

    def wrote(self, group: _Group) -> None:
        """That group is on the disk."""
        del self.waiting[: len(group)]
        self.full = False
        self.news += [Done(token) for _, token in group if token is not None]

    def no_room(self) -> None:
        """The disk is full; told once until something is written again."""
        if not self.full:
            self.news.append(Done(self.waiting[0][1], full=True))
        self.full = True

    def take_news(self) -> list[Done]:
        news, self.news = self.news, []
        return news


class Writer:
    """The writer in its own thread. `open_journal` is called in that thread."""

    def __init__(self, open_journal: Callable[[], Journal]) -> None:
        self._open_journal = open_journal
        self._changed = threading.Condition()
        self._queue = _Queue()
        self._try = False
        self._closing = False
        self._error: BaseException | None = None
        self._wake_up = WakeUp()
        self._thread = threading.Thread(target=self._run, name="journal", daemon=True)
        self._thread.start()

    def submit(self, work: Work, token: object = None) -> None:
        with self._changed:
            self._queue.waiting.append((work, token))
            self._try = self._try or not self._queue.full
            self._changed.notify()

    def fileno(self) -> int:
        return self._wake_up.fileno()

    def done(self) -> list[Done]:
        self._wake_up.answer()
        with self._changed:
            if self._error is not None:
                raise self._error
            return self._queue.take_news()

    def retry(self) -> None:
        with self._changed:
            self._try = True
            self._changed.notify()

    def waiting(self) -> int:
        with self._changed:
            return len(self._queue.waiting)

    def close(self) -> None:
        with self._changed:
            self._closing = True
            self._changed.notify()
        self._thread.join()
        self._wake_up.close()
        if self._error is not None:
            raise self._error

    # --- in the writer's own thread ---

    def _run(self) -> None:
        try:
            self._write_until_closed()
        except BaseException as error:  # noqa: BLE001 - not swallowed: it is raised in the loop's thread
            with self._changed:
                self._error = error
            self._wake_up.ring()

    def _write_until_closed(self) -> None:
        journal = self._open_journal()
        while group := self._next_group():
            stored = _stored(journal, group)
            with self._changed:
                if stored:
                    self._queue.wrote(group)
                    self._try = bool(self._queue.waiting)
                else:
                    self._queue.no_room()
            self._wake_up.ring()
        journal.close()

    def _next_group(self) -> _Group:
        """Wait for work; empty when it is time to stop."""
        with self._changed:
            self._changed.wait_for(lambda: self._closing or (self._try and self._queue.waiting))
            self._try = False
            if self._closing and self._queue.full:
                return []
            return list(self._queue.waiting)


class SteppedWriter:
    """A writer that writes when `step` is called, in the caller's thread."""

    def __init__(self, journal: Journal) -> None:
        self.journal = journal
        self._queue = _Queue()
        self._wake_up = WakeUp()

    def submit(self, work: Work, token: object = None) -> None:
        self._queue.waiting.append((work, token))

    def step(self) -> None:
        """Write all that waits, in one transaction. Raises what the disk raises, except that it is full."""
        group = list(self._queue.waiting)
        if not group:
            return
        if _stored(self.journal, group):
            self._queue.wrote(group)
        else:
            self._queue.no_room()
        self._wake_up.ring()

    def fileno(self) -> int:
        return self._wake_up.fileno()

    def done(self) -> list[Done]:
        self._wake_up.answer()
        return self._queue.take_news()

    def retry(self) -> None:
        self.step()

    def waiting(self) -> int:
        return len(self._queue.waiting)

    @property
    def full(self) -> bool:
        """Whether the disk was full at the last try."""
        return self._queue.full

    def abandon(self) -> None:
        """The process is gone: what waits is never written."""
        self._wake_up.close()

    def close(self) -> None:
        self.step()
        self.journal.close()
        self._wake_up.close()
