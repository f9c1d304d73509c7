"""Inbox: what other threads tell the loop. A queue and a wake-up fd; the loop alone owns the state.

The link's callbacks, the PIN check and the bench page put typed messages here and never touch anything else.
"""

import os
from collections import deque
from typing import Any


class Inbox:
    """Messages in order of arrival."""

    def __init__(self) -> None:
        self._waiting: deque[Any] = deque()
        self._wake = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)

    def fileno(self) -> int:
        """Readable while something waits."""
        return self._wake

    def put(self, message: Any) -> None:
        """From any thread."""
        self._waiting.append(message)
        os.eventfd_write(self._wake, 1)

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
