"""Brought back: what an open return is worth, line by line, and which way its money goes. Pure, to the minor unit.

Goods of a sale are worth what they were sold for (`returning`), goods without a receipt what they cost today.

Money goes back the way it was paid: cards first, then gift cards and vouchers, cash last. The sale's money is laid
out in that order, and every return takes the next piece of it, behind the worth of what has come back before; so all
returns of a sale together give each card no more than it paid, and what one cannot tell of is paid in cash.
"""

from collections.abc import Iterator

from msgspec import UNSET
from msgspec.structs import replace

from kiosk.checkout.basket import Basket
from kiosk.checkout.pricing import line_total, totals
from kiosk.checkout.questions import LineUnits
from kiosk.checkout.refund import Chosen, Refund, Way
from kiosk.checkout.returning import Returned, returned
from kiosk.checkout.sale import CameBack, Sale, SaleLine, TaxTotal, Tender, Totals, taxable
from kiosk.checkout.visit import sale_lines
from kiosk.values.money import ZERO, Money

_LAST = 9
_ORDER = {"card": 0, "gift_card": 1, "voucher": 2, "external": 3, "qr": 3}
_BY_HAND = ("external", "qr")
"""What this lane cannot pay back to: it is paid in cash."""


def left_of(refund: Refund, line: SaleLine) -> int:
    """How many pieces of this line have not come back before."""
    return line.count - sum(len(one.units) for one in refund.gone if one.line == line.line)


def category_of(refund: Refund, number: int) -> str:
    """Of a line of the sale, or of the goods."""
    of_sale = {line.line: line.category for line in refund.sale.lines} if refund.sale is not None else {}
    return (of_sale | {line.line: line.item.category for line in refund.goods}).get(number, "")


def how_many(refund: Refund, number: int) -> Chosen:
    """What is chosen of this line; nothing, if nothing is."""
    return next((one for one in refund.chosen if one.line == number), Chosen(number, 0))


def pieces(refund: Refund) -> tuple[LineUnits, ...]:
    """Which pieces of the sale are coming back: those that the store keeps, or the first ones that are still there."""
    if refund.held or refund.sale is None:
        return refund.held
    gone = {one.line: set(one.units) for one in refund.gone}
    counts = {line.line: line.count for line in refund.sale.lines}
    return tuple(
        LineUnits(
            one.line,
            tuple(unit for unit in range(counts[one.line]) if unit not in gone.get(one.line, ()))[: one.count],
        )
        for one in refund.chosen
        if one.count
    )


def brought(refund: Refund, language: str = "") -> Returned:
    """The lines and totals of the return as it stands; amounts are negative, before cash rounding."""
    if refund.sale is None:
        return _without_receipt(refund, language)
    found = returned(refund.sale, [(one.line, one.units) for one in pieces(refund)], refund.hold)
    notes = {one.line: CameBack(one.reason, one.waste) for one in refund.chosen}
    lines = tuple(
        replace(line, back=notes.get(line.original.line if line.original is not UNSET else 0, UNSET))
        for line in found.lines
    )
    return Returned(lines, found.totals)


def _without_receipt(refund: Refund, language: str) -> Returned:
    chosen = {one.line: one for one in refund.chosen}
    goods = Basket(lines=tuple(line for line in refund.goods if chosen[line.line].count))
    notes = [chosen[line.line] for line in goods.lines]
    lines = tuple(
        replace(
            line,
            amount_minor=-line.amount_minor,
            deposit_minor=-line.deposit_minor,
            back=CameBack(note.reason, note.waste),
        )
        for line, note in zip(sale_lines(goods, language), notes, strict=True)
    )
    sums = totals(goods)
    taxed = {rate_bp for line in lines for rate_bp, _ in taxable(line)}
    tax = tuple(TaxTotal(one.rate_bp, -one.net_minor, -one.tax_minor) for one in sums.tax if one.rate_bp in taxed)
    added = UNSET if sums.added_tax is None else -sums.added_tax.minor
    return Returned(lines, Totals(-sums.goods.minor, -sums.deposit.minor, 0, -sums.due.minor, tax, added))


def worth(refund: Refund) -> Money:
    """What is to be paid back for it in all, before cash rounding."""
    return Money(-brought(refund).totals.due_minor)


def line_worth(refund: Refund, line: SaleLine) -> Money:
    """What the chosen pieces of one line are worth, deposit included; of a line of which none is chosen, its rest."""
    assert refund.sale is not None
    count = how_many(refund, line.line).count or left_of(refund, line)
    one = replace(refund, chosen=(Chosen(line.line, count),), held=()) if count else None
    return worth(one) if one is not None else ZERO


def goods_worth(refund: Refund) -> dict[int, Money]:
    """What each of the goods without a receipt costs today."""
    return {line.line: line_total(line) for line in refund.goods}


# --- the way back -----------------------------------------------------------------------------------------------------


def ways(refund: Refund, in_cash: bool = False, slip: str = "") -> tuple[Way, ...]:
    """How the money goes back. `slip`: number of the slip that empties are paid with."""
    amount = worth(refund)
    if slip:
        return (Way("voucher", amount, slip, slip=slip),)
    if refund.sale is None or refund.proof != "store" or in_cash:
        return (Way("cash", amount),) if amount else ()
    start = _worth_of(refund, refund.gone).minor
    return _joined(_cut(refund.sale, start, start + amount.minor))


def _worth_of(refund: Refund, gone: tuple[LineUnits, ...]) -> Money:
    if refund.sale is None or not gone:
        return ZERO
    return Money(-returned(refund.sale, [(one.line, one.units) for one in gone]).totals.due_minor)


def _cut(sale: Sale, start: int, end: int) -> Iterator[Way]:
    """The sale's money from here to there, in the order in which it goes back."""
    at = 0
    for tender in sorted(sale.tenders, key=lambda one: _ORDER.get(one.kind, _LAST)):
        if tender.kind == "cash":
            continue  # the rest, whatever it is: cash was rounded
        low, high = max(start, at), min(end, at + tender.amount_minor)
        at += tender.amount_minor
        if low < high:
            yield _way(tender, Money(high - low))
    if (rest := end - max(start, at)) > 0:
        yield Way("cash", Money(rest))


def _way(tender: Tender, amount: Money) -> Way:
    if tender.kind in _BY_HAND:
        return Way("cash", amount)
    return Way(tender.kind, amount, tender.attempt, tender.card, tender.reference or "")


def is_by_hand(refund: Refund) -> bool:
    """Whether cash would go out for what was not paid in cash, because this lane cannot pay it back otherwise."""
    return refund.sale is not None and any(tender.kind in _BY_HAND for tender in refund.sale.tenders)


def _joined(all_: Iterator[Way]) -> tuple[Way, ...]:
    """All cash at once: the drawer opens once, and rounds once."""
    found = tuple(all_)
    cash = sum(one.amount.minor for one in found if one.kind == "cash")
    others = tuple(one for one in found if one.kind != "cash")
    return (*others, Way("cash", Money(cash))) if cash else others
