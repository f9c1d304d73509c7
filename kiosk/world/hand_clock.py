"""Hand clock: a clock that moves only when it is turned, for stories and the simulator.

The two clocks of a Moment are kept apart, because a real lane's are: the network may correct the wall clock either way
(`jump_utc`) while the monotonic one goes on.
"""

from datetime import tzinfo

from kiosk.values.moment import Moment, business_day, offset_min

FIRST_UTC_MS = 1_795_510_800_000
"""Tuesday 24 November 2026, 10:00 in Stockholm."""


class HandClock:
    """Tells what it was turned to."""

    def __init__(self, zone: tzinfo, day_starts_minutes: int = 240, utc_ms: int = FIRST_UTC_MS) -> None:
        self._zone, self._day_starts = zone, day_starts_minutes
        self._utc_ms = utc_ms
        self._tick_ms = 1_000

    def tick_ms(self) -> int:
        """The monotonic clock of everybody in this world."""
        return self._tick_ms

    def now(self) -> Moment:
        """The moment on the lane."""
        day = business_day(self._utc_ms, self._zone, self._day_starts)
        return Moment(self._utc_ms, self._tick_ms, day, offset_min(self._utc_ms, self._zone))

    def turn(self, ms: int) -> None:
        """Let time pass on both."""
        assert ms >= 0, "time does not run backwards"
        self._utc_ms += ms
        self._tick_ms += ms

    def turn_to(self, tick_ms: int) -> None:
        """Up to a tick; nothing if it is past."""
        self.turn(max(0, tick_ms - self._tick_ms))

    def jump_utc(self, ms: int) -> None:
        """The network corrects the wall clock, either way."""
        self._utc_ms += ms
