"""A setting is found on its line and changed in its place, and nothing else of the file is touched."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.values.settings import BadSettings
from kiosk.values.toml_text import CannotPlace, layout, line_of, literal, with_value, without

CONFIG = Path(__file__).parents[3] / "config"
TEXT = '''# ours
title = "a # no comment"

[lane]  # the lane
store = "s001"
languages = [
  "sv",  # first
  "en",
]

[tenders]
limits = { cash = { least_minor = 0, "most" = 5 } }
[devices.scanner.hand]
driver = """
multi # line
"""
driver2 = 'x'
[[devices.recycler.hoppers]]
address = 3
[[devices.recycler.hoppers]]
address = 4
[devices.recycler.hoppers.part]
made = 1979-05-27 07:32:00
'''


def flat(value: Any, path: tuple[str, ...] = ()) -> dict[tuple[str, ...], Any]:
    """The innermost values by their paths."""
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    if value == {}:
        return {}
    if not isinstance(value, dict | list) or not value:
        return {path: value}
    return {at: one for key, part in parts for at, one in flat(part, (*path, str(key))).items()}


def test_settings_stand_on_their_lines() -> None:
    found = layout(TEXT)
    lines = {
        "title": 2,
        "lane": 4,
        "lane.languages": 6,
        "lane.languages.1": 8,
        "tenders.limits.cash.most": 12,
        "devices.scanner.hand.driver2": 17,
        "devices.recycler.hoppers.1.address": 21,
        "devices.recycler.hoppers.1.part.made": 23,
    }
    assert {path: line_of(found, tuple(path.split("."))) for path in lines} == lines
    assert line_of(found, ("lane", "nothing")) == 4 and line_of(found, ("nothing",)) == 0
    assert [TEXT[start:end] for start, end in found.comments] == ["# ours", "# the lane", "# first"]


@pytest.mark.parametrize("name", ["kiosk.toml", "demo.toml", "store.toml", "jurisdictions/se.toml"])
def test_every_value_of_our_own_files_is_found_where_it_is(name: str) -> None:
    text = (CONFIG / name).read_text()
    values = flat(tomllib.loads(text))
    found = {one.path: text[one.start : one.end] for one in layout(text).entries if not one.table}
    for path, value in values.items():
        assert path in found, path
        (read,) = tomllib.loads(f"x = {found[path]}").values()
        assert read == value


@given(st.sampled_from(sorted(flat(tomllib.loads(TEXT)))), st.integers(0, 10**6))
def test_one_setting_is_another_and_no_other(path: tuple[str, ...], number: int) -> None:
    before, after = flat(tomllib.loads(TEXT)), flat(tomllib.loads(with_value(TEXT, path, str(number))))
    assert after == {**before, path: number}


@pytest.mark.parametrize("path", ["new", "lane.number", "display.size", "devices.scanner.hand.port", "a b.c"])
def test_a_new_setting_goes_to_its_table_and_out_again(path: str) -> None:
    keys = tuple(path.split("."))
    changed = with_value(TEXT, keys, '"4"')
    assert flat(tomllib.loads(changed)) == {**flat(tomllib.loads(TEXT)), keys: "4"}
    assert [line for line in TEXT.splitlines() if line not in changed.splitlines()] == []
    assert flat(tomllib.loads(without(changed, keys))) == flat(tomllib.loads(TEXT))


def test_a_setting_of_several_lines_is_taken_out_whole() -> None:
    assert tomllib.loads(without(TEXT, ("lane", "languages")))["lane"] == {"store": "s001"}
    assert without(TEXT, ("lane", "nothing")) == TEXT


def test_what_stands_in_a_line_is_changed_as_text() -> None:
    with pytest.raises(CannotPlace, match=r"tenders\.limits is written in one line"):
        with_value(TEXT, ("tenders", "limits", "new"), "1")
    with pytest.raises(CannotPlace, match="part of a line"):
        without(TEXT, ("tenders", "limits", "cash"))


def test_a_file_without_an_end_of_line_gets_one() -> None:
    assert tomllib.loads(with_value("[a]\nb = 1", ("a", "c"), "2")) == {"a": {"b": 1, "c": 2}}
    assert tomllib.loads(with_value("[a]\nb = 1", ("d", "c"), "2")) == {"a": {"b": 1}, "d": {"c": 2}}


@pytest.mark.parametrize("text", ["a = ", "[a", "a = [1", "= 3", "a b = 3", "a = {b = 1", "a = " + "[" * 50_000])
def test_what_is_no_toml_is_refused_in_words(text: str) -> None:
    with pytest.raises(BadSettings):
        layout(text)


PLAIN = st.recursive(
    st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.text(st.characters(blacklist_categories=("Cs",))),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text('ab c"\\.', min_size=1), inner, max_size=3),
    max_leaves=8,
)


@given(PLAIN)
def test_a_plain_value_is_written_as_it_is_read(value: Any) -> None:
    assert tomllib.loads(f"x = {literal(value)}") == {"x": value}
