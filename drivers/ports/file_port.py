"""File port: bytes into a file, for printers at /dev/usb/lp0 and for tests that print into a plain file.

A character device is opened for both directions, without blocking; the kernel's usblp driver has a back channel if the
printer has one and answers EINVAL to a read if not. A plain file is appended to, made if need be, and says nothing. It
has no place in a selector either (epoll refuses plain files), so its `fileno` is None.
"""

import errno
import os
import stat
from pathlib import Path

from drivers.ports.descriptor import read_some, write_some
from drivers.ports.port import PortLost


class FilePort:
    """A device file or a plain one. Raises PortLost if it cannot be opened."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._fd: int | None = None
        try:
            self._plain = _is_plain(path)
            ways = os.O_WRONLY | os.O_APPEND | os.O_CREAT if self._plain else os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY
            self._fd = os.open(path, ways | os.O_CLOEXEC, 0o644)
        except OSError as trouble:
            raise PortLost(f"{path} cannot be opened: {(trouble.strerror or str(trouble)).lower()}") from trouble

    def fileno(self) -> int | None:
        """As Port; None for a plain file."""
        return None if self._plain else self._fd

    @property
    def ready(self) -> bool:
        """As Port."""
        return self._fd is not None

    def read(self) -> bytes:
        """As Port; always empty where there is no back channel."""
        assert self._fd is not None, "read from a closed port"
        if self._plain:
            return b""
        try:
            return read_some(self._fd) or b""
        except OSError as trouble:
            if trouble.errno == errno.EINVAL:
                return b""
            raise self._lost(trouble) from trouble

    def write(self, data: bytes) -> int:
        """As Port."""
        assert self._fd is not None, "written to a closed port"
        try:
            return write_some(self._fd, data)
        except OSError as trouble:
            raise self._lost(trouble) from trouble

    def close(self) -> None:
        """As Port."""
        if self._fd is not None:
            os.close(self._fd)
            self._fd = None

    def _lost(self, trouble: OSError) -> PortLost:
        return PortLost(f"{self._path} was lost: {(trouble.strerror or str(trouble)).lower()}")


def _is_plain(path: str) -> bool:
    """A file that is there says itself; one that is not is made, unless it would be a device's."""
    try:
        return stat.S_ISREG(Path(path).stat().st_mode)
    except FileNotFoundError:
        if Path(path).is_relative_to("/dev"):
            raise
        return True
