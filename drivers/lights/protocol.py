"""Which lamps are lit at which moment. A pulse goes on as long as the order stands.

Pulsing is one second lit and one dark (0.5 Hz): slow enough that nobody takes it for an alarm, and far below what can
harm people with photosensitive epilepsy (WCAG 2.2, success criterion 2.3.1: three flashes a second).
"""

from drivers.events import SetLights

HALF_PERIOD_MS = 1_000
DARK = SetLights()


class Lamps:
    """The order that stands, and since when."""

    def __init__(self) -> None:
        self._order = DARK
        self._since_ms = 0

    def set(self, order: SetLights, now_ms: int) -> None:
        """A new order. The same one again does not disturb the rhythm."""
        if order != self._order:
            self._order, self._since_ms = order, now_ms

    def lit(self, now_ms: int) -> tuple[bool, bool, bool]:
        """Red, amber, green."""
        order = self._order if self._halves(now_ms) % 2 == 0 else DARK
        return order.red, order.amber, order.green

    def deadline_ms(self, now_ms: int) -> int | None:
        """When that changes by itself."""
        if not (self._order.pulse and any((self._order.red, self._order.amber, self._order.green))):
            return None
        return self._since_ms + (self._halves(now_ms) + 1) * HALF_PERIOD_MS

    def _halves(self, now_ms: int) -> int:
        return (now_ms - self._since_ms) // HALF_PERIOD_MS if self._order.pulse else 0
