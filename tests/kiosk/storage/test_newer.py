"""A journal that a newer version has written, opened by the version before: what it knows is there, the rest named."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from kiosk.app.restore import remembered, restore
from kiosk.checkout.events import Event
from kiosk.checkout.state import State
from kiosk.storage.journal import Journal, UnreadableRecord, open_journal
from kiosk.storage.newer import known_part
from kiosk.storage.outbox import Outbox
from kiosk.world.cuts import Traffic
from kiosk.world.traffic import LANE

OURS, THEIRS = "1.4.0", "1.5.0"


def grown(value: Any) -> Any:
    """The same as a version would write it whose every struct has a field more."""
    match value:
        case msgspec.Struct():
            plain = msgspec.to_builtins(value)
            if isinstance(plain, list):
                return plain  # an array: it may not grow
            fields = {name: grown(getattr(value, name)) for name in value.__struct_fields__ if name in plain}
            tag = {key: plain[key] for key in plain if key not in fields}
            return {**tag, **fields, "from_the_future": {"new": [1]}}
        case dict():
            return {key: grown(item) for key, item in value.items()}
        case tuple() | list():
            return [grown(item) for item in value]
    return msgspec.to_builtins(value)


def write_as_newer(journal: Journal, version: str = THEIRS) -> None:
    """Every record of the open visit as that version writes it."""
    boot, visit = journal.boot(), journal._visit()
    first = boot.next_seq - len(boot.events)
    for seq, event in enumerate(boot.events, first):
        journal.database.execute("UPDATE event SET body = ? WHERE seq = ?", (json.dumps(grown(event)), seq))
    if boot.snapshot is not None:
        text = json.dumps(grown(boot.snapshot))
        journal.database.execute("UPDATE snapshot SET state = ? WHERE visit = ?", (text, visit))
    journal.writes(version)


@pytest.fixture
def ours(path: Path, traffic: Traffic) -> Journal:
    """In the middle of a visit, after two others."""
    journal = open_journal(path)
    for work in traffic.works[: len(traffic.works) - 2]:
        journal.write(work)
    return journal


def test_the_lane_stands_where_the_newer_version_left_it(ours: Journal) -> None:
    before = ours.boot()
    assert before.snapshot is not None and before.events
    write_as_newer(ours)
    with pytest.raises(UnreadableRecord):
        ours.boot()
    found = ours.boot(OURS)
    assert (found.snapshot, found.events, found.next_seq) == (before.snapshot, before.events, before.next_seq)
    assert any("from_the_future" in name for name in found.forgotten)


def test_only_a_version_that_is_older_than_the_writer_forgets_anything(ours: Journal) -> None:
    write_as_newer(ours)
    for version in ("", THEIRS, "1.6.0", "no version"):
        with pytest.raises(UnreadableRecord):
            ours.boot(version)


def test_an_event_of_a_kind_that_is_new_is_left_out_and_named(ours: Journal) -> None:
    before = ours.boot()
    sql = "INSERT INTO event VALUES (?, ?, 1, 'FutureThing', ?)"
    ours.database.execute(sql, (before.next_seq, ours._visit(), '{"type":"FutureThing","at":[1,0,""]}'))
    ours.writes(THEIRS)
    found = ours.boot(OURS)
    assert found.events == before.events and found.next_seq == before.next_seq + 1
    assert f"event {before.next_seq}: Invalid value 'FutureThing' - at `$.type`" in found.forgotten


def test_what_is_damaged_is_not_taken_for_new(ours: Journal) -> None:
    ours.writes(THEIRS)
    ours.database.execute(
        'UPDATE event SET body = replace(body, \'"at":[\', \'"at":["x",\') WHERE visit = ?', (ours._visit(),)
    )
    with pytest.raises(UnreadableRecord):
        ours.boot(OURS)


def test_sales_and_outbox_of_the_newer_version_stay_as_they_are(ours: Journal) -> None:
    rows, pending = ours.database.execute("SELECT * FROM sale"), Outbox(ours.database).pending(10)
    assert rows
    write_as_newer(ours)
    remembered(ours, OURS, LANE)
    assert ours.database.execute("SELECT * FROM sale") == rows and Outbox(ours.database).pending(10) == pending


def test_there_and_back_and_there_again(ours: Journal) -> None:
    """Updated, fallen back, and updated once more: each finds the lane as it stood."""
    state = restore(ours.boot().snapshot, ours.boot().events, LANE)
    assert remembered(ours, OURS, LANE) == state and ours.meta("software") == OURS
    write_as_newer(ours)
    assert remembered(ours, OURS, LANE) == state
    assert ours.meta("software") == THEIRS, "the newer one's name stays: its records do"


class Part(msgspec.Struct, forbid_unknown_fields=True):
    n: int = 0


class Group(msgspec.Struct, forbid_unknown_fields=True):
    parts: tuple[Part, ...] = ()


class Whole(Group, forbid_unknown_fields=True):
    by_name: dict[str, Group] = {}


def test_growth_is_found_wherever_it_is() -> None:
    groups = '{"a.b":{"new":1},"c":{"new":2,"parts":[{"n":5}]}}'
    text = f'{{"parts":[{{"n":1,"new":2}},{{"n":4}}],"by_name":{groups},"new":{{"x":1}}}}'
    found, names = known_part(text, msgspec.json.Decoder(Whole))
    assert found == Whole((Part(1), Part(4)), {"a.b": Group(), "c": Group((Part(5),))})
    assert set(names) == {"new", "parts[0].new", "by_name[...].new"}
    with pytest.raises(msgspec.DecodeError):
        known_part('{"parts":"x"}', msgspec.json.Decoder(Whole))


ARRAYS = {
    "Commanded": 2,
    "Meter": 5,
    "Moment": 4,
    "SlipSeen": 5,
}
"""Structs of the journal that are written as arrays, with their lengths."""


def test_no_array_of_the_journal_grows() -> None:
    """The version before cannot read a longer one: a new fact wants a struct of its own, or one that is an object."""
    found = {kind.__name__: len(kind.__struct_fields__) for kind in structs_of(Event, State)}
    assert found == ARRAYS


def structs_of(*roots: Any) -> set[type[msgspec.Struct]]:
    """Every struct below these types that is written as an array."""
    seen: set[Any] = set()

    def walk(info: Any) -> None:
        if isinstance(info, msgspec.inspect.StructType):
            if info.cls in seen:
                return
            seen.add(info.cls)
        for name in getattr(info, "__struct_fields__", ()):
            inner = getattr(info, name)
            for part in inner if isinstance(inner, tuple) else (inner,):
                if isinstance(part, msgspec.inspect.Field):
                    walk(part.type)
                elif isinstance(part, msgspec.inspect.Type):
                    walk(part)

    for root in roots:
        walk(msgspec.inspect.type_info(root))
    return {kind for kind in seen if kind.__struct_config__.array_like}
