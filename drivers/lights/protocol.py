"""What the pole shows at which moment. Pure: an order and the time come in, how bright it is comes out.

A pulse is 0.5 Hz: slow enough that nobody takes it for an alarm. It lasts as long as the order says and is steady then.
A lamp that can be dimmed breathes (a cosine, in steps of STEP_MS), one that is only switched is one second lit and one
dark.

Whatever is ordered, the pole never changes twice within HOLD_MS, so nothing that flickers (a cable, somebody's finger)
makes it flash more than once a second; what can harm people with photosensitive epilepsy begins at three flashes (WCAG
2.2, success criterion 2.3.1). The latest order waits until then.
"""

from math import cos, pi

from drivers.events import SetLights

HALF_PERIOD_MS = 1_000
HOLD_MS = 500
STEP_MS = 50
FULL = 100
"""Per cent."""
DARK = SetLights()


class Lamps:
    """The order that stands, since when, and the one that waits."""

    def __init__(self, *, soft: bool = False) -> None:
        """`soft`: the lamps can be dimmed."""
        self._soft = soft
        self._order = DARK
        self._since_ms: int | None = None
        self._next: tuple[SetLights, int] | None = None

    def set(self, order: SetLights, now_ms: int) -> None:
        """A new order. The same one again does not disturb the rhythm."""
        self._turn(now_ms)
        if order == self._order:
            self._next = None
            return
        due_ms = now_ms if self._since_ms is None else max(now_ms, self._changed_ms(now_ms) + HOLD_MS)
        self._next = (order, due_ms)
        self._turn(now_ms)

    def shown(self, now_ms: int) -> tuple[SetLights, int]:
        """The order that is shown, and how bright, in per cent."""
        self._turn(now_ms)
        if not self._pulses(now_ms):
            return self._order, FULL
        into_ms = now_ms - (self._since_ms or 0)
        if self._soft:
            return self._order, round(FULL * (1 + cos(pi * into_ms / HALF_PERIOD_MS)) / 2)
        return self._order, FULL if into_ms // HALF_PERIOD_MS % 2 == 0 else 0

    def deadline_ms(self, now_ms: int) -> int | None:
        """When that changes by itself."""
        dues = [self._next[1]] if self._next is not None else []
        if self._pulses(now_ms):
            since_ms, step_ms = self._since_ms or 0, STEP_MS if self._soft else HALF_PERIOD_MS
            turns_ms = since_ms + ((now_ms - since_ms) // step_ms + 1) * step_ms
            dues.append(min(turns_ms, since_ms + self._order.pulse_ms))
        return min(dues, default=None)

    def _turn(self, now_ms: int) -> None:
        """The order that waits takes its place when it is due."""
        if self._next is not None and self._next[1] <= now_ms:
            (self._order, self._since_ms), self._next = self._next, None

    def _pulses(self, now_ms: int) -> bool:
        return self._order != DARK and now_ms < (self._since_ms or 0) + self._order.pulse_ms

    def _changed_ms(self, now_ms: int) -> int:
        """When the pole last changed at once; what breathes does not."""
        since_ms = self._since_ms or 0
        if self._soft or not self._order.pulse_ms:
            return since_ms
        until_ms = min(now_ms, since_ms + self._order.pulse_ms)
        return since_ms + (until_ms - since_ms) // HALF_PERIOD_MS * HALF_PERIOD_MS
