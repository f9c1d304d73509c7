"""Troubles: what is wrong with the machine itself, told by what runs before the lane; whatever has the screen shows it.

One file each in `/run/kassa/troubles` (`KASSA_TROUBLES` names another folder), in memory: each boot finds out anew.
The lane goes on selling with one if it can; then staff read it under Health & tests. Where it cannot, the screen says
it, and the red lamp blinks its number (`blinking`), for a machine whose screen is dark.
Where there is no such folder, as on a desktop, nothing is told and nothing is wrong.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import msgspec
import structlog

from kiosk.values.settings import BadSettings

_UNWRITABLE = "storage.path: nothing can be written"
_OF_IDENTITY = ("link.ca", "link.cert", "link.key", "link.succession")
_USUAL = Path("/run/kassa/troubles")
KEEP = "Keep the card: what it has sold may still be read from it (kiosk export). Write another one for this checkout."
Kind = Literal["settings", "identity", "data", "boot", "network"]
BLINKS: dict[Kind, int] = {"settings": 2, "identity": 3, "data": 4, "boot": 5, "network": 6}
"""How often the lamp lights up between two pauses."""


class Trouble(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that is wrong: a title, and what it is and what to do, a paragraph each."""

    kind: Kind
    title: str
    lines: tuple[str, ...] = ()
    stops: bool = False
    """Whether a machine that is no till yet has to wait until somebody has mended it."""


def folder() -> Path:
    """Where they lie."""
    named = os.environ.get("KASSA_TROUBLES", "")
    return Path(named) if named else _USUAL


def tell(by: str, trouble: Trouble | None) -> None:
    """What the program `by` knows now, instead of what it knew before; None: nothing is wrong any more. OSError."""
    path = folder() / f"{by}.json"
    if trouble is None:
        path.unlink(missing_ok=True)
    elif path.parent.is_dir():
        part = path.with_suffix(".part")
        part.write_bytes(msgspec.json.encode(trouble))
        part.chmod(0o644)
        part.replace(path)


def known() -> tuple[Trouble, ...]:
    """All of them, those that stop a machine first."""
    found = []
    for path in sorted(folder().glob("*.json")):
        try:
            found.append(msgspec.json.decode(path.read_bytes(), type=Trouble))
        except (OSError, msgspec.DecodeError) as error:
            structlog.get_logger("troubles").error("trouble.unreadable", file=str(path), why=str(error))
    return tuple(sorted(found, key=lambda one: not one.stops))


def sentences() -> tuple[str, ...]:
    """Each in one line, for staff; what to do about it stood on the card and in the log."""
    return tuple(": ".join((one.title, *one.lines[:1])) for one in known())


@contextmanager
def telling(config_path: Path) -> Iterator[None]:
    """What stops the lane from starting is told, so that whatever has the screen next can show it."""
    from kiosk.storage.journal import NotAJournal  # here, since programs that start with the machine only tell

    tell("lane", None)
    try:
        yield
    except BadSettings as problem:
        tell("lane", of_settings(config_path, str(problem)))
        raise
    except NotAJournal as problem:
        tell("lane", Trouble("data", "This checkout's journal is damaged", (f"{problem}.", KEEP)))
        raise


def of_settings(config_path: Path, why: str) -> Trouble:
    """A setting that the lane cannot start with, with its line in the file."""
    from kiosk.app.config_check import line_about

    why = why.removeprefix(f"{config_path}: ")
    try:
        line = line_about(config_path.read_text(encoding="utf-8"), why)
    except (OSError, UnicodeDecodeError):
        line = 0
    kind: Kind = "settings"
    if why.startswith(_UNWRITABLE):
        kind = "data"
    elif why.startswith(_OF_IDENTITY):
        kind = "identity"
    return Trouble(kind, "This checkout cannot start with its settings", (placed(config_path.name, line, why),))


def placed(file: str, line: int, why: str) -> str:
    """`kiosk.toml, line 3: lane.tll is not a setting; did you mean till?`"""
    return f"{file}, line {line}: {why}" if line else f"{file}: {why}"
