"""TLS: a connection to a server whose certificate is checked (RFC 8446), for `WorkerPort`.

OpenSSL is not made for two threads in one connection, and a worker reads in one and writes in the other: so they take
turns, and the reader only takes its turn when something has come.
"""

import re
import select
import socket
import ssl
import threading
from typing import Any

import msgspec

from drivers.ports.port import PortLost

HTTPS = 443
CONNECT_S = 5.0
GLANCE_S = 0.1
_PIECE = 4_096


class TlsSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """PEM files: whose certificates are believed (empty: the system's), and our own certificate and key.

    `name`: a regular expression of the common name that the server's certificate must bear, for devices that are
    reached by an address which no certificate knows; empty: it must be made for the host that is named.
    """

    ca: str = ""
    cert: str = ""
    key: str = ""
    name: str = ""


class TlsTransport:
    """Connected when it is made. Raises OSError (an ssl.SSLError is one)."""

    def __init__(self, host: str, port: int, pem: TlsSettings) -> None:
        context = ssl.create_default_context(cafile=pem.ca or None)
        if pem.cert:
            context.load_cert_chain(pem.cert, pem.key or None)
        context.check_hostname = not pem.name
        plain = socket.create_connection((host, port), timeout=CONNECT_S)
        try:
            self._socket = context.wrap_socket(plain, server_hostname=host)
        except (OSError, ValueError):
            plain.close()
            raise
        if pem.name and not any(re.fullmatch(pem.name, name) for name in common_names(self._socket)):
            self._socket.close()
            raise PortLost(f"{host}:{port} shows a certificate that is not the device's")
        self._where = f"{host}:{port}"
        self._turn = threading.Lock()

    def read(self) -> bytes:
        """As Transport."""
        if not self._socket.pending() and not select.select([self._socket], [], [], GLANCE_S)[0]:
            return b""
        with self._turn:
            self._socket.settimeout(0)
            try:
                data = self._socket.recv(_PIECE)
            except (ssl.SSLWantReadError, ssl.SSLWantWriteError, BlockingIOError):
                return b""
        if not data:
            raise PortLost(f"{self._where} has closed the connection")
        return data

    def write(self, data: bytes) -> None:
        """As Transport."""
        with self._turn:
            self._socket.settimeout(CONNECT_S)
            self._socket.sendall(data)

    def close(self) -> None:
        """As Transport."""
        self._socket.close()


def common_names(connection: ssl.SSLSocket) -> list[str]:
    """Of the certificate that the other side has shown, and that was found to be good."""
    subject: Any = (connection.getpeercert() or {}).get("subject", ())
    return [value for relative in subject for key, value in relative if key == "commonName"]
