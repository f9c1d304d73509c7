"""Listening socket: an address at which a device finds the till, for the few that connect by themselves.

Non-blocking, like every port. The address is taken when it is first asked for a visitor, and tried again now and then
as long as somebody else has it.
"""

import socket
from urllib.parse import urlsplit

from drivers.device import DeviceError
from drivers.ports.port import READ_LARGEST, PortLost

BACKLOG = 4
LOOKS_APART = 200
"""While the address is taken, so many looks pass from one try to the next."""


class Visitor:
    """One connection that somebody else has made: a Port that is ready."""

    ready = True

    def __init__(self, line: socket.socket) -> None:
        self._line = line
        line.setblocking(False)

    def fileno(self) -> int | None:
        """As Port."""
        return self._line.fileno()

    def read(self) -> bytes:
        """As Port."""
        try:
            data = self._line.recv(READ_LARGEST)
        except BlockingIOError:
            return b""
        except OSError as trouble:
            raise PortLost("the visitor was lost") from trouble
        if not data:
            raise PortLost("the visitor has closed the connection")
        return data

    def write(self, data: bytes) -> int:
        """As Port."""
        try:
            return self._line.send(data) if data else 0
        except BlockingIOError:
            return 0
        except OSError as trouble:
            raise PortLost("the visitor was lost") from trouble

    def close(self) -> None:
        """As Port."""
        self._line.close()


class ListeningSocket:
    """A TCP address where visitors are taken in. Only from `only`, if that is an address."""

    def __init__(self, address: tuple[str, int], only: str = "") -> None:
        self._wanted, self._only = address, only
        self._socket: socket.socket | None = None
        self._looks = 0

    @property
    def address(self) -> tuple[str, int] | None:
        """Where it listens; None while it cannot."""
        return None if self._socket is None else self._socket.getsockname()[:2]

    def fileno(self) -> int | None:
        """Readable when there is a visitor."""
        return None if self._socket is None else self._socket.fileno()

    def accept(self) -> Visitor | None:
        """The next visitor; None if there is none."""
        if self._socket is None and not self._listen():
            return None
        assert self._socket is not None
        try:
            line, peer = self._socket.accept()
        except OSError:  # there is none, or it has gone again before it was let in
            return None
        if self._only and peer[0] != self._only:
            line.close()
            return None
        return Visitor(line)

    def close(self) -> None:
        """Let the address go. Idempotent."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _listen(self) -> bool:
        self._looks += 1
        if self._looks % LOOKS_APART != 1:
            return False
        try:
            self._socket = socket.create_server(self._wanted, backlog=BACKLOG)
        except OSError:  # the address is not ours yet, or still somebody else's
            return False
        self._socket.setblocking(False)
        return True


def listening_address(name: str, text: str) -> tuple[str, int]:
    """`host:port` of the configuration. Raises DeviceError, naming the device."""
    try:
        parts = urlsplit(f"//{text}")
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if not host or port is None or parts.path:
        raise DeviceError(
            f'{name}: listen = {text!r} is no address; write one of this machine, like "192.168.1.10:11001"'
        )
    return host, port
