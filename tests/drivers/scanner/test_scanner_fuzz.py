"""Bytes that no scanner would send, twenty thousand times for each reader, from a seed: nothing but labels comes out.

`KASSA_FUZZ=2000000 pytest tests/drivers/scanner/test_scanner_fuzz.py` tries as many as that.
"""

import os
import random
from collections.abc import Callable
from itertools import pairwise

import pytest

from drivers.events import KeyMoved, ScanGarbled, Scanned
from drivers.headphones.simulator import JackSimulator
from drivers.headphones.switches import JackProtocol
from drivers.keypad.key_moves import KeypadProtocol
from drivers.keypad.simulator import KeypadSimulator
from drivers.report_descriptor import REPORT_LONGEST, read_descriptor
from drivers.scanner.driver_hid_pos import USUAL
from drivers.scanner.hid_pos import HidPosProtocol
from drivers.scanner.keystrokes import Keystrokes
from drivers.scanner.label import LABEL_LONGEST
from drivers.scanner.pos_reports import PosReports
from drivers.scanner.protocol import ScannerProtocol
from drivers.scanner.simulated_pos import DESCRIPTOR, PosScannerSimulator
from drivers.scanner.simulator import KeyboardScannerSimulator, ScannerSimulator
from drivers.touch.contacts import ContactReader
from drivers.touch.simulator import TouchSimulator

TRIES = int(os.environ.get("KASSA_FUZZ", "20000"))
HELD_MOST = 65_536


def mutated(dice: random.Random, seeds: list[bytes]) -> bytes:
    """One or two seeds, cut and joined, with bits turned, bytes doubled, dropped or put in."""
    data = bytearray(dice.choice(seeds) + (dice.choice(seeds) if dice.random() < 0.3 else b""))
    for _ in range(dice.randrange(1, 6)):
        place = dice.randrange(len(data) + 1)
        match dice.randrange(5):
            case 0 if data:
                data[place % len(data)] ^= 1 << dice.randrange(8)
            case 1:
                data[place:place] = dice.randbytes(dice.randrange(1, 5))
            case 2:
                del data[place : place + dice.randrange(1, 30)]
            case 3:
                data[place:place] = data[place : place + dice.randrange(1, 40)]
            case _ if data:
                data[place % len(data)] = dice.choice((0, 1, 2, 3, 9, 10, 13, 27, 29, 93, 127, 255))
    return bytes(data)


def pieces(dice: random.Random, data: bytes) -> list[bytes]:
    """The same in up to three reads."""
    cuts = sorted(dice.randrange(len(data) + 1) for _ in range(dice.randrange(3)))
    return [data[begin:end] for begin, end in pairwise([0, *cuts, len(data)])]


def spoken(simulator: ScannerSimulator | KeyboardScannerSimulator | PosScannerSimulator, text: str) -> bytes:
    simulator.connected(0)
    simulator.scan(text)
    simulator.advance(0)
    return simulator.take()


def held(protocol: object) -> int:
    """Bytes that a reader keeps for what is not complete."""
    mine = [value for value in vars(protocol).values() if isinstance(value, bytes | bytearray | str)]
    inner = [value for value in vars(protocol).values() if hasattr(value, "__dict__") and value is not USUAL]
    return sum(len(value) for value in mine) + sum(held(value) for value in inner if not callable(value))


Protocol = ScannerProtocol | Keystrokes | HidPosProtocol


@pytest.mark.parametrize(
    ("make", "seeds"),
    [
        (
            lambda: ScannerProtocol("scanner"),
            [b"]E07310865004703\r", b"\x0296385074\x03", b"73108650047037310865004703", b"]d201095\x1d10AB\r\n"],
        ),
        (
            lambda: Keystrokes("scanner", "se"),
            [spoken(KeyboardScannerSimulator("se"), text) for text in ("73", "A@", "\x1d7", "")],
        ),
        (
            lambda: HidPosProtocol("scanner", USUAL),
            [spoken(PosScannerSimulator(), text) for text in ("73", "7310865004703", "7" * 120)],
        ),
    ],
    ids=["serial", "keyboard", "hid_pos"],
)
def test_nothing_but_labels_comes_out(make: Callable[[], Protocol], seeds: list[bytes]) -> None:
    dice, protocol, now_ms = random.Random(20_261_127), make(), 0
    for number in range(TRIES):
        labels = []
        for piece in pieces(dice, mutated(dice, seeds)):
            now_ms += dice.choice((0, 1, 400))
            labels += [*protocol.silence(now_ms), *protocol.receive(piece, now_ms)]
        for label in labels:
            assert isinstance(label, Scanned | ScanGarbled)
            if isinstance(label, Scanned):
                assert 0 < len(label.text) <= LABEL_LONGEST
                assert all(char.isprintable() or char == "\x1d" for char in label.text)
        if number % 500 == 0:
            assert held(protocol) <= HELD_MOST
    protocol.reset()
    assert protocol.deadline_ms() is None


def test_a_descriptor_is_read_or_refused() -> None:
    dice = random.Random(20_261_127)
    others = [bytes.fromhex("05010906a101050719e029e7150025017501950881020c"), bytes.fromhex("058c09fe75089520820201")]
    read = 0
    for _ in range(TRIES):
        try:
            reports = read_descriptor(mutated(dice, [DESCRIPTOR, *others]))
            scanner = PosReports(reports)
        except ValueError:
            continue
        read += 1
        assert all(length <= REPORT_LONGEST + 1 for length in reports.lengths.values())
        assert len(scanner.enable(enabled=False)) <= REPORT_LONGEST + 1
        protocol = HidPosProtocol("scanner", scanner)
        protocol.receive(dice.randbytes(40), 0)
        assert held(protocol) <= HELD_MOST
    assert read > TRIES / 20


def test_keys_fingers_and_plugs_are_all_that_a_keypad_a_panel_and_a_jack_say() -> None:
    dice = random.Random(20_261_127)
    keypad, panel, jack = KeypadSimulator(), TouchSimulator(), JackSimulator()
    keypad.press("ok")
    panel.tap(0.5, 0.5)
    jack.insert()
    seeds = [keypad.take(), panel.take(), jack.take()]
    keys, contacts, plugs = KeypadProtocol("keypad"), ContactReader(), JackProtocol()
    contacts.start(10)
    for now_ms in range(TRIES):
        data = mutated(dice, seeds)
        assert all(isinstance(moved, KeyMoved) for moved in keys.receive(data, now_ms))
        assert all(frame is None or len(frame) <= 10 for frame in contacts.receive(data))
        assert all(isinstance(plugged, bool) for plugged in plugs.receive(data, now_ms))
        assert held(keys) + held(plugs) < 200
