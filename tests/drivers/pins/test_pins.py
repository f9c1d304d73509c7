"""Contacts and pulses on pins: believed when steady, never longer than they may, safe when the loop hangs."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from gpiozero.pins.mock import MockFactory
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.button import driver as button
from drivers.cash_drawer import driver as cash_drawer
from drivers.device import DeviceError
from drivers.door import driver as door
from drivers.events import DeviceOnline, DoorMoved, HardwareEvent, KeylockTurned, KeyMoved, OpenDrawer, OpenGate
from drivers.gate import driver as gate
from drivers.keylock import driver as keylock
from drivers.pins.contact import STEADY_MS, Switch
from drivers.pins.contact_device import ContactDevice
from drivers.pins.contact_simulator import ContactSimulator
from drivers.pins.pulse import Pulse
from drivers.pins.pulsed_output import LATE_MS, PulsedOutput

ON_MS, REST_MS = 200, 400


class Bomb:
    """A timer that somebody sets off by hand."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.act: Callable[[], None] | None = None

    def __call__(self, seconds: float, act: Callable[[], None]) -> "Bomb":
        self.seconds, self.act = seconds, act
        return self

    def start(self) -> None:
        pass

    def cancel(self) -> None:
        self.act = None


# --- pulses -----------------------------------------------------------------------------------------------------------


def test_a_push_ends_and_rests() -> None:
    pulse = Pulse(ON_MS, REST_MS)
    assert pulse.begin(0) and pulse.deadline_ms() == ON_MS
    assert not pulse.begin(100)
    assert pulse.flows(199) and not pulse.flows(200)
    assert pulse.deadline_ms() is None
    assert not pulse.begin(599) and pulse.begin(600)


@settings(max_examples=500)
@given(st.lists(st.tuples(st.integers(1, 700), st.booleans()), max_size=60))
def test_however_it_is_asked_and_however_late_a_coil_keeps_its_limits(turns: list[tuple[int, bool]]) -> None:
    """Current never flows past the first look after ON_MS, and after it there is none for REST_MS."""
    pulse, now_ms, on_since, off_since = Pulse(ON_MS, REST_MS), 0, None, None
    for wait_ms, asks in turns:
        now_ms += wait_ms
        if asks:
            pulse.begin(now_ms)
        flows = pulse.flows(now_ms)
        if flows and on_since is None:
            on_since = now_ms
            assert off_since is None or now_ms - off_since >= REST_MS
        assert not flows or now_ms - on_since < ON_MS
        if not flows and on_since is not None:
            on_since, off_since = None, now_ms


@settings(max_examples=500)
@given(st.lists(st.integers(1, 50), min_size=1, max_size=200))
def test_asked_all_the_time_it_is_on_for_a_third_of_it_at_most(waits: list[int]) -> None:
    pulse, now_ms, on_ms = Pulse(ON_MS, REST_MS), 0, 0
    for wait_ms in waits:
        pulse.begin(now_ms)
        on_ms += wait_ms * pulse.flows(now_ms)
        now_ms += wait_ms
    late_ms = max(waits)
    pushes = now_ms // (ON_MS + REST_MS) + 1
    assert on_ms <= pushes * (ON_MS + late_ms)


def output(bomb: Bomb) -> tuple[PulsedOutput, MockFactory]:
    factory = MockFactory()
    made = PulsedOutput(23, factory, active_low=False, on_ms=ON_MS, rest_ms=REST_MS, new_timer=bomb)
    return made, factory


def test_a_loop_that_hangs_does_not_burn_the_coil() -> None:
    """Nobody calls `service`: the guard takes the current off, LATE_MS after it was to end."""
    bomb = Bomb()
    coil, factory = output(bomb)
    coil.push(0)
    assert factory.pin(23).state
    assert bomb.seconds == (ON_MS + LATE_MS) / 1_000
    assert bomb.act is not None
    bomb.act()
    assert not factory.pin(23).state
    coil.service(60_000)
    assert not factory.pin(23).state
    coil.push(60_000 + REST_MS)
    assert factory.pin(23).state, "and it can push again"


def test_a_loop_that_turns_calls_the_guard_off() -> None:
    bomb = Bomb()
    coil, factory = output(bomb)
    coil.push(0)
    coil.service(ON_MS)
    assert bomb.act is None and not factory.pin(23).state


def test_the_guard_finds_a_closed_coil_and_leaves_it() -> None:
    bomb = Bomb()
    coil, factory = output(bomb)
    coil.push(0)
    act = bomb.act
    assert act is not None
    coil.close()
    act()
    assert not factory.pin(23).state


def test_the_real_guard_is_a_thread_that_keeps_no_process_alive() -> None:
    factory = MockFactory()
    coil = PulsedOutput(23, factory, active_low=False, on_ms=1, rest_ms=1)
    coil.push(0)
    guard = coil._guard
    assert guard is not None and guard.daemon  # type: ignore[attr-defined]
    guard.join(10)  # type: ignore[attr-defined]
    assert not factory.pin(23).state


@pytest.mark.parametrize("closes", ["drawer", "gate"])
def test_a_till_that_stops_in_the_middle_of_a_push_leaves_no_current(closes: str) -> None:
    if closes == "drawer":
        drawer, coil = cash_drawer.make_simulated("cash_drawer", cash_drawer.Settings())
        drawer.command(OpenDrawer(ticket="t"), 0)
        assert coil.energised
        drawer.close()
        assert not coil.energised
    else:
        exit_gate, stands = gate.make_simulated("gate", gate.Settings())
        exit_gate.command(OpenGate(ticket="t"), 0)
        assert stands.is_told
        exit_gate.close()
        exit_gate.close()
        assert not stands.is_told


@pytest.mark.parametrize("active_low", [False, True])
def test_an_output_rests_from_its_first_moment(active_low: bool) -> None:
    """The next start takes off whatever the last one left."""
    factory = MockFactory()
    PulsedOutput(23, factory, active_low=active_low, on_ms=ON_MS, rest_ms=REST_MS)
    assert bool(factory.pin(23).state) is active_low


# --- contacts ---------------------------------------------------------------------------------------------------------


def test_a_bouncing_switch_is_believed_when_it_is_steady() -> None:
    switch = Switch()
    assert [switch.sensed(value, ms) for ms, value in [(0, False), (29, False), (30, False)]] == [False, False, True]
    bounces = [(100, True), (105, False), (110, True), (115, False), (120, True), (149, True)]
    assert not any(switch.sensed(value, ms) for ms, value in bounces)
    assert switch.deadline_ms() == 150
    assert switch.sensed(True, 150)
    assert switch.deadline_ms() is None


@settings(max_examples=500)
@given(st.lists(st.tuples(st.integers(1, 60), st.booleans()), max_size=80))
def test_a_switch_tells_only_what_has_stood_for_a_while_and_never_twice(levels: list[tuple[int, bool]]) -> None:
    switch, now_ms, told = Switch(), 0, []
    history: list[tuple[int, bool]] = []
    for wait_ms, level in levels:
        now_ms += wait_ms
        history.append((now_ms, level))
        if switch.sensed(level, now_ms):
            told.append(level)
            steady = [said for at, said in history if at > now_ms - STEADY_MS]
            assert set(steady) == {level}
    assert all(one != other for one, other in pairwise(told))


def run(device: ContactDevice, ms: int, start_ms: int = 0) -> list[HardwareEvent]:
    """Turn it as the loop does, at each of its deadlines."""
    events, now_ms = [], start_ms
    while (due_ms := device.deadline_ms()) is not None and due_ms <= start_ms + ms:
        now_ms = max(now_ms, due_ms)
        events += device.service(now_ms)
    return events


def test_a_key_is_turned_and_turned_back() -> None:
    device, key = keylock.make_simulated("keylock", keylock.Settings())
    assert run(device, 500) == [
        DeviceOnline(device="keylock", detail="mock"),
        KeylockTurned(device="keylock", position="normal"),
    ]
    key.close_contact()
    assert run(device, 500, 500) == [KeylockTurned(device="keylock", position="supervisor")]
    key.bounce(20)
    assert run(device, 500, 1_000) == []
    key.open_contact()
    assert run(device, 500, 1_500) == [KeylockTurned(device="keylock", position="normal")]


def test_a_cut_cable_is_an_open_door_and_a_key_that_is_not_turned() -> None:
    device, shut = door.make_simulated("door.service", door.Settings())
    assert run(device, 500)[-1] == DoorMoved(device="door.service", open=False)
    shut.cut()
    assert run(device, 500, 500) == [DoorMoved(device="door.service", open=True)]
    shut.mend()
    assert run(device, 500, 1_000) == [DoorMoved(device="door.service", open=False)]
    lock, key = keylock.make_simulated("keylock", keylock.Settings())
    key.close_contact()
    assert run(lock, 500)[-1] == KeylockTurned(device="keylock", position="supervisor")
    key.cut()
    assert run(lock, 500, 500) == [KeylockTurned(device="keylock", position="normal")]


def test_a_button_is_a_key_of_the_keypad() -> None:
    device, finger = button.make_simulated("button.help", button.Settings())
    assert run(device, 500) == [DeviceOnline(device="button.help", detail="mock")]
    finger.close_contact()
    finger.bounce(3)
    assert run(device, 500, 500) == [KeyMoved(device="button.help", key="help", way="down")]
    finger.open_contact()
    assert run(device, 500, 1_000) == [KeyMoved(device="button.help", key="help", way="up")]


def test_a_button_that_is_down_when_the_lane_starts_is_jammed_not_pressed() -> None:
    device, finger = button.make_simulated("button.help", button.Settings(key="ok"))
    finger.close_contact()
    assert run(device, 60_000) == [DeviceOnline(device="button.help", detail="mock")]
    finger.open_contact()
    assert run(device, 500, 60_000) == []
    finger.close_contact()
    assert run(device, 500, 61_000) == [KeyMoved(device="button.help", key="ok", way="down")]


@pytest.mark.parametrize("closed_level", ["low", "high"])
def test_the_level_of_a_closed_contact_is_configured(closed_level: str) -> None:
    device, key = keylock.make_simulated("keylock", keylock.Settings(closed_level=closed_level))  # type: ignore[arg-type]
    run(device, 500)
    key.close_contact()
    assert run(device, 500, 500) == [KeylockTurned(device="keylock", position="supervisor")]
    key.cut()
    assert run(device, 500, 1_000) == [KeylockTurned(device="keylock", position="normal")]


@pytest.mark.parametrize(
    ("module", "what"), [(keylock, "the key's contact"), (door, "the door's contact"), (gate, "the gate's relay")]
)
def test_what_has_no_pin_is_refused(module: object, what: str) -> None:
    with pytest.raises(DeviceError, match=f"'pin' is missing: the GPIO number of {what}"):
        module.make("it", module.Settings(factory="mock"))  # type: ignore[attr-defined]


def test_a_contact_takes_no_orders_and_lets_go_of_its_pin() -> None:
    device, _ = door.make_simulated("door", door.Settings())
    with pytest.raises(AssertionError, match="a contact and takes no OpenGate"):
        device.command(OpenGate(ticket="t"), 0)
    device.close()
    device.close()


def test_the_simulated_contact_says_how_it_stands() -> None:
    factory = MockFactory()
    contact = ContactSimulator(factory, 25)
    assert not contact.is_closed and factory.pin(25).state
    contact.close_contact()
    assert contact.is_closed and not factory.pin(25).state
