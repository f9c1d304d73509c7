"""Payments against a terminal that is only a script of bytes: what each ending means, and who waits for whom."""

import pytest

from drivers.card_terminal.zvt.apdu import Stream
from drivers.card_terminal.zvt.protocol import Client
from drivers.card_terminal.zvt.session import Terms
from drivers.events import (
    Abort,
    Acknowledge,
    Authorize,
    Enquire,
    HardwareEvent,
    RefuseMessage,
    TerminalApproved,
    TerminalCompleted,
    TerminalDeclined,
    TerminalInDoubt,
    TerminalPrint,
    TerminalRefused,
    TerminalText,
)

OK, PAY = "800000", "06010a04000000001250490978"
YES = "04 0F 18 27 00 04 000000001250 0B 000313 29 29001234 87 0176 49 0978"
NO = "04 0F 07 27 05 29 29001234"
DONE, NOT_DONE, REFUSED = "06 0F 00", "06 1E 01 6C", "84 FF 00"
REGISTERED = "06 0F 0A 19 00 29 29 00 12 34 49 09 78"


class Script:
    """A client whose terminal is the test itself."""

    def __init__(self) -> None:
        self.client = Client("card", Terms(idle_hang_up_ms=None), Stream())
        self.now_ms = 0
        self.events: list[HardwareEvent] = []
        self.said: list[str] = []
        self._note(self.client.command(Authorize("a1", 1_250, ""), 0))
        self._note(self.client.opened(0))
        assert self.said.pop().startswith("0600")
        self.hear(OK)
        self.hear(REGISTERED)
        assert self.said == [OK, PAY]
        self.said.clear()

    def _note(self, events: list[HardwareEvent]) -> None:
        self.events += events
        data = self.client.take()
        while data:
            size = 3 + data[2]
            self.said.append(data[:size].hex())
            data = data[size:]

    def hear(self, *raws: str) -> None:
        """The terminal says something."""
        for raw in raws:
            self._note(self.client.received(bytes.fromhex(raw), self.now_ms))

    def order(self, command: Abort | Acknowledge | Enquire | RefuseMessage | Authorize) -> None:
        self._note(self.client.command(command, self.now_ms))

    def keep(self) -> None:
        """The caller has kept the last message."""
        self.order(Acknowledge("a1", self.events[-1].message))  # type: ignore[union-attr]

    def wait(self, ms: int) -> None:
        self.now_ms += ms
        self._note(self.client.advance(self.now_ms))

    @property
    def last(self) -> HardwareEvent:
        return self.events[-1]


@pytest.fixture
def script() -> Script:
    """A payment of 12.50 that has just been sent."""
    return Script()


def test_nothing_is_confirmed_before_it_is_kept(script: Script) -> None:
    script.hear(OK, YES)
    assert isinstance(script.last, TerminalApproved)
    assert script.last.record.receipt == "0176"
    assert script.said == []
    script.keep()
    assert script.said == [OK]
    script.hear("06 D3 12 06 10 1F 07 01 02 25 0A 07 01 20 07 02 41 42 09 01 81")
    assert isinstance(script.last, TerminalPrint)
    assert script.said == [OK]
    script.keep()
    script.hear(DONE)
    assert isinstance(script.last, TerminalCompleted)
    assert script.said == [OK, OK]
    script.keep()
    assert script.said == [OK, OK, OK]


def test_a_message_is_confirmed_once(script: Script) -> None:
    script.hear(OK, YES)
    script.keep()
    script.keep()
    assert script.said == [OK]


@pytest.mark.parametrize(
    ("messages", "outcome"),
    [
        (["84 9C 00"], TerminalRefused),
        (["84 83 00"], TerminalRefused),
        (["84 F0 00"], TerminalRefused),
        ([OK, NO, NOT_DONE], TerminalDeclined),
        ([OK, NO, DONE], TerminalDeclined),
        ([OK, NOT_DONE], TerminalDeclined),
        ([OK, NO, NO, NOT_DONE], TerminalDeclined),
        ([OK, DONE], TerminalInDoubt),
        ([OK, YES, "keep", NOT_DONE], TerminalInDoubt),
        ([OK, YES, "keep", NO, NOT_DONE], TerminalInDoubt),
        ([OK, NO, YES, "keep", NOT_DONE], TerminalInDoubt),
        ([OK, YES, DONE], TerminalInDoubt),
        ([DONE], TerminalInDoubt),
        ([NOT_DONE], TerminalInDoubt),
        ([OK, "04 0F 00", DONE], TerminalInDoubt),
        ([OK, YES, "keep", DONE], TerminalCompleted),
        (["84 00 00", YES, "keep", DONE], TerminalCompleted),
        ([OK, YES, "keep", YES, "keep", DONE], TerminalCompleted),
        ([OK, NO, YES, "keep", DONE], TerminalCompleted),
        ([OK, NO, NO, YES, "keep", DONE], TerminalCompleted),
        ([OK, YES, "keep", NO, DONE], TerminalInDoubt),
        ([OK, YES, "keep", NO, YES, "keep", DONE], TerminalInDoubt),
    ],
)
def test_what_each_ending_means(script: Script, messages: list[str], outcome: type) -> None:
    for message in messages:
        if message == "keep":
            script.keep()
        else:
            script.hear(message)
    assert isinstance(script.last, outcome)


@pytest.mark.parametrize(
    ("why", "code"), [("busy", "9C"), ("not_possible", "83"), ("reconcile", "F0"), ("code 77", "77")]
)
def test_a_refused_order_says_why(script: Script, why: str, code: str) -> None:
    script.hear(f"84 {code} 00")
    assert script.last == TerminalRefused(device="card", ticket="a1", why=why)


@pytest.mark.parametrize(
    ("proof", "signed"), [("00", 0), ("01", 1), ("02", 0), ("05", 1), ("06", 1), ("07", 1), ("FF", 0)]
)
def test_an_approval_says_whether_the_card_holder_signs(script: Script, proof: str, signed: int) -> None:
    """Tag 1F10, the card holder's authentication: by signature, alone or with a PIN."""
    script.hear(OK, f"04 0F 14 27 00 04 000000001250 29 29001234 06 04 1F 10 01 {proof}")
    assert isinstance(script.last, TerminalApproved)
    assert script.last.record.signature == bool(signed)


@pytest.mark.parametrize(("result", "why"), [("05", "declined"), ("64", "card_error"), ("6C", "cancelled")])
def test_a_decline_says_what_kind(script: Script, result: str, why: str) -> None:
    script.hear(OK, f"04 0F 02 27 {result}", f"06 1E 01 {result}")
    assert isinstance(script.last, TerminalDeclined)
    assert (script.last.why, script.last.detail) == (why, result)
    assert script.said == [OK]
    script.keep()
    assert script.said == [OK, OK]


@pytest.mark.parametrize(
    "wrong",
    [
        "04 0F 0E 27 00 04 000000001350 29 29001234",
        "04 0F 07 27 00 29 29001234",
        "04 0F 0E 27 00 04 000000001250 29 29009999",
        "04 0F 11 27 00 04 000000001250 29 29001234 49 0752",
    ],
)
def test_an_approval_of_something_else_is_refused_and_enquired(script: Script, wrong: str) -> None:
    script.hear(OK, wrong)
    assert not any(isinstance(event, TerminalApproved) for event in script.events)
    assert script.said == ["84ff00"]
    script.hear(NOT_DONE)
    assert isinstance(script.last, TerminalInDoubt)


def test_an_approval_that_cannot_be_kept_is_refused_and_enquired(script: Script) -> None:
    script.hear(OK, YES)
    assert isinstance(script.last, TerminalApproved)
    script.order(RefuseMessage("a1", script.last.message))
    assert script.said == ["84ff00"]
    script.hear(DONE)
    assert isinstance(script.last, TerminalInDoubt)


def test_a_paper_that_cannot_be_kept_says_that_the_printer_is_not_ready(script: Script) -> None:
    script.hear(OK, "06 D1 02 40 41")
    assert isinstance(script.last, TerminalPrint)
    script.order(RefuseMessage("a1", script.last.message))
    assert script.said == ["84cc00"]


def test_silence_after_the_order_is_a_doubt_and_the_order_is_not_repeated(script: Script) -> None:
    script.wait(4_999)
    assert script.events[1:] == []
    script.wait(1)
    assert isinstance(script.last, TerminalInDoubt)
    assert script.said == []


def test_every_sign_of_life_gives_new_patience(script: Script) -> None:
    script.hear(OK)
    for _ in range(3):
        script.wait(179_000)
        script.hear("04 FF 01 0E")
    assert isinstance(script.last, TerminalText)
    script.wait(180_000)
    assert isinstance(script.last, TerminalInDoubt)


def test_the_terminal_may_ask_for_more_patience(script: Script) -> None:
    script.hear(OK, "04 FF 02 0E 05")
    script.wait(299_999)
    assert isinstance(script.last, TerminalText)
    script.wait(1)
    assert isinstance(script.last, TerminalInDoubt)


@pytest.mark.parametrize(
    ("code", "step", "can_cancel"),
    [
        ("0A", "card", True),
        ("01", "pin", True),
        ("CC", "pin", True),
        ("28", "card", True),
        ("69", "card", True),
        ("5E", "bank", False),
        ("0E", "bank", False),
        ("C8", "bank", False),
        ("1C", "done", False),
        ("07", "done", False),
        ("4B", "remove", False),
        ("55", "remove", False),
    ],
)
def test_the_shopper_is_told_where_they_stand(script: Script, code: str, step: str, can_cancel: bool) -> None:
    script.hear(OK, f"04 FF 01 {code}")
    assert isinstance(script.last, TerminalText)
    assert (script.last.step, script.last.can_cancel) == (step, can_cancel)
    assert script.last.text
    assert script.said == [OK]


def test_the_terminals_own_words_are_shown_unchanged(script: Script) -> None:
    script.hear(OK, "04 FF 0B 0A 00 06 07 24 05 07 03 4B 81 21")
    assert isinstance(script.last, TerminalText)
    assert script.last.text == "Kü!"


@pytest.mark.parametrize("asks", ["04 0D 00", "04 0E 00"])
def test_nobody_is_asked_to_type_or_to_choose_at_an_unattended_till(script: Script, asks: str) -> None:
    """An input or a menu for the cashier (a tip, for one): there is none, so the terminal goes on without."""
    script.hear(OK, asks, YES)
    assert script.said == ["848300"]
    assert isinstance(script.last, TerminalApproved)


def test_a_tip_that_the_terminal_adds_by_itself_is_not_taken(script: Script) -> None:
    script.hear(OK, YES.replace("000000001250", "000000001450"))
    assert script.said == [REFUSED.replace(" ", "").lower()]
    script.hear(DONE)
    assert isinstance(script.last, TerminalInDoubt)
    assert "1450" in script.last.why


def test_a_decline_carries_the_terminals_own_reason(script: Script) -> None:
    script.hear(OK, "04 0F 0D 27 FF 06 09 1F 17 06 4E 6F 20 6B 65 79", "06 1E 01 FF")
    assert isinstance(script.last, TerminalDeclined)
    assert script.last.detail == "FF No key"


def test_unknown_commands_are_refused_and_the_clock_is_accepted(script: Script) -> None:
    script.hear(OK, "06 D8 00", "04 01 08 AA 26 11 23 0C 12 00 00")
    assert script.said == ["848300", OK]


@pytest.mark.parametrize(
    ("raw", "answer"), [("06 D1 02 40 41", "84cc00"), (YES, "84ff00"), ("06 D8 00", "848300"), ("04 FF 01 0E", OK)]
)
def test_what_an_idle_till_did_not_ask_for_is_answered_but_not_claimed_to_be_kept(
    script: Script, raw: str, answer: str
) -> None:
    script.hear(OK, NOT_DONE)
    script.keep()
    script.said.clear()
    script.hear(raw)
    assert script.said == [answer]
    script.hear(OK)
    assert script.said == [answer], "an answer is not answered"


@pytest.mark.parametrize("answer", [OK, "84 83 00"])
def test_a_wish_to_stop_is_not_an_outcome(script: Script, answer: str) -> None:
    script.hear(OK, "04 FF 01 0A")
    script.order(Abort("a1"))
    script.order(Abort("a1"))
    assert script.said == [OK, "06b000"]
    script.hear(answer, YES)
    script.keep()
    script.hear(DONE)
    assert isinstance(script.last, TerminalCompleted)


def test_a_wish_to_stop_waits_until_there_is_something_to_stop(script: Script) -> None:
    script.order(Abort("a1"))
    assert script.said == []
    script.hear(OK)
    assert script.said == ["06b000"]


def test_a_lost_line_after_the_approval_is_a_doubt(script: Script) -> None:
    script.hear(OK, YES)
    script.keep()
    script._note(script.client.lost("reset", script.now_ms))
    assert isinstance(script.last, TerminalInDoubt)
    assert "approved" in script.last.why


def test_what_was_owed_on_a_lost_line_is_not_said_on_the_next(script: Script) -> None:
    script.hear(OK, YES)
    approved = script.last
    assert isinstance(approved, TerminalApproved)
    script._note(script.client.lost("reset", script.now_ms))
    script._note(script.client.opened(script.now_ms))
    script.order(Acknowledge("a1", approved.message))
    assert OK not in script.said


def test_bytes_that_are_no_zvt_end_in_a_doubt(script: Script) -> None:
    script.hear(OK, "41 42 43 44")
    assert isinstance(script.last, TerminalInDoubt)
    assert script.client.take_hang_up()


def test_an_approval_before_the_order_was_accepted_belongs_to_something_else(script: Script) -> None:
    script.hear(YES)
    assert not any(isinstance(event, TerminalApproved) for event in script.events)
    assert script.said == ["84ff00"]


def test_the_same_attempt_is_never_sent_twice(script: Script) -> None:
    script.hear(OK, NO, NOT_DONE)
    script.keep()
    script.said.clear()
    script.order(Authorize("a1", 1_250, ""))
    assert isinstance(script.last, TerminalInDoubt)
    assert script.said == []


def test_an_enquiry_about_the_running_payment_does_not_disturb_it(script: Script) -> None:
    script.hear(OK, YES)
    script.order(Enquire("a1", 1_250, ""))
    script.keep()
    script.hear(DONE)
    assert isinstance(script.last, TerminalApproved | TerminalCompleted)
    assert isinstance(script.events[-1], TerminalCompleted)
