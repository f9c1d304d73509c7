"""The touch screen's two ends against each other, in the kernel's bytes: what acts, and what presses nothing."""

import itertools
import random

import pytest

from drivers.events import DeviceOffline, DeviceOnline, FingerMoved
from drivers.input_events import EV_KEY, RECORD, InputEvent, encode
from drivers.simulated import SimulatedDevice
from drivers.touch.contacts import (
    ABS_MT_POSITION_X,
    ABS_MT_POSITION_Y,
    ABS_MT_SLOT,
    ABS_MT_TOOL_TYPE,
    ABS_MT_TRACKING_ID,
    ABS_X,
    ABS_Y,
    BTN_TOUCH,
    EV_ABS,
    MT_TOOL_PALM,
    Axes,
    Contact,
    ContactReader,
    Span,
)
from drivers.touch.driver import Settings, make_simulated
from drivers.touch.leading import LeadingFinger, Move
from drivers.touch.simulator import DROPPED, REPORT, TouchSimulator

Pair = tuple[SimulatedDevice, TouchSimulator]
AXES = Axes(Span(0, 4095), Span(0, 4095))


@pytest.fixture
def pair() -> Pair:
    device, panel = make_simulated("touch", Settings(port="", palm_size=300))
    device.service(0)
    return device, panel


def ways(device: SimulatedDevice, now_ms: int = 10) -> list[str]:
    return [one.way for one in device.service(now_ms) if isinstance(one, FingerMoved)]


def test_a_tap_is_down_and_up_where_the_finger_was(pair: Pair) -> None:
    device, panel = pair
    panel.tap(0.25, 0.75)
    down, up = device.service(10)
    assert down == FingerMoved(device="touch", way="down", x=0.25, y=0.75)
    assert up == FingerMoved(device="touch", way="up", x=0.25, y=0.75)


def test_the_next_finger_at_the_same_height_is_told_without_its_height(pair: Pair) -> None:
    device, panel = pair
    panel.tap(0.25, 0.5)
    device.service(10)
    panel.tap(0.75, 0.5)
    down, _ = device.service(20)
    assert (down.x, down.y) == (0.75, 0.5)  # type: ignore[union-attr]


def test_a_second_finger_cancels_nothing_and_does_nothing(pair: Pair) -> None:
    device, panel = pair
    panel.down(0.2, 0.2)
    panel.down(0.8, 0.8, finger=1)
    panel.move(0.7, 0.7, finger=1)
    panel.up()
    panel.move(0.6, 0.6, finger=1)
    panel.up(finger=1)
    assert [(one.way, one.x) for one in device.service(10)] == [  # type: ignore[union-attr]
        ("down", pytest.approx(0.2, abs=0.001)),
        ("up", pytest.approx(0.2, abs=0.001)),
    ]


@pytest.mark.parametrize("contacts", [2, 3, 5, 10])
def test_a_hand_presses_nothing_until_all_of_it_has_left(pair: Pair, contacts: int) -> None:
    device, panel = pair
    panel.hand(0.3, 0.3, contacts)
    for finger in range(contacts - 1):
        panel.up(finger)
    panel.tap(0.1, 0.1)
    panel.up(contacts - 1)
    assert ways(device) == []
    panel.tap(0.1, 0.1)
    assert ways(device) == ["down", "up"]


def test_a_hand_that_is_laid_down_finger_by_finger_cancels_the_first(pair: Pair) -> None:
    device, panel = pair
    for finger in range(10):
        panel.down(0.1 + 0.05 * finger, 0.5, finger)
    for finger in range(10):
        panel.up(finger)
    assert ways(device) == ["down", "lost"]


def test_a_palm_presses_nothing_and_a_finger_beside_it_does(pair: Pair) -> None:
    device, panel = pair
    panel.down(0.9, 0.9, finger=1, size=300)
    panel.tap(0.2, 0.2)
    panel.up(finger=1)
    assert ways(device) == ["down", "up"]


def test_a_finger_that_becomes_a_palm_is_let_go(pair: Pair) -> None:
    device, panel = pair
    panel.down(0.5, 0.5)
    panel.move(0.5, 0.5, size=450)
    panel.move(0.5, 0.5, size=40)
    panel.up()
    assert ways(device) == ["down", "lost"]


def test_what_the_panel_itself_calls_a_palm_is_one() -> None:
    reader, leading = ContactReader(), LeadingFinger(AXES)
    reader.start(10)
    records = [
        InputEvent(EV_ABS, ABS_MT_TRACKING_ID, 7),
        InputEvent(EV_ABS, ABS_MT_POSITION_X, 5),
        InputEvent(EV_ABS, ABS_MT_POSITION_Y, 6),
        InputEvent(EV_ABS, ABS_MT_TOOL_TYPE, MT_TOOL_PALM),
    ]
    (frame,) = reader.receive(b"".join(map(encode, records)) + REPORT)
    assert frame == (Contact((0, 7), 5, 6, palm=True),)
    assert leading.follow(frame) == []


def test_after_lost_records_nothing_acts_that_may_have_been_lifted_unseen(pair: Pair) -> None:
    device, panel = pair
    panel.down(0.5, 0.5)
    assert ways(device) == ["down"]
    panel.up()
    panel.down(0.1, 0.1)
    panel.overrun()
    assert ways(device) == ["lost"]
    panel.up()
    assert ways(device) == []
    panel.tap(0.1, 0.1)
    assert ways(device) == ["down", "up"]


def test_lost_records_over_an_empty_glass_cost_nothing(pair: Pair) -> None:
    device, panel = pair
    panel.overrun()
    panel.tap(0.5, 0.5)
    assert ways(device) == ["down", "up"]


def test_what_was_cut_off_by_lost_records_is_not_believed() -> None:
    reader = ContactReader()
    reader.start(10)
    half = [InputEvent(EV_ABS, ABS_MT_TRACKING_ID, 1), InputEvent(EV_ABS, ABS_MT_POSITION_X, 9)]
    frames = list(reader.receive(b"".join(map(encode, half)) + DROPPED + encode(half[0]) + REPORT + REPORT))
    assert frames == [None, ()]


@pytest.mark.parametrize("value", [-1, 10, 2**31 - 1, -(2**31)])
def test_a_slot_that_the_panel_does_not_have_is_nobodys(value: int) -> None:
    reader = ContactReader()
    reader.start(10)
    records = [InputEvent(EV_ABS, ABS_MT_SLOT, value), InputEvent(EV_ABS, ABS_MT_TRACKING_ID, 3)]
    records += [InputEvent(EV_ABS, ABS_MT_POSITION_X, 1), InputEvent(EV_ABS, ABS_MT_POSITION_Y, 1)]
    assert list(reader.receive(b"".join(map(encode, records)) + REPORT)) == [()]


def test_a_place_that_the_panel_does_not_have_is_not_touched(pair: Pair) -> None:
    device, panel = pair
    panel.absurd()
    panel.move(0.5, 0.5)
    panel.up()
    assert ways(device) == []
    panel.tap(0.5, 0.5)
    assert ways(device) == ["down", "up"]


def test_unplugged_under_a_finger_and_plugged_in_again(pair: Pair) -> None:
    device, panel = pair
    panel.down(0.5, 0.5)
    assert ways(device) == ["down"]
    panel.unplug()
    lost, offline = device.service(20)
    assert (lost.way, type(offline)) == ("lost", DeviceOffline)  # type: ignore[union-attr]
    assert device.service(5_000) == []
    panel.plug()
    assert device.service(20_000) == [DeviceOnline(device="touch")]
    panel.up()
    panel.tap(0.5, 0.5)
    assert ways(device, 20_010) == ["down", "up"], "what rested there when it came back has left"


def test_half_a_record_before_the_cable_is_nothing_afterwards(pair: Pair) -> None:
    device, panel = pair
    panel.cut()
    assert ways(device, 10) == []
    device.service(20)
    panel.plug()
    device.service(10_000)
    panel.tap(0.5, 0.5)
    assert ways(device, 10_010) == ["down", "up"]


def test_records_in_any_pieces_are_the_same_frames() -> None:
    panel = TouchSimulator()
    panel.connected(0)
    panel.tap(0.2, 0.4)
    panel.hand(0.2, 0.2, 4)
    data = panel.take()
    whole, pieces = ContactReader(), ContactReader()
    for reader in (whole, pieces):
        reader.start(10)
    assert [frame for byte in data for frame in pieces.receive(bytes([byte]))] == list(whole.receive(data)) != []


def test_a_panel_that_knows_one_point_only() -> None:
    reader, leading = ContactReader(), LeadingFinger(AXES)
    reader.start(0)
    press = [InputEvent(EV_ABS, ABS_X, 100), InputEvent(EV_ABS, ABS_Y, 200), InputEvent(EV_KEY, BTN_TOUCH, 1)]
    data = b"".join(map(encode, press)) + REPORT + encode(InputEvent(EV_KEY, BTN_TOUCH, 0)) + REPORT
    moves = [move for frame in reader.receive(data) if frame is not None for move in leading.follow(frame)]
    assert moves == [Move("down", 100, 200), Move("up", 100, 200)]


def test_a_finger_that_hovers_touches_nothing() -> None:
    reader = ContactReader()
    reader.start(10)
    near = [InputEvent(EV_KEY, BTN_TOUCH, 0), InputEvent(EV_ABS, ABS_MT_TRACKING_ID, 3)]
    near += [InputEvent(EV_ABS, ABS_MT_POSITION_X, 1), InputEvent(EV_ABS, ABS_MT_POSITION_Y, 1)]
    (hovering,) = reader.receive(b"".join(map(encode, near)) + REPORT)
    (touching,) = reader.receive(encode(InputEvent(EV_KEY, BTN_TOUCH, 1)) + REPORT)
    assert (hovering, touching) == ((), (Contact((0, 3), 1, 1),))


def test_any_bytes_at_all_leave_no_finger_that_acts_twice() -> None:
    """Down is followed by moves and then by one end, whatever a broken panel says."""
    chance = random.Random(7)
    codes = [ABS_MT_SLOT, ABS_MT_TRACKING_ID, ABS_MT_POSITION_X, ABS_MT_POSITION_Y, 0x30, 0x37, 0x3FF, ABS_X]
    values = [-(2**31), -1, 0, 1, 2, 3, 9, 500, 4095, 4096, 2**31 - 1]
    reader, leading = ContactReader(), LeadingFinger(AXES, 400)
    reader.start(10)
    data = b""
    for _ in range(20_000):
        kind = chance.choice([EV_ABS, EV_ABS, EV_ABS, EV_KEY, 0, 0, 21])
        code = {EV_ABS: chance.choice(codes), EV_KEY: BTN_TOUCH, 0: chance.choice([0, 0, 0, 0, 3])}.get(kind, 99)
        data += encode(InputEvent(kind, code, chance.choice(values)))
    frames = reader.receive(data)
    said = [m.way for frame in frames for m in (leading.lose() if frame is None else leading.follow(frame))]
    assert said.count("down") > 20 and len(data) == 20_000 * RECORD.size
    for before, after in itertools.pairwise(["up", *said]):
        assert (after == "down") == (before in ("up", "lost")), (before, after)
