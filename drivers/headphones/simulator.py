"""Simulated jack: the sound card's switch as the kernel's records. It ships.

A person plugs headphones in with `insert` and pulls them with `pull`. Faults are `chatter` (contacts that scrape),
`overrun` (records were lost; the switch follows as it is) and `unplug` (the sound card itself goes).
"""

from drivers.headphones.switches import SW_HEADPHONE_INSERT
from drivers.input_events import DROPPED, EV_SW, REPORT, InputEvent, encode
from drivers.speaking import Told


class JackSimulator(Told):
    """One jack."""

    def __init__(self, switch: int = SW_HEADPHONE_INSERT) -> None:
        super().__init__()
        self.inserted = False
        self._switch = switch

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
        self._say(DROPPED + REPORT + self.state())

    def state(self) -> bytes:
        """As Told."""
        return encode(InputEvent(EV_SW, self._switch, int(self.inserted))) + REPORT

    def _move(self, inserted: bool) -> None:
        """The kernel tells only what changes."""
        if inserted != self.inserted:
            self.inserted = inserted
            self._say(self.state())
