"""Simulated jack: the sound card's switch as the kernel's records. It ships.

A person plugs headphones in with `insert` and pulls them with `pull`. Faults are `chatter` (contacts that scrape),
`overrun` (records were lost; the switch follows as it is) and `unplug` (the sound card itself goes).
"""

from drivers.headphones.switches import SW_HEADPHONE_INSERT
from drivers.input_events import DROPPED, EV_SW, REPORT, InputEvent, encode


class JackSimulator:
    """One jack."""

    def __init__(self, switch: int = SW_HEADPHONE_INSERT) -> None:
        self.reachable = True
        self.inserted = False
        self._switch = switch
        self._lines = 0
        self._out = b""

    def insert(self) -> None:
        """Headphones go in."""
        self._move(True)

    def pull(self) -> None:
        """And out."""
        self._move(False)

    def chatter(self, times: int) -> None:
        """In and out so many times, within a moment; then as it was."""
        for _ in range(times):
            self._move(not self.inserted)
            self._move(not self.inserted)

    def overrun(self) -> None:
        """The kernel's buffer ran over; as of a real jack, the switch is asked and told anew."""
        self._say(DROPPED + REPORT + self._state())

    def unplug(self) -> None:
        """The sound card goes; what was not sent yet is gone."""
        self.reachable = False
        self._out = b""

    def plug(self) -> None:
        """It is back."""
        self.reachable = True

    def connected(self, now_ms: int) -> None:
        """As Simulator. What the switch says is told first."""
        self._lines += 1
        self._out = self._state()

    def disconnected(self, now_ms: int) -> None:
        """As Simulator."""
        self._lines -= 1

    def receive(self, data: bytes, now_ms: int) -> None:
        """A jack does not listen."""

    def advance(self, now_ms: int) -> None:
        """As Simulator. Who connects is told how it is then."""
        if not self._lines:
            self._out = b""

    def deadline_ms(self) -> int | None:
        """As Simulator; past while there is something to take."""
        return 0 if self._out else None

    def take(self) -> bytes:
        """As Simulator."""
        out, self._out = self._out, b""
        return out

    def _move(self, inserted: bool) -> None:
        """The kernel tells only what changes."""
        if inserted != self.inserted:
            self.inserted = inserted
            self._say(self._state())

    def _state(self) -> bytes:
        return encode(InputEvent(EV_SW, self._switch, int(self.inserted))) + REPORT

    def _say(self, data: bytes) -> None:
        if self.reachable:
            self._out += data
