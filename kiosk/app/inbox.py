"""Inbox: what other threads tell the loop. A queue and a wake-up fd; the loop alone owns the state.

The link's callbacks, the PIN check and the bench page put typed messages here and never touch anything else.
"""

import os
from collections import deque
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any

ANSWER_WITHIN_S = 5


class Query:
    """A question to the loop from another thread, answered between two steps: `inbox.ask(lambda loop: ...)`."""

    def __init__(self, question: Callable[[Any], Any]) -> None:
        self._question = question
        self.reply: SimpleQueue[Any] = SimpleQueue()

    def answer(self, loop: Any) -> None:
        """From the loop."""
        self.reply.put(self._question(loop))


class Inbox:
    """Messages in order of arrival."""

    def __init__(self) -> None:
        self._waiting: deque[Any] = deque()
        self._wake = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)

    def fileno(self) -> int:
        """Readable while something waits."""
        return self._wake

    def wake(self) -> None:
        """Only end the loop's wait; safe in a signal handler."""
        os.eventfd_write(self._wake, 1)

    def put(self, message: Any) -> None:
        """From any thread."""
        self._waiting.append(message)
        os.eventfd_write(self._wake, 1)

    def ask(self, question: Callable[[Any], Any], timeout_s: int = ANSWER_WITHIN_S) -> Any:
        """What the loop answers; queue.Empty if it does not within the time."""
        query = Query(question)
        self.put(query)
        return query.reply.get(timeout=timeout_s)

    def take(self) -> list[Any]:
        """Everything that waits, oldest first; from the loop only."""
        try:
            os.eventfd_read(self._wake)
        except BlockingIOError:
            return []
        messages = []
        while self._waiting:
            messages.append(self._waiting.popleft())
        return messages

    def close(self) -> None:
        """Let go of the fd."""
        os.close(self._wake)
