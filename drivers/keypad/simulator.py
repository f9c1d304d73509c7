"""Simulated keypad: the device itself, as the kernel's records. It ships.

A person presses with `press`, holds with `hold`; faults are `repeats` (the kernel repeats a held key, as it does of
keyboards), `overrun` (records were lost) and `unplug`.
"""

from collections import deque

from drivers.events import Key
from drivers.input_events import DROPPED, EV_KEY, REPORT, InputEvent, encode
from drivers.keypad.key_moves import CODE_OF, PRESSED, RELEASED
from drivers.speaking import Speaking

REPEATED = 2


class KeypadSimulator(Speaking):
    """One keypad."""

    def __init__(self) -> None:
        super().__init__()
        self._now_ms = 0
        self._due: deque[tuple[int, bytes]] = deque()

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

    def advance(self, now_ms: int) -> None:
        """As Simulator. Pressed while no till listens is pressed for nobody."""
        self._now_ms = now_ms
        super().advance(now_ms)
        while self._due and self._due[0][0] <= now_ms:
            self._out += self._due.popleft()[1]

    def deadline_ms(self) -> int | None:
        """As Simulator; past while there is something to take."""
        return 0 if self._out else self._due[0][0] if self._due else None

    def _silence(self) -> None:
        super()._silence()
        self._due.clear()


def _moved(key: Key, value: int) -> bytes:
    return encode(InputEvent(EV_KEY, CODE_OF[key], value)) + REPORT
