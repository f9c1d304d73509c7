"""Housekeeping: what the lane looks after now and then: room on the disk, the clock, old visits to forget, a new day.

Running out of room is found long before it happens: below `low_mib` no new sale starts, while the open one still fits
(a ten-line sale writes well under 1 MiB).
"""

from collections.abc import Callable

from kiosk.checkout import events as e
from kiosk.checkout.closing import is_over
from kiosk.checkout.paying import is_between_visits
from kiosk.checkout.state import State
from kiosk.values.moment import Moment

LOOK_EVERY_MS = 10_000
PRUNE_EVERY_MS = 6 * 3_600_000


class Housekeeping:
    """Looks at the disk every ten seconds and prunes between visits."""

    def __init__(
        self,
        free_mib: Callable[[], int],
        low_mib: int,
        prune: Callable[[int], None],
        keep_days: int,
        clock_is_sure: Callable[[], bool] = lambda: True,
    ) -> None:
        """`free_mib` reads the disk; `prune` forgets events of visits that ended before a UTC in milliseconds."""
        self._clock_is_sure = clock_is_sure
        self._free_mib, self._low_mib, self._prune, self._keep_days = free_mib, low_mib, prune, keep_days
        self._next_look_ms = 0
        self._next_prune_ms = 0

    def turn(self, state: State, now: Moment, *, full: bool) -> list[e.Event]:
        """Look, if it is time. `full`: the journal finds no room, whatever the disk says of itself."""
        if now.tick_ms < self._next_look_ms:
            return []
        self._next_look_ms = now.tick_ms + LOOK_EVERY_MS
        if is_between_visits(state) and now.tick_ms >= self._next_prune_ms:
            self._next_prune_ms = now.tick_ms + PRUNE_EVERY_MS
            self._prune(now.utc_ms - self._keep_days * 86_400_000)
        sure = self._clock_is_sure()
        turned: list[e.Event] = [e.ClockTold(sure=sure)] if sure == state.devices.clock_unsure else []
        if sure and is_over(state, now.day):
            turned.append(e.DayBegan())
        low = full or self._free_mib() < self._low_mib
        if low == state.devices.disk_low:
            return turned
        return [*turned, e.DiskLow() if low else e.DiskFine()]

    def deadline_ms(self) -> int:
        """The next look."""
        return self._next_look_ms
