"""Guard: stands before everything that the store serves. What is not open to all needs somebody who is known.

Open are receipts (their address is their secret), web hooks (signed), `/healthz`, the sign-in and `/trust`; `/metrics`
also to this machine. Everything else, whatever room adds it, is closed until a cookie (people at the console) or a
bearer token (programs, RFC 6750) says who asks, and a change over HTTP needs the right that `rights` names for it. A
cookie alone is no proof of intent: browsers send it along with what another site asks for. So whoever comes by cookie
to change something, or opens a socket, must come from our own page, by the Origin that browsers name (OWASP, CSRF
Prevention Cheat Sheet, "Verifying Origin"); a request that names none is refused. No page of ours may be shown inside
another's frame, so that nobody's finger is led onto Approve.

Who asks is put into the scope, for `console.who` and the routes. A change over HTTP that was done is written into the
acts.

A page stays open longer than its person may: a socket is asked again at each of its messages. What comes after the
session has ended is not heard, so that no button works any more; and the socket is closed after the moment that the
page needs to lead to the door by itself (`console.presence`).
"""

from collections.abc import Iterable
from http import HTTPStatus
from http.cookies import CookieError, SimpleCookie
from ipaddress import ip_address
from typing import Any
from urllib.parse import quote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from store import sessions, tokens
from store.acts import Act, record
from store.parts import Parts
from store.problem import MEDIA_TYPE
from store.rights import may, right_of
from store.sessions import Person

WHO = "kassa.person"
"""Where in the scope the person is."""
STILL = "kassa.still"
"""Where the question is whether they still are: a page lives longer than its request."""
SIGN_IN = "/sign-in"
_OPEN = ("/check", "/trust", "/sign-in", "/healthz")
_BELOW = ("/r/", "/hooks/", "/trust/", "/sign-in/")
_SAFE = ("GET", "HEAD", "OPTIONS")
_LED_OUT_MS = 5_000
"""So long a page has for going to the door by itself."""
_HEADERS = (
    (b"x-frame-options", b"DENY"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
)


class Guard:
    """The middleware."""

    def __init__(self, app: ASGIApp, parts: Parts) -> None:
        self._app, self._parts = app, parts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let it through, with who asks; or say why not."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        headers, path = {k.decode().lower(): v.decode("latin-1") for k, v in scope["headers"]}, scope["path"]
        person = None if _is_open(path) else await run_in_threadpool(self._who, headers)
        scope[WHO], scope[STILL] = person, lambda: self._who(headers)
        refusal = None if _is_open(path) else _refusal(scope, headers, person)
        if refusal is not None:
            await refusal(scope, receive, _with_headers(send))
            return
        if scope["type"] == "websocket":
            await self._app(scope, self._only_while_known(scope, receive), send)
            return
        changes = scope["method"] not in _SAFE and path.startswith("/api/")
        if not changes or person is None:
            await self._app(scope, receive, _with_headers(send))
            return
        status: list[int] = []
        await self._app(scope, receive, _with_headers(send, status))
        if status and status[0] < HTTPStatus.BAD_REQUEST:
            done = Act(person.id, "api", about=f"{scope['method']} {path}", address=address_of(scope))
            await run_in_threadpool(record, self._parts.engine, done, self._parts.now_utc_ms())

    def _only_while_known(self, scope: Scope, receive: Receive) -> Receive:
        """Messages of a socket, as long as whoever opened it is still signed in."""
        gone_utc_ms: int | None = None

        async def received() -> Message:
            nonlocal gone_utc_ms
            while True:
                message = await receive()
                if message["type"] != "websocket.receive" or await run_in_threadpool(scope[STILL]) is not None:
                    return message
                now = self._parts.now_utc_ms()
                gone_utc_ms = now if gone_utc_ms is None else gone_utc_ms
                if now - gone_utc_ms > _LED_OUT_MS:
                    return {"type": "websocket.disconnect", "code": 1008}

        return received

    def _who(self, headers: dict[str, str]) -> Person | None:
        parts, (kind, _, token) = self._parts, headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer":
            return tokens.program(parts.engine, token.strip())
        secret = secret_in(headers.get("cookie", ""))
        if not secret:
            return None
        return sessions.find(parts.engine, sessions.hashed(secret), parts.config.console.idle_ms, parts.now_utc_ms())


def cookie_name(secure: bool) -> str:
    """Under HTTPS the browser itself keeps it from being set by anybody else (RFC 6265bis, `__Host-`)."""
    return "__Host-kassa" if secure else "kassa"


def secret_in(cookie: str) -> str:
    """The session's secret in a Cookie header; empty if there is none."""
    try:
        found = SimpleCookie(cookie)
    except CookieError:
        return ""
    return next((found[name].value for name in map(cookie_name, (True, False)) if name in found), "")


def address_of(scope: Scope) -> str:
    """Who is at the other end, as far as the socket, or the proxy on this machine, says."""
    return str(scope["client"][0]) if scope.get("client") else ""


def _is_open(path: str) -> bool:
    return path in _OPEN or path.startswith(_BELOW)


def _refusal(scope: Scope, headers: dict[str, str], person: Person | None) -> ASGIApp | None:
    path, socket = scope["path"], scope["type"] == "websocket"
    if path == "/metrics" and _is_this_machine(address_of(scope)):
        return None
    if person is None:
        return _Shut() if socket else _sign_in_first(scope, headers)
    if person.session and (socket or scope["method"] not in _SAFE) and not _from_our_page(headers):
        return _Shut() if socket else _problem(scope, HTTPStatus.FORBIDDEN, "this came from another site's page")
    if person.only and path != person.only and not path.startswith("/_nicegui"):
        return _sign_in_first(scope, headers)
    if path.startswith("/api/") and not may(person.role, right_of(scope["method"], path)):
        return _problem(scope, HTTPStatus.FORBIDDEN, f"the role {person.role} may not do that")
    return None


def _sign_in_first(scope: Scope, headers: dict[str, str]) -> Response:
    """People are led to the page, programs are told."""
    path = scope["path"]
    if scope["method"] == "GET" and "text/html" in headers.get("accept", "") and not path.startswith("/api/"):
        query = scope.get("query_string", b"").decode("latin-1")
        onward = f"{path}?{query}" if query else path
        return RedirectResponse(f"{SIGN_IN}?next={quote(onward)}", HTTPStatus.SEE_OTHER)
    detail = "say who you are: Authorization: Bearer and a token; `store token add` makes one"
    return _problem(scope, HTTPStatus.UNAUTHORIZED, detail, {"WWW-Authenticate": "Bearer"})


def _problem(scope: Scope, status: HTTPStatus, detail: str, headers: dict[str, str] | None = None) -> Response:
    body = {"type": "about:blank", "title": status.phrase, "status": status, "detail": detail}
    return JSONResponse({**body, "instance": scope["path"]}, status, headers=headers, media_type=MEDIA_TYPE)


def _from_our_page(headers: dict[str, str]) -> bool:
    origin = urlsplit(headers.get("origin", ""))
    return bool(origin.netloc) and origin.netloc == headers.get("host", "")


def _is_this_machine(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


class _Shut:
    """The answer to a socket: it is not opened (the server makes it 403)."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "websocket.close", "code": 1008})


def _with_headers(send: Send, status: list[int] | None = None) -> Send:
    """Adds what every answer says, unless it says it already; keeps its status."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            if status is not None:
                status.append(message["status"])
            own: Iterable[Any] = message.get("headers", ())
            said = {name.lower() for name, _ in own}
            message = {**message, "headers": [*own, *(one for one in _HEADERS if one[0] not in said)]}
        await send(message)

    return sent
