"""Day figures: what a business day comes to, as sums that can be added, subtracted and booked. Pure.

A figure has a name (`sales:2500`, `tender:card:visa`) and an amount in minor units. What was paid stands on one side,
what it was paid for on the other: net sales and tax by rate, deposits that bear no tax, cash rounding, gifts to a
charity; and money on gift cards, which is no turnover and bears no tax as long as they can pay for goods of several
rates (multi-purpose vouchers, Directive 2006/112/EC, article 30b (2)). In a sale that adds up both sides are equal;
what one does not explain is the figure `suspense`, so that the day is complete to the minor unit whatever a till has
sent. Because figures only add up, a correction of a day is the difference of two of them. Counts (`count:sales`) travel
along and are booked nowhere. Voids and training are no money.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from msgspec import UNSET

from kiosk.checkout.sale import Sale, SaleLine
from kiosk.checkout.signing import turnover_sign

Figures = Mapping[str, int]
"""Name -> minor units (or a number of, for `count:`). A name that is not there is 0."""
SALES, TAX, DEPOSIT, ROUNDING, DONATION, APART, SUSPENSE = (
    "sales", "tax", "deposit", "rounding", "donation", "apart", "suspense",
)  # fmt: skip
"""What was paid for: credits. `sales` and `tax` have the rate in basis points behind them, `apart` the category."""
LOADED = "loaded"
"""Money put on gift cards and vouchers (behind it the kind), paid back taken off: a credit, for the shop owes it."""
DESK = "desk"
"""The other side of what the desk has loaded, by how it was paid (`store.loading.PAID`): a debit."""
EXPIRED = "expired"
"""What was left on those that ended with the day, by kind: owed no more."""
TENDER = "tender"
"""What was paid with: debits; behind it the kind, and of cards the scheme."""
CASH_DIFFERENCE = "cash_difference"
"""What was counted too much (negative: too little)."""
PAID_GROSS, PAID_FEE, PAID_NET = "paid_gross", "paid_fee", "paid_net"
"""The acquirer's payouts of the day: what they clear (by scheme), what they cost, what the bank gets."""
COUNT = "count"


def figures_of(sales: Iterable[Sale], apart: frozenset[str] = frozenset()) -> dict[str, int]:
    """The figures of these sales. `apart`: categories of untaxed goods that are no turnover."""
    sums: Counter[str] = Counter()
    for sale in sales:
        if sale.training:
            continue
        sums[f"{COUNT}:{sale.kind}"] += 1
        if sale.kind == "void":
            continue
        for name, minor in _parts(sale, apart):
            sums[name] += minor
    return without_nothing(sums)


def _parts(sale: Sale, apart: frozenset[str]) -> Iterator[tuple[str, int]]:
    sign, paid_for, paid = turnover_sign(sale), 0, 0
    for name, minor in _paid_for(sale, sign, apart):
        paid_for += minor
        yield name, minor
    for tender in sale.tenders:
        paid += sign * tender.amount_minor
        scheme = f":{scheme_name(tender.card.scheme)}" if tender.kind == "card" and tender.card is not None else ""
        yield f"{TENDER}:{tender.kind}{scheme}", sign * tender.amount_minor
    yield SUSPENSE, paid - paid_for


def _paid_for(sale: Sale, sign: int, apart: frozenset[str]) -> Iterator[tuple[str, int]]:
    for rate in sale.totals.tax:
        yield f"{SALES}:{rate.rate_bp}", sign * rate.net_minor
        yield f"{TAX}:{rate.rate_bp}", sign * rate.tax_minor
    for line in sale.lines:
        if line.deposit_tax_bp is UNSET:
            yield DEPOSIT, sign * line.deposit_minor
        if (category := line.category.partition("/")[0]) in apart and line.tax_bp == 0:
            yield f"{SALES}:0", -sign * _after_discounts(line)
            yield f"{APART}:{category}", sign * _after_discounts(line)
    yield ROUNDING, sign * sale.totals.rounding_minor
    if sale.donation is not UNSET:
        yield DONATION, sale.donation.amount_minor
    yield f"{LOADED}:gift_card", sale.loaded_minor


def _after_discounts(line: SaleLine) -> int:
    return line.amount_minor + sum(discount.amount_minor for discount in line.discounts)


def scheme_name(scheme: str) -> str:
    """As terminals, sales and acquirers are compared by it."""
    return scheme.strip().casefold()


def added(*many: Figures) -> dict[str, int]:
    """Their sum."""
    sums: Counter[str] = Counter()
    for figures in many:
        for name, minor in figures.items():
            sums[name] += minor
    return without_nothing(sums)


def less(figures: Figures, others: Figures) -> dict[str, int]:
    """What has to be added to the others to get these."""
    return added(figures, {name: -minor for name, minor in others.items()})


def without_nothing(figures: Figures) -> dict[str, int]:
    """The same without zeros, in order of the names."""
    return {name: figures[name] for name in sorted(figures) if figures[name]}


def of_kind(figures: Figures, kind: str) -> dict[str, int]:
    """Those of one kind, by what stands behind it: `of_kind(f, TENDER)` -> `{"cash": 500, "card:visa": 900}`."""
    return {name.partition(":")[2]: minor for name, minor in figures.items() if name.partition(":")[0] == kind}


def turnover_minor(figures: Figures) -> int:
    """Sales with their tax and deposits, returns taken off."""
    return sum(sum(of_kind(figures, kind).values()) for kind in (SALES, TAX, DEPOSIT, APART))
