"""Scanner, keypad, touch screen and jack on real /dev/input/event*, which uinput makes."""

import errno
import select
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import evdev
import pytest

from drivers.events import DeviceOffline, DeviceOnline, FingerMoved, HeadphonesMoved, KeyMoved, ScanGarbled, Scanned
from drivers.headphones.simulator import JackSimulator
from drivers.keypad.simulator import KeypadSimulator
from drivers.scanner.simulator import KeyboardScannerSimulator
from drivers.touch.simulator import TouchSimulator
from tests.hw.guest.turning import Turning
from tests.hw.guest.virtual import JACK, KEYS, NAME, PANEL, UNITS, Virtual

Made = tuple[Turning, Any, Virtual]
KINDS: dict[str, tuple[Callable[[], Any], dict[int, Any]]] = {
    "scanner": (KeyboardScannerSimulator, KEYS),
    "keypad": (KeypadSimulator, KEYS),
    "touch": (TouchSimulator, PANEL),
    "headphones": (JackSimulator, JACK),
}
MILK, BREAD = "7310865004703", "7310500088853"


@pytest.fixture
def make() -> Iterator[Callable[[str], Made]]:
    """A driver of this kind, its simulator, and the kernel's device between them."""
    made: list[Made] = []

    def of(kind: str) -> Made:
        simulator = KINDS[kind][0]()
        virtual = Virtual(simulator, KINDS[kind][1])
        made.append((Turning(kind, driver="evdev", port="kassa*"), simulator, virtual))
        return made[-1]

    yield of
    for turning, _, virtual in made:
        turning.close()
        virtual.unplug()


def labels(said: list[Any]) -> list[str]:
    return [event.text for event in said if isinstance(event, Scanned)]


def moves(said: list[Any]) -> list[tuple[str, int, int]]:
    """What the finger did, in the panel's units."""
    return [(e.way, round(e.x * UNITS), round(e.y * UNITS)) for e in said if isinstance(e, FingerMoved)]


@pytest.mark.parametrize("kind", KINDS)
def test_a_plug_that_is_pulled_and_put_back_is_told_once_each(make: Callable[[str], Made], kind: str) -> None:
    turning, _, virtual = make(kind)
    assert isinstance(turning.until(DeviceOnline)[-1], DeviceOnline)
    virtual.unplug()
    went = [event for event in turning.until(DeviceOffline) if isinstance(event, DeviceOffline)]
    assert "unplugged" in went[0].why
    assert turning.during(3_000) == [], "away is told once"
    virtual.plug()
    turning.until(DeviceOnline)
    assert not [event for event in turning.during(1_000) if isinstance(event, DeviceOnline | DeviceOffline)]


def test_a_keyboard_that_nobody_has_configured_types_into_nothing(make: Callable[[str], Made]) -> None:
    """A stick that types (BadUSB), beside the scanner and while the scanner is away."""
    turning, scanner, keyboard = make("scanner")
    turning.until(DeviceOnline)
    stick = KeyboardScannerSimulator()
    typing = Virtual(stick, KEYS, "Flash Disk")
    stick.scan(MILK)
    typing.say()
    assert turning.during(1_000) == []
    keyboard.unplug()
    turning.until(DeviceOffline)
    stick.scan(MILK)
    typing.say()
    assert turning.during(1_000) == []
    typing.unplug()
    keyboard.plug()
    turning.until(DeviceOnline)
    scanner.scan(BREAD)
    keyboard.say()
    assert labels(turning.until(Scanned)) == [BREAD]


def test_a_label_typed_by_a_keyboard_is_scanned_with_every_repeated_digit(make: Callable[[str], Made]) -> None:
    turning, scanner, keyboard = make("scanner")
    turning.until(DeviceOnline)
    for label in ("000000111111", "4099999", "Ab9-_~"):
        for piece in (*label, "\r"):  # as fast as they are read: a keyboard cannot do more either
            scanner.terminator = ""
            scanner.scan(piece)
            keyboard.say()
            turning.turn()
        assert labels(turning.until(Scanned)) == [label]


def test_the_label_after_a_pulled_plug_arrives(make: Callable[[str], Made]) -> None:
    turning, scanner, keyboard = make("scanner")
    turning.until(DeviceOnline)
    scanner.terminator = ""
    scanner.scan(MILK[:5])
    keyboard.say()
    turning.during(10)
    keyboard.unplug()
    turning.until(DeviceOffline)
    keyboard.plug()
    turning.until(DeviceOnline)
    scanner.terminator = "\r"
    scanner.scan("42")
    keyboard.say()
    assert labels(turning.until(Scanned)) == ["42"], "the half label is forgotten"


def test_nobody_else_hears_the_scanner(make: Callable[[str], Made]) -> None:
    turning, scanner, keyboard = make("scanner")
    turning.until(DeviceOnline)
    with closing(evdev.InputDevice(keyboard.path)) as other:
        with pytest.raises(OSError) as refused:
            other.grab()
        assert refused.value.errno == errno.EBUSY
        scanner.scan("42")
        keyboard.say()
        assert labels(turning.until(Scanned)) == ["42"]
        assert select.select([other], [], [], 0)[0] == []


def test_a_scanner_that_somebody_else_has_grabbed_is_away_until_it_is_let_go(make: Callable[[str], Made]) -> None:
    turning, scanner, keyboard = make("scanner")
    with closing(evdev.InputDevice(keyboard.path)) as other:
        other.grab()
        (away,) = turning.until(DeviceOffline)
        assert away.why == f"{NAME} is grabbed by another program"
        other.ungrab()
    turning.until(DeviceOnline)
    scanner.scan("42")
    keyboard.say()
    assert labels(turning.until(Scanned)) == ["42"]


def test_what_the_kernel_drops_spoils_a_label_and_never_shortens_it(make: Callable[[str], Made]) -> None:
    turning, scanner, keyboard = make("scanner")
    turning.until(DeviceOnline)
    scanner.scan_together(*[MILK] * 40)
    keyboard.say()  # far more records than the kernel's buffer holds, and nobody reads
    said = turning.during(1_000)
    assert [event for event in said if isinstance(event, ScanGarbled)]
    assert set(labels(said)) <= {MILK}
    scanner.scan("42")
    keyboard.say()
    assert labels(turning.until(Scanned)) == ["42"]


def test_a_held_key_acts_once_though_the_kernel_repeats_it(make: Callable[[str], Made]) -> None:
    turning, keypad, device = make("keypad")
    turning.until(DeviceOnline)
    keypad.down("ok")
    device.say()
    with closing(evdev.InputDevice(device.path)) as other:
        assert other.repeat.delay < 1_000, "the kernel repeats this key within the time that it is held here"
    held = turning.during(2_000)
    keypad.up("ok")
    device.say()
    assert [(e.key, e.way) for e in held + turning.until(KeyMoved)] == [("ok", "down"), ("ok", "up")]


def test_a_key_that_is_held_while_the_plug_is_pulled_is_lost(make: Callable[[str], Made]) -> None:
    turning, keypad, device = make("keypad")
    turning.until(DeviceOnline)
    keypad.down("ok")
    device.say()
    turning.until(KeyMoved)
    device.unplug()
    ways = [event.way for event in turning.until(DeviceOffline) if isinstance(event, KeyMoved)]
    assert ways[-1] == "lost", "the kernel itself lets the key go before; nobody may take that for a press"


def test_fingers_are_where_they_lie(make: Callable[[str], Made]) -> None:
    turning, hand, panel = make("touch")
    turning.until(DeviceOnline)
    hand.down(0.25, 0.5)
    hand.move(0.75, 0.5)
    hand.down(0.1, 0.1, finger=1)
    hand.up()
    hand.up(finger=1)
    hand.tap(0.5, 0.5)
    panel.say()
    seen = moves(turning.during(1_000))
    assert seen == [
        ("down", 1024, 2048),
        ("move", 3072, 2048),
        ("up", 3072, 2048),
        ("down", 2048, 2048),
        ("up", 2048, 2048),
    ]


def test_a_finger_that_rests_on_the_panel_when_it_is_opened_does_nothing(make: Callable[[str], Made]) -> None:
    turning, hand, panel = make("touch")
    hand.down(0.25, 0.5)
    panel.say()
    turning.until(DeviceOnline)
    assert moves(turning.during(500)) in ([], [("down", 1024, 2048), ("lost", 1024, 2048)])
    hand.up()
    hand.tap(0.5, 0.5)
    panel.say()
    assert moves(turning.during(500))[-2:] == [("down", 2048, 2048), ("up", 2048, 2048)]


def test_fingers_that_moved_while_the_kernels_buffer_ran_over_are_lost_and_the_next_tap_counts(
    make: Callable[[str], Made],
) -> None:
    turning, hand, panel = make("touch")
    turning.until(DeviceOnline)
    hand.down(0.25, 0.5)
    panel.say()
    assert moves(turning.until(FingerMoved)) == [("down", 1024, 2048)]
    for step in range(2_000):  # the kernel's buffer for such a panel holds some hundred packets
        hand.move(0.25 + step % 100 / 1_000, 0.5)
    panel.say()
    seen = moves(turning.during(500))
    assert seen[-1][0] == "lost"
    assert "up" not in [way for way, _, _ in seen]
    hand.up()
    hand.tap(0.5, 0.5)
    panel.say()
    assert moves(turning.during(500)) == [("down", 2048, 2048), ("up", 2048, 2048)]


def test_headphones_that_are_in_before_anybody_listens_are_known(make: Callable[[str], Made]) -> None:
    turning, jack, device = make("headphones")
    jack.insert()
    device.say()
    assert turning.until(HeadphonesMoved)[-1].plugged
    jack.pull()
    device.say()
    assert not turning.until(HeadphonesMoved)[-1].plugged


def test_contacts_that_scrape_and_a_buffer_that_runs_over_end_with_what_is_true(make: Callable[[str], Made]) -> None:
    turning, jack, device = make("headphones")
    turning.until(DeviceOnline)
    jack.insert()
    device.say()
    turning.until(HeadphonesMoved)
    jack.chatter(200)
    device.say()
    said = [event.plugged for event in turning.during(2_000)]
    assert said[0] is False
    assert said[-1] is True
