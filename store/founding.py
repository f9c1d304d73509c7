"""Founding: everything that a new shop needs to begin, in one folder: authority, certificates, broker, store, tills.

    ca.crt  ca.key                  the shop's authority; ca.key belongs on no other machine
    store.toml  link.crt  link.key  the store server, and how it speaks to the broker
    console.crt  console.key        the console's HTTPS
    broker/                         mosquitto.conf, kassa.acl, broker.crt, broker.key, revoked.pem
    tills/k01/                      ca.crt, till.crt, till.key, kiosk.toml: what goes onto its card

Nobody has a password: the broker takes the name in the certificate for who speaks (`s001/k01`), and the access list
that we ship lets a till reach only its own topics. Certificates that end soon are issued anew by `renew`; the authority
stays.
"""

import ipaddress
import os
import re
from collections.abc import Iterable
from pathlib import Path

import msgspec

from store.certificates import NotOurs, Pair, common_name, due, ends, hosts_of, issue, new_authority, revocation_list
from store.packs import config_path

NAME = re.compile(r"[a-z0-9-]{1,32}")
_HOST = re.compile(r"(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*")
OWN = ("link.crt", "console.crt", "broker/broker.crt")
"""The certificates of the shop's own machine."""
LIST = "broker/revoked.pem"
"""The list of certificates that are not believed any more."""
LOOPBACK = ("localhost", "127.0.0.1", "::1")
USUAL_NAME = "kassa-store"
"""What a machine asks its network for that was not told where its store is."""


class CannotFound(Exception):
    """A shop cannot be founded so. One line for a person; nothing was written."""


class Plan(msgspec.Struct, frozen=True):
    """What somebody wants: the shop's id and name, how its machine is called on the shop's network, its tills."""

    store: str
    name: str
    host: str
    tills: tuple[str, ...]
    port: int = 8883
    adoption_port: int = 8443


def found(folder: Path, plan: Plan, now_utc_ms: int) -> list[str]:
    """Write it all; what was written, by name. CannotFound."""
    _check(plan)
    if folder.exists() and any(folder.iterdir()):
        raise CannotFound(f"{folder} is not empty: name a folder that does not exist yet")
    authority = new_authority(plan.name, now_utc_ms)
    hosts = (plan.host, *(host for host in (USUAL_NAME, *LOOPBACK) if host != plan.host))
    files = {
        "ca.crt": authority.certificate,
        "ca.key": authority.key,
        "store.toml": _store_toml(folder, plan).encode(),
        "broker/mosquitto.conf": _broker_conf(folder, plan).encode(),
        "broker/kassa.acl": access_list(plan.store).encode(),
        LIST: revocation_list(authority, {}, now_utc_ms),
        **_named("link", issue(authority, plan.store, now_utc_ms)),
        **_named("console", issue(authority, plan.host, now_utc_ms, hosts)),
        **_named("broker/broker", issue(authority, plan.host, now_utc_ms, hosts)),
    }
    for till in plan.tills:
        files |= _till_files(authority, plan.store, till, plan.host, plan.port, now_utc_ms)
    return write_files(folder, files)


def add_till(folder: Path, till: str, now_utc_ms: int) -> list[str]:
    """One more till in a shop that was founded; what was written. CannotFound."""
    if not NAME.fullmatch(till):
        raise CannotFound(f"{till!r} is no name of a till: a-z, 0-9 and -, at most 32")
    if (folder.joinpath("tills", till)).exists():
        raise CannotFound(f"{till} has its certificate already")
    store, host, port = reach(folder)
    return write_files(folder, _till_files(authority_of(folder), store, till, host, port, now_utc_ms))


def reach(folder: Path) -> tuple[str, str, int]:
    """The shop's id, how tills reach its machine, and the broker's port. CannotFound."""
    try:
        store = common_name((folder / "link.crt").read_bytes())
        host = hosts_of((folder / "broker/broker.crt").read_bytes())[0]
        conf = (folder / "broker/mosquitto.conf").read_text(encoding="utf-8")
    except (OSError, NotOurs, IndexError) as error:
        raise CannotFound(f"{folder} was not made by store init: {error}") from error
    port = re.search(r"^listener (\d+)", conf, re.MULTILINE)
    return store, host, int(port[1]) if port else Plan("", "", "", ()).port


def renew(folder: Path, now_utc_ms: int, names: Iterable[str] = ()) -> list[str]:
    """Issue anew what ends soon, with new keys; which, by name. Only of `names`, if there are any. CannotFound."""
    authority = authority_of(folder)
    files: dict[str, bytes] = {}
    for path in sorted(folder.joinpath(name) for name in names) or sorted(folder.rglob("*.crt")):
        if path.name == "ca.crt":
            continue
        old = path.read_bytes()
        try:
            if due(old, now_utc_ms):
                files |= _named(
                    path.relative_to(folder).with_suffix("").as_posix(),
                    issue(authority, common_name(old), now_utc_ms, hosts_of(old)),
                )
        except NotOurs as error:
            raise CannotFound(f"{path}: {error}") from error
    return write_files(folder, files)


def expiries(folder: Path) -> Iterable[tuple[str, str]]:
    """Each certificate with its last day."""
    for path in sorted(folder.rglob("*.crt")):
        yield path.relative_to(folder).as_posix(), ends(path.read_bytes())


def access_list(store: str) -> str:
    """Who may say and hear what, as we ship it, for this store."""
    return re.sub(r"\bs001\b", store, config_path("mosquitto/kassa.acl").read_text(encoding="utf-8"))


def _check(plan: Plan) -> None:
    for what, name in (("store", plan.store), *(("till", till) for till in plan.tills)):
        if not NAME.fullmatch(name):
            raise CannotFound(f"{name!r} is no name of a {what}: a-z, 0-9 and -, at most 32")
    if len(set(plan.tills)) < len(plan.tills):
        raise CannotFound("a till is named twice")
    if not _HOST.fullmatch(plan.host) and not _is_address(plan.host):
        raise CannotFound(f"{plan.host!r} is no host: write a name such as kassa.local, or an address")


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def authority_of(folder: Path) -> Pair:
    """The shop's authority, with its key. CannotFound."""
    try:
        return Pair((folder / "ca.crt").read_bytes(), (folder / "ca.key").read_bytes())
    except OSError as error:
        raise CannotFound(f"{folder} has no authority: {error.strerror}: {error.filename}") from error


def _named(name: str, pair: Pair) -> dict[str, bytes]:
    return {f"{name}.crt": pair.certificate, f"{name}.key": pair.key}


def _till_files(authority: Pair, store: str, till: str, host: str, port: int, now_utc_ms: int) -> dict[str, bytes]:
    place = f"tills/{till}"
    return {
        f"{place}/ca.crt": authority.certificate,
        **_named(f"{place}/till", issue(authority, f"{store}/{till}", now_utc_ms)),
        f"{place}/kiosk.toml": _kiosk_toml(store, till, host, port).encode(),
    }


def write_files(folder: Path, files: dict[str, bytes]) -> list[str]:
    """Whole files: each is written beside its place and moved there, so a cut leaves the old or the new one."""
    for name, content in files.items():
        path = folder.joinpath(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f"{path.name}.new")
        fresh.touch(_mode(name))  # before there is anything in it to be read
        with fresh.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    return list(files)


def _mode(name: str) -> int:
    return 0o600 if name.endswith(".key") else 0o644


def url_host(host: str) -> str:
    """As it stands in an address."""
    return f"[{host}]" if ":" in host else host


def _store_toml(folder: Path, plan: Plan) -> str:
    here = folder.resolve()
    return f"""# The store server of {plan.name}. Every key with its meaning: config/store.toml of Kassa.

[store]
id = "{plan.store}"
name = {_quoted(plan.name)}

[database]
url = "sqlite:///{here}/store.db"

[link]
broker = "mqtts://{url_host(plan.host)}:{plan.port}"
ca = "{here}/ca.crt"
cert = "{here}/link.crt"
key = "{here}/link.key"

[adoption]
folder = "{here}"
listen = "{"[::]" if ":" in plan.host else "0.0.0.0"}:{plan.adoption_port}"
"""


def _kiosk_toml(store: str, till: str, host: str, port: int) -> str:
    return f"""# Till {till}. Put this file with ca.crt, till.crt and till.key onto the card; add its devices.

[lane]
store = "{store}"
till = "{till}"

[link]
broker = "mqtts://{url_host(host)}:{port}"
ca = "ca.crt"
cert = "till.crt"
key = "till.key"
"""


def _broker_conf(folder: Path, plan: Plan) -> str:
    here = folder.resolve() / "broker"
    shipped = config_path("mosquitto/kassa.conf").read_text(encoding="utf-8")
    kept = shipped[shipped.index("# Retained states") :]
    return f"""# Mosquitto of {plan.name}: who has no certificate of this shop is not heard.
per_listener_settings false

listener {plan.port}
cafile {here.parent}/ca.crt
certfile {here}/broker.crt
keyfile {here}/broker.key
crlfile {here.parent}/{LIST}
tls_version tlsv1.2
require_certificate true
use_identity_as_username true

allow_anonymous false
acl_file {here}/kassa.acl

{kept}"""


def _quoted(text: str) -> str:
    """As a TOML basic string."""
    return '"' + "".join(f"\\u{ord(c):04X}" if ord(c) < 32 or c in '"\\' else c for c in text) + '"'
