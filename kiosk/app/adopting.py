"""Adopting: `kiosk adopt URL CODE` makes this machine a till of a shop, or gives a till new certificates.

What the shop must prove, and what this machine, stands in `kiosk.wire.adoption`. kiosk.toml is put into its place last:
without it nothing starts. Whatever is cut short before the certificate is ours is done again from the beginning with
the key that was made first, and the shop gives the same answer; after that moment it takes another code.
"""

import http.client
import json
import ssl
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec

from kiosk.app import succession
from kiosk.app.config import Config, read_config
from kiosk.app.identity import Identity, NotForUs, written
from kiosk.app.plugged_in import suggestions
from kiosk.values.settings import BadSettings
from kiosk.wire.adoption import Adopted, BadCode, pin_of, read_code

FAILURE = 1
_PATIENCE_S = 15
_MOST_BYTES = 65_536


class CannotAdopt(Exception):
    """This machine is no till yet. One line for a person."""


def main(url: str, code: str, folder: Path, *, again: bool) -> int:
    """The command; the exit code."""
    try:
        lines = adopt(url, code, folder.absolute(), again=again)
    except (CannotAdopt, BadCode, NotForUs, BadSettings) as error:
        sys.stderr.write(f"kiosk: {error}\n")
        return FAILURE
    except OSError as error:
        sys.stderr.write(f"kiosk: {folder} cannot be written: {error}\n")
        return FAILURE
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    return 0


def adopt(url: str, code: str, folder: Path, *, again: bool = False) -> list[str]:
    """What was done, in lines. CannotAdopt, BadCode, NotForUs, BadSettings, OSError."""
    wanted = read_code(code)
    settings = folder / "kiosk.toml"
    old = _old(settings, again=again)
    authority = _proved_authority(url, wanted.pin)
    identity = _identity(folder, old)
    identity.settle()
    body = {"code": wanted.secret, "request": identity.request().decode("ascii"), "till": old.lane.till if old else ""}
    answer = asked(url, authority, "/adopt", body)
    try:
        adopted = msgspec.json.decode(answer, type=Adopted)
    except msgspec.DecodeError as error:
        raise CannotAdopt(f"{url} answered something that is no till's: {error}") from error
    if old is None:
        become(folder, authority, adopted, identity)
    else:
        written(Path(old.link.ca), authority.encode())
        identity.take(adopted.certificate.encode())
    return [
        f"This machine is till {adopted.till} of {adopted.name}.",
        *([] if old else [f"Its devices belong into {settings}: see kiosk devices."]),
        f"Start it: kiosk run --config {settings}",
    ]


def become(folder: Path, authority: str, adopted: Adopted, identity: Identity) -> None:
    """Write all that this machine is now; kiosk.toml last. CannotAdopt, NotForUs, OSError."""
    settings = folder / "kiosk.toml"
    tried = settings.with_name("kiosk.toml.new")
    _configure(tried, adopted)
    written(folder / "ca.crt", authority.encode())
    if adopted.succession is not None:
        succession.keep(folder / succession.FILE, adopted.succession)
    identity.take(adopted.certificate.encode())
    tried.replace(settings)


def _old(settings: Path, *, again: bool) -> Config | None:
    """What this machine is already, if it is to stay that."""
    if not again:
        if settings.exists():
            raise CannotAdopt(f"{settings} is there already: this machine is a till. --again renews its certificate")
        return None
    old = read_config(settings)
    if not (old.link.ca and old.link.cert and old.link.key):
        raise CannotAdopt(f"{settings}: [link] names no ca, cert and key that could be renewed")
    return old


def _identity(folder: Path, old: Config | None) -> Identity:
    if old is None:
        return Identity(folder / "till.crt", folder / "till.key")
    return Identity(Path(old.link.cert), Path(old.link.key))


def _proved_authority(url: str, pin: bytes) -> str:
    """The shop's authority, PEM, if the code says that it is this one."""
    text, content = authority_at(url)
    if pin_of(content) != pin:
        raise CannotAdopt(
            f"{url} is not the shop that made this code, or the code was mistyped; nothing was told to it"
        )
    return text


def authority_at(url: str) -> tuple[str, bytes]:
    """Whose authority (PEM and DER) whoever answers there says is theirs; nobody is believed yet. CannotAdopt."""
    trusting = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    try:
        text = _answer(url, trusting, "GET", "/adopt/authority", None).decode("ascii")
        return text, ssl.PEM_cert_to_DER_cert(text)
    except ValueError as error:
        raise CannotAdopt(f"{url} is no shop's door for new tills: it has no certificate to show") from error


def asked(url: str, authority: str, path: str, body: dict[str, str]) -> bytes:
    """What whoever has this authority answers there. CannotAdopt."""
    return _answer(url, ssl.create_default_context(cadata=authority), "POST", path, body)


def _answer(url: str, trust: ssl.SSLContext, method: str, path: str, body: Any) -> bytes:
    host, port = _door(url)
    line = http.client.HTTPSConnection(host, port, timeout=_PATIENCE_S, context=trust)
    try:
        headers = {"Content-Type": "application/json"} if body is not None else {}
        line.request(method, path, json.dumps(body) if body is not None else None, headers)
        reply = line.getresponse()
        content = reply.read(_MOST_BYTES)
    except ssl.SSLCertVerificationError as error:
        raise CannotAdopt(
            f"{url}: its certificate does not fit: {error.verify_message}; "
            "is the address as the console shows it, and this machine's clock right?"
        ) from error
    except (OSError, http.client.HTTPException) as error:
        raise CannotAdopt(f"{url} cannot be reached: {error or type(error).__name__}") from error
    finally:
        line.close()
    if reply.status != http.client.OK:
        raise CannotAdopt(_refusal(url, reply.status, content))
    return content


def _door(url: str) -> tuple[str, int]:
    try:
        parts = urlsplit(url)
        if parts.scheme == "https" and parts.hostname:
            return parts.hostname, parts.port or 443
    except ValueError:
        pass  # a port that is no number: told below
    raise CannotAdopt(f"{url!r} is no address such as https://kassa.local:8443")


def _refusal(url: str, status: int, content: bytes) -> str:
    """The shop's own words (RFC 9457), if it has any."""
    try:
        detail = json.loads(content)["detail"]
    except (ValueError, KeyError, TypeError):
        return f"{url} answered {status}: is it a shop's door for new tills?"
    return f"the shop says: {detail}"


def _configure(path: Path, adopted: Adopted) -> None:
    """Write what the shop knows of kiosk.toml into this file; see that it is one."""
    lane = ("store", "till", "name", "currency", "jurisdiction", "timezone", "day_starts", "mode")
    files = {"ca": "ca.crt", "cert": "till.crt", "key": "till.key"}
    if adopted.succession is not None:
        files["succession"] = succession.FILE
    text = "\n".join(
        [
            f"# Till {adopted.till}. Every key with its meaning: config/kiosk.toml of Kassa. Add its devices.",
            "",
            "[lane]",
            *(f"{key} = {_quoted(getattr(adopted, key))}" for key in lane),
            "",
            "[link]",
            f"broker = {_quoted(adopted.broker)}",
            *(f"{key} = {_quoted(str(path.with_name(name)))}" for key, name in files.items()),
            *suggestions(),
            "",
        ]
    )
    written(path, text.encode())
    try:
        read_config(path)
    except BadSettings as error:
        raise CannotAdopt(f"the shop's settings do not fit this version of Kassa: {error}") from error


def _quoted(text: str) -> str:
    """As a TOML basic string: JSON's, but for the one control character that JSON leaves as it is."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")
