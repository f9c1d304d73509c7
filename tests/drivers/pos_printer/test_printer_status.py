"""The answers of a printer, told apart by their fixed bits: bytes from the tables of the Epson ESC/POS reference."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.pos_printer.status import (
    NAME_LONGEST,
    AutomaticStatus,
    BuffersCleared,
    Named,
    PaperAnswer,
    ProcessDone,
    RealTimeAnswer,
    Report,
    Status,
    StatusReader,
    from_real_time,
)

# GS a: first byte 0x10 with cover 0x20, offline 0x08, drawer pin 3 high 0x04; second error bits; third paper.
READY = bytes([0x14, 0x00, 0x00, 0x0F])


def read(data: bytes) -> list[Report]:
    return list(StatusReader().feed(data))


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (READY, Status()),
        (bytes([0x10, 0x00, 0x00, 0x0F]), Status(drawer_high=False)),
        (bytes([0x14, 0x00, 0x03, 0x0F]), Status(paper="low")),
        (bytes([0x1C, 0x00, 0x0F, 0x0F]), Status(paper="out", offline=True)),
        (bytes([0x3C, 0x00, 0x00, 0x0F]), Status(cover_open=True, offline=True)),
    ],
)
def test_automatic_status_says_what_the_table_says(data: bytes, status: Status) -> None:
    assert read(data) == [AutomaticStatus(status)]


@pytest.mark.parametrize(("bit", "word"), [(0x04, "jammed"), (0x08, "cutter"), (0x20, "broken")])
def test_errors_are_words_for_staff(bit: int, word: str) -> None:
    (report,) = read(bytes([0x1C, bit, 0x00, 0x0F]))
    assert isinstance(report, AutomaticStatus)
    assert word in report.status.trouble


@pytest.mark.parametrize(
    ("data", "why"),
    [(b"\x1c\x40\x00\x0f", "too hot"), (b"\x1c\x00\x00\x0f", "press its feed button"), (b"\x14\x00\x03\x0f", "")],
)
def test_what_mends_itself_is_a_pause_and_no_trouble(data: bytes, why: str) -> None:
    (report,) = read(data)
    assert isinstance(report, AutomaticStatus)
    assert report.status.trouble == ""
    assert why in report.status.pause and bool(why) == bool(report.status.pause)


def test_trouble_is_not_a_pause_too() -> None:
    (report,) = read(b"\x3c\x40\x0f\x0f")
    assert isinstance(report, AutomaticStatus)
    assert (report.status.trouble, report.status.pause) == ("the cover is open", "")


@pytest.mark.parametrize(
    ("answers", "status"),
    [
        ((0x16, 0x12, 0x12, 0x12), Status()),
        ((0x12, 0x12, 0x12, 0x12), Status(drawer_high=False)),
        ((0x16, 0x12, 0x12, 0x1E), Status(paper="low")),
        ((0x1E, 0x12, 0x12, 0x7E), Status(paper="out", offline=True)),
        ((0x1E, 0x32, 0x12, 0x12), Status(paper="out", offline=True)),
        ((0x1E, 0x16, 0x12, 0x12), Status(cover_open=True, offline=True)),
    ],
)
def test_answers_in_real_time_say_what_the_table_says(answers: tuple[int, int, int, int], status: Status) -> None:
    assert from_real_time(*answers) == status


def test_answers_are_told_apart_on_one_line() -> None:
    stream = b"\x16" + READY + b"\x37\x22" + b"0042" + b"\x00" + b"\x03" + b"\x37\x25\x00" + b"\x12"
    assert read(stream) == [
        RealTimeAnswer(0x16),
        AutomaticStatus(Status()),
        ProcessDone(b"0042"),
        PaperAnswer("low"),
        BuffersCleared(),
        RealTimeAnswer(0x12),
    ]


def test_flow_control_within_an_automatic_status_is_passed_over() -> None:
    assert read(b"\x13" + READY[:2] + b"\x13\x11" + READY[2:]) == [AutomaticStatus(Status())]


def test_a_torn_automatic_status_does_not_swallow_the_next_answer() -> None:
    assert read(READY[:2] + b"\x12" + READY) == [RealTimeAnswer(0x12), AutomaticStatus(Status())]


def test_an_endless_block_ends() -> None:
    assert read(b"\x37" + b"A" * 100 + b"\x00" * 4 + READY)[-1] == AutomaticStatus(Status())


@given(st.binary(max_size=200))
def test_noise_never_raises_and_never_lasts(noise: bytes) -> None:
    reader = StatusReader()
    list(reader.feed(noise + b"\x80" * 20))
    assert list(reader.feed(READY)) == [AutomaticStatus(Status())]


@given(st.data())
def test_pieces_make_no_difference(data: st.DataObject) -> None:
    stream = (READY + b"\x37\x220042\x00\x16\x37\x25\x00") * 3
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=8)))
    reader, reports = StatusReader(), []
    for start, end in zip([0, *cuts], [*cuts, len(stream)], strict=True):
        reports += list(reader.feed(stream[start:end]))
    assert reports == read(stream)


def test_names_are_read_while_they_are_due_and_hide_nothing_else() -> None:
    reader = StatusReader()
    reader.names_due = 2
    said = b"_EPSON\0" + READY + b"\x37\x220001\0" + b"_TM-T88V\0"
    heard = [report for byte in said for report in reader.feed(bytes((byte,)))]
    assert heard == [Named("EPSON"), AutomaticStatus(Status()), ProcessDone(b"0001"), Named("TM-T88V")]
    assert list(reader.feed(b"_" + READY)) == [AutomaticStatus(Status())], "none is due: a header is noise"


def test_a_name_without_an_end_is_cut_off() -> None:
    reader = StatusReader()
    reader.names_due = 1
    reports = list(reader.feed(b"_" + b"A" * 200 + READY))
    assert reports[0] == Named("A" * (NAME_LONGEST - 1))
    assert reports[-1] == AutomaticStatus(Status())
