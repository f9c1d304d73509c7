"""The USB relay board: its bytes, lamps and a gate on it, away and back, and whatever it says."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.device import DeviceError
from drivers.events import DeviceOffline, DeviceOnline, HardwareEvent, OpenGate, SetLights
from drivers.gate import driver_lcus as gate_on_a_board
from drivers.gate.driver import REST_MS
from drivers.lcus.protocol import REFRESH_MS, RELAYS, command
from drivers.lcus.simulator import LcusSimulator
from drivers.lights import driver_lcus as lights_on_a_board
from drivers.ports.serving import SimulatorServer
from drivers.simulated import SimulatedDevice
from tests.drivers.mutations import COUNT

GREEN = SetLights(green=True)
HELP = SetLights(amber=True, pulse_ms=60_000)


def run(device: SimulatedDevice, ms: int, start_ms: int = 0) -> list[HardwareEvent]:
    """Turn it as the loop does, at each of its deadlines."""
    events, now_ms = [], start_ms
    while (due_ms := device.deadline_ms()) is not None and due_ms <= start_ms + ms:
        now_ms = max(now_ms, due_ms)
        events += device.service(now_ms)
    return events


def tower() -> tuple[SimulatedDevice, LcusSimulator]:
    return lights_on_a_board.make_simulated("lights", lights_on_a_board.Settings(port=""))


def test_the_bytes_are_those_that_are_printed_with_the_boards() -> None:
    assert command(1, True) == bytes.fromhex("A00101A2")
    assert command(1, False) == bytes.fromhex("A00100A1")
    assert command(2, True) == bytes.fromhex("A00201A3")
    assert command(2, False) == bytes.fromhex("A00200A2")


@settings(max_examples=500)
@given(
    st.lists(st.tuples(st.integers(1, RELAYS), st.booleans()), max_size=30),
    st.lists(st.integers(1, 9), min_size=1, max_size=40),
)
def test_in_whatever_pieces_they_come_the_relays_follow(orders: list[tuple[int, bool]], sizes: list[int]) -> None:
    board, data, place = LcusSimulator(), b"".join(command(*order) for order in orders), 0
    while place < len(data):
        size = sizes[place % len(sizes)]
        board.receive(data[place : place + size], 0)
        place += size
    assert board.closed == {relay for relay, on in dict(orders).items() if on}
    assert board.refused == 0


def test_lamps_follow_what_is_ordered() -> None:
    device, board = tower()
    assert run(device, 100) == [DeviceOnline(device="lights", detail="LCUS")]
    assert board.closed == set()
    device.command(GREEN, 1_000)
    run(device, 600, 1_000)
    assert board.closed == {3}
    device.command(HELP, 2_000)
    run(device, 900, 2_000)
    assert board.closed == {2}
    run(device, 900, 3_000)
    assert board.closed == set(), "it blinks at 0.5 Hz"
    run(device, 900, 4_000)
    assert board.closed == {2}


def test_a_board_that_was_away_shows_what_was_ordered_meanwhile() -> None:
    device, board = tower()
    run(device, 100)
    board.unplug()
    away = run(device, 10_000, 100)
    assert [type(event) for event in away] == [DeviceOffline], "told once"
    device.command(GREEN, 11_000)
    board.plug()
    assert run(device, 10_000, 11_000) == [DeviceOnline(device="lights", detail="LCUS")]
    assert board.closed == {3}


def test_a_board_that_lost_its_power_for_a_moment_is_told_anew() -> None:
    device, board = tower()
    run(device, 100)
    device.command(GREEN, 1_000)
    run(device, 100, 1_000)
    board.brown_out()
    assert run(device, REFRESH_MS, 1_100) == []
    assert board.closed == {3}


def test_what_is_left_is_dark() -> None:
    device, board = tower()
    run(device, 100)
    device.command(GREEN, 1_000)
    run(device, 100, 1_000)
    device.close()
    device.close()
    assert board.closed == set()


@pytest.mark.parametrize(("red", "amber", "green"), [(1, 1, 2), (0, 0, 0), (9, 2, 3), (-1, 2, 3)])
def test_lamps_that_cannot_be_meant_are_refused(red: int, amber: int, green: int) -> None:
    meant = lights_on_a_board.Settings(port="/dev/ttyUSB0", red=red, amber=amber, green=green)
    with pytest.raises(DeviceError, match="different relays from 1 to 8"):
        lights_on_a_board.make("lights", meant)


def test_a_lamp_that_is_not_there_is_not_switched() -> None:
    meant = lights_on_a_board.Settings(port="", red=0, amber=0, green=5)
    device, board = lights_on_a_board.make_simulated("lights", meant)
    run(device, 100)
    device.command(SetLights(red=True, amber=True, green=True), 1_000)
    run(device, 100, 1_000)
    assert board.closed == {5}


def test_a_gate_gets_one_pulse_of_its_length() -> None:
    device, board = gate_on_a_board.make_simulated("gate", gate_on_a_board.Settings(port="", relay=4))
    run(device, 100)
    device.command(OpenGate(ticket="t"), 1_000)
    run(device, 499, 1_000)
    assert board.closed == {4}
    device.command(OpenGate(ticket="u"), 1_499)
    run(device, 1, 1_499)
    assert board.closed == set() and board.closings == {4: 1}
    device.command(OpenGate(ticket="v"), 1_500 + REST_MS)
    run(device, 0, 1_500 + REST_MS)
    assert board.closings == {4: 2}
    device.close()
    assert board.closed == set()


def test_a_pulse_that_is_over_does_not_come_late() -> None:
    """The board was away for all of it: whoever stood there has gone."""
    device, board = gate_on_a_board.make_simulated("gate", gate_on_a_board.Settings(port=""))
    run(device, 100)
    board.unplug()
    run(device, 100, 100)
    device.command(OpenGate(ticket="t"), 1_000)
    run(device, 5_000, 1_000)
    board.plug()
    run(device, 10_000, 6_000)
    assert board.closings == {}


def test_it_never_believes_what_the_board_says() -> None:
    """Seeded noise from the board, cut anywhere: no event but of its line, and the lamps as ordered."""
    dice = random.Random(4711)
    device, board = tower()
    run(device, 100)
    device.command(GREEN, 200)
    now_ms = 1_000
    run(device, 100, 200)
    for _ in range(COUNT // 20):
        board.chatter(b"".join(dice.randbytes(dice.randrange(1, 40)) for _ in range(20)))
        now_ms += 10
        assert run(device, 10, now_ms) == []
    assert board.closed == {3}


def test_damaged_commands_move_no_relay() -> None:
    """One bit of a command turned over is another relay's order only if its sum says so, which it never does."""
    for relay in range(1, RELAYS + 1):
        whole = command(relay, True)
        for bit in range(32):
            damaged = (int.from_bytes(whole, "big") ^ 1 << bit).to_bytes(4, "big")
            board = LcusSimulator()
            board.receive(damaged, 0)
            assert board.closed == set()


def test_over_a_socket() -> None:
    server = SimulatorServer(LcusSimulator(), ("127.0.0.1", 0), lambda: 0)
    device = lights_on_a_board.make("lights", lights_on_a_board.Settings(port=server.url))
    device.command(GREEN, 0)
    said: list[HardwareEvent] = []
    with server.hands() as board:
        for _ in range(200_000):
            said += device.service(0)
            server.turn()
            if board.closed:
                break
    assert said == [DeviceOnline(device="lights", detail="LCUS")] and board.closed == {3}
    device.close()
    for _ in range(200_000):
        server.turn()
        if not board.closed:
            break
    server.close()
    assert board.closed == set(), "what is left is dark"
