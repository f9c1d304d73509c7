"""Hidden: a lane's settings as others may see them, and back again.

What is secret in kiosk.toml (passwords, shared keys, tokens) never leaves the lane: in its place stands HIDDEN, in
comments too, where an old password may stand. Who edits such a text leaves HIDDEN as it is, and the lane puts its own
back in; whoever writes something else there gives it a new one.
"""

import re

from kiosk.values.settings import BadSettings, decode_table
from kiosk.values.toml_text import Entry, layout

HIDDEN = '"(hidden)"'

_NAME = r"(?:[a-z0-9]+_)*(?:password|passphrase|secret|token|pin_code)"
_SECRET = re.compile(_NAME)
_WITH_PASSWORD = re.compile(r"//[^/\s\"'@]*:[^/\s\"']*@")
"""User and password in an address (RFC 3986, 3.2.1)."""
_IN_A_COMMENT = re.compile(rf"(\b(?:{_NAME}|key)\s*=\s*)(\"[^\"\n]+\"|'[^'\n]+'|[^\s\"',}}]+)")
_EMPTY = ('""', "''")


def is_secret(path: tuple[str, ...], literal: str) -> bool:
    """Whether the value of this setting, as it is written, is nobody's business outside the lane.

    `key` is the name of a PEM file in most tables; where it is no path it is the key itself.
    """
    if literal in _EMPTY:
        return False
    name = next((part for part in reversed(path) if not part.isdigit()), "")
    if _SECRET.fullmatch(name) or (name == "key" and "devices" in path and "/" not in literal):
        return True
    return _WITH_PASSWORD.search(literal) is not None


def hidden(text: str) -> str:
    """The text without what is secret. BadSettings if it is no TOML: then nobody knows what is."""
    decode_table(text, "kiosk.toml")
    found = layout(text)
    cuts = [(one.start, one.end, HIDDEN) for one in _secrets(text, found.entries)]
    for start, end in found.comments:
        comment = _WITH_PASSWORD.sub("//(hidden)@", _IN_A_COMMENT.sub(_without, text[start:end]))
        cuts.append((start, end, comment))
    return _cut(text, cuts)


def revealed(text: str, present: str) -> str:
    """The text with what is hidden in it as the lane has it now. BadSettings where the lane has nothing there."""
    decode_table(text, "kiosk.toml")
    own = {one.path: present[one.start : one.end] for one in layout(present).entries if not one.table}
    cuts = []
    for one in layout(text).entries:
        if text[one.start : one.end] != HIDDEN:
            continue
        if one.path not in own:
            raise BadSettings(f"{'.'.join(one.path)}: it is hidden here and this lane has none of its own: write it")
        cuts.append((one.start, one.end, own[one.path]))
    return _cut(text, cuts)


def secrets_of(text: str) -> tuple[str, ...]:
    """The secret values themselves, for whoever must not write them down. BadSettings."""
    decode_table(text, "kiosk.toml")
    return tuple(text[one.start : one.end].strip("\"'") for one in _secrets(text, layout(text).entries))


def _secrets(text: str, entries: tuple[Entry, ...]) -> list[Entry]:
    """The innermost: an array or a table around one is none itself."""
    values = (one for one in entries if not one.table and text[one.start] not in "[{")
    return [one for one in values if is_secret(one.path, text[one.start : one.end])]


def _without(found: re.Match[str]) -> str:
    is_file = found[1].startswith("key") and "/" in found[2]
    return found[0] if is_file else f"{found[1]}{HIDDEN}"


def _cut(text: str, cuts: list[tuple[int, int, str]]) -> str:
    for start, end, instead in sorted(cuts, reverse=True):
        text = text[:start] + instead + text[end:]
    return text
