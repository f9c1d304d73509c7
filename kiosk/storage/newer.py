"""Newer: what a newer version has written, as far as this one knows it.

A machine that has gone back to the version before finds records of the newer one. Structs only grow, so what it knows
of them is a whole record; what it does not know is forgotten, by name. That is done only where a newer version is known
to have written (`Journal.boot`), never for what is audited: there an unknown field is damage until somebody looks.

Pure. msgspec says where an unknown field is, one at a time, and that is what is gone by. It does not say so of a struct
that is written as an array: those may not grow (tests/kiosk/storage/test_newer.py has them all).
"""

import re
from collections.abc import Callable
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")
_FIELD = re.compile(r"Object contains unknown field `(?P<name>.*?)`(?: - at `\$(?P<path>.*)`)?", re.DOTALL)
_OF_ANOTHER_KIND = re.compile(r"Invalid value '.*' - at `\$\.type`", re.DOTALL)
_STEP = re.compile(r"\.([^.\[]+)|\[(\d+|\.\.\.)\]")
_MOST = 1_000
"""So many fields may be unknown; more are no record of ours."""


def known_part(text: str, decoder: msgspec.json.Decoder[T]) -> tuple[T, tuple[str, ...]]:
    """The record without what is not known of it, and the names of that. msgspec.DecodeError: it is none of ours."""
    forgotten: list[str] = []
    whole: Any = None
    for _ in range(_MOST):
        try:
            return decoder.decode(text), tuple(forgotten)
        except msgspec.ValidationError as error:
            whole = msgspec.json.decode(text) if whole is None else whole
            gone = _forget(whole, str(error))
            if not gone:
                raise
            forgotten.append(gone)
            text = msgspec.json.encode(whole).decode()
    return decoder.decode(text), tuple(forgotten)


def _forget(whole: Any, why: str) -> str:
    """Take out what the message names; its name, or nothing if the message is of another kind."""
    if (field := _FIELD.fullmatch(why)) is not None:
        name, path = field["name"], field["path"] or ""
        found = [part for part in _places(whole, path) if isinstance(part, dict) and name in part]
        for part in found:
            del part[name]
        return f"{path}.{name}".removeprefix(".") if found else ""
    return ""


def _places(whole: Any, path: str) -> list[Any]:
    """What a path of msgspec leads to; `[...]` is any of a table's values."""
    places = [whole]
    for key, index in _STEP.findall(path):
        if index == "...":
            places = [value for place in places if isinstance(place, dict) for value in place.values()]
        elif index:
            places = [place[int(index)] for place in places if isinstance(place, list) and int(index) < len(place)]
        else:
            places = [place[key] for place in places if isinstance(place, dict) and key in place]
    return places


def forgiving(decoder: msgspec.json.Decoder[T], forgotten: list[str]) -> Callable[[str, str], T | None]:
    """(JSON text, what to call it) -> the record; None: it is of a kind that this version does not have.

    What is left out is put into `forgotten`. msgspec.DecodeError: it is none of ours at all.
    """

    def decode(text: str, record: str) -> T | None:
        try:
            found, names = known_part(text, decoder)
        except msgspec.ValidationError as error:
            if _OF_ANOTHER_KIND.fullmatch(str(error)) is None:
                raise
            forgotten.append(f"{record}: {error}")
            return None
        forgotten.extend(f"{record}: {name}" for name in names)
        return found

    return decode
