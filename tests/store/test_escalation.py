"""A call of a lane goes to somebody, and on to the next and the lamp, until somebody is on their way."""

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from selling import NOW, on
from sqlalchemy.engine import Engine

from kiosk.wire.codec import encode
from kiosk.wire.messages import LaneState, StaffNeed
from kiosk.wire.outgoing import till_message
from store import commands, sessions
from store.config import Config, StoreTable
from store.escalation import Need, Task, watch
from store.parts import make_parts
from store.rights import may
from store.sessions import Person
from store.users import add_user

ANNA, BO, OLLE = Person("u1", "Anna", "supervisor"), Person("u2", "Bo", "cashier"), Person("u3", "Olle", "operator")
AGE, HELP = Need("k01", "age"), Need("k02", "help", "price")
WAIT = 45_000


def test_it_goes_to_one_then_to_the_lamp_and_the_next_and_stops_when_somebody_comes() -> None:
    first = watch((), [AGE], [ANNA, BO], WAIT, NOW)
    assert first.tasks[0].asked == ("u1",) and first.lamps == ()
    assert watch(first.tasks, [AGE], [ANNA, BO], WAIT, NOW + WAIT - 1).tasks == first.tasks
    later = watch(first.tasks, [AGE], [ANNA, BO], WAIT, NOW + WAIT)
    assert later.tasks[0].asked == ("u1", "u2") and [task.need for task in later.lamps] == [AGE]
    again = watch(later.tasks, [AGE], [ANNA, BO], WAIT, NOW + 2 * WAIT)
    assert again.tasks[0].asked == ("u1", "u2") and again.lamps == ()
    coming = msgspec.structs.replace(AGE, seen_by="Bo")
    assert watch(again.tasks, [coming], [ANNA, BO], WAIT, NOW + 9 * WAIT).tasks[0].asked == ("u1", "u2")
    assert watch(again.tasks, [], [ANNA, BO], WAIT, NOW).tasks == ()


def test_two_calls_go_to_two_people_and_a_printer_to_whoever_knows_machines() -> None:
    found = watch((), [AGE, HELP, Need("k03", "paper")], [ANNA, BO, OLLE], WAIT, NOW)
    assert [task.asked for task in found.tasks] == [("u1",), ("u2",), ("u3",)]
    assert watch((), [AGE], [OLLE], WAIT, NOW).tasks[0].asked == ()


def test_with_nobody_there_it_is_the_lamp_at_once_and_whoever_comes_is_asked() -> None:
    nobody = watch((), [AGE], [], WAIT, NOW)
    assert [task.need for task in nobody.lamps] == [AGE]
    assert watch(nobody.tasks, [AGE], [BO], WAIT, NOW + WAIT).tasks[0].asked == ("u2",)


PEOPLE = st.lists(st.sampled_from([ANNA, BO, OLLE]), unique=True, max_size=3)
NEEDS = st.lists(
    st.builds(Need, st.sampled_from(["k01", "k02"]), st.sampled_from(["age", "paper"]), st.just(""),
              st.sampled_from(["", "Anna"])), max_size=4
)  # fmt: skip


@settings(max_examples=300)
@given(st.lists(st.tuples(NEEDS, PEOPLE, st.integers(-1_000, 100_000)), max_size=12))
def test_nobody_is_asked_twice_nor_who_may_not_and_no_lamp_is_told_twice(
    history: list[tuple[list[Need], list[Person], int]],
) -> None:
    tasks: tuple[Task, ...] = ()
    now, told = NOW, list[tuple[str, str, str]]()
    for needs, present, later in history:
        now += later
        before = {task.need.key for task in tasks}
        told = [key for key in told if key in before]
        found = watch(tasks, needs, present, WAIT, now)
        tasks = found.tasks
        assert {task.need.key for task in tasks} == {need.key for need in needs}
        told += [task.need.key for task in found.lamps]
        assert len(told) == len(set(told))
        for task in tasks:
            assert len(set(task.asked)) == len(task.asked)
            assert "u3" not in task.asked or (task.need.reason == "paper" and may(OLLE.role, "machine"))
            assert task.asked or task.lamp or task.need.seen_by


def test_the_store_follows_its_lanes_and_orders_the_lamp(engine: Engine) -> None:
    clock = [NOW]
    parts = make_parts(Config(StoreTable("s001")), engine, lambda: clock[0], _raise)
    anna, _ = add_user(engine, "Anna", "supervisor", "2468")
    sessions.begin(engine, anna.id, "test", NOW)
    need = StaffNeed(reason="help", since="2026-11-23T09:13:40.002Z")
    state = LaneState(store="s001", till="k01", online=True, phase="scanning", staff_needed=(need,))
    parts.clerk.put(on("state"), encode(till_message(state, store="s001", till="k01", id="x", at=need.since)))
    parts.clerk.turn()
    parts.watch.turn()
    assert [task.asked for task in parts.watch.tasks] == [("u1",)] and commands.latest(engine, "k01") == []
    clock[0] += parts.config.console.escalate_s * 1_000
    parts.watch.turn()
    (lamp,) = commands.latest(engine, "k01")
    assert (lamp.kind, lamp.staff, lamp.data) == ("urgent", "", {"reason": "help"})


def _raise(bug: BaseException) -> None:
    raise bug
