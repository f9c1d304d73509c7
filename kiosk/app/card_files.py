"""Card files: whether what an operator has put onto a card can be a lane's settings, before they become that.

More than `kiosk config check` can know: the files that `[link]` names are there and belong together, and a machine that
has sold as one till is not made another, whose sales would then be lost to the first. What the new file does not say of
`[link]` stays as it was for the same till, so that new settings do not end an adoption.
"""

import ssl
from pathlib import Path
from typing import NoReturn

from cryptography import x509
from cryptography.x509.oid import NameOID

from kiosk.app.config import Config, checked_config
from kiosk.app.config_check import Wrong, wrong_with, wrong_with_change
from kiosk.app.config_files import beside
from kiosk.app.config_network import passphrase
from kiosk.app.troubles import Kind, placed
from kiosk.values.settings import BadSettings
from kiosk.values.toml_text import layout, line_of, literal, with_value

CONFIG = "kiosk.toml"
BESIDE = (".crt", ".pem", ".key", ".password", ".png", ".ttf", ".otf")
"""Endings of files that a configuration may name; secrets among them."""
_KEPT = ("broker", "ca", "cert", "key", "succession")


class Refused(Exception):
    """The operator's files are not taken over. The text is a line for a person."""

    def __init__(self, why: str, kind: Kind = "settings") -> None:
        super().__init__(why)
        self.kind = kind


def checked(source: Path, target: Path) -> str:
    """The text that kiosk.toml is to have in `target`, of the files in `source`. Raises Refused, OSError."""
    text = _text(source / CONFIG)
    _refuse(wrong_with(text))
    old = _old(target)
    if old is not None:
        if (target / old.storage.path).exists():
            _refuse(wrong_with_change(text, beside(old, target), target))
        text = _with_old_link(text, old)
    _check_link(text, source, target)
    return text


def _text(path: Path) -> str:
    """As any computer writes it: with a mark at the front or without."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(f"{path.name} is not written in UTF-8: save it as that") from None


def _refuse(found: Wrong | None) -> None:
    if found is not None:
        raise Refused(placed(CONFIG, found.line, found.why))


def _old(target: Path) -> Config | None:
    """What the machine is already, files as they are named; what cannot be read has nothing to keep."""
    try:
        return checked_config((target / CONFIG).read_text(encoding="utf-8"), CONFIG)
    except (BadSettings, OSError, UnicodeDecodeError):
        return None


def _with_old_link(text: str, old: Config) -> str:
    new = checked_config(text, CONFIG)
    if (new.lane.store, new.lane.till) != (old.lane.store, old.lane.till):
        return text
    said = {entry.path for entry in layout(text).entries}
    for key in _KEPT:
        value = getattr(old.link, key)
        if value and ("link", key) not in said:
            text = with_value(text, ("link", key), literal(value))
    return text


def _check_link(text: str, source: Path, target: Path) -> None:
    """The files of `[link]`: each there, readable, the certificate this till's own and the key's."""
    config, found = checked_config(text, CONFIG), layout(text)

    def refuse(key: str, why: str) -> NoReturn:
        raise Refused(placed(CONFIG, line_of(found, ("link", key)), f"link.{key}: {why}"), "identity")

    files: dict[str, Path] = {}
    for key in ("ca", "cert", "key", "password_file"):
        named = getattr(config.link, key)
        if named:
            beside = source / Path(named).name
            files[key] = beside if beside.is_file() else target / named
            if not files[key].is_file():
                refuse(key, f"there is no file {named} beside it on the card, nor on this machine")
    psk = config.network.psk_file
    if psk:
        here = source / Path(psk).name
        try:
            passphrase(here if here.is_file() else target / psk)
        except (ValueError, OSError) as error:
            where = line_of(found, ("network", "psk_file"))
            raise Refused(placed(CONFIG, where, f"{error}")) from None
    try:
        if "ca" in files:
            ssl.create_default_context(cafile=str(files["ca"]))
    except ssl.SSLError:
        refuse("ca", f"{config.link.ca} is no certificate in PEM")
    if ("cert" in files) != ("key" in files):
        refuse("cert", "cert and key go together: one of them is missing")
    if "cert" in files:
        why = pair_fault(files["cert"], files["key"], f"{config.lane.store}/{config.lane.till}")
        if why:
            refuse("cert", why)


def pair_fault(certificate: Path, key: Path, who: str) -> str:
    """Why these two are not this till's own; empty: they are."""
    try:
        name = x509.load_pem_x509_certificate(certificate.read_bytes()).subject
    except ValueError:
        return f"{certificate.name} is no certificate in PEM"
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_cert_chain(certificate, key, password=lambda: b"")
    except ssl.SSLError:
        return f"{key.name} is not the key of {certificate.name}, or no key in PEM without a password"
    named = [str(each.value) for each in name.get_attributes_for_oid(NameOID.COMMON_NAME)]
    if named and "/" in named[0] and named[0] != who:
        return f"{certificate.name} is {named[0]}'s, and this file is {who}'s"
    return ""


def begins_utc_s(target: Path) -> int:
    """From when the till's certificate is valid, in seconds since 1970; 0: it has none that can be read."""
    old = _old(target)
    if old is None or not old.link.cert:
        return 0
    try:
        read = x509.load_pem_x509_certificate((target / old.link.cert).read_bytes())
    except (OSError, ValueError):
        return 0
    return int(read.not_valid_before_utc.timestamp())
