"""Messages on a connection: lengths, fragments, and bytes of somebody who is no terminal."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.card_terminal.zvt.apdu import CLASSES, Apdu, NotZvt, Stream, decode, encode

APDUS = st.builds(
    Apdu,
    st.builds(lambda high, low: high << 8 | low, st.sampled_from(sorted(CLASSES)), st.integers(0, 255)),
    st.binary(max_size=600),
)


def test_short_and_extended_lengths_read_the_same() -> None:
    assert decode(bytes.fromhex("040F FF 0100 6C")) == decode(bytes.fromhex("040F 01 6C")) == Apdu(0x040F, b"\x6c")


@pytest.mark.parametrize(("size", "head"), [(0, "00"), (254, "FE"), (255, "FFFF00"), (256, "FF0001")])
def test_the_shortest_length_is_written(size: int, head: str) -> None:
    assert encode(Apdu(0x0601, bytes(size)))[2:].hex().upper().startswith(head)


@settings(max_examples=500)
@given(st.lists(APDUS, max_size=5), st.lists(st.integers(1, 50), max_size=40))
def test_any_cutting_of_the_stream_gives_the_same_messages(apdus: list[Apdu], cuts: list[int]) -> None:
    stream, data, found = Stream(), b"".join(encode(apdu) for apdu in apdus), []
    for cut in cuts:
        found += stream.receive(data[:cut], 0)
        data = data[cut:]
    assert found + stream.receive(data, 0) == apdus


@pytest.mark.parametrize("foreign", [b"SSH-2.0-OpenSSH_9.2\r\n", b"HTTP/1.1 400 Bad Request\r\n", b"\xff\xfd\x18"])
def test_what_is_no_terminal_is_refused(foreign: bytes) -> None:
    with pytest.raises(NotZvt):
        Stream().receive(foreign, 0)


def test_half_a_message_does_not_survive_its_connection() -> None:
    stream = Stream()
    assert stream.receive(bytes.fromhex("040F05"), 0) == []
    stream.reset()
    assert stream.receive(bytes.fromhex("800000"), 0) == [Apdu(0x8000)]
