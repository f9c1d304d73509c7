"""Port: a line to a device, as bytes without meaning. Non-blocking in every method.

The same four verbs for a TCP socket, a serial line, a device file and a pair in memory. Opening may take time: a port
is created opening, `ready` says when it is open; until then `write` accepts nothing and `read` gives nothing.
"""

from typing import Protocol

READ_LARGEST = 65_536
"""Bytes that one `read` gives at most."""


class PortLost(Exception):
    """The line is gone (end of stream, refused, unplugged). Drivers answer with an event and open anew."""


class Port(Protocol):
    """One open (or opening) line."""

    def fileno(self) -> int | None:
        """What to select on, now: it may change when the port becomes ready; None in memory."""

    @property
    def ready(self) -> bool:
        """Whether the line is open. A port becomes ready by being serviced (`write(b"")`) while its fd is writable."""

    def read(self) -> bytes:
        """What has arrived, at most READ_LARGEST bytes; empty when there is nothing yet. Raises PortLost."""

    def write(self, data: bytes) -> int:
        """How many bytes were taken now. Raises PortLost."""

    def close(self) -> None:
        """Let go. Idempotent."""
