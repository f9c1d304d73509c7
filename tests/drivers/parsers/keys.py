"""Rows of what speaks the kernel's input records: touch panels, keypads and jacks."""

from drivers.events import KeyMoved
from drivers.headphones.simulator import JackSimulator
from drivers.headphones.switches import SW_HEADPHONE_INSERT, JackProtocol
from drivers.input_events import EV_KEY, EV_SW, InputEvent, encode
from drivers.keypad.key_moves import CODES, KeypadProtocol
from drivers.keypad.simulator import KeypadSimulator
from drivers.touch.contacts import Axes, ContactReader, Span
from drivers.touch.leading import LeadingFinger
from drivers.touch.simulator import TouchSimulator
from tests.drivers.parsers.shape import Ear, Heard, Parser, lulls, receives

WAYS = {"down": 1, "up": 0}


class Panel:
    """Contacts and the finger that leads."""

    def __init__(self) -> None:
        self._reader, self._leading = ContactReader(), LeadingFinger(Axes(Span(0, 4095), Span(0, 4095)), 200)
        self._reader.start(10)

    def receive(self, data: bytes) -> Heard:
        moves: Heard = []
        for frame in self._reader.receive(data):
            assert frame is None or len(frame) <= 10
            moves += self._leading.lose() if frame is None else self._leading.follow(frame)
        return moves


def said_by_a_panel() -> tuple[bytes, ...]:
    hand, samples = TouchSimulator(), []
    hand.connected(0)
    for act in (
        lambda: hand.tap(0.5, 0.5),
        lambda: hand.down(0.2, 0.9, 1),
        lambda: hand.move(0.3, 0.9, 1),
        lambda: hand.up(1),
        lambda: hand.hand(0.1, 0.1, 4),
        hand.absurd,
        hand.overrun,
    ):
        act()
        samples.append(hand.take())
    return tuple(samples)


def one_finger(stream: bytes, heard: Heard) -> None:
    """One at a time, on the panel, and whatever comes down has an end before the next."""
    down = False
    for move in heard:
        assert (move.way == "down") != down, "a finger that moves is down, one that comes was not"
        assert 0 <= move.x <= 4095 and 0 <= move.y <= 4095
        down = move.way in ("down", "move")


def said_by_a_keypad() -> tuple[bytes, ...]:
    keypad, samples = KeypadSimulator(), []
    for act in (
        lambda: keypad.press("ok"),
        lambda: keypad.press("7"),
        lambda: keypad.repeats("up", 3),
        keypad.overrun,
    ):
        act()
        samples.append(keypad.take())
    return tuple(samples)


def pressed(stream: bytes, heard: Heard) -> None:
    """Every press and release is in a record of that key."""
    for moved in heard:
        assert isinstance(moved, KeyMoved)
        assert moved.way == "lost" or any(
            encode(InputEvent(EV_KEY, code, WAYS[moved.way]))[16:] in stream
            for code, key in CODES.items()
            if key == moved.key
        )


class Jack(Ear):
    """A jack; a plug counts when it has lasted."""

    def lull(self) -> Heard:
        self.now_ms += 1_000
        return self.receive(b"")


def said_by_a_jack() -> tuple[bytes, ...]:
    jack, samples = JackSimulator(), []
    for act in (jack.insert, jack.pull, lambda: jack.chatter(2), jack.overrun):
        act()
        samples.append(jack.take())
    return tuple(samples)


def plugged(stream: bytes, heard: Heard) -> None:
    """In and out by turns, and in only where a record speaks of that switch."""
    assert heard == [number % 2 == 0 for number in range(len(heard))]
    assert not heard or encode(InputEvent(EV_SW, SW_HEADPHONE_INSERT, 0))[16:20] in stream


ROWS: dict[str, Parser] = {
    "touch": Parser(said_by_a_panel(), Panel, receives, one_finger),
    "keypad": Parser(said_by_a_keypad(), lambda: Ear(KeypadProtocol("keypad")), receives, pressed, lulls),
    "jack": Parser(said_by_a_jack(), lambda: Jack(JackProtocol()), receives, plugged, lulls),
}
