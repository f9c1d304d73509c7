"""Clock: the one place where the appliance reads the time; everything else is handed a Moment."""

import os
import time
from datetime import tzinfo
from pathlib import Path
from typing import Protocol

from kiosk.values.moment import Moment, business_day, offset_min


class Clock(Protocol):
    """Tells the moment."""

    def now(self) -> Moment:
        """The moment, with its business day."""

    def tick_ms(self) -> int:
        """Only the monotonic part."""


def tick_ms() -> int:
    """Milliseconds that never jump, of this machine."""
    return time.monotonic_ns() // 1_000_000


def clock_is_sure() -> bool:
    """Whether the machine knows the time: one of the files that KASSA_CLOCK_SURE names is there (systemd's that says
    that the network has told it, or ours that says that a battery has kept it). A machine for which nobody names one
    has its clock from elsewhere, and is believed."""
    files = os.environ.get("KASSA_CLOCK_SURE", "")
    return not files or any(Path(file).exists() for file in files.split(":"))


class SystemClock:
    """The machine's own two clocks."""

    def __init__(self, zone: tzinfo, day_starts_minutes: int) -> None:
        self._zone, self._day_starts = zone, day_starts_minutes
        self._minute, self._day, self._offset = -1, "", 0

    def tick_ms(self) -> int:
        """Milliseconds that never jump."""
        return tick_ms()

    def now(self) -> Moment:
        """Both clocks; what depends on the zone is worked out once a minute."""
        utc_ms = time.time_ns() // 1_000_000
        minute = utc_ms // 60_000
        if minute != self._minute:
            self._minute, self._day = minute, business_day(utc_ms, self._zone, self._day_starts)
            self._offset = offset_min(utc_ms, self._zone)
        return Moment(utc_ms, self.tick_ms(), self._day, self._offset)
