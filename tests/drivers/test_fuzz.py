"""Damaged bytes: no parser raises, keeps much, believes what was not said, or depends on how the bytes are cut."""

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers import events as d
from tests.drivers.mutations import COUNT, HELD_MOST, held, inputs
from tests.drivers.parsers.provider import Exchange, Provider, answer
from tests.drivers.parsers.shape import Heard, Parser
from tests.drivers.parsers.table import PARSERS

FLOOD = 80_000
"""Bytes, and so more than a parser may hold."""
PIECE = 4_096
CUT = min(500, max(20, COUNT // 40))
"""Streams that are heard whole and byte by byte."""
LOOKED_AT = 500
"""So many inputs from one look at what is held to the next."""


@pytest.fixture(params=PARSERS, scope="module")
def parser(request: pytest.FixtureRequest) -> Parser:
    """Each row of the table."""
    return PARSERS[request.param]


def test_damaged_bytes_raise_nothing_and_say_nothing_that_was_not_sent(parser: Parser) -> None:
    dice, most, one, spoken = random.Random(2), HELD_MOST + held(parser.make()), parser.make(), 0
    for number, pieces in enumerate(inputs(parser.samples, whole=parser.whole)):
        if number % parser.inputs_each == 0:
            one = parser.make()
            parser.works(one)
        try:
            heard = _heard(parser, one, pieces, dice)
            parser.judge(b"".join(pieces), heard)
        except BaseException as trouble:
            trouble.add_note(f"input {number} of {COUNT}: {pieces}")
            raise
        spoken += bool(heard)
        assert number % LOOKED_AT or held(one) <= most
    assert spoken or not parser.whole, "the damage is not all deadly: the test tries something"


def _heard(parser: Parser, one: Any, pieces: list[bytes], dice: random.Random) -> Heard:
    """What comes of them, with a lull behind the last piece and behind some of the others."""
    heard: Heard = []
    for left, piece in enumerate(pieces, 1 - len(pieces)):
        heard += parser.feed(one, piece)
        heard += parser.lull(one) if not left or not dice.randrange(4) else []
    return heard


@settings(max_examples=CUT, deadline=None)
@given(data=st.data())
def test_however_a_stream_is_cut_the_same_is_heard(parser: Parser, data: st.DataObject) -> None:
    good, noise = st.sampled_from(parser.samples), st.binary(max_size=8)
    stream = data.draw(st.lists(good | noise if parser.cut_anyhow else good, max_size=4).map(b"".join))
    apart, together = parser.make(), parser.make()
    expected = parser.feed(together, stream)
    assert [event for byte in stream for event in parser.feed(apart, bytes((byte,)))] == expected


def test_a_flood_without_an_end_is_not_kept(parser: Parser) -> None:
    """A good message or its beginning, and then what never ends."""
    most, noise = held(parser.make()), random.Random(1).randbytes(PIECE)
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
            assert held(one) <= HELD_MOST + most


def test_json_that_is_nested_without_an_end_says_nothing() -> None:
    deep = b"HTTP/1.1 200 OK\r\ncontent-length: 40000\r\n\r\n" + b"[" * 40_000
    assert [answer.body for answer in Exchange().receive(deep)] == [{}]


@pytest.mark.parametrize("code", ["", "7" * 513, "\ud800", 7, None, ["kassa-pay:1"]])
def test_what_no_phone_can_read_is_never_shown_as_a_code(code: object) -> None:
    heard = Provider().receive(answer({"state": "pending", "code": code}, 201))
    assert [event for event in heard if isinstance(event, d.TerminalCode)] == []
