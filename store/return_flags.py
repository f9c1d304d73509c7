"""Return flags: whether a sealed return fits the sales that it takes back and the other returns, as far as we know.

A line that names its original must give back the amounts that it was bought for (`returning`), and no piece that an
earlier return has; the return's tax is the tax of its originals and, for its other lines together, what they make at
their rates. Returns and sales may arrive in any order, so a newcomer settles the flag `return` of every return that it
touches: a return that came before its sale is cleared by it, and of two that take one piece the one that was sealed
later is flagged, whichever came first. A lane whose clock is wrong is believed: both are there to be looked into.
"""

from collections import Counter
from collections.abc import Sequence

from msgspec import UNSET
from sqlalchemy.engine import Connection

from kiosk.checkout.returning import NotInTheSale, Returned, returned
from kiosk.checkout.sale import Original, Sale, SaleLine, taxable
from kiosk.values.money import Money
from kiosk.values.tax import added_totals, tax_totals
from store.chain import settle
from store.returns import originals_of, returns_of, sealed, taken_before


class _Odd(Exception):
    """What does not fit, in a sentence."""


def recheck_returns(connection: Connection, newcomer: Sale) -> None:
    """Settle the flag `return` wherever this sale or return, which has just been written, makes a difference."""
    touched = {newcomer.key} if originals_of(newcomer) else set()
    for key in (newcomer.key, *originals_of(newcomer)):
        touched.update(returns_of(connection, key))
    for key in sorted(touched):
        one = newcomer if key == newcomer.key else sealed(connection, key)
        assert one is not None, "what has spent a hold is in the books"
        settle(connection, key, "return", _oddity(connection, one))


def _oddity(connection: Connection, back: Sale) -> str:
    """What is odd about what it takes back; empty if nothing is. A void and training move no money: believed."""
    if back.training or back.kind == "void":
        return ""
    if back.kind != "return":
        return "only a return takes something back"
    try:
        found = [_of_one_sale(connection, back, key) for key in originals_of(back)]
        _check_tax(back, found)
    except (_Odd, NotInTheSale) as odd:
        return str(odd)
    return ""


def _of_one_sale(connection: Connection, back: Sale, key: str) -> Returned:
    """What its lines of this sale should be. _Odd, NotInTheSale if they are not."""
    lines = [(line, line.original) for line in back.lines if isinstance(line.original, Original)]
    lines = [(line, original) for line, original in lines if original.sale == key]
    named = {(original.line, unit) for _, original in lines for unit in original.units}
    if twice := sorted(named & taken_before(connection, back, key)):
        raise _Odd(f"line {twice[0][0]} of {key} had come back before")
    sold = sealed(connection, key)
    if sold is None:
        raise _Odd(f"{key} is not in the books")
    if sold.kind != "sale" or sold.training or sold.currency != back.currency:
        raise _Odd(f"nothing was sold for {back.currency} as {key}")
    expected = returned(sold, [(original.line, original.units) for _, original in lines])
    for ours, (theirs, original) in zip(expected.lines, lines, strict=True):
        if not _agree(ours, theirs, original):
            raise _Odd(f"line {theirs.line} does not give back what it was bought for")
    return expected


def _agree(ours: SaleLine, theirs: SaleLine, original: Original) -> bool:
    """Whether a line gives back what its pieces were bought for.

    A lane that could not ask us knows from the receipt what was paid for a line, not how it came to: its pieces may
    be a minor unit off, one by one.
    """
    if original.hold:
        return _amounts(ours) == _amounts(theirs)
    near = abs(_paid(ours) - _paid(theirs)) <= _slack(ours, original)
    return near and _what(ours) == _what(theirs)


def _amounts(line: SaleLine) -> tuple[object, ...]:
    return (*_what(line), line.unit_price_minor, line.amount_minor, line.discounts)


def _what(line: SaleLine) -> tuple[object, ...]:
    return (line.gtin, line.count, line.weight_g, line.tax_bp, line.deposit_minor, line.deposit_tax_bp)


def _paid(line: SaleLine) -> int:
    return line.amount_minor + sum(discount.amount_minor for discount in line.discounts)


def _slack(ours: SaleLine, original: Original) -> int:
    """How many minor units it may be off: one for every piece of a line with discounts that we were not asked about."""
    return len(original.units) if ours.discounts and not original.hold else 0


# --- tax --------------------------------------------------------------------------------------------------------------


def _check_tax(back: Sale, found: Sequence[Returned]) -> None:
    """_Odd if its tax is not that of what it takes back and of its other lines."""
    sums: Counter[tuple[int, str]] = Counter()
    for rate in (rate for one in found for rate in one.totals.tax):
        sums[rate.rate_bp, "net"] += rate.net_minor
        sums[rate.rate_bp, "tax"] += rate.tax_minor
    on_top = sum(one.totals.on_top_minor for one in found)
    others = [part for line in back.lines if line.original is UNSET for part in taxable(line)]
    if any(rate_bp < 0 for rate_bp, _ in others):
        return  # flagged for that
    is_added = back.totals.added_tax_minor is not UNSET
    amounts = [(rate_bp, Money(minor)) for rate_bp, minor in others]
    for made in added_totals(amounts) if is_added else tax_totals(amounts):
        sums[made.rate_bp, "net"] += made.net.minor
        sums[made.rate_bp, "tax"] += made.tax.minor
        on_top += made.tax.minor if is_added else 0
    said: Counter[tuple[int, str]] = Counter()
    for rate in back.totals.tax:
        said[rate.rate_bp, "net"] += rate.net_minor
        said[rate.rate_bp, "tax"] += rate.tax_minor
    ours = [(line, line.original) for one in found for line in one.lines]
    bought = {(original.sale, original.line): line for line, original in ours if isinstance(original, Original)}
    theirs = (line.original for line in back.lines if isinstance(line.original, Original))
    slack = sum(_slack(bought[original.sale, original.line], original) for original in theirs)
    off = [abs(said[key] - sums[key]) for key in {*said, *sums}]
    if max(off, default=0) > slack or abs(back.totals.on_top_minor - on_top) > slack:
        raise _Odd("the tax is not what the goods were bought with")
