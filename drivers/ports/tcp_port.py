"""TCP port: a socket that never blocks, not even while it connects or looks up a name.

pyserial's `socket://` waits up to five seconds in connect, which would stop the screen. Here `connect` is started and
the selector says when it is through. A numeric address is used as it is; a name is looked up by an errand, since a name
server may take its time. A name's addresses are tried one after the other.
"""

import errno
import ipaddress
import os
import socket

from drivers.ports.port import READ_LARGEST, PortLost
from drivers.ports.worker import Errand

KEEP_ALIVE_S = 10
"""A peer that is silent for so long is asked whether it lives, so that a pulled cable does not go unnoticed."""
KEEP_ALIVE_TIMES = 3

_UNDER_WAY = (errno.EINPROGRESS, errno.EALREADY, errno.EAGAIN)
_THROUGH = (0, errno.EISCONN)

Address = tuple[str, int]


class TcpPort:
    """A connection to `host`:`port`, opening from the start. Raises PortLost when it is refused at once."""

    def __init__(self, host: str, port: int) -> None:
        self._where = f"{host}:{port}"
        self._socket: socket.socket | None = None
        self._lookup: Errand[list[Address]] | None = None
        self._addresses: list[Address] = []
        self.ready = False
        if _is_numeric(host):
            self._addresses = [(host, port)]
            self._connect_next()
        else:
            self._lookup = Errand(lambda: _look_up(host, port))

    def fileno(self) -> int | None:
        """The socket's; during the look-up, the errand's."""
        if self._lookup is not None:
            return self._lookup.fileno()
        return self._socket.fileno() if self._socket is not None else None

    def read(self) -> bytes:
        """As Port."""
        if not self.ready:
            return b""
        assert self._socket is not None, "read from a closed port"
        try:
            data = self._socket.recv(READ_LARGEST)
        except BlockingIOError:
            return b""
        except OSError as trouble:
            raise self._lost(trouble) from trouble
        if not data:
            raise PortLost(f"{self._where} has closed the connection")
        return data

    def write(self, data: bytes) -> int:
        """As Port; while it is not ready, drive the opening on."""
        if not self.ready:
            self._go_on()
        if not self.ready or not data:
            return 0
        assert self._socket is not None
        try:
            return self._socket.send(data)
        except BlockingIOError:
            return 0
        except OSError as trouble:
            raise self._lost(trouble) from trouble

    def close(self) -> None:
        """As Port."""
        self.ready = False
        if self._lookup is not None:
            self._lookup.close()
            self._lookup = None
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _go_on(self) -> None:
        if self._lookup is not None:
            found = self._lookup.answer()
            if found is None:
                return
            self._lookup.close()
            self._lookup, self._addresses = None, found
            self._connect_next()
        elif self._socket is not None:
            self._see(self._socket.connect_ex(self._addresses[0]))

    def _connect_next(self) -> None:
        host, port = self._addresses[0]
        try:
            self._see(self._begin(host, port))
        except OSError as trouble:  # a kind of address that this machine cannot do, a network that it does not have
            self._next_address(trouble.strerror or str(trouble))

    def _begin(self, host: str, port: int) -> int:
        """Start to connect; what connect says."""
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._socket = socket.socket(family, socket.SOCK_STREAM | socket.SOCK_NONBLOCK | socket.SOCK_CLOEXEC)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, KEEP_ALIVE_S)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, KEEP_ALIVE_S)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPCNT, KEEP_ALIVE_TIMES)
        return self._socket.connect_ex((host, port))

    def _see(self, result: int) -> None:
        if result in _THROUGH:
            self.ready = True
        elif result not in _UNDER_WAY:
            self._next_address(os.strerror(result))

    def _next_address(self, why: str) -> None:
        """Try the next one, or say why the last one failed."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None
        del self._addresses[0]
        if not self._addresses:
            raise PortLost(f"{self._where} cannot be reached: {why.lower()}")
        self._connect_next()

    def _lost(self, trouble: OSError) -> PortLost:
        return PortLost(f"{self._where} was lost: {(trouble.strerror or str(trouble)).lower()}")


def _is_numeric(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _look_up(host: str, port: int) -> list[Address]:
    """The numeric addresses of a name; blocks."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as trouble:
        raise PortLost(f"nobody knows the address of {host}: {trouble.args[-1]}") from trouble
    return list(dict.fromkeys((str(address[0]), port) for _, _, _, _, address in found))
