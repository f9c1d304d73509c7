"""Damaged bytes: no parser raises, keeps much, believes what was not said, or depends on how the bytes are cut."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers import events as d
from tests.drivers.mutations import COUNT, HELD_MOST, held, inputs
from tests.drivers.parsers import PARSERS, Exchange, Parser, Provider, answer

FLOOD = 150_000
PIECE = 4_096


@pytest.fixture(params=PARSERS, scope="module")
def parser(request: pytest.FixtureRequest) -> Parser:
    """Each row of the table."""
    return PARSERS[request.param]


def test_damaged_bytes_raise_nothing_and_say_nothing_that_was_not_sent(parser: Parser) -> None:
    for number, pieces in enumerate(inputs(parser.samples)):
        one = parser.make()
        try:
            parser.judge(b"".join(pieces), [event for piece in pieces for event in parser.feed(one, piece)])
        except BaseException as trouble:
            trouble.add_note(f"input {number} of {COUNT}: {pieces}")
            raise


@settings(max_examples=500)
@given(data=st.data())
def test_however_a_stream_is_cut_the_same_is_heard(parser: Parser, data: st.DataObject) -> None:
    stream = data.draw(st.lists(st.sampled_from(parser.samples) | st.binary(max_size=8), max_size=4).map(b"".join))
    apart, together = parser.make(), parser.make()
    expected = parser.feed(together, stream)
    assert [event for byte in stream for event in parser.feed(apart, bytes((byte,)))] == expected


def test_a_flood_without_an_end_is_not_kept(parser: Parser) -> None:
    """A good message or its beginning, and then what never ends."""
    noise = random.Random(1).randbytes(PIECE)
    for sample in parser.samples:
        for begun, filling in (
            (sample[: len(sample) // 2], b"7" * PIECE),
            (sample, noise),
            (b"", (sample * PIECE)[:PIECE]),
        ):
            one = parser.make()
            parser.feed(one, begun)
            for _ in range(FLOOD // PIECE):
                parser.feed(one, filling)
            assert held(one) <= HELD_MOST + held(parser.make())


def test_json_that_is_nested_without_an_end_says_nothing() -> None:
    deep = b"HTTP/1.1 200 OK\r\ncontent-length: 40000\r\n\r\n" + b"[" * 40_000
    assert [answer.body for answer in Exchange().receive(deep)] == [{}]


@pytest.mark.parametrize("code", ["", "7" * 513, "\ud800", 7, None, ["kassa-pay:1"]])
def test_what_no_phone_can_read_is_never_shown_as_a_code(code: object) -> None:
    heard = Provider().receive(answer({"state": "pending", "code": code}, 201))
    assert [event for event in heard if isinstance(event, d.TerminalCode)] == []
