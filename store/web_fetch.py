"""Web fetch: one picture from the web, by somebody who trusts neither the address nor who answers there.

Whoever writes the price book names the address, so the store must not become a way into its own network (OWASP, Server
Side Request Forgery Prevention): every address that the name stands for has to be public, of the first page and of each
it leads on to, and the connection goes to the very address that was looked at, whatever the name means a moment later.
All of it is bounded: bytes, redirections, and the time of the whole, however slowly it drips. What kind of picture it
is, its first bytes say, not the header.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

MOST_BYTES = 4 << 20
TIMEOUT_S, WHOLE_S = 10, 30
"""Of one silence; of the whole answer."""
REDIRECTS = 3
_MOVED = (301, 302, 303, 307, 308)
_CHUNK = 64 << 10
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class NotFetched(Exception):
    """The text says why, for whoever wrote the address."""


class Fetched(NamedTuple):
    """What came. The validators (RFC 9110, section 8.8) are empty where there were none."""

    content: bytes
    etag: str = ""
    modified: str = ""


def is_public(address: Address) -> bool:
    """Whether it lies on the internet: also of the IPv4 address that an IPv6 address stands for."""
    inner = address
    if isinstance(address, ipaddress.IPv6Address):
        if address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        inner = address.ipv4_mapped or address.sixtofour or inner
    return inner.is_global and not inner.is_multicast


def is_anywhere(address: Address) -> bool:
    """For a shop whose pictures lie on a machine of its own."""
    return not address.is_multicast


def fetch(url: str, etag: str = "", modified: str = "", *, allowed: Callable[[Address], bool] = is_public,
          whole_s: int = WHOLE_S) -> Fetched | None:  # fmt: skip
    """The picture; None if it is the one with these validators. NotFetched."""
    headers = {"User-Agent": "Kassa", "Accept": "image/*"}
    headers |= {"If-None-Match": etag} if etag else {}
    headers |= {"If-Modified-Since": modified} if modified else {}
    ends = threading.Event()
    for _ in range(REDIRECTS + 1):
        connection = connection_to(url, allowed)
        clock = threading.Timer(whole_s, cut_off, (connection, ends))
        clock.start()
        try:
            found = _ask(connection, url, headers)
        except (OSError, http.client.HTTPException, NotFetched) as error:
            if ends.is_set():
                raise NotFetched(f"took longer than {whole_s} s") from None
            if isinstance(error, NotFetched):
                raise
            raise NotFetched(f"cannot be fetched: {str(error) or type(error).__name__}") from None
        finally:
            clock.cancel()
            connection.close()
        if ends.is_set():
            raise NotFetched(f"took longer than {whole_s} s")
        if not isinstance(found, str):
            return found
        url = found
    raise NotFetched(f"leads on and on, more than {REDIRECTS} times")


def cut_off(connection: "Pinned", ends: threading.Event) -> None:
    """The time is over: whoever reads or connects hears the end at once."""
    ends.set()
    connection.cut()


class Pinned(http.client.HTTPConnection):
    """Connects to one address, whatever the name means."""

    tls: ssl.SSLContext | None = None
    address: Address
    line: socket.socket | None = None
    """The socket; `sock` goes as soon as the answer has begun."""

    def connect(self) -> None:
        """As the name says; the certificate is the name's."""
        self.sock = socket.create_connection((str(self.address), self.port), TIMEOUT_S)
        self.line = self.sock
        if self.tls is not None:
            self.sock = self.tls.wrap_socket(self.sock, server_hostname=self.host, do_handshake_on_connect=False)
            self.line = self.sock
            self.sock.do_handshake()

    def cut(self) -> None:
        """From another thread."""
        if self.line is None:
            return
        try:
            socket.socket.shutdown(self.line, socket.SHUT_RDWR)  # past TLS, which says goodbye and waits
        except OSError:
            return  # it is cut already


def connection_to(url: str, allowed: Callable[[Address], bool], setting: str = "pictures.allow_private") -> Pinned:
    """To the first of the addresses that this name stands for, if all are allowed. NotFetched."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        raise NotFetched(f"{url!r} is no address") from None
    if parts.scheme not in ("http", "https") or not host or parts.username is not None:
        raise NotFetched(f"{url!r} is no address such as https://pictures.example/bread.png")
    try:
        found = {ipaddress.ip_address(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    except (OSError, ValueError, UnicodeError):
        raise NotFetched(f"nobody knows {host}") from None
    if not all(allowed(address) for address in found):
        raise NotFetched(f"{host} lies inside a private network; see {setting}")
    connection = Pinned(host, port, timeout=TIMEOUT_S)
    connection.address = min(found, key=lambda address: (address.version, int(address)))
    connection.tls = ssl.create_default_context() if parts.scheme == "https" else None
    return connection


def _ask(connection: Pinned, url: str, headers: dict[str, str]) -> Fetched | str | None:
    """What came, None if it is the same, or where it is now."""
    parts = urlsplit(url)
    connection.request("GET", (parts.path or "/") + (f"?{parts.query}" if parts.query else ""), headers=headers)
    response = connection.getresponse()
    if response.status == 304:
        return None
    if response.status in _MOVED and response.headers.get("Location"):
        return urljoin(url, str(response.headers["Location"]))
    if response.status != 200:
        raise NotFetched(f"was answered with {response.status} {response.reason}")
    content = bytearray()
    while chunk := response.read(_CHUNK):
        content += chunk
        if len(content) > MOST_BYTES:
            raise NotFetched(f"is larger than {MOST_BYTES >> 20} MiB; save it smaller")
    if response.length:
        raise NotFetched(f"was cut: {response.length} bytes are missing")
    if not is_picture(bytes(content[:16])):
        raise NotFetched("is no PNG, JPEG, WebP or GIF picture, whatever its name says")
    return Fetched(bytes(content), response.headers.get("ETag", ""), response.headers.get("Last-Modified", ""))


def is_picture(head: bytes) -> bool:
    """By its first 16 bytes."""
    return head.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8")) or head[:4] + head[8:12] == b"RIFFWEBP"
