"""Known keys: what this version of the lane can be told in kiosk.toml, for whoever makes a form of it.

Read from the types that check the file, so that a form never knows a key that the lane does not; the help is the
comment that stands behind the key in the kiosk.toml that we ship.
"""

from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec import inspect

from drivers.device import DeviceError
from drivers.registry import device_tables, drivers_of, settings_of
from kiosk.app.config import Config
from kiosk.values.toml_text import layout, literal
from kiosk.wire.configuring import KnownKey

_DEVICES = "devices"


def known_keys(config: Config, shipped: Path) -> tuple[KnownKey, ...]:
    """Of all tables, and of the devices that this lane has. `shipped`: our own kiosk.toml, with its comments."""
    helps = _helps(shipped.read_text(encoding="utf-8"))
    tables = [one for one in _of("", Config) if not one.path.startswith(_DEVICES)]
    return tuple(msgspec.structs.replace(one, help=helps.get(one.path, "")) for one in (*tables, *_devices(config)))


def _devices(config: Config) -> Iterator[KnownKey]:
    for name, table in device_tables(config.devices).items():
        place = f"{_DEVICES}.{name}"
        try:
            choices = drivers_of(name)
            yield KnownKey(path=f"{place}.driver", kind="choice", choices=choices)
            yield from _of(f"{place}.", settings_of(name, table))
        except DeviceError:  # told when the device was made
            continue


def _of(around: str, struct: type[msgspec.Struct]) -> Iterator[KnownKey]:
    for field in msgspec.structs.fields(struct):
        path = f"{around}{field.encode_name}"
        if isinstance(field.type, type) and issubclass(field.type, msgspec.Struct):
            yield from _of(f"{path}.", field.type)
        else:
            yield _key(path, field)


def _key(path: str, field: msgspec.structs.FieldInfo) -> KnownKey:
    default = "" if field.default in (msgspec.NODEFAULT, None) else literal(msgspec.to_builtins(field.default))
    match inspect.type_info(field.type):
        case inspect.BoolType():
            return KnownKey(path=path, kind="yes_no", default=default)
        case inspect.IntType():
            return KnownKey(path=path, kind="number", default=default)
        case inspect.StrType():
            return KnownKey(path=path, kind="text", default=default)
        case inspect.LiteralType(values=values) if all(isinstance(value, str) for value in values):
            return KnownKey(path=path, kind="choice", choices=tuple(str(value) for value in values), default=default)
    return KnownKey(path=path, kind="toml", default=default)


def _helps(text: str) -> dict[str, str]:
    found = layout(text)
    by_line = {text.count("\n", 0, start) + 1: text[start:end].lstrip("# ") for start, end in found.comments}
    behind = ((one, by_line.get(one.line, "")) for one in found.entries if not one.table and not one.inside)
    return {".".join(one.path): comment for one, comment in behind if comment}
