"""What the console works out without a browser: which buttons, what rings, how machines are, what an act reads like."""

from types import SimpleNamespace
from zoneinfo import ZoneInfo

from kiosk.wire.messages import DeviceHealth, Health, LaneState
from store.acts import Told
from store.console import words
from store.console.acts_view import row_of
from store.console.alerts import Heard, lacks, ringing
from store.console.answers import answers, said
from store.console.cards import Call
from store.console.health import Row, machine_of
from store.escalation import Need, Task
from store.lanes import Lane

NOW = 1_795_428_900_000
"""2026-11-23T10:15:00Z"""
AGE = Call("Check age", "just now", "age", "u1")


def test_an_age_is_approved_from_here_only_where_the_shop_lets_it_and_by_who_says_that_they_see_the_shopper() -> None:
    assert [one.kind for one in answers(AGE, ages=False, assists=True)] == ["deny"]
    refuse, approve = answers(AGE, ages=True, assists=True)
    assert (approve.kind, approve.asks) == ("approve", "sees")
    assert said(AGE, approve) == {"reason": "age", "detail": "u1", "sees": True}
    assert said(AGE, refuse) == {"reason": "age", "detail": "u1"}
    assert answers(AGE, ages=True, assists=False) == ()


def test_an_approval_is_given_with_its_reason_and_what_is_settled_at_the_lane_has_no_button() -> None:
    call = Call("Bo asks", "just now", "approval", "u2/x")
    assert [one.asks for one in answers(call, ages=False, assists=True)] == ["why", "why"]
    assert said(call, answers(call, ages=False, assists=True)[0], "  torn ")["text"] == "torn"
    assert answers(Call("Payment in doubt", "", "bank"), ages=True, assists=True) == ()


def test_it_rings_once_for_whoever_is_asked_and_not_for_what_somebody_has_in_hand() -> None:
    mine = Task(Need("k01", "age"), NOW, asked=("u1",))
    others = Task(Need("k02", "help"), NOW, asked=("u2",))
    heard, rings = ringing(Heard(), (mine, others), "u1")
    assert rings == [mine]
    assert ringing(heard, (mine, others), "u1")[1] == []
    passed_on = Task(others.need, NOW, asked=("u2", "u1"))
    heard, rings = ringing(heard, (mine, passed_on), "u1")
    assert rings == [passed_on]
    taken = Task(Need("k01", "age", seen_by="Bo"), NOW, asked=("u1",))
    assert ringing(Heard(), (taken,), "u1")[1] == []
    heard, _ = ringing(heard, (), "u1")
    assert ringing(heard, (mine,), "u1")[1] == [mine]


def test_what_the_browser_did_not_grant_is_said_with_what_to_do() -> None:
    assert "/trust" in lacks({"sound": True, "notify": "unavailable"})
    assert "blocked" in lacks({"sound": True, "notify": "denied"})
    assert lacks({"sound": True, "notify": "granted", "wake": True}) == "On"


def test_a_device_is_called_as_on_the_lane_with_the_name_that_tells_it_from_another() -> None:
    names = ("pos_printer", "button.help", "door.service", "scanner.exit", "new_thing")
    told = ["Receipt printer", "Help button", "Door (service)", "Scanner (exit)", "New thing"]
    assert [words.device(name) for name in names] == told


def test_a_sentence_keeps_its_names_one_is_one_and_people_have_names() -> None:
    assert words.sentence("the PIN is Kim's") == "The PIN is Kim's" and words.sentence("") == ""
    assert (words.counted(1, "price"), words.counted(2_000, "price")) == ("1 price", "2,000 prices")
    assert words.named("Week 49 (by u1)", {"u1": "Anna"}) == "Week 49 (by Anna)"
    assert words.named("Week 49 (by the shell)", {"u1": "Anna"}) == "Week 49 (by the shell)"


def test_a_lane_in_trouble_names_its_devices_its_paper_and_the_cash_that_runs_out() -> None:
    devices = {
        "pos_printer": DeviceHealth(status="lost", life="absent", why="no answer", since="2026-11-23T10:05:00.000Z"),
        "scanner": DeviceHealth(status="ok", life="ready"),
    }
    health = Health(
        store="s001", till="k01", devices=devices, paper="low", cash_minor=152_300,
        cash_levels=((10_000, 10), (2_000, 26), (100, 3)), disk_free_mib=12_345, outbox=2,
    )  # fmt: skip
    state = LaneState(store="s001", till="k01", online=True, currency="SEK", number="1")
    machine = machine_of(Lane("k01", state, health), NOW)
    assert machine.bad == 3
    assert machine.rows[:3] == (
        Row("Receipt printer", "not there", "no answer, for 10 min", bad=True),
        Row("Paper", "running out", "", bad=True),
        Row("Cash to pay out", "1,523.00 SEK, few of 1.00", "10 × 100.00, 26 × 20.00, 3 × 1.00", bad=True),
    )
    assert Row("Disk", "12 GiB free") in machine.rows and Row("Waiting to be sent", "2") in machine.rows
    assert machine_of(Lane("k02"), NOW).rows == ()


def test_an_act_reads_as_a_sentence_with_what_came_of_it() -> None:
    parts = SimpleNamespace(config=SimpleNamespace(zone=ZoneInfo("Europe/Stockholm")))
    told = Told(1, NOW, "u1", "Anna", "order", "k01", "approve age", "192.0.2.7", "refused", "the lane has moved on")
    row = row_of(told, parts)  # type: ignore[arg-type]  # only the shop's clock is asked for
    assert (row["at"], row["who"], row["what"]) == ("23 Nov, 11:15", "Anna", "Ordered: approve age")
    assert row["outcome"] == "Not done: the lane has moved on"
    program = Told(2, NOW, "token:erp", "token:erp", "api", "", "PATCH /api/v1/prices/1", "", "", "")
    assert row_of(program, parts)["who"] == "erp (program)"  # type: ignore[arg-type]  # as above
