"""Log keeping: the last of the log in a file beside the journal, so that it can be asked for from afar.

journald has it too, where there is one, but not for the lane's own account. Two files of a bounded size: when one is
full it becomes the older one. Nothing is synced: a line that a power cut takes was not worth a write of the card.
"""

import sys
from pathlib import Path
from types import TracebackType
from typing import TextIO

import structlog

FILE_BYTES = 512 << 10


def log_path(journal: str) -> Path:
    """Where the end of the log is kept: beside the journal."""
    return Path(journal).with_suffix(".log")


class LogKeeper:
    """What the log is written to: standard error, and the files as soon as it is known where."""

    def __init__(self, onward: TextIO) -> None:
        self._onward = onward
        self._path: Path | None = None
        self._file: TextIO | None = None
        self._size = 0

    def keep_in(self, path: Path) -> None:
        """From now on. What cannot be kept is said once, and only goes onward."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = path.open("a", encoding="utf-8")
        except OSError as error:
            structlog.get_logger("log").warning("log.not_kept", why=str(error))
            return
        self._path, self._size = path, path.stat().st_size

    def write(self, text: str) -> None:
        """One line, or a part of it."""
        self._onward.write(text)
        if self._file is None or self._path is None:
            return
        try:
            self._file.write(text)
            self._size += len(text)
            if self._size > FILE_BYTES and text.endswith("\n"):
                self._file.close()
                self._path.replace(older(self._path))
                self._file, self._size = self._path.open("w", encoding="utf-8"), 0
        except (OSError, ValueError):  # a full disk, a file that is closed: the log must not stop the lane
            self._file = None

    def flush(self) -> None:
        """After each line."""
        self._onward.flush()
        if self._file is not None:
            try:
                self._file.flush()
            except OSError:
                self._file = None


def older(path: Path) -> Path:
    """The file before this one."""
    return path.with_name(f"{path.name}.1")


def kept_lines(path: Path) -> list[str]:
    """All that is kept, the oldest first. Files that are not there are empty."""
    lines: list[str] = []
    for file in (older(path), path):
        try:
            lines += file.read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            continue
    return lines


def log_crashes() -> None:
    """A bug is said in the log too, before it ends the process as it always did."""
    as_before = sys.excepthook

    def said(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        structlog.get_logger("main").error("lane.crashed", exc_info=(kind, error, trace))
        as_before(kind, error, trace)

    sys.excepthook = said
