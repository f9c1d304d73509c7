"""Ownership: one process writes a journal, ever.

SQLite would let two lanes take turns, and each would build its state and its chain of sales upon half of the events.
So whoever writes holds `NAME.lock` beside the file; the kernel lets go of it when the process ends, however it ends.
"""

import fcntl
from pathlib import Path


class Owned(Exception):
    """Another process writes this journal; the text says what to do."""


class Ownership:
    """Held until `close`."""

    def __init__(self, path: Path) -> None:
        """`path`: of the journal. Raises Owned."""
        lock = path.with_name(f"{path.name}.lock")
        self._file = lock.open("w")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._file.close()
            raise Owned(
                f"another lane is running on {path}. Stop it first, or give this one its own storage.path"
            ) from None

    def close(self) -> None:
        """Let another process have it."""
        self._file.close()
