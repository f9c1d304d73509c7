"""Speaking: the device's own end where a device only speaks (`listening.py` is the other). They ship.

Scanners, keypads, touch screens and jacks say what they have to say to whoever has the line open, and do not listen.
What is done with one while nobody has it open is done for nobody; `unplug` pulls the cable, and what was not sent yet
is gone.
"""


class Speaking:
    """One device; its kind adds what a hand does with it, by `_say`."""

    def __init__(self) -> None:
        self.reachable = True
        self._lines = 0
        self._out = b""

    def unplug(self) -> None:
        """Pull the cable."""
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
        """It does not listen."""

    def advance(self, now_ms: int) -> None:
        """As Simulator."""
        if not self._lines:
            self._silence()

    def deadline_ms(self) -> int | None:
        """As Simulator; past while there is something to take."""
        return 0 if self._out else None

    def take(self) -> bytes:
        """As Simulator."""
        out, self._out = self._out, b""
        return out

    def _say(self, data: bytes) -> None:
        if self.reachable:
            self._out += data

    def _silence(self) -> None:
        """Nobody will hear what is not sent yet."""
        self._out = b""


class Told(Speaking):
    """One that is asked how it is, as `ports/input_port.ToldPort` asks: whoever opens it hears that first."""

    def state(self) -> bytes:
        """The records that say how it is."""
        raise NotImplementedError

    def connected(self, now_ms: int) -> None:
        """As Simulator."""
        super().connected(now_ms)
        self._out = self.state()
