"""Newer config: kiosk.toml as a newer version has left it, for the version before that runs again.

A key that nobody knows is an error, since a misspelt one would be found on the shop floor. But where a newer version
has run on this machine (its name is in the journal) and it has gone back, an unknown key may be one that the console
has set there: the lane sells on without it, and says so, rather than not at all. Options of a device are its driver's
to judge.
"""

from pathlib import Path

import msgspec
import structlog

from kiosk.app.config import Config, checked, read_config
from kiosk.app.config_files import beside
from kiosk.storage.journal import NotAJournal, read_journal
from kiosk.storage.newer import known_part
from kiosk.values.settings import BadSettings, decode_table
from kiosk.values.version import NoVersion, newer


def running_config(path: Path, version: str) -> Config:
    """The configuration that the lane runs on. `version` is ours. BadSettings."""
    try:
        return read_config(path)
    except BadSettings:
        found = _of_a_newer(path, version)
        if found is None:
            raise
        config, forgotten = found
    what = "a newer version has run here: update again, or take these keys out"
    structlog.get_logger("config").error("config.of_a_newer_version", forgotten=forgotten, what_to_do=what)
    return config


def _of_a_newer(path: Path, version: str) -> tuple[Config, tuple[str, ...]] | None:
    """What is known of it, and the keys that are not; None: it is wrong in another way, or nobody newer was here."""
    try:
        text = msgspec.json.encode(decode_table(path.read_text(encoding="utf-8"), str(path))).decode()
        config, forgotten = known_part(text, msgspec.json.Decoder(Config))
        config = beside(checked(config, str(path)), path.resolve().parent)
    except (OSError, UnicodeDecodeError, msgspec.DecodeError, BadSettings):
        return None
    return (config, forgotten) if forgotten and _newer_wrote(Path(config.storage.path), version) else None


def _newer_wrote(journal: Path, version: str) -> bool:
    try:
        reader = read_journal(journal)
    except (FileNotFoundError, NotAJournal):
        return False
    try:
        return newer(reader.meta("software") or version, version)
    except NoVersion:
        return False
    finally:
        reader.close()
