"""The door of the console: `/sign-in`. A plain page of its own, so that a stranger meets no more code than this.

A badge reader that types like a keyboard ends with Enter; the empty PIN then has the browser's focus, since the field
is required. The first user of a new shop is made here too, by whoever can read the server's log: a code stands in it.
"""

import hmac
import secrets
from html import escape
from http import HTTPStatus
from urllib.parse import parse_qs, urlsplit

import structlog
from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse, Response

from store import sessions
from store.acts import Act, record
from store.console.look import GROUND, INK, PRIMARY, RED
from store.guard import SIGN_IN, address_of, cookie_name, secret_in
from store.parts import Parts
from store.signing_in import NotSignedIn, prove
from store.users import BadUser, add_user, everybody

_LONGEST = 4_096
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'",
    "Cache-Control": "no-store",
}
_CSS = f"""
* {{ box-sizing: border-box; }}
body {{ margin: 0; background: {GROUND}; color: {INK}; font-family: Inter, Roboto, system-ui, sans-serif; }}
main {{ max-width: 420px; margin: 8vh auto; padding: 32px 24px; background: #fff; border-radius: 16px; }}
h1 {{ margin: 0 0 4px; font-size: 26px; color: {PRIMARY}; letter-spacing: -.01em; }}
p {{ margin: 0 0 16px; color: #55645C; }}
label {{ display: block; margin: 16px 0 6px; font-weight: 600; }}
input {{ width: 100%; font: inherit; color: inherit; font-size: 18px; padding: 14px;
  border: 2px solid #7B8A82; border-radius: 10px; }}
input:focus {{ outline: none; border-color: {PRIMARY}; }}
button {{ width: 100%; margin-top: 24px; padding: 16px; font: inherit; font-size: 18px; font-weight: 700; border: 0;
  border-radius: 10px; background: {PRIMARY}; color: #fff; cursor: pointer; }}
.why {{ color: {RED}; font-weight: 600; margin: 16px 0 0; }}
@media (max-width: 480px) {{ main {{ margin: 0; border-radius: 0; min-height: 100vh; }} }}
"""

_ENDED = {
    "": "",
    "role": "{0} is signed out, since somebody changed what {0} may do here. Sign in again.",
    "pin": "{0} is signed out, since there is a new PIN. Sign in with that.",
    "gone": "{0} is signed out, and not one of the staff any more. If that is wrong, ask a manager.",
}
"""What the door says to whom somebody else has signed out: `sessions`."""


class FirstUser:
    """The code that makes the first user; there is one as long as the shop has none."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self.code = "" if everybody(parts.engine) else secrets.token_hex(4)

    @property
    def wanted(self) -> bool:
        """Whether nobody is there yet."""
        return bool(self.code) and not everybody(self._parts.engine)

    def make(self, form: dict[str, str]) -> str:
        """Their id. NotSignedIn, BadUser."""
        if not self.wanted or not hmac.compare_digest(form.get("code", "").strip().encode(), self.code.encode()):
            raise NotSignedIn("This is not the code that stands in the server's log, at store.first_user.")
        if not form.get("pin"):
            raise BadUser("choose a PIN of 4 to 8 digits")
        entry, _ = add_user(
            self._parts.engine, form.get("name", ""), "manager", form["pin"],
            any_pin=self._parts.config.store.mode == "demo",
        )  # fmt: skip
        self.code = ""
        return entry.id


def sign_in_router(parts: Parts) -> APIRouter:
    """The page, and what its form sends."""
    router = APIRouter(include_in_schema=False)
    first = FirstUser(parts)
    if first.code:
        structlog.get_logger("store").warning("store.first_user", code=first.code, at=SIGN_IN)

    @router.get(SIGN_IN)
    def door(request: Request) -> Response:
        """Empty; with a sentence for whoever was signed out by somebody else."""
        onward, cookie = request.query_params.get("next", "/"), secret_in(request.headers.get("cookie", ""))
        whose, word = sessions.ended(parts.engine, sessions.hashed(cookie)) if cookie else ("", "")
        return _page(parts, first, onward, _ENDED[word].format(whose), status=HTTPStatus.OK)

    @router.post(SIGN_IN)
    async def come_in(request: Request) -> Response:
        """In, or why not."""
        form = await _form(request)
        if (origin := request.headers.get("origin")) and urlsplit(origin).netloc != request.headers.get("host"):
            return _page(parts, first, "/", "That came from another site's page. Sign in here.")
        return await run_in_threadpool(_let_in, parts, first, form, request)

    return router


def _let_in(parts: Parts, first: FirstUser, form: dict[str, str], request: Request) -> Response:
    address, now, onward = address_of(request.scope), parts.now_utc_ms(), form.get("next", "/")
    try:
        if first.wanted:
            who, kind = first.make(form), "first_user"
        else:
            who, kind = prove(parts.engine, form.get("name", ""), form.get("pin", ""), address, now).id, "sign_in"
    except (NotSignedIn, BadUser) as why:
        return _page(parts, first, onward, str(why), form.get("name", ""))
    if before := secret_in(request.headers.get("cookie", "")):
        sessions.end(parts.engine, sessions.hashed(before), now)  # the cookie is one: nothing stays open behind it
    secret = sessions.begin(parts.engine, who, address, now)
    record(parts.engine, Act(who, kind, address=address), now)
    answer = RedirectResponse(_inside(onward), HTTPStatus.SEE_OTHER)
    give_cookie(answer, secret, secure=request.url.scheme == "https")
    return answer


def give_cookie(answer: Response, secret: str, *, secure: bool, lasts_s: int | None = None) -> None:
    """The session's: no script reads it, no other site sends it along, and over HTTPS it never goes without."""
    answer.set_cookie(
        cookie_name(secure), secret, max_age=lasts_s, path="/", secure=secure, httponly=True, samesite="strict"
    )


def _inside(onward: str) -> str:
    """Only a page of ours: `//host` and `/\\host` are others' to a browser."""
    return onward if onward.startswith("/") and onward[1:2] not in ("/", "\\") and onward.isprintable() else "/"


async def _form(request: Request) -> dict[str, str]:
    """What was typed; nothing of what is too long."""
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > _LONGEST:
            return {}
    found = parse_qs(body.decode("utf-8", "replace"), max_num_fields=10)
    return {name: values[0] for name, values in found.items()}


def _page(
    parts: Parts,
    first: FirstUser,
    onward: str,
    why: str = "",
    name: str = "",
    status: HTTPStatus = HTTPStatus.FORBIDDEN,
) -> HTMLResponse:
    wanted = first.wanted
    lead = "Make the shop's first user, a manager." if wanted else "Sign in with your name, number or badge."
    code = _field("code", "Code from the server's log", "text", "one-time-code") if wanted else ""
    fields = _field("name", "Name" if wanted else "Name, number or badge", "text", "username", name, focus=not name)
    pin = _field("pin", "PIN", "password", "current-password", focus=bool(name), more=" inputmode=numeric maxlength=8")
    said = f'<p class="why" role="alert">{escape(why)}</p>' if why else ""
    title = f"{escape(parts.config.name)} · Kassa"
    html = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>{_CSS}</style></head><body><main>
<h1>{escape(parts.config.name)}</h1><p>{lead}</p>
<form method="post" action="{SIGN_IN}"><input type="hidden" name="next" value="{escape(_inside(onward))}">
{code}{fields}{pin}{said}<button>{"Make and sign in" if wanted else "Sign in"}</button></form></main></body></html>"""
    return HTMLResponse(html, status if why else HTTPStatus.OK, _HEADERS)


def _field(name: str, label: str, kind: str, fill: str, value: str = "", *, focus: bool = False, more: str = "") -> str:
    return (
        f'<label for="{name}">{label}</label><input id="{name}" name="{name}" type="{kind}" value="{escape(value)}" '
        f'autocomplete="{fill}" required{" autofocus" if focus else ""}{more}>'
    )
