"""A drawer's coil and its switch: the pulse that opens it, and the switch's word once it has stopped bouncing.

The coil of a cash drawer is made for a push, not for a hold: 200 ms on, then a rest, whatever is asked meanwhile.
"""

PULSE_MS = 200
REST_MS = 400
STEADY_MS = 30


class Coil:
    """When current flows."""

    def __init__(self) -> None:
        self._until_ms = self._rested_ms = 0

    def pulse(self, now_ms: int) -> None:
        """Push once; asked again during a push or its rest, the one push was it."""
        if now_ms >= self._rested_ms:
            self._until_ms = now_ms + PULSE_MS
            self._rested_ms = self._until_ms + REST_MS

    def energised(self, now_ms: int) -> bool:
        """Whether it pushes now."""
        return now_ms < self._until_ms

    def deadline_ms(self, now_ms: int) -> int | None:
        """When the push ends."""
        return self._until_ms if self.energised(now_ms) else None


class Switch:
    """A contact that bounces: it is believed once it has said the same for STEADY_MS."""

    def __init__(self) -> None:
        self.believed: bool | None = None
        self._said: bool | None = None
        self._since_ms = 0

    def sensed(self, value: bool, now_ms: int) -> bool:
        """What it says now; True if that changes what is believed."""
        if value != self._said:
            self._said, self._since_ms = value, now_ms
        if value == self.believed or now_ms - self._since_ms < STEADY_MS:
            return False
        self.believed = value
        return True

    def deadline_ms(self) -> int | None:
        """When it will be believed if it stays as it is."""
        if self._said is None or self._said == self.believed:
            return None
        return self._since_ms + STEADY_MS
