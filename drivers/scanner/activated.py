"""Activated: a serial scanner that reads one label each time that it is told to. Pure; times are handed in.

Honeywell's scanners in manual/serial trigger mode are activated by SYN T CR and stopped by SYN U CR: they scan until a
label has been read, until they are stopped, or until their read time-out has passed, 30 s as delivered (Xenon/Granit
User Guide, Trigger Commands, Serial Trigger, Read Time-Out). So one that may read is activated again after each label
and before that time is over. They answer nothing to these words. The same words are in the guides of the 2020, 3800,
N431X and N86, and in NCR's of the RealScan 7837.

There is no beep: the only ones that the guides let a till ask for belong to Host ACK, which stops the scanner after
each label until it is answered.
"""

from drivers.scanner.label import Label
from drivers.scanner.protocol import ScannerProtocol

ACTIVATE, STOP = b"\x16T\r", b"\x16U\r"
RENEW_MS = 20_000


class Activated:
    """The ear of such a scanner, and what it is told."""

    def __init__(self, ear: ScannerProtocol) -> None:
        """`ear` understands its labels."""
        self._ear = ear
        self._enabled = False
        self._renew_ms: int | None = None
        """When it is to be activated again; None: not said yet, or it may not read."""
        self.deadline_ms = ear.deadline_ms

    # --- the ear ------------------------------------------------------------------------------------------------------

    def receive(self, data: bytes, now_ms: int) -> list[Label]:
        """As ScannerProtocol."""
        return self._spent(self._ear.receive(data, now_ms), now_ms)

    def silence(self, now_ms: int) -> list[Label]:
        """As ScannerProtocol."""
        return self._spent(self._ear.silence(now_ms), now_ms)

    def reset(self) -> list[Label]:
        """As ScannerProtocol."""
        self._renew_ms = None
        return self._ear.reset()

    def _spent(self, labels: list[Label], now_ms: int) -> list[Label]:
        if labels and self._enabled:
            self._renew_ms = now_ms
        return labels

    # --- what it is told (as Host) ------------------------------------------------------------------------------------

    def enable(self, enabled: bool) -> bytes:
        """Read labels, or none."""
        self._enabled, self._renew_ms = enabled, None
        return ACTIVATE if enabled else STOP

    def beep(self, good: bool, enabled: bool) -> bytes:
        """Nothing."""
        return b""

    def due_ms(self) -> int | None:
        """When it must be activated again."""
        return self._renew_ms

    def take(self, now_ms: int) -> bytes:
        """The word that activates it, when it is due."""
        if not self._enabled:
            return b""
        due = self._renew_ms is not None and now_ms >= self._renew_ms
        if due or self._renew_ms is None:
            self._renew_ms = now_ms + RENEW_MS
        return ACTIVATE if due else b""
