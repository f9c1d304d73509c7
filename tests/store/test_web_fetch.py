"""Fetching a picture from a web server that means no good: a real one, in this process."""

import ipaddress
import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from kiosk.demo.ports import free_port
from store import web_fetch
from store.web_fetch import Address, Fetched, NotFetched, fetch, is_anywhere, is_public

PNG = b"\x89PNG\r\n\x1a\n" + bytes(2_000)
Behave = Callable[[BaseHTTPRequestHandler], None]


class Web:
    """A web server whose pages behave as they are told."""

    def __init__(self) -> None:
        self.pages: dict[str, Behave] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.over = threading.Event()
        web = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                web.asked.append((self.path, dict(self.headers)))
                web.pages[self.path](self)

            def log_message(self, *_: Any) -> None:
                return

        class Server(ThreadingHTTPServer):
            daemon_threads, block_on_close = True, False

            def handle_error(self, *_: Any) -> None:
                return  # the client has hung up, as it should

        self._server = Server(("127.0.0.1", 0), Handler)
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def close(self) -> None:
        self.over.set()
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def web() -> Iterator[Web]:
    web = Web()
    yield web
    web.close()


def gives(content: bytes, status: int = 200, length: int | None = None, **headers: str) -> Behave:
    def behave(page: BaseHTTPRequestHandler) -> None:
        page.send_response(status)
        for name, value in headers.items():
            page.send_header(name.replace("_", "-"), value)
        page.send_header("Content-Length", str(len(content) if length is None else length))
        page.end_headers()
        page.wfile.write(content)

    return behave


def of_this_web(address: Address) -> bool:
    """As if this one address were on the internet, and all others as they are."""
    return address == ipaddress.ip_address("127.0.0.1") or is_public(address)


def test_a_picture_comes_with_its_validators_and_the_second_time_only_if_it_has_changed(web: Web) -> None:
    web.pages["/a"] = gives(PNG, Content_Type="text/plain", ETag='"1"', Last_Modified="Thu, 26 Nov 2026 10:00:00 GMT")
    found = fetch(web.url("/a"), allowed=is_anywhere)
    assert found == Fetched(PNG, '"1"', "Thu, 26 Nov 2026 10:00:00 GMT")
    web.pages["/a"] = gives(b"", status=304)
    assert fetch(web.url("/a"), found.etag, found.modified, allowed=is_anywhere) is None
    asked = web.asked[-1][1]
    assert (asked["If-None-Match"], asked["If-Modified-Since"]) == (found.etag, found.modified)


def drips(web: Web) -> Behave:
    """A byte now and then, for ever."""

    def behave(page: BaseHTTPRequestHandler) -> None:
        page.send_response(200)
        page.end_headers()
        while not web.over.wait(0.02):
            page.wfile.write(b"\x89")

    return behave


def endless(page: BaseHTTPRequestHandler) -> None:
    page.send_response(200)
    page.end_headers()
    while True:
        page.wfile.write(bytes(1 << 16))


@pytest.mark.parametrize(
    ("behave", "why"),
    [
        (gives(b"<html>not here</html>", Content_Type="image/png"), "no PNG, JPEG"),
        (gives(b"<svg xmlns='x'><script/></svg>", Content_Type="image/svg+xml"), "no PNG, JPEG"),
        (gives(b""), "no PNG, JPEG"),
        (gives(PNG, status=404), "404"),
        (gives(PNG, length=len(PNG) + 500), "500 bytes are missing"),
        (endless, "larger than 4 MiB"),
        (gives(b"", status=302, Location="/page"), "on and on"),
        (gives(b"", status=302, Location="file:///etc/passwd"), "no address"),
        (gives(b"", status=302, Location="http://user:secret@127.0.0.1/"), "no address"),
        (gives(b"", status=302, Location="http://127.0.0.2/"), "private network"),
        (gives(b"", status=301, Location="http://[::1]/"), "private network"),
        (gives(b"", status=307, Location="http://localhost:22/"), "private network|cannot be fetched"),
        (gives(b"", status=308, Location="http://169.254.169.254/latest"), "private network"),
    ],
)
def test_what_goes_wrong_is_told(web: Web, behave: Behave, why: str) -> None:
    web.pages["/page"] = behave
    with pytest.raises(NotFetched, match=why):
        fetch(web.url("/page"), allowed=of_this_web)
    assert len(web.asked) <= web_fetch.REDIRECTS + 1


def test_who_drips_for_ever_is_cut_off(web: Web) -> None:
    web.pages["/a"] = drips(web)
    with pytest.raises(NotFetched, match="took longer than"):
        fetch(web.url("/a"), allowed=is_anywhere, whole_s=1)


def test_who_says_nothing_is_not_waited_for_longer(web: Web) -> None:
    web.pages["/a"] = lambda page: web.over.wait() and None
    with pytest.raises(NotFetched, match="took longer than"):
        fetch(web.url("/a"), allowed=is_anywhere, whole_s=1)


def test_nobody_there_and_no_such_name() -> None:
    with pytest.raises(NotFetched, match="cannot be fetched"):
        fetch(f"http://127.0.0.1:{free_port()}/", allowed=is_anywhere)
    with pytest.raises(NotFetched, match="nobody knows"):
        fetch("http://pictures.invalid/a.png")


@pytest.mark.parametrize("url", ["ftp://a/b.png", "http://", "http:///x", "http://a:x/", "https://u:p@a.example/"])
def test_what_is_no_address_of_the_web(url: str) -> None:
    with pytest.raises(NotFetched, match="no address"):
        fetch(url)


def test_the_connection_goes_to_the_address_that_was_looked_at(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that means a harmless address first and another one a moment later (DNS rebinding)."""
    web.pages["/a"] = gives(PNG)
    answers = ["127.0.0.1", "127.0.0.2"]

    def resolve(host: str, port: int, **_: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (answers.pop(0), port))]

    monkeypatch.setattr(web_fetch.socket, "getaddrinfo", _only_for("pictures.example", resolve, socket.getaddrinfo))
    assert fetch(f"http://pictures.example:{web.port}/a", allowed=of_this_web) is not None
    assert answers == ["127.0.0.2"] and web.asked[0][1]["Host"] == f"pictures.example:{web.port}"
    with pytest.raises(NotFetched, match="private network"):
        fetch(f"http://pictures.example:{web.port}/a", allowed=of_this_web)


def _only_for(name: str, resolve: Callable[..., Any], real: Callable[..., Any]) -> Callable[..., Any]:
    def either(host: str, *args: Any, **more: Any) -> Any:
        return resolve(host, *args, **more) if host == name else real(host, *args, **more)

    return either


@pytest.mark.parametrize(
    "inside",
    ["127.0.0.1", "10.0.0.1", "192.168.1.9", "169.254.169.254", "0.0.0.0", "224.0.0.1", "::1", "fe80::1", "fd00::1",
     "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:0a00:0001::1", "ff02::1", "100.64.0.1"],
)  # fmt: skip
def test_what_lies_inside(inside: str) -> None:
    assert not is_public(ipaddress.ip_address(inside))


@pytest.mark.parametrize("outside", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "64:ff9b::5db8:d822"])
def test_what_is_on_the_internet(outside: str) -> None:
    assert is_public(ipaddress.ip_address(outside))
