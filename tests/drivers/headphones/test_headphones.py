"""The jack's two ends against each other, in bytes: out at once, in when it has lasted."""

import pytest

from drivers.events import DeviceOffline, HeadphonesMoved
from drivers.headphones.driver import Settings, make_simulated
from drivers.headphones.simulator import JackSimulator
from drivers.headphones.switches import SETTLE_MS, SW_LINEOUT_INSERT, JackProtocol
from drivers.simulated import SimulatedDevice

Pair = tuple[SimulatedDevice, JackSimulator]


@pytest.fixture
def pair() -> Pair:
    device, jack = make_simulated("headphones", Settings(port=""))
    device.service(0)
    return device, jack


def _moves(device: SimulatedDevice, now_ms: int) -> list[bool]:
    return [one.plugged for one in device.service(now_ms) if isinstance(one, HeadphonesMoved)]


def _plugged(pair: Pair) -> int:
    device, jack = pair
    jack.insert()
    assert _moves(device, 100) == []
    assert _moves(device, 100 + SETTLE_MS) == [True]
    return 100 + SETTLE_MS


def test_in_counts_when_it_has_lasted_and_out_at_once(pair: Pair) -> None:
    device, jack = pair
    jack.insert()
    assert _moves(device, 100) == []
    assert _moves(device, 101) == []
    assert device.deadline_ms() == 100 + SETTLE_MS
    assert _moves(device, 99 + SETTLE_MS) == []
    assert _moves(device, 100 + SETTLE_MS) == [True]
    jack.pull()
    assert _moves(device, 101 + SETTLE_MS) == [False]
    assert _moves(device, 10_000) == []


def test_a_plug_that_scrapes_on_its_way_in_is_one_plug(pair: Pair) -> None:
    device, jack = pair
    for now_ms in range(100, 400, 50):
        jack.chatter(3)
        assert _moves(device, now_ms) == []
    jack.insert()
    jack.chatter(2)
    assert _moves(device, 400) == []
    assert _moves(device, 400 + SETTLE_MS) == [True]


def test_a_scrape_while_it_is_in_silences_and_must_last_again(pair: Pair) -> None:
    device, jack = pair
    now_ms = _plugged(pair) + 10
    jack.chatter(1)
    assert _moves(device, now_ms) == [False]
    assert _moves(device, now_ms + SETTLE_MS) == [True]


def test_what_is_in_when_the_lane_starts_is_told() -> None:
    device, jack = make_simulated("headphones", Settings(port=""))
    jack.insert()
    assert _moves(device, 0) == []
    assert _moves(device, SETTLE_MS) == [True]


def test_a_sound_card_that_goes_takes_the_headphones_with_it_and_tells_them_anew(pair: Pair) -> None:
    device, jack = pair
    now_ms = _plugged(pair) + 10
    jack.unplug()
    out, away = device.service(now_ms)
    assert out == HeadphonesMoved(device="headphones", plugged=False)
    assert isinstance(away, DeviceOffline)
    jack.plug()
    assert _moves(device, now_ms + 1_000) == []
    assert _moves(device, now_ms + 1_000 + SETTLE_MS) == [True]


def test_after_lost_records_nobody_is_taken_to_listen(pair: Pair) -> None:
    device, jack = pair
    now_ms = _plugged(pair) + 10
    jack.overrun()
    assert _moves(device, now_ms) == [False]
    assert _moves(device, now_ms + SETTLE_MS) == [True]


def test_only_the_jack_that_is_configured_counts() -> None:
    lineout, ours = JackSimulator(SW_LINEOUT_INSERT), JackProtocol()
    lineout.insert()
    assert ours.receive(lineout.take(), 0) == ours.receive(b"", SETTLE_MS) == []


def test_records_in_any_pieces_are_the_same_moves() -> None:
    jack = JackSimulator()
    jack.insert()
    protocol = JackProtocol()
    assert [protocol.receive(bytes([byte]), 0) for byte in jack.take()] == [[]] * 48
    assert protocol.receive(b"", SETTLE_MS) == [True]
