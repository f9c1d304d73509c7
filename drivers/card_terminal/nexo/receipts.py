"""Receipts: the lines of a paper out of what terminals send as one.

    Base64 of JSON with a "ReceiptString" of lines (XML binding's vendor)    its lines
    name=...&value=...&key=..., form-encoded (JSON binding's vendor)          "name value", blanks between them
    anything else                                                            as it is, line by line

A paper is bounded in length and width: it goes onto a receipt and into the till's journal.
"""

import binascii
from base64 import b64decode
from typing import Any
from urllib.parse import parse_qs

import msgspec

LINES, COLUMNS = 60, 48
_WIDTH = 38
"""Where the value of a pair ends."""


class Paper(msgspec.Struct, frozen=True):
    """Lines, and whether the card holder must sign."""

    lines: tuple[str, ...]
    signature: bool = False


def read(texts: list[str]) -> Paper:
    """What these texts say together."""
    lines: list[str] = []
    signature = False
    for text in texts:
        data = _data(text)
        if data is not None:
            lines += _strings(_found(data, "ReceiptString"))
            signature = signature or _found(data, "SignatureBlock") is True
        elif "=" in text and ("name=" in text or "key=" in text):
            lines.append(_pair(text))
        else:
            lines += text.splitlines()
    return Paper(tuple(_clean(line) for line in lines[:LINES]), signature)


def _clean(line: str) -> str:
    return "".join(letter for letter in line[:COLUMNS] if letter.isprintable()).rstrip()


def _data(text: str) -> dict[str, Any] | None:
    """The JSON object in Base64; None if it is something else."""
    try:
        found = msgspec.json.decode(b64decode("".join(text.split()), validate=True))
    except (binascii.Error, ValueError, msgspec.DecodeError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _found(data: object, name: str, level: int = 0) -> object:
    """The first value of that name, wherever in it."""
    if not isinstance(data, dict) or level > 6:
        return None
    if name in data:
        return data[name]
    return next((hit for value in data.values() if (hit := _found(value, name, level + 1)) is not None), None)


def _strings(value: object) -> list[str]:
    return [line for line in value if isinstance(line, str)] if isinstance(value, list) else []


def _pair(text: str) -> str:
    fields = parse_qs(text, keep_blank_values=True, max_num_fields=20) if text.count("&") < 20 else {}
    name, value = (" ".join(fields.get(key, [])).strip() for key in ("name", "value"))
    if not name or not value:
        return name or value
    return f"{name} {value:>{max(0, _WIDTH - 1 - len(name))}}"
