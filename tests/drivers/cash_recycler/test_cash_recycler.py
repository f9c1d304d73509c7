"""The cash machine's driver against its simulator, over bytes; and its packets against those of the manual."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from money_bench import Bench, metered, stored

from drivers import events as d
from drivers.cash_recycler import codes as c
from drivers.cash_recycler import driver
from drivers.cash_recycler.frame import Packet, Unpacker, pack
from drivers.cash_recycler.simulator import RecyclerSimulator, pieces_for
from drivers.device import DeviceError
from drivers.registry import make_devices

NAME = "cash_recycler"


def new_bench() -> Bench:
    device, machine = driver.make_simulated(NAME, driver.Settings(port="", currency="SEK"))
    return Bench(device, machine)


@pytest.fixture
def bench() -> Bench:
    return new_bench()


# --- packets ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "bytes_"), [(c.SYNC, "7f 80 01 11 65 82"), (c.POLL, "7f 80 01 07 12 02")], ids=["sync", "poll"]
)
def test_packets_are_those_that_machines_know(data: bytes, bytes_: str) -> None:
    assert pack(Packet(0, True, data)).hex(" ") == bytes_


@settings(max_examples=50)
@given(st.lists(st.binary(min_size=1, max_size=60), min_size=1, max_size=5), st.integers(1, 7), st.booleans())
def test_packets_arrive_in_whatever_pieces(contents: list[bytes], size: int, flag: bool) -> None:
    sent = [Packet(0x10, flag, content.replace(b"\x01", b"\x7f")) for content in contents]
    line, unpacker = b"".join(map(pack, sent)), Unpacker()
    pieces = (line[at : at + size] for at in range(0, len(line), size))
    assert [packet for piece in pieces for packet in unpacker.feed(piece)] == sent


@settings(max_examples=50)
@given(st.binary(min_size=1, max_size=20), st.data())
def test_a_packet_with_a_wrong_bit_is_no_packet(content: bytes, data: st.DataObject) -> None:
    line = bytearray(pack(Packet(0, True, content)))
    at = data.draw(st.integers(3, len(line) - 1))
    line[at] ^= 1 << data.draw(st.integers(0, 7))
    assert Packet(0, True, content) not in Unpacker().feed(bytes(line))


@given(st.binary(max_size=40))
def test_no_answer_to_a_poll_stops_the_host(told: bytes) -> None:
    assert sum(1 + len(rest) for _, rest in c.events(told)) <= len(told)


# --- money in ---------------------------------------------------------------------------------------------------------


def test_it_tells_what_it_has_and_takes_nothing_unasked(bench: Bench) -> None:
    assert stored(bench.meter()) == bench.machine.stored_minor
    assert not bench.machine.insert_note(2_000) and not bench.machine.insert_coin(100)


def test_a_note_is_held_until_somebody_wants_it(bench: Bench) -> None:
    bench.opened().machine.insert_note(10_000)
    assert bench.wait(9_000) == [d.CashOffered(device=NAME, ticket="a", amount_minor=10_000)]
    assert bench.machine.taken_minor == 0
    (after,) = metered(bench.tell(d.StackNote("a")))
    assert (after.notes, bench.machine.taken_minor) == (1, 10_000)


def test_a_note_that_nobody_wants_comes_back(bench: Bench) -> None:
    bench.opened().machine.insert_note(50_000)
    bench.wait(1_000)
    assert bench.tell(d.ReturnNote("a")) == [d.NoteReturned(device=NAME, ticket="a")]
    assert (bench.machine.mouth, bench.machine.taken_minor) == ([50_000], 0)


def test_a_large_note_goes_to_the_box_and_counts_too(bench: Bench) -> None:
    before = bench.meter()
    bench.opened().machine.insert_note(100_000)
    bench.wait(1_000)
    (after,) = metered(bench.tell(d.StackNote("a")))
    assert (after.notes - before.notes, stored(after) - stored(before)) == (1, 0)
    assert bench.machine.empty_box() == 100_000


def test_a_coin_counts_at_once_and_is_no_note(bench: Bench) -> None:
    before = bench.meter()
    bench.opened().machine.insert_coin(500)
    (after,) = metered(bench.wait(1_000))
    assert (after.coins_minor - before.coins_minor, after.notes - before.notes) == (500, 0)


def test_closing_gives_back_what_is_in_escrow_or_on_its_way_there(bench: Bench) -> None:
    for wait_ms in (50, 250, 350, 1_000):
        bench.opened().machine.insert_note(2_000)
        bench.wait(wait_ms)
        bench.meter()
        assert (bench.machine.taken_minor, bench.machine.take_back()) == (0, 2_000)


def test_a_note_that_is_stuck_calls_for_a_person_at_once_and_counts_for_nobody(bench: Bench) -> None:
    bench.opened().machine.note_jams = True
    bench.machine.insert_note(2_000)
    told = bench.wait(2_000)
    why = "a note is stuck in it: open it and take the note out"
    assert [event for event in told if isinstance(event, d.DeviceOffline)] == [d.DeviceOffline(device=NAME, why=why)]
    assert bench.wait(60_000) == [], "told once, however long it takes"
    bench.machine.note_jams = False
    told = bench.wait(5_000)
    assert told[0] == d.DeviceOnline(device=NAME)
    assert (metered(told)[-1].notes, bench.machine.taken_minor, bench.machine.mouth) == (0, 0, [2_000])


@pytest.mark.parametrize("code", [c.SAFE_JAM, c.UNSAFE_JAM])
def test_a_note_that_is_stuck_while_nobody_pays_is_told_too(bench: Bench, code: int) -> None:
    bench.machine._events.append(bytes((code,)))
    told = [event for event in bench.wait(4_000) if not isinstance(event, d.CashMetered)]
    assert [*map(type, told)] == [d.DeviceOffline, d.DeviceOnline]


def test_a_new_host_never_takes_a_note_in_that_another_has_left(bench: Bench) -> None:
    bench.opened().machine.insert_note(2_000)
    bench.wait(1_000)
    bench.machine.unplug()
    bench.wait(1_000)
    bench.machine.plug()
    assert bench.wait(5_000)[0] == d.DeviceOnline(device=NAME)
    assert (bench.machine.taken_minor, bench.machine.mouth) == (0, [2_000])


def test_a_host_that_falls_silent_loses_the_note_to_its_owner(bench: Bench) -> None:
    bench.opened().machine.insert_note(2_000)
    bench.wait(1_000)
    bench.machine.advance(bench.tick_ms + 30_000)
    bench.machine.advance(bench.tick_ms + 60_000)
    assert (bench.machine.taken_minor, bench.machine.mouth) == (0, [2_000])


# --- money out --------------------------------------------------------------------------------------------------------


@settings(max_examples=25)
@given(st.integers(0, 500))
def test_it_pays_what_it_is_told_or_nothing(crowns: int) -> None:
    bench = new_bench()
    amount = crowns * 100
    can = bool(pieces_for(amount, bench.machine.store))
    assert bench.paid(amount)[0] == (amount if can else 0) == bench.machine.paid_minor == bench.machine.take_back()


def test_a_jam_says_how_far_it_came(bench: Bench) -> None:
    bench.machine.jams_after_minor = 5_000
    assert bench.paid(6_700) == (5_000, "jammed")
    assert bench.machine.take_back() == 5_000


def test_what_it_cannot_pay_it_refuses_whole(bench: Bench) -> None:
    bench.machine.store.clear()
    bench.machine.fill({500: 1})
    assert bench.paid(300) == (0, "not exactly")
    assert bench.paid(800) == (0, "not enough")


def test_an_order_whose_answer_is_lost_is_not_carried_out_twice(bench: Bench) -> None:
    """The same packet with the same flag is answered again, and that is all."""
    order = pack(Packet(0, False, bytes((c.PAYOUT_AMOUNT,)) + c.sum_of(500, "SEK") + c.FOR_REAL))
    machine = RecyclerSimulator()
    machine.connected(0)
    machine.receive(order, 0)
    first = machine.take()
    machine.receive(order, 100)
    assert machine.take() == first
    machine.advance(10_000)
    assert machine.paid_minor == 500


def test_emptying_moves_everything_into_the_box(bench: Bench) -> None:
    before = bench.machine.stored_minor
    assert [stored(meter) for meter in metered(bench.tell(d.EmptyCash("")))] == [0]
    assert bench.machine.empty_box() == before


# --- trouble ----------------------------------------------------------------------------------------------------------


def test_silence_is_told_once_and_what_was_asked_is_refused(bench: Bench) -> None:
    bench.machine.silent = True
    heard = bench.tell(d.CloseCash("x"), 20_000)
    assert [type(event) for event in heard] == [d.DeviceOffline, d.CashRefused]
    assert [type(event) for event in bench.tell(d.CloseCash("y"), 0)] == [d.CashRefused]
    bench.machine.silent = False
    assert bench.wait(10_000)[0] == d.DeviceOnline(device=NAME)


def test_a_machine_that_starts_anew_takes_nothing_until_it_is_asked(bench: Bench) -> None:
    bench.opened().machine.set_power(False)
    bench.wait(1_000)
    bench.machine.set_power(True)
    bench.wait(10_000)
    assert not bench.machine.takes


def test_bytes_that_come_one_by_one_are_enough(bench: Bench) -> None:
    bench.machine.split = True
    assert stored(bench.meter()) == bench.machine.stored_minor


def test_a_machine_without_a_currency_is_a_mistake_of_the_operator() -> None:
    tables: dict[str, dict[str, object]] = {NAME: {"driver": "ssp", "port": "socket://127.0.0.1:1"}}
    with pytest.raises(DeviceError, match="currency"):
        make_devices(tables)
    (device,) = make_devices(tables, {"currency": "SEK"})
    assert device.name == NAME
    device.close()
