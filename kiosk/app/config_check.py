"""Config check: whether a text can be a lane's kiosk.toml, and on which line it cannot (`kiosk config check`).

All that can be known without touching a device: keys, values, drivers and their own keys. What only shows when the lane
starts with it (a port that is somebody else's, a key file that is none) is for the trial to find out.
"""

import re
import sys
from pathlib import Path

import msgspec

from drivers.device import DeviceError
from drivers.registry import check_devices
from kiosk.app.config import Config, checked_config, read_config
from kiosk.app.config_files import beside
from kiosk.app.places import config_folder
from kiosk.values.settings import BadSettings
from kiosk.values.toml_text import layout, line_of, line_of_error

FILE = "kiosk.toml"
WHO_IT_IS = ("lane.store", "lane.till", "lane.currency", "storage.path")
"""What a console may not change: another name, money or journal makes it another lane, and its sales would be lost to
the one that it was."""

_DEVICE = re.compile(r"(devices\.[\w.-]+): (?:there is no setting '([\w-]+)'|there is no (driver)|([\w-]+)[:. ])?")
_PATH = re.compile(r"[\w-]+(?:\.[\w-]+|\[\d+\])*")


class Wrong(msgspec.Struct, frozen=True):
    """`line` of the text, from 1; 0 where it is about none."""

    why: str
    line: int = 0


def wrong_with(text: str) -> Wrong | None:
    """The first thing that cannot be meant; None: nothing."""
    try:
        config = checked_config(text, FILE)
        check_devices(config.devices, {"currency": config.lane.currency})
    except (BadSettings, DeviceError) as problem:
        why = str(problem).removeprefix(f"{FILE}: ")
        return Wrong(why, line_about(text, why))
    if not (config_folder() / "jurisdictions" / f"{config.lane.jurisdiction}.toml").is_file():
        return Wrong(f"lane.jurisdiction: there is no pack {config.lane.jurisdiction}")
    return None


def wrong_with_change(text: str, present: Config, folder: Path) -> Wrong | None:
    """The same, of a change from afar of what the lane has now; `folder` is where kiosk.toml lies."""
    found = wrong_with(text)
    if found is not None:
        return found
    new = beside(checked_config(text, FILE), folder)
    for name in WHO_IT_IS:
        table, _, key = name.partition(".")
        before, after = (getattr(getattr(config, table), key) for config in (present, new))
        if before != after:
            why = f"{name}: {before!r} is who this lane is: it is changed at the machine only"
            return Wrong(why, line_of(layout(text), (table, key)))
    return None


def main(path: Path) -> int:
    """`kiosk config check`: 0 if it can be meant; else 1, and the reason with its line."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        sys.stderr.write(f"kiosk: {path}: cannot be read: {error}\n")
        return 1
    found = wrong_with(text)
    if found is None:
        lane = read_config(path).lane
        sys.stdout.write(f"{path}: lane {lane.till} of {lane.store}; nothing is wrong with it\n")
        return 0
    sys.stderr.write(f"kiosk: {path}{f':{found.line}' if found.line else ''}: {found.why}\n")
    return 1


def line_about(text: str, why: str) -> int:
    """Where the setting stands that this is about."""
    at = line_of_error(text, why)
    if at or why.startswith("this is not TOML"):
        return at
    device = _DEVICE.match(why)
    name = re.sub(r"\[(\d+)\]", r".\1", (_PATH.match(why) or [""])[0])
    if device is not None:
        name = ".".join(filter(None, (device[1], device[2] or device[3] or device[4])))
    return line_of(layout(text), tuple(name.split(".")))
