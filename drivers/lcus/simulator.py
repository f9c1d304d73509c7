"""Simulated relay board: the device itself, as bytes, with its faults. It ships.

It takes commands by their length and sum, whatever pieces they come in; what is none is thrown away up to the next
start. Faults: `unplug` (its relays fall, for USB is their power), `brown_out` (they fall and nobody is told),
`chatter` (it sends bytes of its own).
"""

from drivers.lcus.protocol import RELAYS, START

_LENGTH = 4


class LcusSimulator:
    """One board."""

    def __init__(self, relays: int = RELAYS) -> None:
        self.reachable = True
        self.closed: set[int] = set()
        """The relays that are on now."""
        self.closings: dict[int, int] = {}
        """How often each has closed."""
        self.refused = 0
        """Bytes that were no command."""
        self._relays = relays
        self._heard = bytearray()
        self._out = b""

    def unplug(self) -> None:
        """Pull it out."""
        self.reachable = False
        self.brown_out()

    def plug(self) -> None:
        """Put it back."""
        self.reachable = True

    def brown_out(self) -> None:
        """Its power dips: all relays fall, what was half heard is forgotten."""
        self.closed.clear()
        self._heard.clear()

    def chatter(self, data: bytes) -> None:
        """It says something."""
        self._out += data

    def connected(self, now_ms: int) -> None:
        """As Simulator."""
        self._heard.clear()

    def disconnected(self, now_ms: int) -> None:
        """As Simulator. The relays stay as they are: only power moves them."""

    def receive(self, data: bytes, now_ms: int) -> None:
        """As Simulator."""
        self._heard += data
        while self._heard:
            if self._heard[0] != START:
                self._refuse()
            elif len(self._heard) < _LENGTH:
                return
            else:
                self._take()

    def _take(self) -> None:
        start, relay, state, check = self._heard[:_LENGTH]
        if (start + relay + state) & 0xFF != check or state > 1 or not 1 <= relay <= self._relays:
            self._refuse()
            return
        del self._heard[:_LENGTH]
        if state and relay not in self.closed:
            self.closings[relay] = self.closings.get(relay, 0) + 1
        self.closed = self.closed | {relay} if state else self.closed - {relay}

    def _refuse(self) -> None:
        self.refused += 1
        del self._heard[:1]

    def advance(self, now_ms: int) -> None:
        """As Simulator: a board does nothing by itself."""

    def deadline_ms(self) -> int | None:
        """As Simulator; past while there is something to take."""
        return 0 if self._out else None

    def take(self) -> bytes:
        """As Simulator."""
        out, self._out = self._out, b""
        return out
