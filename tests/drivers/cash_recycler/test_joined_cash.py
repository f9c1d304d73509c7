"""Several cash machines as one: the sum of their counters, one order shared out, and one that is away."""

import socket
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from money_bench import Bench, metered, stored

from drivers import events as d
from drivers.cash_recycler import essp
from drivers.cash_recycler.cctalk import driver as cctalk
from drivers.cash_recycler.cctalk.parts import Hopper
from drivers.cash_recycler.joined import Joined, shared_out
from drivers.cash_recycler.simulator import NOTES, pieces_for
from drivers.device import DeviceError
from drivers.registry import make_devices

NAME = "cash_recycler"
HOPPERS = (Hopper(address=3, value_minor=100, path=1), Hopper(address=4, value_minor=500, path=2))
PARTS = {
    "notes": {"driver": "essp", "port": "socket://127.0.0.1:1"},
    "coins": {"driver": "cctalk", "port": "socket://127.0.0.1:2"},
}


class Machines:
    """A recycler of notes, and a set of coins."""

    def __init__(self, notes: essp.EsspSimulator, coins: cctalk.CoinSetSimulator) -> None:
        self.notes, self.coins = notes, coins


def another_lane(bench: Bench, mark: str) -> Bench:
    """On the same coin set, with what is on disk; the recycler of notes is as in the morning."""
    bench.device.close()
    host = cctalk.host_of("c", cctalk.Settings(port="", currency="SEK", hoppers=HOPPERS))
    name = f"{NAME}.parts.coins"
    coins = cctalk.SimulatedDevice(bench.machine.coins, lambda opening: cctalk.Recycler(name, opening, host))
    first, notes = essp.make_simulated(f"{NAME}.parts.notes", essp.Settings(port="", currency="SEK"))
    notes.store = Counter({2_000: 10, 5_000: 10, 10_000: 10})
    return Bench(Joined(NAME, [first, coins]), bench.machine, mark, bench.tick_ms)


@pytest.fixture
def bench() -> Bench:
    """The recycler holds notes alone; the hoppers are filled, and staff have said so."""
    first, notes = essp.make_simulated(f"{NAME}.parts.notes", essp.Settings(port="", currency="SEK"))
    notes.store = Counter({2_000: 10, 5_000: 10, 10_000: 10})
    told = cctalk.Settings(port="", currency="SEK", hoppers=HOPPERS)
    second, coins = cctalk.make_simulated(f"{NAME}.parts.coins", told)
    bench = Bench(Joined(NAME, [first, second]), Machines(notes, coins))
    bench.tell(d.FillCash("", 24_000))
    return bench


def test_it_is_one_machine_that_counts_all(bench: Bench) -> None:
    assert [type(event) for event in bench.begun] == [d.DeviceOnline, d.CashMetered]
    assert {event.device for event in bench.begun} == {NAME}
    assert stored(bench.meter()) == bench.machine.notes.stored_minor + bench.machine.coins.stored_minor


def test_a_note_and_coins_come_in_by_their_own_slots(bench: Bench) -> None:
    before = bench.meter()
    bench.opened()
    assert bench.machine.notes.insert_note(10_000) and bench.machine.coins.insert_coin(500)
    heard = bench.wait(2_000)
    assert d.CashOffered(device=NAME, ticket="a", amount_minor=10_000) in heard
    heard += bench.tell(d.StackNote("a"))
    assert all(event.device == NAME for event in heard)
    after = bench.meter()
    assert (after.notes - before.notes, after.coins_minor - before.coins_minor) == (1, 500)
    assert not bench.machine.notes.takes and not bench.machine.coins.takes


def test_a_note_that_nobody_wants_comes_back(bench: Bench) -> None:
    bench.opened().machine.notes.insert_note(50_000)
    bench.wait(1_000)
    assert bench.tell(d.ReturnNote("a")) == [d.NoteReturned(device=NAME, ticket="a")]


def test_change_comes_out_of_both(bench: Bench) -> None:
    assert bench.paid(6_700) == (6_700, "")
    assert (bench.machine.notes.take_back(), bench.machine.coins.take_back()) == (5_000, 1_700)


def test_what_one_does_not_pay_is_known(bench: Bench) -> None:
    bench.machine.coins.hoppers[0].pieces = 1
    assert bench.paid(6_700) == (5_000 + 1_500 + 100, "empty")
    bench.machine.notes.store.clear()
    assert bench.paid(100_000) == (0, "not exactly")


def test_change_put_in_is_found_where_it_was_put(bench: Bench) -> None:
    bench.machine.notes.fill({2_000: 5})
    bench.machine.coins.hoppers[0].pieces += 10
    bench.tell(d.FillCash("", 10_000 + 1_000))
    assert stored(bench.meter()) == bench.machine.notes.stored_minor + bench.machine.coins.stored_minor


def test_emptying_empties_all(bench: Bench) -> None:
    assert [stored(meter) for meter in metered(bench.tell(d.EmptyCash("x")))] == [0]


def test_with_one_away_all_are_away_and_take_nothing(bench: Bench) -> None:
    bench.opened().machine.coins.unplug()
    (told, _) = bench.wait(10_000)
    assert isinstance(told, d.DeviceOffline) and told.device == NAME and told.why.startswith("coins: ")
    assert not bench.machine.notes.takes
    assert [type(event) for event in bench.tell(d.CloseCash("x"))] == [d.CashRefused]
    bench.machine.coins.plug()
    assert [type(event) for event in bench.wait(10_000)] == [d.DeviceOnline, d.CashMetered]


def test_a_coin_that_is_counted_while_the_notes_are_away_is_told(bench: Bench) -> None:
    """Else it would be known to this process alone, and the acceptor forgets it with its power."""
    before = bench.opened().meter()
    bench.opened().machine.notes.silent = True
    bench.machine.coins.insert_coin(500)
    heard = bench.wait(10_000)
    assert metered(heard)[-1].coins_minor == before.coins_minor + 500
    bench.machine.coins.set_power(False)
    bench.machine.coins.set_power(True)
    begun = metered(another_lane(bench, metered(heard)[-1].mark).begun)
    assert begun[-1].coins_minor == before.coins_minor + 500


def test_one_that_goes_away_while_it_pays_leaves_the_whole_in_doubt_until_it_is_back(bench: Bench) -> None:
    before = bench.meter()
    heard = bench.tell(d.DispenseCash("p", 6_700), 700)
    bench.machine.coins.set_power(False)
    heard += bench.wait(20_000)
    assert [type(event) for event in heard] == [d.DeviceOffline, d.CashRefused, d.CashMetered]
    bench.machine.coins.set_power(True)
    after = metered(bench.wait(20_000))[-1]
    assert stored(before) - stored(after) == bench.machine.notes.take_back() + bench.machine.coins.take_back() < 6_700


def test_the_mark_goes_to_the_part_that_needs_it(bench: Bench) -> None:
    mark = bench.meter().mark
    bench.opened().machine.coins.insert_coin(500)
    assert metered(another_lane(bench, mark).begun)[-1].coins_minor == 500


@settings(max_examples=500)
@given(
    st.integers(0, 200_000),
    st.lists(st.dictionaries(st.sampled_from((*NOTES, 100, 200, 500)), st.integers(0, 9)), min_size=1, max_size=3),
)
def test_what_is_shared_out_is_the_amount_and_each_can_pay_its_own(amount: int, stores: list[dict[int, int]]) -> None:
    """As machines do it: the largest first."""
    meters = {str(n): d.CashMeter(tuple(store.items()), 0, 0) for n, store in enumerate(stores)}
    orders = shared_out(amount, meters)
    assert not orders or sum(orders.values()) == amount
    for name, minor in orders.items():
        assert sum(pieces_for(minor, Counter(stores[int(name)]))) == minor


def test_its_lines_are_waited_for_as_one() -> None:
    with socket.create_server(("127.0.0.1", 0)) as there:
        port = f"socket://127.0.0.1:{there.getsockname()[1]}"
        parts = {name: {**table, "port": port} for name, table in PARTS.items()}
        (device,) = make_devices({NAME: {"driver": "joined", "parts": parts}}, {"currency": "SEK"})
        assert device.fileno() is None
        device.service(0)
        assert device.fileno() is not None and not device.wants_write
        device.close()


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"notes": PARTS["notes"]}, "at least two parts"),
        ({**PARTS, "coins": {"driver": "cctalk"}}, r"devices.cash_recycler.parts.coins: the setting 'port' is missing"),
        ({**PARTS, "coins": {"driver": "cctalc"}}, "did you mean 'cctalk'"),
    ],
)
def test_what_cannot_be_meant_is_said_in_words(parts: dict[str, dict[str, object]], words: str) -> None:
    with pytest.raises(DeviceError, match=words):
        make_devices({NAME: {"driver": "joined", "parts": parts}}, {"currency": "SEK"})
