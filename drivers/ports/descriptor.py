"""Descriptor: bytes through a file descriptor that does not block, as serial lines, device files and keyboards have it.

What an OSError means for the line (unplugged, or only no back channel) is the port's to say: it passes through.
"""

import os

from drivers.ports.port import READ_LARGEST


def read_some(fd: int) -> bytes | None:
    """What has come, at most READ_LARGEST bytes; None: nothing yet; empty: nothing will ever come again."""
    try:
        return os.read(fd, READ_LARGEST)
    except BlockingIOError:
        return None


def write_some(fd: int, data: bytes) -> int:
    """How many bytes there was room for."""
    if not data:
        return 0
    try:
        return os.write(fd, data)
    except BlockingIOError:
        return 0
