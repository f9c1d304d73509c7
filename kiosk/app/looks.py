"""Looks: how the screen hangs and where the red lamp is, for a machine that has no settings it can go by.

A panel that hangs upright must be read by whoever comes to mend the machine, and the lamp that blinks must be the one
that is wired. So a kiosk.toml that is wrong as a whole is still asked for these two, each by itself: its `[display]`
and `[devices.lights]` are read even where the rest of the file is no TOML. What runs before the lane and has such a
text in hand (a refused file on KASSA, what could be read of a damaged card) keeps it in memory, beside the troubles;
whoever has the screen next finds it there.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from kiosk.app import troubles
from kiosk.app.config_tables import DisplayTable
from kiosk.values.settings import BadSettings, decode_table

_DISPLAY, _LIGHTS = "display", "devices.lights"
_OF_THE_GLASS = ("size", "rotate", "diagonal_mm", "distance_mm", "ada_text")
"""Of [display]: what can be meant without another file. Colours are not looked for: ours can be read by everybody."""
_HEADER = re.compile(r"^\s*\[\s*([\w.-]+)\s*\]\s*(?:#.*)?$", re.MULTILINE)


class Looks(msgspec.Struct, frozen=True):
    """`lights`: `[devices.lights]` as it was written; None: nobody has told."""

    display: DisplayTable = DisplayTable()
    lights: dict[str, Any] | None = None


def of(text: str) -> Looks:
    """What can be read of the text of a kiosk.toml; for the rest, what is usual."""
    tables = dict(_tables(text))
    display = dict[str, Any]()
    for key in _OF_THE_GLASS:
        value = tables.get(_DISPLAY, {}).get(key)
        if value is not None and _can_be(key, value):
            display[key] = value
    return Looks(msgspec.convert(display, DisplayTable), tables.get(_LIGHTS))


def _tables(text: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The two tables, each read alone."""
    headers = list(_HEADER.finditer(text))
    ends = [header.start() for header in headers[1:]] + [len(text)]
    for header, end in zip(headers, ends, strict=False):
        if header[1] in (_DISPLAY, _LIGHTS):
            try:
                yield header[1], decode_table(text[header.end() : end], header[1])
            except BadSettings:
                continue


def _can_be(key: str, value: object) -> bool:
    try:
        msgspec.convert({key: value}, DisplayTable)
    except msgspec.ValidationError:
        return False
    return True


def keep(text: str) -> None:
    """For whoever has the screen next. OSError. Where no troubles are told, as on a desktop, nothing is kept."""
    if troubles.folder().is_dir():
        path = _place()
        part = path.with_suffix(".part")
        part.write_bytes(msgspec.json.encode(of(text)))
        part.chmod(0o644)
        part.replace(path)


def known() -> Looks:
    """What was kept, or what is usual."""
    try:
        return msgspec.json.decode(_place().read_bytes(), type=Looks)
    except (OSError, msgspec.DecodeError):
        return Looks()


def _place() -> Path:
    return troubles.folder().with_name("looks.json")
