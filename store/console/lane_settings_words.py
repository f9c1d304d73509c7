"""Words of lanes' settings: how a change stands and what a log says, as people read it. Pure."""

from collections.abc import Mapping
from datetime import tzinfo

import msgspec

from kiosk.values.moment import rfc3339
from kiosk.wire.configuring import KnownKey
from store.config_edits import Edit, shown
from store.console import words
from store.lane_bank import Bank
from store.lane_config import Version

_STATES = {
    "ordered": "is on its way to the checkout",
    "waiting": "waits until nobody is served",
    "trying": "is on trial: the checkout restarts with it",
    "kept": "was kept",
    "back": "was taken back",
    "refused": "was refused",
    "expired": "did not reach the checkout",
    "replaced": "was replaced by a newer one",
}
_BANK = {"": "to come", "ordered": "on its way", "waiting": "waits until nobody is served", "trying": "on trial"}
_BANK |= {"kept": "kept", "back": "taken back", "refused": "refused", "expired": "no answer", "replaced": "replaced"}
BAD = ("back", "refused", "expired")


def state_of(one: Version) -> str:
    """`was taken back, because the lane did not reach the store within 120 s`; with the line, if it is about one."""
    said = words.said(one.state, _STATES)
    at = f" in line {one.line}" if one.line else ""
    return f"{said}{at}, because {one.told}" if one.told else f"{said}{at}"


def version_of(one: Version, names: Mapping[str, str], zone: tzinfo) -> str:
    """Who made it, when and why."""
    who = names.get(one.by, one.by) or "Nobody here"
    return f"{words.clock(rfc3339(one.made_utc_ms), zone)} · {who}: {one.why}"


def bank_of(one: Bank) -> str:
    """How far it has come."""
    lanes = ", ".join(f"{till} {words.said(state, _BANK)}" for till, state in one.lanes)
    ends = {"running": "", "done": "Done. ", "stopped": f"Stopped: {one.told}. "}[one.state]
    return f"{ends}{lanes}"


def edit_of(one: Edit) -> str:
    """`lane.name = "Corner shop"`."""
    return f"{one.path} = {one.value}" if one.value is not None else f"{one.path}: its default"


def now_of(key: KnownKey, values: Mapping[str, str]) -> str:
    """What it is at this moment, and whether that stands in the file."""
    if key.path in values:
        return f"Now {values[key.path]}"
    return f"Not in the file; its default is {key.default}" if key.default else "Not in the file, and it has no default"


def field_of(key: KnownKey, values: Mapping[str, str]) -> str:
    """What a field begins with."""
    written = values.get(key.path, key.default)
    return shown(written) if written and key.kind in ("text", "choice") else written


class _Line(msgspec.Struct):
    event: str = ""
    level: str = "info"
    timestamp: str = ""


def log_line(line: str) -> tuple[str, str]:
    """(level, what is shown) of one line of an excerpt; what is no line of ours is shown as it is."""
    try:
        read, whole = msgspec.json.decode(line, type=_Line), msgspec.json.decode(line, type=dict[str, object])
    except msgspec.DecodeError:
        return "", line
    more = {key: value for key, value in whole.items() if key not in _Line.__struct_fields__}
    facts = "  ".join(f"{key}={value}" for key, value in more.items())
    return read.level, "  ".join(filter(None, (read.timestamp[:19].replace("T", " "), read.level, read.event, facts)))
