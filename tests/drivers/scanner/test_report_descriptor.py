"""What a HID device says of its reports: as another implementation reads it, and nothing believed that is broken."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.report_descriptor import REPORT_LONGEST, Field, put, read_descriptor, texts, value
from drivers.scanner.simulated_pos import DESCRIPTOR

JUDGED = json.loads((Path(__file__).parent / "descriptors.json").read_text(encoding="utf-8"))
"""Descriptors, and every field in them as hid-tools 0.12 (freedesktop.org) finds it, one row per value."""


@pytest.mark.parametrize("row", JUDGED, ids=[row["name"] for row in JUDGED])
def test_the_fields_are_where_another_implementation_finds_them(row: dict[str, object]) -> None:
    reports = read_descriptor(bytes.fromhex(str(row["descriptor"])))
    found = [
        [field.kind, field.report, field.usage, field.at + number * field.size, field.size]
        for field in reports.fields
        for number in range(field.many)
    ]
    assert sorted(found) == row["fields"]


def test_the_usual_scanner() -> None:
    reports = read_descriptor(DESCRIPTOR)
    assert reports.numbered
    assert reports.lengths == {("input", 2): 64, ("output", 4): 2}
    assert reports.find("input", 0x8C00FE) == Field("input", 2, 0x8C00FE, 32, 8, 56)
    assert reports.find("output", 0x8C0086) == Field("output", 4, 0x8C0086, 6, 1, 2)
    assert reports.find("output", 0x8C00FE) is None


@pytest.mark.parametrize(
    ("descriptor", "why"),
    [
        ("05", "ends within an item"),
        ("fe", "ends within an item"),
        ("b4", "pops what was not pushed"),
        ("a4" * 4_000 + "a4" * 97, "longer than any"),
        ("8500", "no report id 0"),
        ("860001", "no report id 256"),
        ("7508960080097f8102" * 2, "longer than any"),
        ("19002bffffff7f" * 2, "more usages"),
        ("7501950109018102850109018102", "some reports have ids"),
    ],
)
def test_a_broken_one_is_refused_in_words(descriptor: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        read_descriptor(bytes.fromhex(descriptor))


def test_globals_that_are_pushed_come_back_and_long_items_say_nothing() -> None:
    reports = read_descriptor(bytes.fromhex("058c75089501a4750195 08b4fe0210aabb09fe8102".replace(" ", "")))
    assert reports.fields == (Field("input", 0, 0x8C00FE, 0, 8, 1),)
    assert not reports.numbered


def test_a_usage_of_four_bytes_names_its_page() -> None:
    reports = read_descriptor(bytes.fromhex("05017508950 10bfe008c008102".replace(" ", "")))
    assert reports.find("input", 0x8C00FE) is not None


@given(st.integers(0, 1), st.integers(0, 1), st.integers(0, 1))
def test_what_is_put_into_a_report_is_found_in_it(prevent: int, error: int, good: int) -> None:
    reports = read_descriptor(DESCRIPTOR)
    fields = [reports.find("output", 0x8C0000 | usage) for usage in (0x5F, 0x85, 0x86)]
    wanted = {field: chosen for field, chosen in zip(fields, (prevent, error, good), strict=True) if field is not None}
    report = put(reports, "output", 4, wanted)
    assert len(report) == 2
    assert report[0] == 4
    assert [value(field, report, numbered=True) for field in wanted] == [prevent, error, good]


@settings(max_examples=500)
@given(st.binary(max_size=200))
def test_whatever_it_says_it_is_bounded(descriptor: bytes) -> None:
    try:
        reports = read_descriptor(descriptor)
    except ValueError:
        return
    assert all(length <= REPORT_LONGEST + 1 for length in reports.lengths.values())
    for field in reports.fields:
        report = bytes(reports.lengths[field.kind, field.report])
        assert value(field, report, reports.numbered) == 0
        assert len(texts(field, report, reports.numbered)) in (0, field.many)
