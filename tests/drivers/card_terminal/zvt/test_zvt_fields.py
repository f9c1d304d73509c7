"""Digits, fields and tags: what is read, where reading ends, and what is never kept."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.card_terminal.zvt import bcd, bmp, tlv
from drivers.card_terminal.zvt.simulated import wire as theirs


@settings(max_examples=500)
@given(st.integers(0, 10**12 - 1))
def test_an_amount_comes_back_from_its_digits(amount_minor: int) -> None:
    assert bcd.number(bcd.pack(amount_minor, 6)) == amount_minor


def test_fields_may_come_in_any_order() -> None:
    one = bmp.parse(bytes.fromhex("27 00 04 000000001250 29 29001234"))
    other = bmp.parse(bytes.fromhex("29 29001234 04 000000001250 27 00"))
    assert one == other
    assert one.number(bmp.AMOUNT) == 1_250
    assert one.digits(bmp.TERMINAL_ID) == "29001234"


def test_an_unknown_field_ends_the_reading_and_says_so() -> None:
    fields = bmp.parse(bytes.fromhex("27 00 C7 01 04 000000001250"))
    assert not fields.whole
    assert fields.values == {bmp.RESULT: b"\x00"}
    assert fields.number(bmp.AMOUNT) is None


@pytest.mark.parametrize("cut", ["04 0000", "8B F1", "8B F1 FA", "8B F0 F9 41", "06 82 01", "3C F0 F0"])
def test_a_field_that_is_cut_short_is_not_read(cut: str) -> None:
    fields = bmp.parse(bytes.fromhex("27 00" + cut))
    assert not fields.whole
    assert fields.values == {bmp.RESULT: b"\x00"}


@pytest.mark.parametrize("track", ["23 F0 F3 112233", "24 F0 F0 F3 112233", "2D F0 F3 112233"])
def test_track_data_is_dropped_where_it_is_read(track: str) -> None:
    fields = bmp.parse(bytes.fromhex(track + "27 00"))
    assert fields.values == {bmp.RESULT: b"\x00"}


@settings(max_examples=500)
@given(st.binary(max_size=300))
def test_any_bytes_can_be_read_without_an_error(data: bytes) -> None:
    fields = bmp.parse(data)
    fields.tags()
    assert fields.whole or data


@settings(max_examples=500)
@given(st.sampled_from([*sorted(bmp.LLVAR), *sorted(bmp.LLLVAR), bmp.CONTAINER]), st.binary(max_size=99))
def test_both_sides_write_lengths_alike_and_we_read_them(field: int, value: bytes) -> None:
    raw = bmp.build(field, value)
    assert raw == theirs.field(field, value)
    sensitive = field in (0x23, 0x24, 0x2D)
    assert bmp.parse(raw).values == ({} if sensitive else {field: value})


@pytest.mark.parametrize(("size", "length"), [(0x7F, "7F"), (0x80, "8180"), (0xFF, "81FF"), (0x100, "820100")])
def test_lengths_of_tags_are_big_endian(size: int, length: str) -> None:
    raw = tlv.build(tlv.TEXT_LINE, b"x" * size)
    assert raw[1:].startswith(bytes.fromhex(length))
    assert tlv.parse(raw) == [tlv.Tag(tlv.TEXT_LINE, b"x" * size)]


def test_tags_may_have_two_bytes() -> None:
    tags = tlv.parse(bytes.fromhex("1F07 01 02 0A 02 06D3"))
    assert tlv.find(tags, tlv.RECEIPT_TYPE) == b"\x02"
    assert tlv.find(tags, tlv.COMMAND) == b"\x06\xd3"
    assert tlv.find(tags, tlv.LONG_TRACE) is None


@pytest.mark.parametrize("broken", ["07 05 41", "1F", "07 83 000001 41", "07", "07 82 01"])
def test_broken_tags_are_an_error_of_their_own(broken: str) -> None:
    with pytest.raises(tlv.BadTlv):
        tlv.parse(bytes.fromhex(broken))


def test_texts_are_in_the_terminals_character_set() -> None:
    lines = tlv.build(tlv.PRINT_TEXTS, tlv.build(tlv.TEXT_LINE, bytes.fromhex("48 8E 4E 44 4C 45 52")))
    assert list(tlv.text_lines(tlv.parse(lines))) == ["HÄNDLER"]
