"""The conversation with a printer, two-ended: every document is printed or said to have failed, never both, never late.

The simulator keeps what it has in its buffer through paper-outs and open covers, as real printers do.
"""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drivers.events import (
    DeviceOffline,
    DeviceOnline,
    DocumentLine,
    DrawerStatus,
    Print,
    PrintDone,
    PrinterStatus,
    PrintFailed,
)

LONG = tuple(f"line {n}" for n in range(20))
MODES = pytest.mark.parametrize("status", ["asb", "poll"])


def tickets(events: list[Any], kind: type) -> list[str]:
    return [event.ticket for event in events if isinstance(event, kind)]


def failures(events: list[Any]) -> list[tuple[str, str]]:
    return [(event.ticket, event.why) for event in events if isinstance(event, PrintFailed)]


@MODES
def test_it_introduces_itself_with_its_paper(make_desk: Callable[..., Any], status: str) -> None:
    desk = make_desk(status=status)
    assert desk.run(100) == [
        DeviceOnline(device="pos_printer", detail="TM-T88V"),
        DeviceOnline(device="cash_drawer", detail="TM-T88V"),
        PrinterStatus(device="pos_printer", paper="ok"),
        DrawerStatus(device="cash_drawer", open=False),
    ]


@MODES
def test_done_comes_after_the_paper_and_once(make_desk: Callable[..., Any], status: str) -> None:
    desk = make_desk(status=status)
    desk.run(100)
    desk.print("t1", *LONG)
    assert tickets(desk.run(200), PrintDone) == []
    assert not desk.simulator.paper[-1].cut
    assert tickets(desk.run(2_000), PrintDone) == ["t1"]
    assert desk.texts == ["\n".join(LONG)]


def test_documents_wait_their_turn(desk: Any) -> None:
    desk.print("t1", "one")
    desk.print("t2", "two")
    desk.print("t3", "three")
    assert tickets(desk.run(3_000), PrintDone) == ["t1", "t2", "t3"]
    assert desk.texts == ["one", "two", "three"]


@MODES
def test_a_roll_that_ends_in_the_middle_fails_the_document_and_leaves_nothing_behind(
    make_desk: Callable[..., Any], status: str
) -> None:
    desk = make_desk(status=status)
    desk.run(100)
    desk.simulator.lines_left = 5
    desk.print("t1", *LONG)
    said = desk.run(3_000)
    assert failures(said) == [("t1", "out of paper")]
    assert PrinterStatus(device="pos_printer", paper="out") in said
    desk.simulator.load_paper()
    said = desk.run(12_000)
    assert PrinterStatus(device="pos_printer", paper="ok") in said
    desk.print("t2", "for the next shopper")
    assert tickets(desk.run(1_000), PrintDone) == ["t2"]
    assert desk.texts[-1] == "line 0\nline 1\nline 2\nline 3\nline 4\nfor the next shopper"


def test_a_printer_that_is_not_cleared_replays_old_receipts(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The fault that clearing is for is real: the simulator shows it as soon as the till forgets."""
    monkeypatch.setattr("drivers.pos_printer.protocol.CLEAR_BUFFERS", b"")
    desk.simulator.lines_left = 5
    desk.print("t1", *LONG)
    desk.run(3_000)
    desk.simulator.load_paper()
    desk.run(3_000)
    assert "line 19" in desk.texts[-1]


@pytest.mark.parametrize(
    ("break_it", "mend_it", "why"),
    [
        (lambda sim: sim.open_cover(), lambda sim: sim.close_cover(), "the cover is open"),
        (lambda sim: sim.load_paper("out"), lambda sim: sim.load_paper(), "out of paper"),
        (lambda sim: sim.jam(), lambda sim: sim.free(), "the cutter is jammed: open the cover and clear it"),
    ],
)
def test_trouble_refuses_at_once_and_mended_prints(
    desk: Any, break_it: Callable[[Any], None], mend_it: Callable[[Any], None], why: str
) -> None:
    break_it(desk.simulator)
    desk.run(50)
    assert failures(desk.print("t1", "one")) == [("t1", why)]
    mend_it(desk.simulator)
    desk.run(50)
    desk.print("t2", "two")
    assert tickets(desk.run(1_000), PrintDone) == ["t2"]
    assert desk.texts == ["two"]


@MODES
def test_a_head_too_hot_is_waited_for_and_the_receipt_comes_once(make_desk: Callable[..., Any], status: str) -> None:
    desk = make_desk(status=status)
    desk.run(100)
    desk.print("t1", *LONG)
    desk.run(100)
    desk.simulator.overheat()
    said = desk.run(8_000)
    assert [e for e in said if isinstance(e, PrinterStatus)] == [
        PrinterStatus(device="pos_printer", paper="ok", error="the print head is too hot: it goes on by itself")
    ]
    assert tickets(said, PrintFailed) == []
    desk.simulator.cool()
    said = desk.run(3_000)
    assert tickets(said, PrintDone) == ["t1"]
    assert PrinterStatus(device="pos_printer", paper="ok") in said
    assert desk.texts == ["\n".join(LONG)]


@MODES
def test_a_finger_on_the_feed_button_is_no_event(make_desk: Callable[..., Any], status: str) -> None:
    desk = make_desk(status=status)
    desk.run(100)
    desk.simulator.go_offline()
    desk.run(1_500)
    assert desk.print("t1", "one") == []
    desk.run(500)
    desk.simulator.go_online()
    said = desk.run(12_000)
    assert [e for e in said if not isinstance(e, PrintDone)] == []
    assert tickets(desk.events, PrintDone) == ["t1"]


@MODES
def test_a_printer_that_stays_offline_is_told_and_refuses_in_a_moment(
    make_desk: Callable[..., Any], status: str
) -> None:
    desk = make_desk(status=status)
    desk.run(100)
    desk.simulator.go_offline()
    why = "the printer is offline: press its feed button, or switch it off and on"
    assert PrinterStatus(device="pos_printer", paper="ok", error=why) in desk.run(15_000)
    desk.print("t1", "one")
    assert failures(desk.run(6_000)) == [("t1", why)]
    desk.kick()
    assert DrawerStatus(device="cash_drawer", open=True) in desk.run(12_000)
    desk.simulator.go_online()
    assert PrinterStatus(device="pos_printer", paper="ok") in desk.run(12_000)
    desk.print("t2", "two")
    assert tickets(desk.run(1_000), PrintDone) == ["t2"]
    assert desk.texts == ["two"]


@MODES
def test_a_printer_too_hot_for_long_gives_the_receipt_up_and_clears_it(
    make_desk: Callable[..., Any], status: str
) -> None:
    desk = make_desk(status=status)
    desk.run(100)
    desk.print("t1", *LONG)
    desk.run(100)
    desk.simulator.overheat()
    (failed,) = failures(desk.run(30_000))
    assert failed == ("t1", "the print head is too hot: it goes on by itself")
    desk.simulator.cool()
    desk.run(12_000)
    desk.print("t2", "two")
    assert tickets(desk.run(1_000), PrintDone) == ["t2"]
    assert "line 19" not in desk.texts[-1]


@MODES
def test_power_that_goes_in_the_middle_of_a_job_fails_it_and_nothing_of_it_comes_later(
    make_desk: Callable[..., Any], status: str
) -> None:
    desk = make_desk(status=status)
    desk.run(100)
    desk.simulator.bytes_left = 100
    desk.print("t1", *LONG)
    assert tickets(desk.run(1_000), PrintFailed) == ["t1"]
    desk.simulator.plug_in()
    desk.run(12_000)
    desk.print("t2", "two")
    assert tickets(desk.run(1_000), PrintDone) == ["t2"]
    assert "line 19" not in "".join(desk.texts)


def test_low_paper_is_told_and_still_prints(desk: Any) -> None:
    desk.simulator.load_paper("low")
    assert desk.run(20) == [PrinterStatus(device="pos_printer", paper="low")]
    desk.print("t1", "one")
    assert tickets(desk.run(1_000), PrintDone) == ["t1"]


def test_trouble_that_is_there_when_the_till_starts_is_known(make_desk: Callable[..., Any]) -> None:
    desk = make_desk()
    desk.simulator.load_paper("out")
    assert PrinterStatus(device="pos_printer", paper="out") in desk.run(100)
    desk.simulator.load_paper()
    assert PrinterStatus(device="pos_printer", paper="ok") in desk.run(100)  # automatic status was turned on


@MODES
def test_unplugged_in_the_middle_fails_the_document(make_desk: Callable[..., Any], status: str) -> None:
    desk = make_desk(status=status)
    desk.run(100)
    desk.print("t1", *LONG)
    desk.run(100)
    desk.simulator.unplug()
    said = desk.run(3_000)
    assert tickets(said, PrintFailed) == ["t1"]
    assert [e.device for e in said if isinstance(e, DeviceOffline)] == ["pos_printer", "cash_drawer"]
    desk.simulator.plug_in()
    said = desk.run(6_000)
    assert [e.device for e in said if isinstance(e, DeviceOnline)] == ["pos_printer", "cash_drawer"]
    desk.print("t2", "two")
    assert tickets(desk.run(1_000), PrintDone) == ["t2"]
    assert "line 19" not in "".join(desk.texts)


def test_unplugged_for_long_is_said_once_and_documents_are_refused_at_once(desk: Any) -> None:
    desk.simulator.unplug()
    said = desk.run(60_000)
    assert len([e for e in said if isinstance(e, DeviceOffline)]) == 2  # printer and drawer
    assert tickets(desk.print("t1", "one"), PrintFailed) == ["t1"]


def test_a_document_before_the_printer_is_there_waits_a_little(make_desk: Callable[..., Any]) -> None:
    desk = make_desk()
    assert desk.print("t1", "early") == []
    assert tickets(desk.run(1_000), PrintDone) == ["t1"]


def test_a_document_does_not_wait_for_ever(make_desk: Callable[..., Any]) -> None:
    desk = make_desk()
    desk.simulator.mute = True
    desk.print("t1", "never")
    assert tickets(desk.run(10_000), PrintFailed) == ["t1"]
    desk.simulator.mute = False
    desk.run(10_000)
    assert desk.texts == []


@MODES
def test_a_silent_printer_is_offline_and_comes_back(make_desk: Callable[..., Any], status: str) -> None:
    desk = make_desk(status=status)
    desk.run(100)
    desk.simulator.mute = True
    assert DeviceOffline in map(type, desk.run(15_000))
    desk.simulator.mute = False
    assert DeviceOnline in map(type, desk.run(10_000))


def test_silence_after_the_last_byte_is_not_success(desk: Any) -> None:
    desk.simulator.mute = True
    desk.print("t1", "one")
    said = desk.run(30_000)
    assert tickets(said, PrintDone) == []
    assert tickets(said, PrintFailed) == ["t1"]


def test_a_slow_printer_is_waited_for(desk: Any) -> None:
    desk.simulator.line_ms = 400
    desk.print("t1", *LONG)
    assert tickets(desk.run(15_000), PrintDone) == ["t1"]


def test_too_many_documents_are_refused(desk: Any) -> None:
    desk.simulator.line_ms = 1_000
    said = [event for n in range(30) for event in desk.print(f"t{n}", "x")]
    assert ("t29", "too many documents are waiting") in failures(said)


def test_the_drawer_opens_before_the_receipts_that_wait(desk: Any) -> None:
    desk.print("t1", *LONG)
    desk.print("t2", *LONG)
    desk.kick()
    said = desk.run(3_000)
    assert [type(e) for e in said] == [PrintDone, DrawerStatus, PrintDone]
    desk.simulator.close_drawer()
    assert desk.run(20) == [DrawerStatus(device="cash_drawer", open=False)]


def test_the_drawer_opens_without_paper_too(desk: Any) -> None:
    desk.simulator.load_paper("out")
    desk.run(50)
    desk.kick()
    assert DrawerStatus(device="cash_drawer", open=True) in desk.run(50)


def test_a_drawer_is_never_opened_later(desk: Any) -> None:
    desk.simulator.unplug()
    desk.run(500)
    assert [type(e) for e in desk.kick()] == [DeviceOffline]
    desk.simulator.plug_in()
    desk.run(10_000)
    assert not desk.simulator.drawer_open


def test_a_kick_stuck_behind_a_long_job_is_dropped(desk: Any) -> None:
    desk.simulator.line_ms = 700
    desk.print("t1", *LONG)
    desk.kick()
    assert tickets(desk.run(20_000), PrintDone) == ["t1"]
    assert not desk.simulator.drawer_open


def test_without_a_back_channel_taken_is_done(make_desk: Callable[..., Any]) -> None:
    desk = make_desk(status="none")
    desk.simulator.mute = True
    desk.run(20)
    desk.print("t1", "one")
    assert tickets([*desk.events, *desk.run(1_000)], PrintDone) == ["t1"]
    assert desk.texts == ["one"]


def test_an_idle_printer_is_not_asked_often(desk: Any) -> None:
    desk.run(1_000)
    deadline = desk.printer.deadline_ms()
    assert deadline is not None and deadline - desk.now_ms > 1_000


@given(st.lists(st.binary(min_size=1, max_size=30), min_size=1, max_size=5))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_line_noise_never_makes_a_receipt_from_nothing(make_desk: Callable[..., Any], noises: list[bytes]) -> None:
    """Whatever is babbled, a document ends once; and after a calm minute the printer prints again."""
    desk = make_desk()
    desk.run(100)
    for number, noise in enumerate(noises):
        desk.print(f"t{number}", "x")
        desk.simulator.babble(noise)
        desk.run(100)
    desk.run(60_000)
    ended = sorted(tickets(desk.events, PrintDone) + tickets(desk.events, PrintFailed))
    assert ended == [f"t{number}" for number in range(len(noises))]
    desk.print("last", "calm again")
    assert tickets(desk.run(2_000), PrintDone) == ["last"]


@given(st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_whatever_happens_each_document_ends_once_and_done_means_on_paper(
    make_desk: Callable[..., Any], data: st.DataObject
) -> None:
    desk = make_desk(status=data.draw(st.sampled_from(["asb", "poll"])))
    hands = {
        "out": lambda: desk.simulator.load_paper("out"),
        "ends": lambda: setattr(desk.simulator, "lines_left", 3),
        "load": lambda: desk.simulator.load_paper(),
        "open": desk.simulator.open_cover,
        "close": desk.simulator.close_cover,
        "hot": desk.simulator.overheat,
        "cool": desk.simulator.cool,
        "button": desk.simulator.go_offline,
        "let go": desk.simulator.go_online,
        "power": lambda: setattr(desk.simulator, "bytes_left", 60),
        "unplug": desk.simulator.unplug,
        "plug": desk.simulator.plug_in,
        "mute": lambda: setattr(desk.simulator, "mute", True),
        "speak": lambda: setattr(desk.simulator, "mute", False),
    }
    names = []
    for number in range(data.draw(st.integers(1, 6))):
        names.append(f"receipt {number}")
        document = (DocumentLine(names[-1]), *[DocumentLine("...")] * 5, DocumentLine(f"end {number}"))
        desk.events += desk.printer.command(Print(ticket=names[-1], document=document), desk.now_ms)
        desk.run(data.draw(st.sampled_from([0, 50, 200, 3_000])))
        hands[data.draw(st.sampled_from(sorted(hands)))]()
        desk.run(data.draw(st.sampled_from([0, 50, 200, 3_000])))
    for mend in ("plug", "speak", "close", "load", "cool", "let go"):
        hands[mend]()
    desk.simulator.bytes_left = None
    desk.run(60_000)
    done, failed = tickets(desk.events, PrintDone), tickets(desk.events, PrintFailed)
    assert sorted(done + failed) == names
    roll = desk.simulator.roll_text()
    for name in done:
        assert roll.count(name) == 1 and roll.count(f"end {name[-1]}") == 1
    for name in failed:
        assert roll.count(name) <= 1
