"""Closer: closes the day before when its time has come.

It looks every minute (`duties.Rounds`). From `day.closes` on a day whose tills have all sent their Z is closed at once;
for the others it waits `day.wait_minutes`, then closes without them and names them. Whatever comes late (a sale, a Z, a
payout) is seen at the next look: the work list follows, and a day that is closed already gets its correction.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import msgspec
import sqlalchemy as sa
import structlog
from sqlalchemy.engine import Engine

from store.close_schema import day_close, payout_file
from store.closing_days import BY_CALENDAR, DayView, close, recheck, today_of, view
from store.config import Config
from store.day_list import known_days
from store.differences import open_by_day
from store.payouts import match_again
from store.schema import aside, lane_event, sale, voucher_load

LOOK_EVERY_S = 60
_LOOKS_BACK = 35
"""Days that are looked at: whoever comes later than that is closed by hand."""
_OF_INTEREST = ("day.closed", "settlement", "settlement.failed", "sequence.skipped")


class Mark(msgspec.Struct, frozen=True):
    """What changes whenever something has come."""

    received_utc_ms: int
    reports: int
    aside: int
    payouts: int
    loads: int
    today: str


class Closer:
    """One store's."""

    def __init__(self, config: Config, engine: Engine, now_utc_ms: Callable[[], int]) -> None:
        self._config, self._engine, self._now = config, engine, now_utc_ms
        self._log = structlog.get_logger("closer")
        self._seen: Mark | None = None

    def turn(self) -> list[str]:
        """One look; the days that were closed or corrected."""
        now = self._now()
        today = today_of(self._config, now)
        before, self._seen = self._seen, Mark(*self._marks(), today)
        changed = self._changed(before, self._seen)
        if changed:
            match_again(self._engine, now)
        done = []
        for day in sorted(changed | self._open_days(today)):
            if day in changed:
                recheck(self._engine, self._config, day, now)
            seen = view(self._engine, self._config, day, now)
            if self._is_due(seen, today, now) and close(self._engine, self._config, day, BY_CALENDAR, now):
                self._log.info("day.closed", day=day, missing=" ".join(seen.shop.missing))
                done.append(day)
        return done

    def _changed(self, before: "Mark | None", now: "Mark") -> set[str]:
        """Days of which something has come: by their sales; a report or a payout may be about any that is not over."""
        if before == now:
            return set()
        with self._engine.connect() as connection:
            known = known_days(connection, _LOOKS_BACK)
            if before is None:
                return set(known)
            late = sa.select(sale.c.business_day).where(sale.c.received_utc_ms >= before.received_utc_ms).distinct()
            days = set(connection.scalars(late)) if now.received_utc_ms != before.received_utc_ms else set()
            if (now.reports, now.aside, now.payouts, now.loads, now.today) != (
                before.reports, before.aside, before.payouts, before.loads, before.today,
            ):  # fmt: skip
                days |= set(known[: self._config.day.in_transit_days + 2]) | set(open_by_day(connection))
        return {day for day in days if day <= now.today}

    def _open_days(self, today: str) -> set[str]:
        """Days that are over and not closed."""
        with self._engine.connect() as connection:
            closed = set(connection.scalars(sa.select(day_close.c.business_day)))
            return {day for day in known_days(connection, _LOOKS_BACK) if day < today and day not in closed}

    def _is_due(self, one: DayView, today: str, now_utc_ms: int) -> bool:
        """Whether the calendar closes this day now, or corrects it."""
        if one.state == "reopened":
            return True
        if one.state != "open" or one.business_day >= today or not self._config.day.closes:
            return False
        since = now_utc_ms - _moment(one.business_day, self._config)
        return since >= (self._config.day.wait_minutes * 60_000 if one.shop.missing else 0)

    def _marks(self) -> tuple[int, int, int, int, int]:
        with self._engine.connect() as connection:
            reports = sa.select(sa.func.count()).select_from(lane_event).where(lane_event.c.kind.in_(_OF_INTEREST))
            return (
                connection.scalar(sa.select(sa.func.max(sale.c.received_utc_ms))) or 0,
                connection.scalar(reports) or 0,
                connection.scalar(sa.select(sa.func.max(aside.c.n))) or 0,
                connection.scalar(sa.select(sa.func.count()).select_from(payout_file)) or 0,
                connection.scalar(sa.select(sa.func.count()).select_from(voucher_load)) or 0,
            )


def _moment(business_day: str, config: Config) -> int:
    """When that day is to be closed, in UTC milliseconds: at `closes`, on the calendar day after it began."""
    hours, minutes = map(int, config.day.closes.split(":"))
    at = datetime.combine(date.fromisoformat(business_day) + timedelta(days=1), time(hours, minutes), config.zone)
    return int(at.timestamp()) * 1000
