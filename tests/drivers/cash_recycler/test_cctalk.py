"""The ccTalk driver against its simulator: coins in, change out, a lane that dies, and the line."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from money_bench import Bench, metered, stored

from drivers import events as d
from drivers.cash_recycler.cctalk import driver
from drivers.cash_recycler.cctalk.parts import Held, Hopper, Memory, filled, remembered, shares
from drivers.cash_recycler.cctalk.simulator import COINS, CoinSetSimulator
from drivers.device import DeviceError
from drivers.registry import make_devices

NAME = "cash_recycler"
ONES = Hopper(address=3, value_minor=100, path=1)
FIVES = Hopper(address=4, value_minor=500, path=2, order="cipher")


def new_bench(hoppers: tuple[Hopper, ...] = (ONES, FIVES), mark: str = "", **changes: object) -> Bench:
    told = {"port": "", "currency": "SEK", "hoppers": hoppers, **changes}
    device, machine = driver.make_simulated(NAME, driver.Settings(**told))  # type: ignore[arg-type]
    return Bench(device, machine, mark)


def again(bench: Bench, mark: str) -> Bench:
    """Another lane on the same parts, with what is on disk."""
    bench.device.close()
    host = driver.host_of(NAME, driver.Settings(port="", currency="SEK", hoppers=(ONES, FIVES)))
    device = driver.SimulatedDevice(bench.machine, lambda opening: driver.Recycler(NAME, opening, host))
    return Bench(device, bench.machine, mark, bench.tick_ms)


@pytest.fixture
def bench() -> Bench:
    """Its hoppers are filled, and staff have said so."""
    bench = new_bench()
    bench.tell(d.FillCash("", 4_000 + 20_000))
    return bench


# --- coins in ---------------------------------------------------------------------------------------------------------


def test_it_takes_no_coin_unasked(bench: Bench) -> None:
    assert bench.begun[0] == d.DeviceOnline(device=NAME)
    assert not bench.machine.insert_coin(100) and bench.machine.refused == 1
    assert stored(bench.meter()) == bench.machine.stored_minor


def test_coins_count_once_and_go_where_they_belong(bench: Bench) -> None:
    before = bench.meter()
    bench.opened()
    for minor in (100, 500, 1_000):
        assert bench.machine.insert_coin(minor)
        bench.wait(500)
    after = bench.meter()
    assert after.coins_minor - before.coins_minor == bench.machine.taken_minor == 1_600
    assert stored(after) - stored(before) == 600 and bench.machine.box == {1_000: 1}
    assert stored(after) == bench.machine.stored_minor and not bench.machine.takes


def test_a_full_hopper_s_coins_go_into_the_box() -> None:
    bench = new_bench(box_path=5)
    bench.machine.hoppers[0].is_full = True
    before = bench.opened().machine.stored_minor
    assert bench.machine.insert_coin(100)
    bench.wait(1_000)
    assert bench.machine.box == {100: 1} and bench.machine.stored_minor == before
    assert bench.meter().coins_minor == 100


def test_a_coin_that_was_past_the_gate_counts(bench: Bench) -> None:
    bench.opened()
    heard = bench.device.command(d.CloseCash("m"), bench.tick_ms)
    bench.machine.insert_coin(500)
    heard += bench.wait(3_000)
    assert [meter.coins_minor for meter in metered(heard)][-1] == bench.machine.taken_minor == 500


@pytest.mark.parametrize("fault", ["damages", "loses"])
def test_an_answer_that_is_damaged_or_lost_neither_loses_nor_doubles_a_coin(bench: Bench, fault: str) -> None:
    bench.opened()
    for _ in range(4):
        assert bench.machine.insert_coin(500)
        setattr(bench.machine, fault, 2)
        bench.wait(5_000)
    assert bench.meter().coins_minor == bench.machine.taken_minor == 2_000


def test_a_damaged_answer_whose_sum_is_right_is_no_coin(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two wrong bits that make up for each other: one in 256 is like that. It is not told twice the same."""
    say, damaged = bench.machine._say, 0

    def says(data: bytes, now_ms: int) -> None:
        nonlocal damaged
        if len(data) == 16 and bench.machine.takes and damaged < 2:  # an answer to CREDITS: one more, of a coin
            damaged += 1
            data = data[:4] + bytes((1, damaged)) + data[6:-1] + bytes(((data[-1] - 1 - damaged) % 256,))
        say(data, now_ms)

    assert bench.opened().meter().coins_minor == 0
    monkeypatch.setattr(bench.machine, "_say", says)
    bench.opened()
    bench.wait(1_000)
    assert damaged and bench.meter().coins_minor == bench.machine.taken_minor == 0


def test_a_counter_that_jumped_too_far_says_that_something_is_lost(bench: Bench) -> None:
    bench.opened()
    for _ in range(8):
        assert bench.machine.insert_coin(100)
    bench.wait(1_000)
    meter = bench.meter()
    assert (meter.coins_minor, meter.lost) == (500, 3)


def test_a_string_and_a_stuck_coin_call_for_somebody_and_are_no_money(bench: Bench) -> None:
    bench.opened().machine.pull_a_string()
    assert d.DeviceOffline(device=NAME, why="somebody pulled at a coin") in bench.wait(1_000)
    assert bench.wait(20_000)[0] == d.DeviceOnline(device=NAME)
    bench.opened().machine.stick(True)
    assert d.DeviceOffline(device=NAME, why="a coin is stuck in it") in bench.wait(20_000)
    assert not bench.machine.takes
    bench.machine.stick(False)
    assert bench.wait(20_000)[0] == d.DeviceOnline(device=NAME)
    assert bench.meter().coins_minor == bench.machine.taken_minor == 0


def test_an_acceptor_that_starts_anew_takes_nothing_until_it_is_asked(bench: Bench) -> None:
    bench.opened().machine.insert_coin(500)
    bench.wait(1_000)
    bench.machine.set_power(False)
    bench.wait(1_000)
    bench.machine.set_power(True)
    assert d.DeviceOnline(device=NAME) in bench.wait(15_000)
    assert not bench.machine.takes and bench.meter().coins_minor == 500 and bench.meter().lost == 0


# --- a lane that dies -------------------------------------------------------------------------------------------------


def test_a_coin_that_no_lane_had_written_down_is_counted_by_the_next(bench: Bench) -> None:
    mark = bench.meter().mark
    bench.opened().machine.insert_coin(500)
    bench.machine.insert_coin(1_000)
    begun = metered(again(bench, mark).begun)
    assert begun[-1].coins_minor == remembered(mark).coins_minor + 1_500


def test_a_coin_that_was_written_down_is_not_counted_again(bench: Bench) -> None:
    bench.opened().machine.insert_coin(500)
    (told,) = metered(bench.wait(1_000))
    assert metered(again(bench, told.mark).begun)[-1].coins_minor == told.coins_minor == 500


def test_a_payout_that_nobody_saw_end_is_known_from_the_hopper(bench: Bench) -> None:
    mark, before = bench.meter().mark, stored(bench.meter())
    bench.tell(d.DispenseCash("p", 900), 300)
    assert bench.machine.moves
    (after,) = metered(again(bench, mark).begun)
    bench.machine.advance(bench.tick_ms)
    assert before - stored(after) == bench.machine.paid_minor == bench.machine.take_back()
    assert after.levels[0][1] < 40  # it had begun


@settings(max_examples=500)
@given(st.text(max_size=60))
def test_no_mark_stops_a_lane(mark: str) -> None:
    assert isinstance(remembered(mark), Memory)


# --- change out -------------------------------------------------------------------------------------------------------


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 260))
def test_it_pays_what_it_is_told_or_nothing(crowns: int) -> None:
    bench = new_bench()
    bench.tell(d.FillCash("", 24_000))
    can = crowns * 100 <= bench.machine.stored_minor and crowns % 5 + max(0, crowns - 200) // 5 * 5 <= 40
    paid, why = bench.paid(crowns * 100)
    assert paid == (crowns * 100 if can else 0) == bench.machine.paid_minor == bench.machine.take_back()
    assert bool(why) is not can


def test_a_hopper_that_runs_empty_says_how_far_it_came_and_is_not_counted_on(bench: Bench) -> None:
    bench.machine.hoppers[0].pieces = 2
    paid = bench.paid(900)
    assert paid == (500 + 200, "empty") and bench.machine.take_back() == 700
    assert dict(bench.meter().levels) == {100: 0, 500: 39}


def test_a_jam_and_a_coin_in_the_exit(bench: Bench) -> None:
    bench.machine.hoppers[1].jams_after = 1
    assert bench.paid(1_500) == (500, "empty")
    bench.machine.hoppers[0].blocked = True
    assert bench.paid(300) == (0, "blocked")


@pytest.mark.parametrize("fault", ["damages", "loses"])
@pytest.mark.parametrize("when_ms", range(0, 1_200, 150))
def test_no_order_is_ever_given_twice(bench: Bench, fault: str, when_ms: int) -> None:
    before = bench.meter()
    heard = bench.tell(d.DispenseCash("p", 1_800), when_ms)
    setattr(bench.machine, fault, 2)
    heard += bench.wait(60_000)
    (told,) = [event for event in heard if isinstance(event, d.CashDispensed)]
    assert stored(before) - stored(told.meter) == bench.machine.paid_minor <= 1_800


def test_without_power_in_the_middle_the_hopper_still_knows(bench: Bench) -> None:
    before = bench.meter()
    bench.tell(d.DispenseCash("p", 2_400), 800)
    bench.machine.set_power(False)
    heard = bench.wait(6_000)
    assert [type(event) for event in heard] == [d.DeviceOffline, d.CashRefused]
    bench.machine.set_power(True)
    after = metered(bench.wait(20_000))[-1]
    assert 0 < stored(before) - stored(after) == bench.machine.paid_minor < 2_400


def test_a_hopper_that_moves_nothing_is_stopped(bench: Bench) -> None:
    hopper = bench.machine.hoppers[0]
    before = bench.meter()
    bench.tell(d.DispenseCash("p", 300), 100)
    hopper._due_ms = 10**9
    (told, _) = bench.wait(60_000)
    assert isinstance(told, d.CashDispensed) and told.why and stored(before) == stored(told.meter)


def test_filling_goes_where_the_room_is_and_emptying_forgets_it(bench: Bench) -> None:
    few = Memory().with_held(3, Held(499)).with_held(4, Held(0))
    assert filled(5_000, few, (ONES, FIVES)).held(4).level == 10
    assert filled(700, Memory(), (ONES,)).held(3).level == 7
    assert stored(bench.meter()) == 24_000
    assert [stored(meter) for meter in metered(bench.tell(d.EmptyCash("x")))] == [0]


@settings(max_examples=500)
@given(st.integers(0, 100_000), st.integers(0, 300), st.integers(0, 300))
def test_shares_are_the_amount_and_no_more_than_there_is(amount: int, ones: int, fives: int) -> None:
    memory = Memory().with_held(3, Held(ones)).with_held(4, Held(fives))
    found = shares(amount, memory, (ONES, FIVES))
    assert not found or sum(hopper.value_minor * count for hopper, count in found) == amount
    assert all(0 < count <= min(255, memory.held(hopper.address).level) for hopper, count in found)


# --- the line ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("changes", [{"crc": True}, {"coins": {str(p): m for p, m in COINS.items()}}])
def test_other_lines_do_as_well(changes: dict[str, object]) -> None:
    bench = new_bench(**changes)  # type: ignore[arg-type]
    bench.machine.says_its_coins = "crc" in changes
    bench.opened()
    assert bench.machine.insert_coin(500)
    bench.wait(1_000)
    assert bench.meter().coins_minor == 500


def test_without_an_echo_and_byte_by_byte(bench: Bench) -> None:
    bench.machine.echoes, bench.machine.split = False, True
    bench.opened().machine.insert_coin(500)
    bench.wait(3_000)
    assert bench.meter().coins_minor == 500 and bench.paid(900) == (900, "")


def test_silence_is_told_once_and_what_was_asked_is_refused(bench: Bench) -> None:
    bench.machine.silent = True
    heard = bench.tell(d.CloseCash("x"), 20_000)
    assert [type(event) for event in heard] == [d.DeviceOffline, d.CashRefused]
    bench.machine.silent = False
    assert bench.wait(10_000)[0] == d.DeviceOnline(device=NAME)


def test_an_acceptor_that_names_no_coins_says_what_to_write_down() -> None:
    machine = CoinSetSimulator((ONES,))
    machine.says_its_coins = False
    host = driver.host_of(NAME, driver.Settings(port="", currency="SEK", hoppers=(ONES,)))
    device = driver.SimulatedDevice(machine, lambda opening: driver.Recycler(NAME, opening, host))
    (told, *_) = Bench(device, machine).begun
    assert isinstance(told, d.DeviceOffline) and "coins = {" in told.why


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"acceptor": 0}, "nothing on the line"),
        ({"currency": "KR"}, "three letters"),
        ({"hoppers": [{"address": 2, "value_minor": 100}]}, "address 2 cannot be"),
        ({"hoppers": [{"address": 3, "value_minor": 100, "order": "secret"}]}, "order"),
        ({"coins": {"17": 100}}, "17 = 100 is no coin"),
        ({"coin": {}}, "did you mean 'coins'"),
    ],
)
def test_what_cannot_be_meant_is_said_in_words(wrong: dict[str, object], words: str) -> None:
    table = {"driver": "cctalk", "port": "socket://127.0.0.1:1", "currency": "SEK", **wrong}
    with pytest.raises(DeviceError, match=words):
        make_devices({NAME: table})
