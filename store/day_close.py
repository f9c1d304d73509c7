"""Day close: what must agree when a business day ends, and whether it does. Pure.

Three tell of the same money: the sealed sales in the books, the till's own Z with what was counted in its drawer, and
whoever moves the money (the card terminal's settlement, the acquirer's payout, the ledger of gift cards). Each pair is
a check, per till. What is merely on its way is no difference: a card payment that no settlement has taken up yet
(batches do not end with the business day), or that is not paid out yet, is *in transit*, until it has been so for too
long. A Z and a settlement are compared with the very sales that they cover, whichever business day those bear, for a
visit that ends after the border is in the Z of the day before.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

import msgspec
from msgspec import UNSET
from msgspec.structs import replace

from kiosk.checkout.sale import Sale, Tender
from kiosk.checkout.signing import turnover_sign
from store.day_figures import CASH_DIFFERENCE, SUSPENSE, TENDER, added, figures_of, of_kind, scheme_name

What = Literal[
    "receipts", "tender", "tax", "drawer", "machine", "desk", "settlement", "unsettled", "payout", "stray", "gift_card",
    "suspense", "currency", "conflict", "z",
]  # fmt: skip
State = Literal["open", "reopened", "closed_with_differences", "in_transit", "closed"]
SHOP = ""
"""Where a till's name stands for what belongs to none."""


class Check(msgspec.Struct, frozen=True):
    """One comparison. Minor units, but `receipts`, `conflict` and `z`, which are numbers of. `told` leaves out what is
    in transit; `note` is for people."""

    till: str
    what: What
    about: str
    expected: int
    told: int
    in_transit: int = 0
    note: str = ""

    @property
    def amount(self) -> int:
        """What is too much; negative: too little."""
        return self.told + self.in_transit - self.expected


class Told(msgspec.Struct, frozen=True):
    """A report of a till, and the sales that it covers: a Z or a settlement."""

    data: Mapping[str, Any]
    sales: tuple[Sale, ...]
    missing: tuple[int, ...] = ()
    """Sequence numbers that it covers and the books do not have."""
    begins: bool = True
    """Whether the books have all that it covers: False of the first one that they have heard of a till with a past."""
    carried_before_minor: int = 0
    """Of a settlement: charges of suspended baskets that the one before had taken up already."""


class Payment(msgspec.Struct, frozen=True):
    """One card payment of the day: its sale, its place in it, and what of it has arrived."""

    sale_key: str
    place: int
    scheme: str
    amount_minor: int
    settled: bool
    paid_minor: int | None = None
    """What the acquirer pays for it, before fees; None: nothing yet."""


class DeskCount(msgspec.Struct, frozen=True):
    """Cash that was counted at the desk."""

    counted_minor: int
    by: str
    note: str = ""


class TillDay(msgspec.Struct, frozen=True):
    """All that is known of one till's business day."""

    till: str
    sales: tuple[Sale, ...] = ()
    zs: tuple[Told, ...] = ()
    settlements: tuple[Told, ...] = ()
    payments: tuple[Payment, ...] = ()
    settles: bool = False
    """Whether its terminal has ever made an end of day."""
    desk: DeskCount | None = None
    gift_cards_minor: int = 0
    """What the ledger of gift cards and vouchers was charged by these sales."""
    loaded_minor: int = 0
    """What these sales have put on gift cards, as that ledger has it."""
    conflicts: tuple[tuple[str, str], ...] = ()
    """Messages under a known key with another content: the key and why."""

    @property
    def is_closed(self) -> bool:
        """Whether the till has sent its Z, or had nothing to send one for."""
        return bool(self.zs) or not any(not sale.training for sale in self.sales)


class Stray(msgspec.Struct, frozen=True):
    """A line of a payout that belongs to no payment in the books."""

    id: str
    gross_minor: int
    note: str


class ShopDay(msgspec.Struct, frozen=True):
    """One business day of the shop. `age_days`: how long ago it was; `pays_out`: acquirer's files are expected."""

    business_day: str
    currency: str
    tills: tuple[TillDay, ...] = ()
    strays: tuple[Stray, ...] = ()
    payouts: Mapping[str, int] = {}
    """Figures of what was paid to the bank on this day."""
    desk: Mapping[str, int] = {}
    """Figures of the gift cards that the desk has sold, and of those that have ended."""
    age_days: int = 0
    pays_out: bool = False
    in_transit_days: int = 7

    def with_counts(
        self, desk: Mapping[str, DeskCount], spent: Mapping[str, int], loaded: Mapping[str, int]
    ) -> "ShopDay":
        """The same with what was counted at the desk, and what gift cards were charged and given, by till."""
        known = (
            replace(t, desk=desk.get(t.till), gift_cards_minor=spent.get(t.till, 0), loaded_minor=loaded.get(t.till, 0))
            for t in self.tills
        )
        return replace(self, tills=tuple(known))

    @property
    def is_late(self) -> bool:
        """Whether what is still in transit has been so for too long."""
        return self.age_days > self.in_transit_days

    @property
    def transit_minor(self) -> int:
        """Card payments that are on their way: not settled, or not paid out where payouts are known."""
        if self.is_late:
            return 0
        return sum(
            payment.amount_minor
            for one in self.tills
            for payment in one.payments
            if (one.settles and not payment.settled) or (self.pays_out and payment.paid_minor is None)
        )

    @property
    def missing(self) -> tuple[str, ...]:
        """Tills that have sold and sent no Z."""
        return tuple(one.till for one in self.tills if not one.is_closed)


def figures_by_till(day: ShopDay, apart: frozenset[str] = frozenset()) -> dict[str, dict[str, int]]:
    """The figures of the day, per till, and of the shop itself. Only of the shop's currency."""
    found = {}
    for one in day.tills:
        sales = [sale for sale in one.sales if sale.currency == day.currency]
        found[one.till] = added(figures_of(sales, apart), {CASH_DIFFERENCE: _cash_difference_minor(one)})
    found[SHOP] = added(day.payouts, day.desk)
    return {till: figures for till, figures in found.items() if figures}


def _cash_difference_minor(one: TillDay) -> int:
    """What the lane's own counts had too much, and then the desk's."""
    lane = sum(_minor(z, "difference_minor") + _minor(z, "machine_difference_minor") for z in one.zs)
    return lane + (one.desk.counted_minor - _minor(one.zs[-1], "cash_minor") if one.desk and one.zs else 0)


def checks(day: ShopDay, closed: bool = False) -> list[Check]:
    """All comparisons of the day, those that agree among them. `closed`: a Z that is missing is then a difference."""
    found = [check for one in day.tills for check in _of_till(day, one)]
    found += [Check(SHOP, "stray", stray.id, 0, stray.gross_minor, note=stray.note) for stray in day.strays]
    if closed:
        found += [Check(till, "z", "", 1, 0, note="the till never sent its end of day") for till in day.missing]
    return found


def differences(found: Iterable[Check]) -> list[Check]:
    """Those that do not agree, each once: where receipts of a Z are missing, so are their payments and their tax."""
    many = [check for check in found if check.amount]
    short = {(check.till, check.about) for check in many if check.what == "receipts"}
    same = [one for one in many if one.what in ("tender", "tax") and (one.till, one.about.partition(" ")[0]) in short]
    return [check for check in many if check not in same]


def state_of(*, is_closed: bool, is_stale: bool, open_differences: int, transit_minor: int) -> State:
    """What stands on the day. `is_stale`: something has come since it was closed."""
    if not is_closed:
        return "open"
    if is_stale:
        return "reopened"
    if open_differences:
        return "closed_with_differences"
    return "in_transit" if transit_minor else "closed"


# --- one till ---------------------------------------------------------------------------------------------------------


def _of_till(day: ShopDay, one: TillDay) -> Iterator[Check]:
    for z in one.zs:
        yield from _with_z(one.till, z)
    if one.desk is not None and one.zs:
        expected = _minor(one.zs[-1], "cash_minor")
        note = f"counted by {one.desk.by or 'somebody'}{': ' if one.desk.note else ''}{one.desk.note}"
        yield Check(one.till, "desk", "", expected, one.desk.counted_minor, note=note)
    for settlement in one.settlements:
        yield from _with_terminal(one.till, settlement)
    yield from _on_the_way(day, one)
    sold = [sale for sale in one.sales if not sale.training and sale.kind != "void"]
    spent = sum(turnover_sign(sale) * tender.amount_minor for sale in sold for tender in _from_the_ledger(sale))
    if spent or one.gift_cards_minor:
        yield Check(one.till, "gift_card", "", spent, one.gift_cards_minor)
    loaded = sum(sale.loaded_minor for sale in sold)
    if loaded or one.loaded_minor:
        yield Check(one.till, "gift_card", "sold", loaded, one.loaded_minor)
    others = [sale for sale in sold if sale.currency != day.currency]
    for sale in others:
        yield Check(one.till, "currency", sale.key, 0, sale.totals.due_minor, note=f"sold in {sale.currency}")
    if suspense := figures_of(sale for sale in sold if sale not in others).get(SUSPENSE, 0):
        yield Check(one.till, "suspense", "", 0, suspense, note="payments and goods of some sale do not add up")
    for key, why in one.conflicts:
        yield Check(one.till, "conflict", key, 0, 1, note=why)


def _with_z(till: str, z: Told) -> Iterator[Check]:
    """The till's own sums beside the books'."""
    about = f"z{_minor(z, 'number')}"
    figures = figures_of(z.sales)
    have = sum(of_kind(figures, "count").values())
    said = _minor(z, "sales") + _minor(z, "returns") + _minor(z, "voids")
    note = f"not in the books: {_ranges(z.missing)}" if z.missing else ""
    yield Check(till, "receipts", about, said, have, note=note)
    ours: Counter[str] = Counter()
    for name, minor in of_kind(figures, TENDER).items():
        ours[name.partition(":")[0]] += minor
    theirs = {str(sums["name"]): int(sums["amount_minor"]) for sums in z.data.get("tenders", ())}
    for kind in sorted({*ours, *theirs}):
        yield Check(till, "tender", f"{about} {kind}", theirs.get(kind, 0), ours[kind])
    taxes = {str(sums["rate_bp"]): int(sums["tax_minor"]) for sums in z.data.get("tax", ())}
    tax = of_kind(figures, "tax")
    for rate in sorted({*tax, *taxes}, key=int):
        yield Check(till, "tax", f"{about} {rate}", taxes.get(rate, 0), tax.get(rate, 0))
    if z.data.get("counted_minor") is not None:
        counted, off = int(z.data["counted_minor"]), _minor(z, "difference_minor")
        yield Check(till, "drawer", about, counted - off, counted)
    if off := _minor(z, "machine_difference_minor"):
        taken_out = _minor(z, "machine_pickup_minor")
        yield Check(till, "machine", about, taken_out - off, taken_out)


def _with_terminal(till: str, told: Told) -> Iterator[Check]:
    """The terminal's sums beside the sales that were sealed since its last end of day, scheme by scheme where it names
    them. Charges of baskets that are set aside are in its sums before they are in a sale: then only the whole compares.
    """
    job = str(told.data.get("job", ""))
    if not told.begins:
        expected = _minor(told, "sealed_minor") + _minor(told, "carried_minor")
        yield Check(till, "settlement", job, expected, _minor(told, "terminal_minor"), note="as the till adds it up")
        return
    carried = _minor(told, "carried_minor") - told.carried_before_minor
    ours = _by_scheme(told.sales)
    theirs = {scheme_name(name): int(minor) for name, minor in dict(told.data.get("schemes") or {}).items()}
    if theirs and not carried:
        for scheme in sorted({*ours, *theirs}):
            yield Check(till, "settlement", f"{job} {scheme}", ours.get(scheme, 0), theirs.get(scheme, 0))
        return
    yield Check(till, "settlement", job, sum(ours.values()) + carried, _minor(told, "terminal_minor"))


def _on_the_way(day: ShopDay, one: TillDay) -> Iterator[Check]:
    """What of the day's card payments has not been settled, or not been paid out."""
    for scheme in sorted({payment.scheme for payment in one.payments}):
        mine = [payment for payment in one.payments if payment.scheme == scheme]
        sold = sum(payment.amount_minor for payment in mine)
        if one.settles:
            waits = sum(payment.amount_minor for payment in mine if not payment.settled)
            late = bool(waits) and day.is_late
            note = "never settled" if late else ""
            yield Check(one.till, "unsettled", scheme, sold, sold - waits, 0 if late else waits, note)
        if day.pays_out:
            paid = sum(payment.paid_minor or 0 for payment in mine)
            waits = sum(payment.amount_minor for payment in mine if payment.paid_minor is None)
            late = bool(waits) and day.is_late
            note = "not paid out" if late else ""
            yield Check(one.till, "payout", scheme, sold, paid, 0 if late else waits, note)


def _by_scheme(sales: Iterable[Sale]) -> dict[str, int]:
    cards = of_kind(figures_of(sales), TENDER)
    found: Counter[str] = Counter()
    for name, minor in cards.items():
        if name.partition(":")[0] == "card":
            found[name.partition(":")[2]] += minor
    return dict(found)


def _from_the_ledger(sale: Sale) -> Iterator[Tender]:
    """Its payments with gift cards and vouchers. A slip that was given out for empties is none."""
    for tender in sale.tenders:
        given_out = sale.kind == "return" and tender.slip is not UNSET
        if tender.kind in ("gift_card", "voucher") and not given_out:
            yield tender


def _minor(told: Told, name: str) -> int:
    return int(told.data.get(name) or 0)


def _ranges(numbers: Iterable[int]) -> str:
    """`12, 15-17`"""
    spans: list[list[int]] = []
    for number in sorted(numbers):
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in spans)
