"""The till's half of the conversation against a script, byte by byte: what a good simulator would never send."""

import pytest

from drivers.events import DocumentLine, HardwareEvent, PrintDone, PrinterStatus, PrintFailed
from drivers.pos_printer.encoding import DocumentEncoder
from drivers.pos_printer.protocol import CLEAR_BUFFERS, CONFIRM_MS, Back, PrinterProtocol

CLEARED = b"\x37\x25\x00"
WELL = (b"\x16", b"\x12", b"\x12", b"\x12")
ONE = (DocumentLine("one"),)
AUTOMATIC_OUT = b"\x1c\x00\x0f\x0f"


class Script:
    """The protocol, with a line that takes everything at once."""

    def __init__(self, encoder: DocumentEncoder, back: Back) -> None:
        self.protocol = PrinterProtocol("pos_printer", encoder, back)
        self.now_ms = 0
        self.sent = b""
        self.events = self.protocol.opened(0)
        self.hear(CLEARED)
        for byte in WELL:
            self.hear(byte)

    def hear(self, data: bytes = b"", wait_ms: int = 0) -> list[HardwareEvent]:
        """Let time pass, hear bytes, send what there is; what is said meanwhile."""
        self.now_ms += wait_ms
        said = self.protocol.received(data, self.now_ms) + self.protocol.advance(self.now_ms)
        while piece := self.protocol.take(512, self.now_ms):
            self.sent += piece
        said += self.protocol.drained(self.now_ms)
        self.events += said
        return said

    def print(self, ticket: str) -> list[HardwareEvent]:
        self.sent = b""
        said = self.protocol.print(ticket, ONE, self.now_ms)
        return said + self.hear()

    @property
    def process_id(self) -> bytes:
        """The id in the last GS ( H."""
        at = self.sent.rindex(b"\x1d(H\x06\x0000") + 7
        return self.sent[at : at + 4]


@pytest.fixture
def asb(encoder: DocumentEncoder) -> Script:
    return Script(encoder, "asb")


@pytest.fixture
def poll(encoder: DocumentEncoder) -> Script:
    return Script(encoder, "poll")


def done(ticket: str) -> PrintDone:
    return PrintDone(device="pos_printer", ticket=ticket)


def test_it_clears_sets_up_and_asks_in_this_order(encoder: DocumentEncoder) -> None:
    script = Script(encoder, "asb")
    assert script.sent == CLEAR_BUFFERS + b"\x1b@\x1da\x0f" + b"".join(b"\x10\x04" + bytes([n]) for n in (1, 2, 3, 4))


def test_nothing_follows_a_clear_before_its_answer(encoder: DocumentEncoder) -> None:
    protocol = PrinterProtocol("pos_printer", encoder, "asb")
    protocol.opened(0)
    protocol.advance(1_999)
    assert protocol.take(512, 0) == CLEAR_BUFFERS
    protocol.advance(2_000)
    assert protocol.take(512, 0).startswith(b"\x1b@"), "a printer that does not know the command has had its time"


def test_the_id_of_an_older_document_confirms_nothing(asb: Script) -> None:
    asb.print("t1")
    old = asb.process_id
    asb.hear(wait_ms=CONFIRM_MS)
    asb.hear(CLEARED)
    for byte in WELL:
        asb.hear(byte)
    asb.print("t2")
    assert asb.hear(b"\x37\x22" + old + b"\x00") == []
    assert asb.hear(b"\x37\x22" + asb.process_id + b"\x00") == [done("t2")]


def test_an_answer_that_says_no_paper_confirms_nothing(poll: Script) -> None:
    poll.print("t1")
    assert poll.hear(b"\x0c") == []
    assert poll.hear(b"\x00") == [done("t1")]


@pytest.mark.parametrize("late", [b"\x00", b"\x03"])
def test_an_answer_that_nobody_waits_for_is_nothing(poll: Script, late: bytes) -> None:
    """Line noise looks like it, and so does the answer of a printer that was given up a moment ago."""
    poll.print("t1")
    assert poll.hear(b"\x00") == [done("t1")]
    assert poll.hear(late) == []
    poll.print("t2")
    assert poll.hear(b"\x00") == [done("t2")]


def test_documents_that_wait_fail_with_the_one_that_failed(asb: Script) -> None:
    asb.print("t1")
    asb.print("t2")
    asb.print("t3")
    said = asb.hear(AUTOMATIC_OUT)
    assert [e.ticket for e in said if isinstance(e, PrintFailed)] == ["t1", "t2", "t3"]


def test_answers_asked_before_a_change_do_not_undo_it(asb: Script) -> None:
    """The status questions of an idle printer, and the roll ends between the second answer and the fourth."""
    asb.hear(wait_ms=10_000)
    asb.hear(WELL[0])
    asb.hear(WELL[1])
    assert asb.hear(AUTOMATIC_OUT) == [PrinterStatus(device="pos_printer", paper="out")]
    assert asb.hear(WELL[2]) == []
    assert asb.hear(WELL[3]) == []
    assert asb.print("t1") == [PrintFailed(device="pos_printer", ticket="t1", why="out of paper")]


def test_a_printer_that_answers_everything_but_the_question_is_given_up(poll: Script) -> None:
    poll.print("t1")
    for second in range(CONFIRM_MS // 1_000 + 2):
        poll.hear(wait_ms=1_000 if second else 0)
        for byte in WELL:
            poll.hear(byte)
    assert [type(e) for e in poll.events if isinstance(e, PrintDone | PrintFailed)] == [PrintFailed]


def test_no_question_is_asked_in_the_middle_of_a_document(asb: Script) -> None:
    """A real-time command within a document would be taken for a part of it."""
    asb.protocol.print("t1", (DocumentLine("x" * 40),) * 40, asb.now_ms)
    out = b""
    while asb.protocol.has_output:
        asb.now_ms += 3_000
        asb.protocol.advance(asb.now_ms)
        out += asb.protocol.take(512, asb.now_ms)
    assert b"\x10\x04" not in out


def test_half_an_answer_does_not_outlive_its_line(asb: Script) -> None:
    asb.hear(b"\x37\x220")
    asb.protocol.lost(asb.now_ms, "pulled")
    asb.protocol.opened(asb.now_ms)
    asb.hear(CLEARED)
    for byte in WELL:
        asb.hear(byte)
    assert asb.print("t1") == []
    assert b"one" in asb.sent


def test_the_end_of_the_paper_after_the_last_line_does_not_take_done_back(asb: Script) -> None:
    asb.print("t1")
    said = asb.hear(b"\x37\x22" + asb.process_id + b"\x00" + AUTOMATIC_OUT)
    assert said == [done("t1"), PrinterStatus(device="pos_printer", paper="out")]
    assert not asb.sent.endswith(CLEAR_BUFFERS)
