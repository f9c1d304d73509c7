"""Founding: everything that a new shop needs to begin, in one folder: authority, certificates, broker, store, tills.

    ca.crt  ca.key                  the shop's authority; ca.key belongs on no other machine
    store.toml  link.crt  link.key  the store server, and how it speaks to the broker
    console.crt  console.key        the console's HTTPS
    broker/                         mosquitto.conf, kassa.acl, broker.crt, broker.key, revoked.pem
    tills/k01/                      ca.crt, till.crt, till.key, kiosk.toml: what goes onto its card

Nobody has a password: the broker takes the name in the certificate for who speaks (`s001/k01`), and the access list
that we ship lets a till reach only its own topics. Certificates that end soon are issued anew by `renew`; the authority
stays. The broker runs under the account that founded the shop, since its key and lists are that account's: so the store
may tell it to read them again, and nobody else may read them.

A shop is there whole or not at all: it is written into `founding.part` inside its folder and moved into its place from
there. Whoever finds nothing but that in a folder finds a shop that was never founded.
"""

import ipaddress
import os
import re
import shutil
from collections.abc import Iterable
from pathlib import Path
from zoneinfo import available_timezones

from store.certificates import NotOurs, Pair, common_name, due, ends, hosts_of, issue, new_authority, revocation_list
from store.config import BadSettings, StoreTable, read_config
from store.founding_texts import Plan, access_list, broker_conf, kiosk_toml, store_toml, url_host
from store.packs import config_path

__all__ = ["CannotFound", "Plan", "access_list", "add_till", "found", "reach", "renew", "url_host", "write_files"]

NAME = re.compile(r"[a-z0-9-]{1,32}")
_HOST = re.compile(r"(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*")
OWN = ("link.crt", "console.crt", "broker/broker.crt")
"""The certificates of the shop's own machine."""
LIST = "broker/revoked.pem"
"""The list of certificates that are not believed any more."""
LOOPBACK = ("localhost", "127.0.0.1", "::1")
USUAL_NAME = "kassa-store"
"""What a machine asks its network for that was not told where its store is."""
_PART = "founding.part"
_LAST = "store.toml"
"""What makes a folder a shop, so it comes last."""
_NO_FOLDER = re.compile(r"[\x00-\x1f\x7f?%]")
"""What an address of a database or a line of mosquitto.conf cannot have in it."""


class CannotFound(Exception):
    """A shop cannot be founded so. One line for a person; nothing was written."""


def found(folder: Path, plan: Plan, now_utc_ms: int) -> list[str]:
    """Write it all; what was written, by name. CannotFound, and nothing is left of it."""
    _check(plan)
    _check_folder(folder)
    files = _all_files(folder, plan, now_utc_ms)
    made, part = _first_missing(folder), folder.joinpath(_PART)
    tops = sorted({name.partition("/")[0] for name in files}, key=lambda top: (top == _LAST, top))
    try:
        shutil.rmtree(part, ignore_errors=True)
        write_files(part, files)
        for top in tops:
            part.joinpath(top).replace(folder.joinpath(top))
        part.rmdir()
    except OSError as error:
        _remove([made] if made is not None else [folder.joinpath(name) for name in (_PART, *tops)])
        raise CannotFound(f"{error.strerror or error}: {error.filename or folder}; nothing was founded") from error
    return list(files)


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def _all_files(folder: Path, plan: Plan, now_utc_ms: int) -> dict[str, bytes]:
    authority = new_authority(plan.name, now_utc_ms)
    hosts = (plan.host, *(host for host in (USUAL_NAME, *LOOPBACK) if host != plan.host))
    files = {
        "ca.crt": authority.certificate,
        "ca.key": authority.key,
        "store.toml": store_toml(folder, plan).encode(),
        "broker/mosquitto.conf": broker_conf(folder, plan).encode(),
        "broker/kassa.acl": access_list(plan.store).encode(),
        LIST: revocation_list(authority, {}, now_utc_ms),
        **_named("link", issue(authority, plan.store, now_utc_ms)),
        **_named("console", issue(authority, plan.host, now_utc_ms, hosts)),
        **_named("broker/broker", issue(authority, plan.host, now_utc_ms, hosts)),
    }
    for till in plan.tills:
        files |= _till_files(authority, plan.table, till, plan.host, plan.port, now_utc_ms)
    return files


def _check_folder(folder: Path) -> None:
    if _NO_FOLDER.search(str(folder.resolve())):
        raise CannotFound(f"{str(folder)!r}: name a folder without ?, % and control characters")
    if folder.joinpath(_LAST).exists():
        raise CannotFound(f"{folder} holds a shop already: `store till add` gives it another till; nothing was changed")
    if folder.exists() and not folder.is_dir():
        raise CannotFound(f"{folder} is a file: name a folder that does not exist yet")
    if folder.exists() and any(one.name != _PART for one in folder.iterdir()):
        raise CannotFound(f"{folder} is not empty: name a folder that does not exist yet")


def _first_missing(folder: Path) -> Path | None:
    """The highest folder that would be made for this one; None if it is there."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    return missing[-1] if missing else None


def add_till(folder: Path, till: str, now_utc_ms: int) -> list[str]:
    """One more till in a shop that was founded; what was written. CannotFound."""
    if not NAME.fullmatch(till):
        raise CannotFound(f"{till!r} is no name of a till: a-z, 0-9 and -, at most 32")
    if (folder.joinpath("tills", till)).exists():
        raise CannotFound(f"{till} has its certificate already")
    store, host, port = reach(folder)
    return write_files(folder, _till_files(authority_of(folder), _table(folder, store), till, host, port, now_utc_ms))


def _table(folder: Path, store: str) -> StoreTable:
    """`[store]` as it is now, if store.toml lies where it was written."""
    settings = folder.joinpath(_LAST)
    try:
        return read_config(settings).store if settings.is_file() else StoreTable(store)
    except BadSettings as error:
        raise CannotFound(str(error)) from error


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


def _check(plan: Plan) -> None:
    for what, name in (("store", plan.store), *(("till", till) for till in plan.tills)):
        if not NAME.fullmatch(name):
            raise CannotFound(f"{name!r} is no name of a {what}: a-z, 0-9 and -, at most 32")
    if len(set(plan.tills)) < len(plan.tills):
        raise CannotFound("a till is named twice")
    if not _HOST.fullmatch(plan.host) and not _is_address(plan.host):
        raise CannotFound(f"{plan.host!r} is no host: write a name such as kassa.local, or an address")
    if not config_path(f"jurisdictions/{plan.jurisdiction}.toml").is_file():
        raise CannotFound(
            f"there is no jurisdiction {plan.jurisdiction!r}: config/jurisdictions has those that there are"
        )
    if not re.fullmatch(r"[A-Z]{3}", plan.currency):
        raise CannotFound(f"{plan.currency!r} is no currency such as SEK (ISO 4217)")
    if plan.timezone not in available_timezones():
        raise CannotFound(f"{plan.timezone!r} is no time zone such as Europe/Stockholm")


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


def _till_files(
    authority: Pair, store: StoreTable, till: str, host: str, port: int, now_utc_ms: int
) -> dict[str, bytes]:
    place = f"tills/{till}"
    return {
        f"{place}/ca.crt": authority.certificate,
        **_named(f"{place}/till", issue(authority, f"{store.id}/{till}", now_utc_ms)),
        f"{place}/kiosk.toml": kiosk_toml(store, till, host, port).encode(),
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
