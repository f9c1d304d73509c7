"""Sale hours: when the law lets a kind of goods be sold, by the wall clock of the shop and the calendar of its country.

A rule names goods by their class of tax or by their category (a path: `drinks` also means `drinks/beer`) and gives the
windows in which they may be sold. Goods that no rule names may be sold at any time; a day for which a rule has no
window is a day without sale. Where several rules fit, all of them must allow: so a shop's own rules, in the same form,
can make the law stricter and never laxer.

A day is one of nine kinds. A holiday is a holiday whatever its weekday; the day before one is an `eve`, unless the
holiday says that its eve is a day like others, or the eve is itself a Saturday, Sunday or holiday.

What a rule looks at differs by country (`LawLooksAt`). Where the shopper's taking of the goods decides, what was
scanned in time may be paid for late; where the payment decides, it may not. The shop's own rules look at the scan.
"""

from datetime import date, datetime, time, timedelta
from typing import Literal

import msgspec

DayKind = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun", "eve", "holiday"]
_WEEKDAYS: tuple[DayKind, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_FORTNIGHT = 14
MIDNIGHT = time(0, 0)


class Window(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """On these days sale is allowed from `opens` until just before `closes`; 00:00 closes at the end of the day."""

    days: tuple[DayKind, ...]
    opens: time
    closes: time

    def holds(self, kind: DayKind, at: time) -> bool:
        """Whether sale is allowed on such a day at this time."""
        return kind in self.days and self.opens <= at and (self.closes == MIDNIGHT or at < self.closes)


class Holiday(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One day of every year: `on` a fixed date (`05-01`), or so many days after Easter Sunday (negative: before)."""

    name: str
    on: str = ""
    easter: int | None = None
    eve: bool = True
    """Whether the day before it is more than an ordinary day."""

    def falls_on(self, day: date) -> bool:
        """Whether it is this day."""
        if self.easter is not None:
            return day == easter_sunday(day.year) + timedelta(days=self.easter)
        return f"{day:%m-%d}" == self.on


SaleHours = dict[str, tuple[Window, ...]]
"""Windows by class of tax or by category."""
LawLooksAt = Literal["taking", "payment"]


class Timetable(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """When this lane may sell what: by law, and by the shop's stricter rules. A shop may have holidays of its own."""

    law: SaleHours = {}
    looks_at: LawLooksAt = "payment"
    holidays: tuple[Holiday, ...] = ()
    licence: SaleHours = {}
    """What the shop's own licence, or its municipality, narrows the law to: as binding as the law."""
    shop: SaleHours = {}
    shop_holidays: tuple[Holiday, ...] = ()


class Shut(msgspec.Struct, frozen=True):
    """Not sold now, and by whose rule. `opens` is when it will be by the wall clock; None: not within a fortnight."""

    by: Literal["law", "shop"]
    opens: datetime | None


def shut(hours: Timetable, when: datetime, tax_class: str, category: str = "") -> Shut | None:
    """What keeps these goods from being sold at this moment of the wall clock, the law first; None: nothing does."""
    both = (*hours.holidays, *hours.shop_holidays)
    for binding in (hours.law, hours.licence):
        if not may_sell(binding, hours.holidays, when, tax_class, category):
            return Shut("law", sale_opens(binding, hours.holidays, when, tax_class, category))
    if not may_sell(hours.shop, both, when, tax_class, category):
        return Shut("shop", sale_opens(hours.shop, both, when, tax_class, category))
    return None


def easter_sunday(year: int) -> date:
    """Easter of the Gregorian calendar (the computus in the form of Meeus, Jones and Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    j = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * j) // 451
    month, day = divmod(h + j - 7 * m + 114, 31)
    return date(year, month, day + 1)


def day_kind(day: date, holidays: tuple[Holiday, ...]) -> DayKind:
    """What kind of day this is in a country with these holidays."""
    if any(holiday.falls_on(day) for holiday in holidays):
        return "holiday"
    weekday = _WEEKDAYS[day.weekday()]
    tomorrow = day + timedelta(days=1)
    if weekday not in ("sat", "sun") and any(h.eve and h.falls_on(tomorrow) for h in holidays):
        return "eve"
    return weekday


def rules_for(hours: SaleHours, tax_class: str, category: str = "") -> tuple[tuple[Window, ...], ...]:
    """The windows of every rule that these goods fall under."""
    return tuple(
        windows for name, windows in hours.items() if name == tax_class or category == name or _under(category, name)
    )


def _under(category: str, name: str) -> bool:
    return category.startswith(f"{name}/")


def may_sell(
    hours: SaleHours, holidays: tuple[Holiday, ...], when: datetime, tax_class: str, category: str = ""
) -> bool:
    """Whether these goods may be sold at this moment of the shop's wall clock."""
    rules = rules_for(hours, tax_class, category) if hours else ()
    if not rules:  # most goods: no calendar is looked into
        return True
    kind, at = day_kind(when.date(), holidays), when.time()
    return all(any(w.holds(kind, at) for w in windows) for windows in rules)


def sale_opens(
    hours: SaleHours, holidays: tuple[Holiday, ...], when: datetime, tax_class: str, category: str = ""
) -> datetime | None:
    """The next moment of the wall clock at which they may be sold, `when` itself if they may; None: not in a fortnight.

    A sale can only become allowed where some window opens, so only these moments are tried.
    """
    if may_sell(hours, holidays, when, tax_class, category):
        return when
    openings = sorted({w.opens for windows in rules_for(hours, tax_class, category) for w in windows})
    moments = (
        datetime.combine(when.date() + timedelta(days=days), at, when.tzinfo)
        for days in range(_FORTNIGHT + 1)
        for at in openings
    )
    later = (moment for moment in moments if moment > when)
    return next((moment for moment in later if may_sell(hours, holidays, moment, tax_class, category)), None)


def fault(hours: SaleHours, holidays: tuple[Holiday, ...]) -> str:
    """What is wrong with a table of rules as somebody wrote it, beginning with the key; empty: nothing."""
    for holiday in holidays:
        if (holiday.easter is None) is not bool(holiday.on):
            return f"holiday {holiday.name!r} needs `on` (a date such as 05-01) or `easter` (days after it)"
        if holiday.on and not _is_date(holiday.on):
            return f"holiday {holiday.name!r}: {holiday.on!r} is no date; write it as 05-01"
    for goods, windows in hours.items():
        if any(w.closes != MIDNIGHT and w.closes <= w.opens for w in windows):
            return f"{goods}: a window closes after it opens; 00:00 is the end of the day"
    return ""


def _is_date(month_and_day: str) -> bool:
    try:
        date.fromisoformat(f"2024-{month_and_day}")  # a leap year, which has every date that there is
    except ValueError:
        return False
    return True
