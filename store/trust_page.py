"""`/trust`: how a phone, a tablet or a PC learns to trust the shop's own certificate authority; its certificate.

Browsers notify and keep a screen awake only over HTTPS that they trust, and no public authority signs the name of a
machine in a back room. So the shop signs itself, and each device is told once. The page is open, since nobody can sign
in safely before; whoever installs what it hands out compares the fingerprint with the one that the server's own screen
shows (`store.trust` in its log), for anybody could stand in between until then.

Sources of the steps: Apple support 102390 (iOS, iPadOS), Google's Pixel help 2844832 (Android), Microsoft's
`Certificate Import Wizard`.
"""

from hashlib import sha256
from html import escape
from http import HTTPStatus
from pathlib import Path

import structlog
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from fastapi import APIRouter
from starlette.responses import HTMLResponse, Response

from store.console.look import GROUND, INK, PRIMARY
from store.parts import Parts
from store.problem import Problem

_CSS = f"""
body {{ margin: 0; background: {GROUND}; color: {INK}; font: 17px/1.5 Inter, Roboto, system-ui, sans-serif; }}
main {{ max-width: 640px; margin: 0 auto; padding: 24px 20px 48px; background: #fff; }}
h1 {{ color: {PRIMARY}; font-size: 28px; margin: 0 0 8px; }} h2 {{ font-size: 20px; margin: 28px 0 4px; }}
a.get {{ display: block; text-align: center; padding: 16px; border-radius: 10px; background: {PRIMARY}; color: #fff;
  font-weight: 700; text-decoration: none; }}
a.on {{ display: inline-block; padding: 12px 0; color: {PRIMARY}; font-weight: 700; }}
ol {{ padding-inline-start: 26px; }}
code {{ display: block; padding: 12px; background: {GROUND}; border-radius: 8px; overflow-wrap: anywhere;
  font-size: 15px; }}
li {{ margin: 4px 0; }}
"""
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
}
STEPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "iPhone and iPad",
        (
            "Open this page in Safari, press the button above and choose Allow.",
            "Settings, General, VPN & Device Management: choose the profile under Downloaded profile, then Install.",
            "Settings, General, About, Certificate Trust Settings: switch it on. Without this step nothing is trusted.",
        ),
    ),
    (
        "Android",
        (
            "Press the button above; the file goes to Downloads.",
            "Settings, Security & privacy, More security settings, Encryption & credentials, Install a certificate, "
            "CA certificate. The names differ a little from maker to maker: search the settings for “CA certificate”.",
            "Choose Install anyway, then the file. The device needs a screen lock.",
        ),
    ),
    (
        "Windows",
        (
            "Press the button above and open the file: Install Certificate.",
            "Choose Local Machine, then “Place all certificates in the following store”: "
            "Trusted Root Certification Authorities.",
            "Close the browser and open it again.",
        ),
    ),
    (
        "Mac",
        (
            "Press the button above and open the file; it goes into Keychain Access.",
            "Open it there, and under Trust choose Always Trust.",
        ),
    ),
)


def trust_router(parts: Parts) -> APIRouter:
    """The page and the certificate. BadAuthority if the configured one cannot be read."""
    router = APIRouter(include_in_schema=False)
    authority = _authority(parts.config.http.ca)
    if authority is not None:
        structlog.get_logger("store").info("store.trust", fingerprint=fingerprint(authority))

    @router.get("/trust")
    def how() -> HTMLResponse:
        """The steps."""
        return HTMLResponse(_page(parts.config.name, authority), headers=_HEADERS)

    @router.get("/trust/ca.crt")
    def certificate() -> Response:
        """The authority's certificate, as every system takes it (DER)."""
        if authority is None:
            raise Problem(HTTPStatus.NOT_FOUND, "this store has no certificate authority of its own; see http.ca")
        return Response(authority, media_type="application/x-x509-ca-cert", headers={"Cache-Control": "no-store"})

    return router


class BadAuthority(Exception):
    """What `http.ca` names is no certificate; one line for a person."""


def _authority(path: str) -> bytes | None:
    if not path:
        return None
    try:
        return x509.load_pem_x509_certificate(Path(path).read_bytes()).public_bytes(Encoding.DER)
    except (OSError, ValueError) as error:
        raise BadAuthority(f"http.ca: {path} is no certificate in PEM: {error}") from error


def fingerprint(der: bytes) -> str:
    """SHA-256, as systems show it."""
    text = sha256(der).hexdigest().upper()
    return ":".join(text[at : at + 2] for at in range(0, len(text), 2))


def _in_pairs(der: bytes) -> str:
    """The same in a line or several, each of which ends with a colon."""
    return fingerprint(der).replace(":", ":<wbr>")


def _page(shop: str, authority: bytes | None) -> str:
    if authority is None:
        body = (
            "<p>This store has no certificate of its own yet. Whoever looks after it names one in store.toml "
            "([http] cert, key and ca); then this page shows how each device learns to trust it.</p>"
        )
    else:
        steps = "".join(
            f"<h2>{escape(system)}</h2><ol>{''.join(f'<li>{escape(step)}</li>' for step in each)}</ol>"
            for system, each in STEPS
        )
        body = (
            "<p>To notify you, keep its screen awake and open the console without a warning, this device must trust "
            'the shop’s certificate, once.</p><a class="get" href="/trust/ca.crt">Get the shop’s certificate</a>'
            "<h2>Is it the right one?</h2><p>Compare what your device shows with this, and with what the server itself "
            f"shows:</p><code>{_in_pairs(authority)}</code>{steps}"
            '<h2>Then</h2><p>Close this page and come back:</p><a class="on" href="/">Open the console</a>'
        )
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Trust {escape(shop)}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{_CSS}</style></head>'
        f"<body><main><h1>Trust {escape(shop)}</h1>{body}</main></body></html>"
    )
