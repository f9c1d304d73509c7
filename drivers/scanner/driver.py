"""Scanner: a line, whatever understands its bytes, and what it can be told. The same for all kinds of scanner.

UnifiedPOS category Scanner. `EnableScanner` and `BeepScanner` are its commands; a scanner that cannot be told ignores
them. Whether it shall read is said anew each time that the line opens, for nobody knows what the scanner was told last:
it may have been away, or the lane may have died while it was disabled.
"""

from collections.abc import Callable

from drivers.events import BeepScanner, Command, EnableScanner, HardwareEvent
from drivers.listening import Listening
from drivers.ports.port import Port
from drivers.scanner.host import MAKERS, Host
from drivers.scanner.repeats import Ear, WithoutRepeats


class Scanner(Listening):
    """One scanner; its ear is a ScannerProtocol, Keystrokes or a HidPosProtocol."""

    events_per_turn = 2
    """Each is a look into the price book, a step of the checkout and a frame; a finger waits behind them."""

    def __init__(
        self,
        name: str,
        open_port: Callable[[], Port],
        ear: Ear,
        again_ms: int = 0,
        host: Host = MAKERS[""],
        *,
        beeps: bool = False,
    ) -> None:
        """`again_ms`: the same label within so long is one scan; 0: every label counts. `beeps`: when it is told."""
        super().__init__(name, open_port, WithoutRepeats(ear, again_ms))
        self._host, self._beeps = host, beeps
        self._enabled = True

    def deadline_ms(self) -> int | None:
        """As Device; and when there is something to be said to it."""
        silent = not self._line.is_open or self._line.wants_write
        dues = (super().deadline_ms(), None if silent else self._host.due_ms())
        return min((due for due in dues if due is not None), default=None)

    def service(self, now_ms: int) -> list[HardwareEvent]:
        """As Device."""
        events = super().service(now_ms)
        self._tell(b"", now_ms)
        return events

    def opened(self, now_ms: int) -> None:
        """As Listening."""
        self._tell(self._host.enable(self._enabled), now_ms)

    def command(self, command: Command, now_ms: int) -> list[HardwareEvent]:
        """As Device. What is said while the scanner is away is said when it comes back, if it still matters."""
        match command:
            case EnableScanner(enabled):
                self._enabled = enabled
                self._tell(self._host.enable(enabled), now_ms)
            case BeepScanner(good) if self._beeps and not self._line.wants_write:
                self._tell(self._host.beep(good, self._enabled), now_ms)
            case BeepScanner():
                return []  # it has not taken the last one yet: beeps that come late tell nobody anything
            case _:
                return super().command(command, now_ms)
        return []

    def _tell(self, said: bytes, now_ms: int) -> None:
        """This, and whatever the host has to say by itself; a scanner that takes nothing is told no more meanwhile."""
        if not self._line.is_open:
            return
        said += b"" if self._line.wants_write else self._host.take(now_ms)
        if said:
            self._line.send(said)
            self._line.flush(now_ms)
