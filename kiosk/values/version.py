"""Version: which of two is newer, the same answer on a lane and in the store.

Numbers are compared as numbers (1.10 is newer than 1.9), a trailing `.0` says nothing, and what comes before a release
is older than it: `1.2.0rc1`, `1.2.0-beta` < `1.2.0` < `1.2.0+20261127`. That is how Python (PEP 440) and Debian order
them where both agree; what they disagree about nobody here writes.
"""

import re

_SHAPE = re.compile(r"[0-9]+(\.[0-9]+)*([-+.~]?[0-9A-Za-z]+)*")
_PARTS = re.compile(r"[0-9]+|[a-z]+")
_BEFORE = ("a", "alpha", "b", "beta", "dev", "pre", "rc")
LONGEST = 40

Key = tuple[tuple[int, int, str], ...]


class NoVersion(ValueError):
    """The text is none. One line for a person."""


def version_key(text: str) -> Key:
    """What versions are sorted by. NoVersion."""
    if len(text) > LONGEST or not _SHAPE.fullmatch(text):
        raise NoVersion(f"{text[:LONGEST]!r} is no version such as 1.4.0")
    head, tail = _split(_PARTS.findall(text.lower()))
    while head and head[-1] == 0:
        head.pop()
    parts = [(1, number, "") for number in head]
    return (*parts, *(_part(word) for word in tail), (0, 0, ""))


def newer(one: str, than: str) -> bool:
    """Whether `one` is newer. NoVersion."""
    return version_key(one) > version_key(than)


def same(one: str, other: str) -> bool:
    """Whether both are the same version. NoVersion."""
    return version_key(one) == version_key(other)


def _split(parts: list[str]) -> tuple[list[int], list[str]]:
    """The release's numbers, and what comes behind them."""
    count = next((n for n, part in enumerate(parts) if not part.isdecimal()), len(parts))
    return [int(part) for part in parts[:count]], parts[count:]


def _part(word: str) -> tuple[int, int, str]:
    if word.isdecimal():
        return 1, int(word), ""
    return -1 if word in _BEFORE else 0, 0, word
