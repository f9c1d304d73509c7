"""Resting: devices that are let go at a time of day, and used again when it is over.

A card terminal sends its payments to the bank, closes its own day and takes new software at night. Where the shop knows
when, it says so (`maintenance = "03:00-03:30"` in the device's table): then the lane closes by itself, softly. It waits
until nobody is served and no money is under way, and opens again when the terminal answers after the time is over; a
lane that also takes cash and does not need the terminal stays open without cards. The wall clock may jump: what counts
is what it says now.
"""

import re
from collections.abc import Callable, Mapping
from datetime import time
from typing import Any, NamedTuple

from drivers.events import Claim, Command, Release
from drivers.registry import device_tables
from kiosk.checkout.closing import is_quiet
from kiosk.checkout.events import Event
from kiosk.checkout.state import State
from kiosk.values.moment import Moment, wall_clock

LOOK_EVERY_MS = 5_000
_HOURS = re.compile(r"(([01]\d|2[0-3]):[0-5]\d)-(([01]\d|2[0-3]):[0-5]\d)")


class Hours(NamedTuple):
    """From and to on the shop's clock, over midnight too; the end is not included."""

    begins: time
    ends: time

    def holds(self, here: time) -> bool:
        """Whether it is within."""
        if self.begins <= self.ends:
            return self.begins <= here < self.ends
        return here >= self.begins or here < self.ends


def maintenance_hours(devices: Mapping[str, Mapping[str, Any]]) -> dict[str, Hours]:
    """Of each device that has them. Its driver has refused what is no time."""
    told = {name: _HOURS.fullmatch(str(table.get("maintenance", ""))) for name, table in device_tables(devices).items()}
    return {
        name: Hours(time.fromisoformat(hours[1]), time.fromisoformat(hours[3]))
        for name, hours in told.items()
        if hours is not None
    }


class Rests:
    """Which devices of a lane rest now."""

    def __init__(self, hours: Mapping[str, Hours], tell: Callable[[str, Command, Moment], list[Event]]) -> None:
        """`tell` gives a command to a device."""
        self._hours, self._tell = hours, tell
        self._resting: set[str] = set()
        self._next_look_ms = 0

    def turn(self, state: State, now: Moment) -> list[Event]:
        """Let go, or claim, what it is time for."""
        if not self._hours or now.tick_ms < self._next_look_ms:
            return []
        self._next_look_ms = now.tick_ms + LOOK_EVERY_MS
        here, said = wall_clock(now).time(), list[Event]()
        for device, hours in self._hours.items():
            if device in self._resting and not hours.holds(here):
                self._resting.remove(device)
                said += self._tell(device, Claim(), now)
            elif device not in self._resting and hours.holds(here) and is_quiet(state):
                self._resting.add(device)
                said += self._tell(device, Release(), now)
        return said

    def deadline_ms(self) -> int | None:
        """The next look; none where nothing rests."""
        return self._next_look_ms if self._hours else None
