"""Day slip: an X or a Z report as lines of paper. Pure.

The list is what the neighbours ask for together: Norway's kassasystemforskrifta (FOR-2015-12-18-1616, §§ 2-8-2 and
2-8-3) and Sweden's SKVFS 2014:9 (7 kap.; the paragraph of its list is not verified). What a lane never does
(provisional receipts) stands there as nothing, because the law wants the line.
"""

from collections.abc import Callable, Iterator

import msgspec

from kiosk.checkout.day import Day, DaySlip
from kiosk.checkout.day_report import DEPOSIT, UNGROUPED
from kiosk.checkout.receipt import ReceiptLine


class DayWording(msgspec.Struct, frozen=True):
    """The words of a report, and how its language writes money (minor units), numbers and rates."""

    x_report: str
    z_report: str
    till: str
    printed: str
    opened: str
    closed: str
    closed_by: str
    calendar: str
    turnover: str
    by_group: str
    deposit: str
    ungrouped: str
    goods_sold: str
    by_tender: str
    tenders: dict[str, str]
    tax: str
    net: str
    rounding: str
    donations: str
    loads: str
    opening: str
    float_in: str
    pickup: str
    in_drawer: str
    machine: str
    boxes_out: str
    in_machine: str
    counted: str
    difference: str
    receipts: str
    drawer_openings: str
    copies: str
    provisional: str
    returns: str
    containers: str
    discounts: str
    voids: str
    lines_removed: str
    price_checks: str
    training: str
    grand_sales: str
    grand_returns: str
    grand_net: str
    money: Callable[[int], str]
    number: Callable[[int], str]
    rate: Callable[[int], str]


class Head(msgspec.Struct, frozen=True):
    """What stands above: the shop, its legal lines, marks such as a copy's, and the local times."""

    shop: str
    legal: tuple[str, ...]
    headings: tuple[str, ...]
    till: str
    opened: str
    at: str
    """When the day was closed (Z) or looked at (X)."""


def day_slip(slip: DaySlip, words: DayWording, head: Head) -> tuple[ReceiptLine, ...]:
    """The whole report, top to bottom."""
    return (
        *_top(slip, words, head),
        *_sums(slip.day, words),
        *_drawer(slip.day, words),
        *_counts(slip.day, words),
        *_grand(slip.day, words),
    )


RULE = ReceiptLine(kind="rule")


def _top(slip: DaySlip, words: DayWording, head: Head) -> Iterator[ReceiptLine]:
    is_z = slip.kind == "z"
    for heading in head.headings:
        yield ReceiptLine(heading, align="centre", bold=True, tall=True)
    title = f"{words.z_report} {slip.day.number}" if is_z else words.x_report
    yield ReceiptLine(title, align="centre", bold=True, tall=True)
    yield ReceiptLine(head.shop, align="centre", bold=True)
    for text in head.legal:
        yield ReceiptLine(text, align="centre")
    yield RULE
    yield ReceiptLine(words.till, head.till)
    yield ReceiptLine(words.opened, head.opened)
    yield ReceiptLine(words.closed if is_z else words.printed, head.at)
    if is_z:
        yield ReceiptLine(words.closed_by, slip.by or words.calendar)


def _sums(day: Day, words: DayWording) -> Iterator[ReceiptLine]:
    yield RULE
    yield ReceiptLine(words.turnover, words.money(day.due_minor - day.rounding_minor), bold=True)
    yield ReceiptLine(words.by_group)
    names = {DEPOSIT: words.deposit, UNGROUPED: words.ungrouped}
    for group in day.groups:
        yield ReceiptLine(f"  {names.get(group.name, group.name)}", words.money(group.amount_minor))
    yield ReceiptLine(words.goods_sold, words.number(day.goods_sold))
    for tax in day.tax:
        yield ReceiptLine(f"{words.tax} {words.rate(tax.rate_bp)}", words.money(tax.tax_minor))
        yield ReceiptLine(f"  {words.net}", words.money(tax.net_minor))
    yield ReceiptLine(words.rounding, words.money(day.rounding_minor))
    if day.donations:
        yield _counted(words.donations, day.donations, day.donations_minor, words)
    if day.loads:
        yield _counted(words.loads, day.loads, day.loads_minor, words)
    yield ReceiptLine(words.by_tender)
    for paid in day.tenders:
        yield _counted(f"  {words.tenders.get(paid.name, paid.name)}", paid.count, paid.amount_minor, words)


def _drawer(day: Day, words: DayWording) -> Iterator[ReceiptLine]:
    yield RULE
    yield ReceiptLine(words.opening, words.money(day.opening_minor))
    yield ReceiptLine(words.float_in, words.money(day.float_minor))
    yield ReceiptLine(words.pickup, words.money(-day.pickup_minor))
    yield ReceiptLine(words.in_drawer, words.money(day.cash_minor))
    if day.counted_minor is not None:
        yield ReceiptLine(words.counted, words.money(day.counted_minor))
        yield ReceiptLine(words.difference, words.money(day.difference_minor))
    if day.machine_minor is not None:
        yield ReceiptLine(words.machine)
        yield ReceiptLine(f"  {words.float_in}", words.money(day.machine_float_minor))
        yield ReceiptLine(f"  {words.boxes_out}", words.money(-day.machine_pickup_minor))
        yield ReceiptLine(f"  {words.in_machine}", words.money(day.machine_minor))
        yield ReceiptLine(f"  {words.difference}", words.money(day.machine_difference_minor))


def _counts(day: Day, words: DayWording) -> Iterator[ReceiptLine]:
    yield RULE
    yield ReceiptLine(words.receipts, words.number(day.sales))
    yield ReceiptLine(words.drawer_openings, words.number(day.drawer_openings))
    yield _counted(words.copies, day.copies, day.copies_minor, words)
    yield _counted(words.provisional, 0, 0, words)
    yield _counted(words.returns, day.returns, day.returns_minor, words)
    if day.containers:
        yield _counted(words.containers, day.containers, day.containers_minor, words)
    yield _counted(words.discounts, day.discounted, day.discounts_minor, words)
    yield _counted(words.voids, day.voids, day.voids_minor, words)
    yield _counted(words.lines_removed, day.lines_removed, day.lines_removed_minor, words)
    yield ReceiptLine(words.price_checks, words.number(day.price_checks))
    yield _counted(words.training, day.training, day.training_minor, words)


def _grand(day: Day, words: DayWording) -> Iterator[ReceiptLine]:
    yield RULE
    yield ReceiptLine(words.grand_sales, words.money(day.grand_sales_minor))
    yield ReceiptLine(words.grand_returns, words.money(day.grand_returns_minor))
    yield ReceiptLine(words.grand_net, words.money(day.grand_sales_minor - day.grand_returns_minor))


def _counted(text: str, count: int, minor: int, words: DayWording) -> ReceiptLine:
    return ReceiptLine(f"{text} ({words.number(count)})", words.money(minor))
