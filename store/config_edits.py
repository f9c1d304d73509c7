"""Config edits: single settings of a lane's kiosk.toml changed in its text, whatever else stands there. Pure."""

from collections.abc import Iterable, Sequence
from difflib import unified_diff
from typing import Any

import msgspec

from kiosk.values.settings import BadSettings, decode_table
from kiosk.values.toml_text import CannotPlace, layout, literal, with_value, without
from kiosk.wire.configuring import KnownKey

FILE = "kiosk.toml"
_YES_NO = ("true", "false")


class CannotChange(Exception):
    """It is not done. One line for a person; `line` of the text that it is about, 0: of none."""

    def __init__(self, why: str, line: int = 0) -> None:
        self.why, self.line = why, line
        super().__init__(why)


class Edit(msgspec.Struct, frozen=True):
    """One setting, by its dotted path: at this value, written as TOML; None: at its default."""

    path: str
    value: str | None


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The text with these settings. CannotChange."""
    for edit in edits:
        path = tuple(edit.path.split("."))
        try:
            if edit.value is None:
                text = without(text, path)
                continue
            (wanted,) = decode_table(f"x = {edit.value}\n", edit.path).values()
            changed = with_value(text, path, edit.value.strip())
            found: Any = decode_table(changed, FILE)
            for part in path:
                found = found[part]
        except (BadSettings, CannotPlace, ValueError, KeyError, TypeError) as problem:
            raise CannotChange(f"{edit.path}: {_words(problem)}") from problem
        if found != wanted:
            raise CannotChange(f"{edit.path}: it cannot be set by itself: change it as text")
        text = changed
    return text


def _words(problem: Exception) -> str:
    if isinstance(problem, CannotPlace):
        return str(problem)
    return "this is no value: text stands in quotation marks, lists in brackets, as in the file"


def typed(key: KnownKey, value: str | bool) -> str:
    """What somebody has put into a form, as TOML. CannotChange."""
    if isinstance(value, bool):
        return literal(value)
    match key.kind:
        case "yes_no":
            if value not in _YES_NO:
                raise CannotChange(f"{key.path}: yes or no")
            return value
        case "number":
            if not value.strip().lstrip("-").isdecimal():
                raise CannotChange(f"{key.path}: {value!r} is not a whole number")
            return str(int(value))
        case "choice" if value not in key.choices:
            raise CannotChange(f"{key.path}: choose one of {', '.join(key.choices)}")
        case "text" | "choice":
            return literal(value)
    return value.strip()


def values_of(text: str) -> dict[str, str]:
    """Every setting that stands in the text, as it is written there."""
    values = (one for one in layout(text).entries if not one.table and not one.inside)
    return {".".join(one.path): text[one.start : one.end] for one in values}


def shown(value: str) -> str:
    """A written value as a form has it: text without its quotation marks."""
    (plain,) = decode_table(f"x = {value}\n", FILE).values()
    return plain if isinstance(plain, str) else value


def difference(before: str, after: str) -> Sequence[str]:
    """The lines that differ, each with a sign before it, and three around them."""
    return list(unified_diff(before.splitlines(), after.splitlines(), "before", "after", lineterm=""))[2:]
