"""The simulated terminal against the bytes of the standard: every order that a till may send, also those that ours does
not."""

from collections.abc import Callable

import pytest

from drivers.card_terminal.zvt.simulator import ZvtSimulator

Talk = Callable[[str], list[str]]
OK = "800000"
REGISTER = "06 00 0E 12 34 56 BE 09 78 06 06 26 04 0A 02 06 D3"


@pytest.fixture
def terminal() -> ZvtSimulator:
    """One that a till has connected to."""
    terminal = ZvtSimulator(bank_ms=0)
    terminal.connected(0)
    return terminal


@pytest.fixture
def talk(terminal: ZvtSimulator) -> Talk:
    """A till that confirms whatever it hears, and somebody with a card; the heads of what the terminal says."""

    def say(raw: str) -> list[str]:
        terminal.receive(bytes.fromhex(raw), terminal.now_ms)
        heads: list[str] = []
        for _ in range(100):
            data = terminal.take()
            while data:
                size = 3 + data[2] if data[2] != 0xFF else 5 + data[3] + 256 * data[4]
                heads.append(data[:3].hex() if data[:1] in b"\x80\x84" else data[:2].hex())
                if data[:1] not in b"\x80\x84":
                    terminal.receive(bytes.fromhex(OK), terminal.now_ms)
                data = data[size:]
            terminal.tap_card()
            terminal.advance(terminal.now_ms + 10)
        return heads

    return say


@pytest.mark.parametrize(
    ("order", "answers"),
    [
        (REGISTER, [OK, "060f"]),
        ("06 00 06 12 34 56 BE 07 52", ["841e00"]),
        ("05 01 00", [OK, "060f"]),
        ("05 01 05 12 34 56 03 04", [OK, "060f"]),
        ("06 20 05 12 34 56 03 03", [OK, "040f", "060f"]),
        ("06 50 03 12 34 56", [OK, "04ff", "06d3", "040f", "060f"]),
        ("06 70 00", [OK, "04ff", "0401", "060f"]),
        ("06 02 00", [OK]),
        ("06 E0 0A F0 05 F1 F0 F5 48 65 6C 6C 6F", [OK]),
        ("06 B0 00", ["848300"]),
        ("06 99 00", ["848300"]),
        ("06 01 0A 04 00 00 00 00 12 50 49 09 78", ["848300"]),
        ("06 31 0A 12 34 56 04 00 00 00 00 05 00", ["848300"]),
    ],
)
def test_an_order_before_any_registration(talk: Talk, order: str, answers: list[str]) -> None:
    assert talk(order) == answers


PAPERS = ["06d3", "06d3"]


def test_pay_then_reverse_then_reverse_again(talk: Talk, terminal: ZvtSimulator) -> None:
    talk(REGISTER)
    assert talk("06 01 0A 04 00 00 00 00 12 50 49 09 78") == [OK, "04ff", "04ff", "04ff", "040f", *PAPERS, "060f"]
    receipt = f"{terminal.journal.last.receipt:04d}"
    reverse = f"06 30 0D 12 34 56 87 {receipt} 04 00 00 00 00 12 50"
    assert talk(reverse) == [OK, "04ff", "040f", *PAPERS, "060f"]
    assert talk(reverse) == [OK, "04ff", "061e"]
    assert terminal.journal.standing == []


def test_a_refund_gives_money_that_no_charge_took(talk: Talk, terminal: ZvtSimulator) -> None:
    talk(REGISTER)
    assert talk("06 31 0A 12 34 56 04 00 00 00 00 05 00") == [OK, "04ff", "04ff", "04ff", "040f", *PAPERS, "060f"]
    entry = terminal.journal.last
    assert (entry.amount_minor, entry.refund, entry.result) == (500, True, 0)
    assert terminal.journal.charges == []
    assert terminal.journal.open() == [entry]


def test_a_refund_that_the_bank_refuses_gives_nothing(talk: Talk, terminal: ZvtSimulator) -> None:
    talk(REGISTER)
    terminal.decline_next()
    assert talk("06 31 0A 12 34 56 04 00 00 00 00 05 00") == [OK, "04ff", "04ff", "04ff", "040f", "061e"]
    assert terminal.journal.last.result == 5


@pytest.mark.parametrize(
    "order",
    [
        "06 01 00",
        "06 01 07 04 00 00 00 00 AB CD",
        "06 01 03 04 00 00",
        "06 30 0D 12 34 56 87 0A BC 04 00 00 00 00 12 50",
        "06 30 00",
        "06 31 03 12 34 56",
    ],
)
def test_an_order_without_proper_digits_is_refused(talk: Talk, order: str) -> None:
    talk(REGISTER)
    assert talk(order) == ["848300"]


def test_log_off_ends_the_registration(talk: Talk) -> None:
    talk(REGISTER)
    talk("06 02 00")
    assert talk("06 01 0A 04 00 00 00 00 12 50 49 09 78") == ["848300"]


def test_extended_lengths_are_read_too(talk: Talk) -> None:
    assert talk("06 20 FF 05 00 12 34 56 03 03") == [OK, "040f", "060f"]
