"""One item that lies before the scanner is one scan; two that are held up are two."""

import pytest

from drivers.events import Scanned
from drivers.scanner import driver_serial
from drivers.scanner.protocol import ScannerProtocol
from drivers.scanner.repeats import AGAIN_MS, WithoutRepeats
from drivers.scanner.simulator import ScannerSimulator
from drivers.simulated import SimulatedDevice

MILK, EGGS = "7310865004703", "9520000000103"
Pair = tuple[SimulatedDevice, ScannerSimulator]


@pytest.fixture
def pair() -> Pair:
    device, simulator = driver_serial.make_simulated("scanner", driver_serial.Settings(port=""))
    device.service(0)
    return device, simulator


def _scanned(pair: Pair, now_ms: int, text: str = MILK) -> list[str]:
    device, simulator = pair
    simulator.scan(text)
    return [label.text for label in device.service(now_ms) if isinstance(label, Scanned)]


def test_two_equal_items_held_up_one_after_the_other_both_count(pair: Pair) -> None:
    assert _scanned(pair, 1_000) == [MILK]
    assert _scanned(pair, 1_000 + AGAIN_MS) == [MILK]


def test_the_same_label_a_moment_later_is_the_same_scan(pair: Pair) -> None:
    assert _scanned(pair, 1_000) == [MILK]
    assert _scanned(pair, 999 + AGAIN_MS) == []


def test_an_item_that_is_forgotten_on_the_glass_counts_once(pair: Pair) -> None:
    heard = [_scanned(pair, now_ms) for now_ms in range(1_000, 61_000, 300)]
    assert heard == [[MILK], *[[]] * 199]


def test_another_item_between_two_equal_ones_makes_three(pair: Pair) -> None:
    assert [_scanned(pair, now_ms, text) for now_ms, text in ((1, MILK), (2, EGGS), (3, MILK))] == [
        [MILK],
        [EGGS],
        [MILK],
    ]


def test_the_same_digits_in_another_symbology_are_another_label(pair: Pair) -> None:
    _scanned(pair, 1_000)
    pair[1].scan(MILK, symbology="]C0")
    assert len(pair[0].service(1_001)) == 1


def test_a_shop_that_wants_every_label_gets_every_label() -> None:
    ear = WithoutRepeats(ScannerProtocol("scanner"), again_ms=0)
    assert len(ear.receive(f"{MILK}\r{MILK}\r".encode(), 5)) == 2


def test_a_label_that_silence_ends_is_guarded_too() -> None:
    ear = WithoutRepeats(ScannerProtocol("scanner", silence_ms=50))
    heard = []
    for now_ms in (0, 100, 200):
        heard += ear.receive(MILK.encode(), now_ms)
        heard += ear.silence(now_ms + 50)
    assert len(heard) == 1
