"""Simulated keypad: the device itself, as the kernel's records. It ships.

A person presses with `press`, holds with `hold`; faults are `repeats` (the kernel repeats a held key, as it does of
keyboards), `overrun` (records were lost) and `unplug`.
"""

from collections import deque

from drivers.events import Key
from drivers.input_events import DROPPED, EV_KEY, REPORT, InputEvent, encode
from drivers.keypad.key_moves import CODE_OF, PRESSED, RELEASED

REPEATED = 2


class KeypadSimulator:
    """One keypad."""

    def __init__(self) -> None:
        self.reachable = True
        self._lines = 0
        self._now_ms = 0
        self._due: deque[tuple[int, bytes]] = deque()
        self._out = b""

    def press(self, key: Key) -> None:
        """Down and up."""
        self.down(key)
        self.up(key)

    def down(self, key: Key) -> None:
        """A finger comes down on it."""
        self._say(_moved(key, PRESSED))

    def up(self, key: Key) -> None:
        """And leaves it."""
        self._say(_moved(key, RELEASED))

    def hold(self, key: Key, ms: int) -> None:
        """Down now, up when so much time has passed."""
        self.down(key)
        self._due.append((self._now_ms + ms, _moved(key, RELEASED)))

    def repeats(self, key: Key, times: int) -> None:
        """The kernel repeats a key that is held."""
        self._say(_moved(key, REPEATED) * times)

    def overrun(self) -> None:
        """The kernel's buffer ran over."""
        self._say(DROPPED + REPORT)

    def unplug(self) -> None:
        """Pull the cable; what was not sent yet is gone."""
        self.reachable = False
        self._silence()

    def plug(self) -> None:
        """Put it back."""
        self.reachable = True

    def connected(self, now_ms: int) -> None:
        """As Simulator."""
        self._lines += 1

    def disconnected(self, now_ms: int) -> None:
        """As Simulator."""
        self._lines -= 1

    def receive(self, data: bytes, now_ms: int) -> None:
        """A keypad does not listen."""

    def advance(self, now_ms: int) -> None:
        """As Simulator. Pressed while no till listens is pressed for nobody."""
        self._now_ms = now_ms
        if not self._lines:
            self._silence()
        while self._due and self._due[0][0] <= now_ms:
            self._out += self._due.popleft()[1]

    def deadline_ms(self) -> int | None:
        """As Simulator; past while there is something to take."""
        if self._out:
            return 0
        return self._due[0][0] if self._due else None

    def take(self) -> bytes:
        """As Simulator."""
        out, self._out = self._out, b""
        return out

    def _say(self, data: bytes) -> None:
        if self.reachable:
            self._out += data

    def _silence(self) -> None:
        self._due.clear()
        self._out = b""


def _moved(key: Key, value: int) -> bytes:
    return encode(InputEvent(EV_KEY, CODE_OF[key], value)) + REPORT
