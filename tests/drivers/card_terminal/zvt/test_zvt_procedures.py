"""Preparing, health, reversal and end of day, against the simulated terminal."""

from collections.abc import Callable
from typing import Any

import pytest

from drivers.card_terminal.zvt.driver import Settings, address, make, make_simulated
from drivers.card_terminal.zvt.simulated.faults import Cut
from drivers.card_terminal.zvt.simulator import ZvtSimulator
from drivers.device import DeviceError
from drivers.events import (
    Abort,
    DeviceOffline,
    DeviceOnline,
    Prepare,
    Reverse,
    Settle,
    TerminalCompleted,
    TerminalDeclined,
    TerminalPrint,
    TerminalReady,
    TerminalRefused,
    TerminalReversed,
    TerminalSettled,
    TerminalText,
)


def wait_for(till: Any, kind: type) -> Any:
    till.run(lambda: bool(till.seen(kind)))
    return till.seen(kind)[-1]


# --- preparing and health --------------------------------------------------------------------------------------------


def test_preparing_tells_the_last_transaction_before_ours(till: Any) -> None:
    till.terminal.journal.foreign(4_200, 0)
    answer = till.prepare()
    assert isinstance(answer, TerminalReady)
    assert '"receipt":"0002"' in answer.baseline
    assert '"amount_minor":4200' in answer.baseline


@pytest.mark.parametrize(("state", "why"), [(0xF0, "reconcile"), (0xC2, "diagnose"), (0x51, "initialise")])
def test_a_terminal_that_needs_something_else_first_says_so(till: Any, state: int, why: str) -> None:
    till.terminal.faults.busy = state
    assert till.prepare() == TerminalRefused(device="card", ticket="a1", why=why)


def test_a_busy_terminal_is_given_a_moment(till: Any) -> None:
    till.terminal.faults.busy = 0x9C
    till.command(Prepare("a1"))
    till.rest(2_000)
    till.terminal.faults.busy = 0
    assert isinstance(wait_for(till, TerminalReady), TerminalReady)


def test_a_terminal_that_stays_busy_refuses(till: Any) -> None:
    till.terminal.faults.busy = 0x9C
    assert till.prepare() == TerminalRefused(device="card", ticket="a1", why="busy")


def test_an_unplugged_terminal_is_unreachable_and_the_lane_knows(till: Any) -> None:
    till.terminal.unplug()
    assert till.prepare() == TerminalRefused(device="card", ticket="a1", why="unreachable")
    assert len(till.seen(DeviceOffline)) == 1
    till.terminal.plug()
    till.rest(20_000)
    assert isinstance(till.events[-1], DeviceOnline)
    assert isinstance(till.prepare("a2"), TerminalReady)


def test_a_deaf_terminal_is_unreachable(till: Any) -> None:
    till.terminal.faults.deaf = True
    assert till.prepare() == TerminalRefused(device="card", ticket="a1", why="unreachable")


def test_what_is_no_terminal_is_unreachable(till: Any) -> None:
    till.terminal.faults.greeting = b"SSH-2.0-OpenSSH_9.2\r\n"
    assert till.prepare() == TerminalRefused(device="card", ticket="a1", why="unreachable")


def test_another_currency_is_refused_before_any_money_moves(make_till: Callable[..., Any]) -> None:
    till = make_till(currency="SEK")
    till.terminal.currency = 978
    assert till.prepare() == TerminalRefused(device="card", ticket="a1", why="currency")
    assert till.seen(DeviceOffline)


def test_an_idle_terminal_is_probed_and_reported_once(till: Any) -> None:
    till.rest(60_000)
    assert till.events == [DeviceOnline(device="card", detail="29001234")]
    till.terminal.set_power(False)
    till.rest(60_000)
    assert len(till.seen(DeviceOffline)) == 1
    till.terminal.set_power(True)
    till.rest(30_000)
    assert isinstance(till.events[-1], DeviceOnline)


def test_an_idle_line_is_hung_up_and_a_held_one_is_not(make_till: Callable[..., Any]) -> None:
    for hang_up_ms, linked in ((1_000, False), (0, True)):
        till = make_till(idle_hang_up_ms=hang_up_ms)
        till.rest(10_000)
        assert till.terminal.linked is linked


@pytest.mark.parametrize("hang_up_ms", [0, 1_000, 5_000])
def test_a_terminal_that_drops_idle_lines_is_paid_all_the_same(make_till: Callable[..., Any], hang_up_ms: int) -> None:
    till = make_till(idle_hang_up_ms=hang_up_ms)
    till.terminal.faults.idle_drop_ms = 1_500
    for number in range(3):
        assert isinstance(till.pay(ticket=f"a{number}"), TerminalCompleted)
        till.rest(4_000)
    assert len(till.terminal.journal.standing) == 3


def test_a_slow_disk_between_preparing_and_paying_does_not_matter(till: Any) -> None:
    till.terminal.faults.idle_drop_ms = 1_500
    till.prepare()
    till.rest(7_000)
    assert isinstance(till.authorize(), TerminalCompleted)


def test_a_stop_while_preparing_means_that_nothing_is_sent(till: Any) -> None:
    till.terminal.faults.busy = 0x9C
    till.command(Prepare("a1"))
    till.rest(1_500)
    till.command(Abort("a1"))
    answer = wait_for(till, TerminalRefused)
    assert (answer.why, till.terminal.journal.charges) == ("cancelled", [])


# --- a person at the terminal ----------------------------------------------------------------------------------------


def test_small_amounts_are_tapped_and_large_ones_need_a_pin(till: Any) -> None:
    till.pay(1_250)
    assert "pin" not in [event.step for event in till.seen(TerminalText)]
    till.pay(50_000, "a2")
    assert [event.step for event in till.seen(TerminalText)].count("pin") == 1


def test_a_wrong_pin_is_asked_for_again_and_then_declined(till: Any) -> None:
    till.pin = "9999"
    answer = till.pay(50_000)
    assert isinstance(answer, TerminalDeclined)
    assert [event.text for event in till.seen(TerminalText) if event.step == "pin"] == [
        "Enter PIN",
        "Wrong PIN",
        "Wrong PIN",
    ]
    assert till.terminal.journal.charges == []


def test_a_card_whose_holder_signs_asks_for_no_pin_and_says_so(till: Any) -> None:
    till.terminal.sign_next()
    answer = till.pay(50_000)
    assert "pin" not in [event.step for event in till.seen(TerminalText)]
    assert answer.record.signature
    assert not till.pay(1_250, "a2").record.signature


def test_the_red_key_cancels(till: Any) -> None:
    till.taps = False
    till.on_event = lambda event: till.terminal.cancel_on_terminal() if getattr(event, "step", "") == "card" else None
    answer = till.pay()
    assert isinstance(answer, TerminalDeclined)
    assert answer.why == "cancelled"


def test_nobody_comes_and_the_terminal_gives_up(till: Any) -> None:
    till.taps = False
    answer = till.pay()
    assert isinstance(answer, TerminalDeclined)
    assert answer.why == "cancelled"


def test_the_terminal_speaks_its_own_language(make_till: Callable[..., Any]) -> None:
    till = make_till(language="sv", currency="SEK")
    till.pay()
    texts = [event.text for event in till.seen(TerminalText)]
    assert texts == ["Sätt in eller blippa kort", "Vänta", "Godkänt"]


def test_receipts_come_as_whole_papers(till: Any) -> None:
    till.pay()
    assert [paper.copy for paper in till.seen(TerminalPrint)] == ["merchant", "customer"]
    assert "Total              12,50" in till.seen(TerminalPrint)[1].lines
    assert not any("4571" in line for paper in till.seen(TerminalPrint) for line in paper.lines)


def test_a_card_left_in_keeps_the_terminal_from_the_next_payment(till: Any) -> None:
    till.taps = False
    till.prepare()
    till.on_event = lambda event: till.terminal.insert_card() if getattr(event, "step", "") == "card" else None
    assert isinstance(till.authorize(), TerminalCompleted)
    assert till.terminal.card == "" or till.terminal.wants == "removal"


def test_a_person_can_only_do_what_the_terminal_waits_for() -> None:
    terminal = ZvtSimulator()
    assert not terminal.tap_card()
    assert not terminal.type_pin("1234")
    terminal.cancel_on_terminal()
    assert terminal.journal.charges == []


# --- reversal --------------------------------------------------------------------------------------------------------


def reverse(till: Any, record: Any) -> Any:
    till.events.clear()
    till.command(Reverse("r1", record))
    return wait_for(till, TerminalReversed)


def test_a_charge_is_given_back_once(till: Any) -> None:
    record = till.pay().record
    assert reverse(till, record).done
    assert till.terminal.journal.standing == []
    again = reverse(till, record)
    assert again.done
    assert "already" in again.evidence
    assert len(till.terminal.journal.entries) == 3


def test_the_papers_of_a_reversal_are_confirmed_when_they_are_kept(till: Any) -> None:
    record = till.pay().record
    till.events.clear()
    till.acknowledges = False
    till.command(Reverse("r1", record))
    till.run(lambda: bool(till.seen(TerminalPrint)))
    till.rest(1_000)
    assert [paper.copy for paper in till.seen(TerminalPrint)] == ["merchant"], "the next one waits for our answer"
    till.acknowledges = True
    till.command(_acknowledge(till.seen(TerminalPrint)[0]))
    assert wait_for(till, TerminalReversed).done
    papers = till.seen(TerminalPrint)
    assert [(paper.ticket, paper.copy, paper.lines[1]) for paper in papers] == [
        ("r1", "merchant", "REVERSAL Visa"),
        ("r1", "customer", "REVERSAL Visa"),
    ]


def test_an_answer_that_comes_too_late_is_not_taken_for_another_one(make_till: Callable[..., Any]) -> None:
    """The terminal stopped waiting for our answer to a paper; said now, it would confirm whatever is on its way."""
    till = make_till(idle_hang_up_ms=0)
    record = till.pay().record
    till.acknowledges = False
    till.events.clear()
    till.command(Reverse("r1", record))
    assert wait_for(till, TerminalReversed).done
    heard: list[bytes] = []
    receive = till.terminal.receive
    till.terminal.receive = lambda data, now_ms: (heard.append(data), receive(data, now_ms))
    for paper in till.seen(TerminalPrint):
        till.command(_acknowledge(paper))
    assert heard == []


def test_a_terminal_that_reverses_another_charge_is_found_out(till: Any) -> None:
    record = till.pay(1_250).record
    till.pay(1_250, "a2")
    till.terminal.faults.reverses_last = True
    answer = reverse(till, record)
    assert not answer.done
    assert "000003" in answer.evidence


def test_a_charge_that_the_terminal_does_not_know_is_not_reversed(till: Any) -> None:
    record = till.pay().record
    till.terminal.journal.entries.pop()
    assert not reverse(till, record).done


def test_a_lost_answer_to_a_reversal_is_looked_for(till: Any) -> None:
    record = till.pay().record
    till.on_event = lambda event: None
    till.command(Reverse("r1", record))
    while till.terminal.journal.standing:
        till.now_ms += 1
        till.terminal.take() if till.terminal.journal.standing else None
        till.turn()
    till.terminal.unplug()
    till.rest(3_000)
    till.terminal.plug()
    assert wait_for(till, TerminalReversed).done


def test_an_unreachable_terminal_reverses_nothing(till: Any) -> None:
    record = till.pay().record
    till.terminal.unplug()
    answer = reverse(till, record)
    assert not answer.done
    assert "unreachable" in answer.evidence
    assert len(till.terminal.journal.standing) == 1


# --- end of day ------------------------------------------------------------------------------------------------------


def test_the_end_of_day_tells_total_and_counts(till: Any) -> None:
    till.pay(1_250)
    till.pay(3_000, "a2")
    till.command(Settle("s1"))
    till.on_event = lambda event: till.command(_acknowledge(event)) if isinstance(event, TerminalPrint) else None
    settled = wait_for(till, TerminalSettled)
    assert (settled.done, settled.total_minor, settled.lines) == (True, 4_250, ("Visa: 2, 4250",))
    assert till.seen(TerminalPrint)[-1].copy == "admin"
    till.events.clear()
    till.command(Settle("s2"))
    assert wait_for(till, TerminalSettled).total_minor == 0


def _acknowledge(event: TerminalPrint) -> Any:
    from drivers.events import Acknowledge

    return Acknowledge(event.ticket, event.message)


def test_an_end_of_day_without_a_terminal_is_not_done(till: Any) -> None:
    till.terminal.unplug()
    till.command(Settle("s1"))
    settled = wait_for(till, TerminalSettled)
    assert (settled.done, settled.lines) == (False, ("unreachable",))


# --- settings --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("settings", "word"),
    [
        (Settings(port="socket://x", currency=""), "currency"),
        (Settings(port="socket://x", currency="XXX"), "currency"),
        (Settings(port="socket://x", currency="EUR", password="12"), "password"),
        (Settings(currency="EUR"), "port"),
    ],
)
def test_settings_that_cannot_be_are_refused_with_the_word_to_mend(settings: Settings, word: str) -> None:
    with pytest.raises(DeviceError, match=word):
        make("card", settings)


def test_the_port_number_of_the_protocol_is_filled_in() -> None:
    assert address("socket://10.0.0.7") == "socket://10.0.0.7:20007"
    assert address("socket://10.0.0.7:5000") == "socket://10.0.0.7:5000"
    assert address("/dev/ttyUSB0") == "/dev/ttyUSB0"


def test_the_simulated_terminal_can_be_had_without_a_port() -> None:
    device, terminal = make_simulated("card", Settings(currency="SEK"))
    assert device.fileno() is None
    assert terminal.reachable


def test_a_cut_happens_once(till: Any) -> None:
    till.prepare()
    till.terminal.faults.cut = Cut(3)
    till.authorize()
    assert till.terminal.faults.cut is None
    assert isinstance(till.pay(ticket="a2"), TerminalCompleted)
