"""Which rows are on their way: oldest first, a window of 64, repeated until the store itself has them."""

from hypothesis import given
from hypothesis import strategies as st

from kiosk.app.flight import REPEAT_FIRST_MS, REPEAT_LONGEST_MS, WINDOW, Flight
from kiosk.storage.outbox import OutboxRow


def row(n: int) -> OutboxRow:
    return OutboxRow(f"id{n}", "sale", "{}", 0)


def ids(rows: list[OutboxRow]) -> list[str]:
    return [each.id for each in rows]


def test_rows_fly_in_order_and_once() -> None:
    flight = Flight()
    for n in range(3):
        flight.add(row(n))
    assert ids(flight.due(0)) == ["id0", "id1", "id2"]
    assert flight.due(REPEAT_FIRST_MS - 1) == []


def test_the_oldest_is_repeated_after_five_seconds_doubling_to_sixty() -> None:
    flight = Flight()
    flight.add(row(0))
    flight.due(0)
    times, now_ms = [], 0
    while len(times) < 7:
        due = flight.deadline_ms()
        assert due is not None and due > now_ms
        times.append(due - now_ms)
        now_ms = due
        assert ids(flight.due(now_ms)) == ["id0"]
    assert times == [5_000, 10_000, 20_000, 40_000, 60_000, 60_000, 60_000]
    assert REPEAT_LONGEST_MS == 60_000


def test_only_the_store_ends_a_flight() -> None:
    flight = Flight()
    flight.add(row(0))
    flight.due(0)
    flight.again()
    assert ids(flight.due(1)) == ["id0"]
    flight.land("id0")
    assert len(flight) == 0 and flight.deadline_ms() is None


def test_a_store_that_was_silent_may_have_lost_everything_that_was_in_the_air() -> None:
    flight, now_ms = Flight(), 0
    for n in range(5):
        flight.add(row(n))
    while not flight.unheard:
        flight.due(now_ms)
        now_ms = flight.deadline_ms() or 0
    flight.land("id0")
    assert ids(flight.due(now_ms)) == ["id1", "id2", "id3", "id4"]


def test_a_store_that_is_only_slow_hears_nothing_twice_but_the_oldest() -> None:
    flight = Flight()
    for n in range(3):
        flight.add(row(n))
    assert ids(flight.due(0)) == ["id0", "id1", "id2"]
    assert ids(flight.due(REPEAT_FIRST_MS)) == ["id0"]
    flight.land("id0")
    assert flight.due(REPEAT_FIRST_MS) == []


def test_there_is_room_for_sixty_four() -> None:
    flight = Flight()
    for n in range(WINDOW):
        flight.add(row(n))
    assert flight.room == 0


@given(
    st.lists(st.one_of(st.integers(0, 9).map(lambda n: ("land", n)), st.just(("reconnect", 0)), st.just(("due", 0))))
)
def test_whatever_happens_a_row_flies_until_it_lands(acts: list[tuple[str, int]]) -> None:
    flight, now_ms, landed = Flight(), 0, set()
    for n in range(10):
        flight.add(row(n))
    for act, n in acts:
        now_ms += 1_000
        if act == "land":
            flight.land(f"id{n}")
            landed.add(f"id{n}")
        elif act == "reconnect":
            flight.again()
        else:
            sent = ids(flight.due(now_ms))
            assert not landed & set(sent)
    flight.again()
    assert ids(flight.due(now_ms)) == [f"id{n}" for n in range(10) if f"id{n}" not in landed]
