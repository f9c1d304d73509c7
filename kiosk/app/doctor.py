"""Doctor: `kiosk doctor`, one line for each thing that a lane stands on: whether it is well, or what to do.

Nothing is changed and nothing is sold. A configuration that cannot be read is the only line: without it nobody knows
what the lane should have. `wrong` is what keeps the lane from selling, or from being believed; `look` is what somebody
should know. While the lane itself is running its devices are its own: then their lines are in Health & tests.
"""

import json
import os
import re
import shutil
import socket
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

from babel.messages.pofile import PoFileError, read_po

from drivers.registry import device_tables
from kiosk.app.config import Config, read_config
from kiosk.app.eyes import theme_of
from kiosk.app.gate import EXIT_READER
from kiosk.app.places import config_folder
from kiosk.app.signer import RSA, SIMULATED, missing
from kiosk.checkout.jurisdiction import BadPack, decode_pack
from kiosk.checkout.scale import SCALE
from kiosk.storage.journal import NotAJournal, read_journal
from kiosk.ui import assets
from kiosk.ui.picture_file import SUFFIXES
from kiosk.values.settings import BadSettings

Verdict = Literal["ok", "look", "wrong"]
ANSWER_S = 3
_DRAFT = re.compile(r'^"X-Kassa-Status: draft', re.MULTILINE)
_SYNCHRONIZED = Path("/run/systemd/timesync/synchronized")
"""systemd-timesyncd.service(8): there once the clock was set by the network."""


class Finding(NamedTuple):
    """One line. `what` is a fact, or for the rest what to do."""

    part: str
    verdict: Verdict
    what: str


def main(path: Path, *, as_json: bool = False, exercise: bool = False) -> int:
    """`kiosk doctor`: 0 if nothing is wrong, else 1."""
    from kiosk.app.doctor_devices import devices  # they load every driver that is named
    from kiosk.app.exercise import exercise as tried

    somebody = sys.stdin.isatty() and not as_json
    act = partial(tried, somebody=somebody, say=sys.stderr.write) if exercise else None
    findings = list(examine(path, partial(devices, tried=act)))
    if as_json:
        sys.stdout.write(json.dumps([finding._asdict() for finding in findings], ensure_ascii=False, indent=1) + "\n")
    else:
        wide = max(len(finding.part) for finding in findings)
        for part, verdict, what in findings:
            sys.stdout.write(f"{verdict:5}  {part:{wide}}  {what}\n")
    return int(any(finding.verdict == "wrong" for finding in findings))


def examine(path: Path, devices: Callable[[Config], Iterator[Finding]]) -> Iterator[Finding]:
    """All findings, the configuration's first; `devices` looks at what is plugged in."""
    try:
        config = read_config(path)
    except BadSettings as problem:
        yield Finding("config", "wrong", str(problem))
        return
    yield Finding("config", "ok", f"{path}: lane {config.lane.till} of {config.lane.store}, {config.lane.mode}")
    yield _jurisdiction(config)
    yield from _weighing(config)
    yield from _gate(config)
    yield _theme(config)
    yield from _languages(config)
    yield _fonts()
    yield _pictures(config)
    yield from devices(config)
    yield _store(config)
    yield from _disk(config)
    yield _clock(config, time.time())


def _jurisdiction(config: Config) -> Finding:
    path = config_folder() / "jurisdictions" / f"{config.lane.jurisdiction}.toml"
    try:
        pack = decode_pack(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, BadPack) as problem:
        return Finding("law", "wrong", f"{path}: {problem}; put back the file that came with Kassa")
    method = {"rsa": RSA, "simulated": SIMULATED}.get(config.fiscal.signer, "")
    if lacks := missing(pack.fiscal, method, live=config.lane.mode == "live"):
        what = f'a live lane in {pack.country} needs: {lacks}; set [fiscal], or mode = "demo" in [lane]'
        return Finding("law", "wrong", f"{path.name}: {what}")
    return Finding("law", "ok", f"{path.name}, {pack.country}")


def _weighing(config: Config) -> Iterator[Finding]:
    """Of a lane that sells by weight: which part weighs, and by what right."""
    if SCALE not in config.devices:
        return
    trade = config.weighing.trade()
    part = f"version {trade.version}, SHA-256 {trade.checksum}"
    if trade.certificates:
        yield Finding("weighing", "ok", f"{part}; certificates {', '.join(trade.certificates)}")
    elif config.weighing.checksum not in ("", trade.checksum):
        yield Finding("weighing", "wrong", f"not for trade: {part} is not the one that weighing.checksum names")
    else:
        yield Finding("weighing", "look", f"not for trade: write the certificates' numbers into [weighing]; {part}")


def _gate(config: Config) -> Iterator[Finding]:
    """A gate that waits for codes which no receipt has, or the reader of one."""
    waiting = [name for name in ("gate", EXIT_READER) if name in device_tables(config.devices)]
    if waiting and not config.lane.exit_codes:
        what = "no receipt has a code that opens it: write exit_codes = true into [lane], or take the gate out"
        yield Finding("exit codes", "look", f"there is a [devices.{waiting[0]}] and {what}")


def _theme(config: Config) -> Finding:
    try:
        theme_of(config.display)
    except BadSettings as problem:
        return Finding("theme", "wrong", str(problem))
    return Finding("theme", "ok", config.display.theme or "Kassa's own colours")


def _languages(config: Config) -> Iterator[Finding]:
    for language in config.lane.languages:
        part, path = f"language {language}", config_folder() / "words" / f"{language}.po"
        if language.partition("-")[0] == "en":
            yield Finding(part, "ok", "built in")
            continue
        try:
            text = path.read_text(encoding="utf-8")
            with path.open("rb") as file:
                catalogue = read_po(file, abort_invalid=True)
        except (OSError, ValueError, PoFileError) as problem:
            yield Finding(part, "wrong", f"{path}: {problem}; put back the file that came with Kassa")
            continue
        open_ = sum(1 for message in catalogue if message.id and not message.string)
        if _DRAFT.search(text):
            yield Finding(
                part, "look", f"{path.name} is a draft: have somebody who speaks it read it before shoppers do"
            )
        elif open_:
            yield Finding(part, "look", f"{path.name}: {open_} sentences are not translated and will be English")
        else:
            yield Finding(part, "ok", path.name)


def _fonts() -> Finding:
    try:
        for source in assets.SOURCES:
            assets.font(source.name)
    except assets.AssetsMissing as missing:
        return Finding("fonts", "wrong", str(missing))
    return Finding("fonts", "ok", f"{len(assets.SOURCES)} in {assets.directory() / 'fonts'}")


def _pictures(config: Config) -> Finding:
    if not config.attract.folder:
        return Finding("pictures", "ok", "none of the shop's own while nobody is there ([attract] folder is empty)")
    folder = Path(config.attract.folder)
    try:
        found = sum(path.suffix.lower() in SUFFIXES for path in folder.iterdir())
    except OSError as trouble:
        return Finding("pictures", "look", f"{folder}: {trouble.strerror}; let the lane's user read it")
    if not found:
        return Finding("pictures", "look", f"{folder} has none: put {', '.join(SUFFIXES)} there")
    return Finding("pictures", "ok", f"{found} in {folder}")


def _store(config: Config) -> Finding:
    """Whether the broker can be reached; who it lets in shows only when the lane speaks to it."""
    broker, link = urlsplit(config.link.broker), config.link
    if not link.broker:
        return Finding(
            "store", "look", "none ([link] broker is empty): the lane sells alone and the store sees nothing"
        )
    for key in ("ca", "cert", "key", "password_file"):
        named = getattr(link, key)
        if named and not Path(named).is_file():
            return Finding("store", "wrong", f"link.{key}: there is no file {named}")
    port = broker.port or (8883 if broker.scheme == "mqtts" else 1883)
    try:
        socket.create_connection((broker.hostname or "", port), timeout=ANSWER_S).close()
    except (OSError, UnicodeError) as trouble:
        why = getattr(trouble, "strerror", None) or trouble
        return Finding(
            "store", "look", f"{link.broker}: {why}. The lane sells and keeps it; is the broker on, the cable in?"
        )
    return Finding("store", "ok", f"{link.broker} answers")


def _disk(config: Config) -> Iterator[Finding]:
    path = Path(config.storage.path)
    folder = path.parent
    if not folder.is_dir():
        yield Finding(
            "disk", "wrong", f"there is no folder {folder} (storage.path): make it, for the lane's user to write"
        )
        return
    if not os.access(folder, os.W_OK | os.X_OK):
        yield Finding(
            "disk", "wrong", f"this user may not write in {folder}: ask as the lane's own user (sudo -u kiosk)"
        )
        return
    free, least = shutil.disk_usage(folder).free >> 20, config.storage.low_mib
    if free < least:
        yield Finding("disk", "wrong", f"{free} MiB free in {folder}: below {least} no sale begins; make room")
    else:
        yield Finding("disk", "ok", f"{free} MiB free in {folder}")
    if not is_there(path):
        yield Finding("journal", "look", f"{path} is not there yet: the lane makes it at its first start")
        return
    try:
        journal = read_journal(path)
        waiting = journal.outbox.length()
        journal.close()
    except (NotAJournal, OSError) as problem:
        yield Finding("journal", "wrong", f"{problem}; `kiosk verify {path}` says more")
        return
    yield Finding("journal", "ok", f"{path}, {waiting} messages wait for the store")


def is_there(path: Path) -> bool:
    """Whether this user can see the file."""
    try:
        return path.exists()
    except OSError:  # a folder above it is closed to this user, which the disk's line says
        return False


def _clock(config: Config, now_s: float) -> Finding:
    """Against what the lane wrote last: no sale was ever made in the future."""
    shown = datetime.fromtimestamp(now_s, UTC).astimezone(config.zone).strftime("%Y-%m-%d %H:%M %Z")
    path = Path(config.storage.path)
    last_s = path.stat().st_mtime if is_there(path) else 0
    if now_s < last_s - 1:
        return Finding("clock", "wrong", f"{shown} is before the lane's last record: set it (timedatectl set-ntp true)")
    if not _SYNCHRONIZED.exists():
        return Finding("clock", "look", f"{shown}; not set by the network as far as systemd tells: is it right?")
    return Finding("clock", "ok", f"{shown}, set by the network")
