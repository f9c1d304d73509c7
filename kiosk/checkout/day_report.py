"""Day report: what an X or a Z report owes to the law, worked out from the sealed sales of a business day. Pure.

An X report looks at the day so far, a Z report closes it and has a number of its own; their contents are the same. The
list is that of Norway's cash register regulation (kassasystemforskrifta, FOR-2015-12-18-1616, §§ 2-8-2 and 2-8-3),
which asks for more than its neighbours do. What sales do not tell (the drawer, copies, corrections, the float,
receipts of training) is counted elsewhere (`day`) and handed in. Training is in no sum but its own. Amounts are minor
units; returns are negative turnover.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

import msgspec
from msgspec import UNSET

from kiosk.checkout.sale import Sale, SaleLine, is_container
from kiosk.checkout.signing import turnover_sign


class Counted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How often, and how much."""

    count: int = 0
    amount_minor: int = 0

    def plus(self, amount_minor: int, count: int = 1) -> "Counted":
        """One more."""
        return Counted(self.count + count, self.amount_minor + amount_minor)


NOTHING = Counted()


class Elsewhere(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What no sale tells."""

    opening_float_minor: int = 0
    drawer_openings: int = 0
    copies: Counted = NOTHING
    lines_removed: Counted = NOTHING
    price_inquiries: Counted = NOTHING
    training: Counted = NOTHING
    """Receipts of training, which are no sales."""


class RateSum(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Turnover of one rate without its tax, and the tax."""

    rate_bp: int
    net_minor: int
    tax_minor: int


class DayReport(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The report of one business day of one lane, with the letters of § 2-8-2, first paragraph, where there are any."""

    business_day: str
    turnover_minor: int
    """Total cash sales (e), returns taken off; cash rounding is no turnover."""
    by_group: dict[str, Counted]
    """By main group of goods (f), `deposit` among them."""
    by_tender: dict[str, Counted]
    """By means of payment (g)."""
    by_rate: tuple[RateSum, ...]
    """By rate of tax (j), the lowest first."""
    receipts: int
    """Sales receipts (l): every finished sale has one, printed or not."""
    returns: Counted
    """(p)"""
    discounts: Counted
    """(q)"""
    voids: Counted
    """Abandoned after something was scanned (r)."""
    training: Counted
    """Receipts of training and their sum."""
    rounding_minor: int
    grand_sales_minor: int
    """Of all sales since the lane's first, this day included (w)."""
    grand_returns_minor: int
    elsewhere: Elsewhere = Elsewhere()
    donations: Counted = NOTHING
    """What was given to a charity beside the sales: in `by_tender`, and no turnover."""
    loads: Counted = NOTHING
    """What was put on gift cards: likewise."""
    containers: Counted = NOTHING
    """Empties that came back for their deposit; part of the returns, and of the group `deposit`."""

    @property
    def grand_net_minor(self) -> int:
        """All sales less all returns."""
        return self.grand_sales_minor - self.grand_returns_minor


class _Sums:
    """Sums that grow sale by sale."""

    def __init__(self) -> None:
        self.turnover = self.receipts = self.rounding = 0
        self.groups: dict[str, Counted] = {}
        self.tenders: dict[str, Counted] = {}
        self.net: Counter[int] = Counter()
        self.tax: Counter[int] = Counter()
        self.returns = self.discounts = self.voids = self.training = self.donations = NOTHING
        self.containers = self.loads = NOTHING

    def take(self, sale: Sale) -> None:
        sign, totals = turnover_sign(sale), sale.totals
        amount = sign * (totals.due_minor - totals.rounding_minor)
        if sale.training:
            self.training = self.training.plus(amount)
            return
        if sale.kind == "void":
            self.voids = self.voids.plus(amount)
            return
        self.turnover += amount
        self.rounding += sign * totals.rounding_minor
        if sale.kind == "return":
            self.returns = self.returns.plus(-amount)
        else:
            self.receipts += 1
        if sale.donation is not UNSET:
            self.donations = self.donations.plus(sale.donation.amount_minor)
        for load in sale.loads or ():
            self.loads = self.loads.plus(load.amount_minor)
        for line in sale.lines:
            self._line(line, sign, sale.kind == "return")
        for tender in sale.tenders:
            paid = self.tenders.get(tender.kind, NOTHING)
            self.tenders[tender.kind] = paid.plus(sign * tender.amount_minor)
        for rate in totals.tax:
            self.net[rate.rate_bp] += sign * rate.net_minor
            self.tax[rate.rate_bp] += sign * rate.tax_minor

    def _line(self, line: SaleLine, sign: int, returned: bool) -> None:
        off = sum(discount.amount_minor for discount in line.discounts)
        group, count = group_of(line), -line.count if returned else line.count
        if is_container(line):
            self.containers = self.containers.plus(-sign * line.deposit_minor, line.count)
        else:
            self.groups[group] = self.groups.get(group, NOTHING).plus(sign * (line.amount_minor + off), count)
        if line.deposit_minor:
            self.groups[DEPOSIT] = self.groups.get(DEPOSIT, NOTHING).plus(sign * line.deposit_minor, count)
        if off:
            self.discounts = self.discounts.plus(-sign * off)


DEPOSIT, UNGROUPED = "deposit", "other"


def group_of(line: SaleLine) -> str:
    """The main group of a line: the first step of its category's path."""
    return line.category.partition("/")[0] or UNGROUPED


def day_report(business_day: str, sales: Iterable[Sale], elsewhere: Elsewhere | None = None) -> DayReport:
    """The report of a day from all sealed sales of the lane, from its first on."""
    reports = day_reports(sales, {business_day: elsewhere or Elsewhere()})
    report = next((one for one in reports if one.business_day == business_day), None)
    assert report is not None, "the day asked for is always among them"
    return report


def day_reports(sales: Iterable[Sale], elsewhere: Mapping[str, Elsewhere] | None = None) -> Iterator[DayReport]:
    """The reports of every day on which something was sealed, or counted `elsewhere`, in their order; one reading for
    all."""
    told = elsewhere or {}
    sums = {day: _Sums() for day in told}
    for sale in sales:
        sums.setdefault(sale.business_day, _Sums()).take(sale)
    sold = returned = 0
    for day, today in sorted(sums.items()):
        returned += today.returns.amount_minor
        sold += today.turnover + today.returns.amount_minor
        beside = told.get(day, Elsewhere())
        yield DayReport(
            business_day=day,
            turnover_minor=today.turnover,
            by_group=dict(sorted(today.groups.items())),
            by_tender=dict(sorted(today.tenders.items())),
            by_rate=tuple(RateSum(bp, today.net[bp], today.tax[bp]) for bp in sorted(today.net)),
            receipts=today.receipts,
            returns=today.returns,
            discounts=today.discounts,
            voids=today.voids,
            training=today.training.plus(beside.training.amount_minor, beside.training.count),
            rounding_minor=today.rounding,
            grand_sales_minor=sold,
            grand_returns_minor=returned,
            elsewhere=beside,
            donations=today.donations,
            loads=today.loads,
            containers=today.containers,
        )
