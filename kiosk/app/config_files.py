"""Config files: what kiosk.toml names without a folder lies beside it, from wherever the lane is started.

So a card can be filled with kiosk.toml and the files that it names, and a shop's folder carried from one machine to the
next. Only names of files are looked at: a port is a device's affair, `demo` is the key that proves nothing.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from kiosk.wire.signed_receipt import DEMO

if TYPE_CHECKING:
    from kiosk.app.config import Config

FILES = {
    "storage": ("path",),
    "link": ("ca", "cert", "key", "succession", "password_file"),
    "attract": ("folder",),
    "receipts": ("signing_key_file",),
    "fiscal": ("key_file",),
    "deposits": ("signing_key_file", "slip_keys"),
}
"""The settings that are files, by table."""
DEVICE_FILES = ("ca", "cert", "calibration", "fonts")
"""The same of devices. `key` is one beside a `cert`; elsewhere it is a button's or a number."""


def beside(config: "Config", folder: Path) -> "Config":
    """The same with every file's whole path; `folder` is where kiosk.toml lies."""
    tables = {name: _placed(getattr(config, name), keys, folder) for name, keys in FILES.items()}
    devices = {name: _device(table, folder) for name, table in config.devices.items()}
    return replace(config, **tables, devices=devices)


def _placed(table: Any, keys: tuple[str, ...], folder: Path) -> Any:
    return replace(table, **{key: _whole(getattr(table, key), folder) for key in keys})


def _device(table: dict[str, Any], folder: Path) -> dict[str, Any]:
    keys = (*DEVICE_FILES, *(("key",) if table.get("cert") else ()))
    return {key: _whole(value, folder) if key in keys else value for key, value in table.items()}


def _whole(value: Any, folder: Path) -> Any:
    """Of one name or of several; what is no name is left to whoever reads the table."""
    if isinstance(value, tuple | list):
        return type(value)(_whole(one, folder) for one in value)
    return value if not isinstance(value, str) or value in ("", DEMO) else str(folder / value)
