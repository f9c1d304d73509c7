"""The bytes of a scanner become labels: every framing, and nothing that is not a label."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.events import ScanGarbled, Scanned
from drivers.scanner.label import LABEL_LONGEST, Label
from drivers.scanner.protocol import SILENCE_MS, ScannerProtocol


def heard(data: bytes) -> list[Label]:
    """The labels in a stream, the last one ended by silence if need be."""
    protocol = ScannerProtocol("scanner")
    return protocol.receive(data, 1_000) + protocol.silence(1_000 + SILENCE_MS)


def texts(data: bytes) -> list[str]:
    """The same as texts; a garbled one as `!` and why."""
    return [label.text if isinstance(label, Scanned) else f"!{label.why}" for label in heard(data)]


def test_a_label_with_its_symbology() -> None:
    assert heard(b"]E07310865004703\r") == [Scanned(device="scanner", symbology="]E0", text="7310865004703")]


@pytest.mark.parametrize("end", [b"\r", b"\n", b"\r\n", b"\t", b"\x03", b""])
def test_every_way_to_end_a_label(end: bytes) -> None:
    assert texts(b"7310865004703" + end) == ["7310865004703"]


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        (b"\x02abc\x03", ["abc"]),
        (b"\x02abc\r\n\x03", ["abc"]),
        (b"\x02abc\x03\x02def\x03", ["abc", "def"]),
        (b"\x02abc\x03\r\n", ["abc"]),
        (b"\x02a\x02bcd\x03", ["!broken off before its end", "bcd"]),
        (b"\x02half a fra", ["!broken off before its end"]),
        (b"plain\x02framed\x03", ["plain", "framed"]),
        (b"\x02two\rlines\x03", ["!control characters in it"]),
    ],
)
def test_frames(data: bytes, wanted: list[str]) -> None:
    assert texts(data) == wanted


def test_two_fast_scans_in_one_piece_are_two() -> None:
    assert texts(b"]E07310865004703\r]E07310865004703\r\n96385074\t") == ["7310865004703", "7310865004703", "96385074"]


@pytest.mark.parametrize("nothing", [b"", b"\r", b"\r\n\r\n\t", b"\x03\x03"])
def test_the_ends_of_lines_alone_are_nothing(nothing: bytes) -> None:
    assert heard(nothing) == []


@pytest.mark.parametrize("empty", [b"\x02\x03", b"\x02\r\n\x03", b"]E0\r"])
def test_a_label_of_no_characters_is_told(empty: bytes) -> None:
    assert [said[0] for said in texts(empty)] == ["!"]


@pytest.mark.parametrize("text", ["]", "]Y", "]Y?", "]] ", "]1x", "E]0"])
def test_what_only_looks_like_an_identifier_is_text(text: str) -> None:
    assert heard(text.encode() + b"\r") == [Scanned(device="scanner", symbology="", text=text)]


def test_the_group_separator_belongs_to_the_label() -> None:
    label = "0109521234543213\x1d10ABC\x1d21X"
    assert heard(f"]d2{label}\r".encode()) == [Scanned(device="scanner", symbology="]d2", text=label)]


@pytest.mark.parametrize("char", ["\x00", "\x01", "\x04", "\x07", "\x1b", "\x1e", "\x7f", "\x85", "\u202e", "\ue000"])
def test_other_control_characters_spoil_it(char: str) -> None:
    assert texts(f"73108{char}65004703\r96385074\r".encode()) == ["!control characters in it", "96385074"]


@pytest.mark.parametrize("data", [b"\xff\xfe", b"caf\xe9", b"\xc3", b"\xed\xa0\x80"])
def test_bytes_that_are_no_text(data: bytes) -> None:
    assert texts(data + b"\rgood\r") == ["!bytes that are no text", "good"]


def test_text_beyond_ascii_passes() -> None:
    assert texts("Smörgås €5\r".encode()) == ["Smörgås €5"]


def test_a_label_may_be_so_long_and_no_longer() -> None:
    assert texts(b"7" * LABEL_LONGEST + b"\r") == ["7" * LABEL_LONGEST]
    assert texts(b"7" * (LABEL_LONGEST + 1) + b"\r") == [f"!longer than {LABEL_LONGEST} bytes"]


@pytest.mark.parametrize(("before", "after"), [(b"", b"\r"), (b"\x02", b"\x03")])
def test_ten_thousand_characters_are_refused_once_and_the_next_label_is_read(before: bytes, after: bytes) -> None:
    long = before + b"7" * 10_000 + after
    assert texts(long + b"96385074\r") == [f"!longer than {LABEL_LONGEST} bytes", "96385074"]


def test_what_is_too_long_is_said_while_it_still_comes() -> None:
    protocol = ScannerProtocol("scanner")
    assert len(protocol.receive(b"7" * 5_000, 0)) == 1
    assert protocol.receive(b"7" * 5_000, 1) == []
    assert protocol.silence(1 + SILENCE_MS) == []
    assert [type(label) for label in protocol.receive(b"96385074\r", 200)] == [Scanned]


def test_silence_ends_a_label_and_not_a_tick_before() -> None:
    protocol = ScannerProtocol("scanner")
    assert protocol.deadline_ms() is None
    protocol.receive(b"963", 1_000)
    protocol.receive(b"85074", 1_040)
    assert protocol.deadline_ms() == 1_040 + SILENCE_MS
    assert protocol.silence(1_039 + SILENCE_MS) == []
    assert protocol.silence(1_040 + SILENCE_MS) == [Scanned(device="scanner", symbology="", text="96385074")]
    assert protocol.deadline_ms() is None
    assert protocol.silence(9_999) == []


def test_without_a_silence_only_a_terminator_ends_it() -> None:
    protocol = ScannerProtocol("scanner", silence_ms=0)
    protocol.receive(b"963", 0)
    assert protocol.deadline_ms() is None
    assert protocol.silence(100_000) == []
    assert [label.text for label in protocol.receive(b"85074\r", 100_000) if isinstance(label, Scanned)] == ["96385074"]


def test_bytes_that_waited_while_the_loop_was_busy_still_belong_together() -> None:
    protocol = ScannerProtocol("scanner")
    protocol.receive(b"963", 0)
    (label,) = protocol.receive(b"85074\r", 400)
    assert isinstance(label, Scanned) and label.text == "96385074"


def test_a_lost_line_takes_its_half_label_with_it() -> None:
    protocol = ScannerProtocol("scanner")
    protocol.receive(b"\x02963", 0)
    protocol.reset()
    assert protocol.deadline_ms() is None
    (label,) = protocol.receive(b"85074\r", 1)
    assert isinstance(label, Scanned) and label.text == "85074"


PIECES = st.sampled_from([b"\x02", b"\x03", b"\r", b"\n", b"\t", b"]E0", b"\x1d", b"\xff", b"\x00", b"7", b"7" * 4_095])
STREAMS = st.lists(PIECES | st.binary(max_size=20) | st.text(max_size=5).map(str.encode), max_size=12).map(b"".join)


@settings(max_examples=500)
@given(stream=STREAMS, data=st.data())
def test_however_the_stream_is_cut_the_labels_are_the_same(stream: bytes, data: st.DataObject) -> None:
    cuts = data.draw(st.lists(st.integers(0, len(stream)), max_size=8).map(sorted))
    protocol, labels = ScannerProtocol("scanner"), []
    for begin, end in pairwise([0, *cuts, len(stream)]):
        labels += protocol.receive(stream[begin:end], 1_000)
    labels += protocol.silence(1_000 + SILENCE_MS)
    assert labels == heard(stream)


@settings(max_examples=500)
@given(stream=STREAMS)
def test_whatever_comes_nothing_that_is_no_label_gets_through(stream: bytes) -> None:
    for label in heard(stream):
        if isinstance(label, Scanned):
            assert 0 < len(label.text) <= LABEL_LONGEST
            assert all(char.isprintable() or char == "\x1d" for char in label.text)
        else:
            assert isinstance(label, ScanGarbled)


@settings(max_examples=500)
@given(stream=STREAMS)
def test_after_whatever_came_and_a_pause_the_next_label_is_read(stream: bytes) -> None:
    protocol = ScannerProtocol("scanner")
    protocol.receive(stream, 0)
    protocol.silence(SILENCE_MS)
    assert protocol.receive(b"]E07310865004703\r", 500) == [
        Scanned(device="scanner", symbology="]E0", text="7310865004703")
    ]
