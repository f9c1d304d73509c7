"""Log excerpt: so much of the log as somebody asked for, and nothing that is not theirs to read. Pure.

The log is written without codes, amounts and card data (`log`). What is sent away is looked through all the same: a
message of a library, or of a bug, says what it likes. Card numbers go by their check digit (ISO/IEC 7812-1) in whatever
groups they are written, with all that stands behind one on a magnetic stripe; secrets go by the values that this lane
has, and by the names that they are written under.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec

MOST_BYTES = 128 << 10
MASK = "(removed)"
_LEVELS = {"debug": 0, "info": 1, "warning": 2, "error": 3, "critical": 4}
_CARD = re.compile(r"(?<!\d)\d(?:[ -]?\d){12,18}(?!\d)(?:[=D^][^\s\"]*)?")
_NAMED = re.compile(
    r"((?:\"|\b)\w*(?:password|passphrase|secret|token|authorization|pin)\"?\s*[:=]\s*)(\"[^\"]*\"|[^\s,}\"]+)",
    re.IGNORECASE,
)
_SHORTEST_SECRET = 4


def excerpt(
    lines: Iterable[str], most: int, since_utc_ms: int = 0, level: str = "", secrets: Sequence[str] = ()
) -> str:
    """The last `most` lines of at least this level, none older, the oldest first; at most MOST_BYTES of UTF-8.

    A line that is none of ours (a traceback) belongs to the one before it.
    """
    wanted: list[str] = []
    kept = False
    for line in lines:
        kept = _is_wanted(line, since_utc_ms, _LEVELS.get(level, 0), kept)
        if kept:
            wanted.append(line)
    chosen: list[str] = []
    size = 0
    for line in reversed(wanted[-most:]):
        clean = cleaned(line, secrets)
        size += len(clean.encode()) + 1
        if size > MOST_BYTES:
            break
        chosen.append(clean)
    return "".join(f"{line}\n" for line in reversed(chosen))


def cleaned(line: str, secrets: Sequence[str] = ()) -> str:
    """The line without card numbers and secrets."""
    for secret in sorted(secrets, key=len, reverse=True):
        if len(secret) >= _SHORTEST_SECRET:
            line = line.replace(secret, MASK)
    line = _NAMED.sub(lambda found: found[1] + (f'"{MASK}"' if found[2][0] == '"' else MASK), line)
    return _CARD.sub(_card, line)


def _card(found: re.Match[str]) -> str:
    digits = [int(one) for one in re.split(r"[=D^]", found[0])[0] if one.isdigit()]
    doubled = (2 * digit - 9 * (digit > 4) for digit in digits[-2::-2])  # Luhn
    return MASK if (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0 else found[0]


class _Line(msgspec.Struct):
    level: str = "info"
    timestamp: str = ""


def _is_wanted(line: str, since_utc_ms: int, level: int, before: bool) -> bool:
    try:
        read = msgspec.json.decode(line, type=_Line)
    except msgspec.DecodeError:
        return before
    if _LEVELS.get(read.level, 1) < level:
        return False
    if not since_utc_ms or not read.timestamp:
        return True
    try:
        return datetime.fromisoformat(read.timestamp).timestamp() * 1_000 >= since_utc_ms
    except ValueError:
        return True
