"""Settings: TOML into a struct, with errors that a technician can act on.

An unknown key is an error that names the file, the key and the nearest good one, because a misspelt key that is
silently ignored is found on the shop floor.
"""

import difflib
import types
import typing
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")


class BadSettings(ValueError):
    """The text is no TOML, has an unknown key or a wrong value. The message is one line for a person."""


def decode_settings(text: str, kind: type[T], file: str, retired: tuple[str, ...] = ()) -> T:
    """The settings in `text`; `file` is only for messages; `retired` are passed over (`table.key`). BadSettings."""
    raw = decode_table(text, file)
    for table, _, key in (path.partition(".") for path in retired):
        if isinstance(raw.get(table), dict):
            raw[table].pop(key, None)
    _refuse_unknown(raw, kind, file, "")
    try:
        return msgspec.convert(raw, kind)
    except msgspec.ValidationError as error:
        raise BadSettings(f"{file}: {_in_words(str(error), kind)}") from None


def decode_table(text: str, file: str) -> dict[str, Any]:
    """The settings in `text` as plain values, whatever they are called. Raises BadSettings."""
    try:
        raw: dict[str, Any] = msgspec.toml.decode(text)
    except (msgspec.DecodeError, RecursionError) as error:
        raise BadSettings(f"{file}: this is not TOML: {error or 'it is nested too deeply'}") from None
    return raw


def _in_words(message: str, kind: Any) -> str:
    text, _, path = message.partition(" - at `$.")
    path = path.rstrip("`")
    choices = [str(choice) for choice in _choices(kind, path)]
    wrong = text.removeprefix("Invalid enum value ").strip("'")
    told = f"{text}; {nearest(wrong, choices)}" if choices else text
    return f"{path}: {told}" if path else told


def _choices(kind: Any, path: str) -> tuple[object, ...]:
    """The good values of the setting at this path, where there are only a few."""
    for key in path.split("."):
        struct = _struct_of(kind)
        fields = msgspec.structs.fields(struct) if struct is not None else ()
        kind = next((field.type for field in fields if field.encode_name == key), None)
    return typing.get_args(kind) if typing.get_origin(kind) is typing.Literal else ()


def _refuse_unknown(raw: object, kind: Any, file: str, path: str) -> None:
    struct = _struct_of(kind)
    if struct is None or not isinstance(raw, dict):
        return
    good = {field.encode_name: field.type for field in msgspec.structs.fields(struct)}
    for key, value in raw.items():
        if key not in good:
            raise BadSettings(f"{file}: {path}{key} is not a setting; {nearest(key, list(good))}")
        _refuse_unknown(value, good[key], file, f"{path}{key}.")


def nearest(key: str, good: list[str]) -> str:
    """`did you mean ...?`, or the list of what there is."""
    close = difflib.get_close_matches(key, good, n=1)
    return f"did you mean {close[0]}?" if close else f"there are: {', '.join(sorted(good))}"


def _struct_of(kind: Any) -> type[msgspec.Struct] | None:
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return kind
    if typing.get_origin(kind) in (typing.Union, types.UnionType):
        return next((s for arg in typing.get_args(kind) if (s := _struct_of(arg)) is not None), None)
    return None
