"""Day words: what stands on a business day, as people read it. Pure."""

import re
from datetime import date

import msgspec
from babel.dates import format_date

from store.console.words import TENDERS, amount, money, rate
from store.day_close import Check, State
from store.day_figures import (
    APART,
    CASH_DIFFERENCE,
    DEPOSIT,
    DESK,
    DONATION,
    EXPIRED,
    LOADED,
    PAID_FEE,
    PAID_GROSS,
    PAID_NET,
    ROUNDING,
    SALES,
    SUSPENSE,
    TAX,
    TENDER,
    Figures,
    of_kind,
    turnover_minor,
)
from store.differences import REASONS, REPLACED, RESOLVED, Difference

STATES: dict[State, tuple[str, str]] = {
    "open": ("Open", "open"),
    "reopened": ("Something came late", "work"),
    "closed_with_differences": ("Closed, differences to explain", "work"),
    "in_transit": ("Closed, money in transit", "way"),
    "closed": ("Closed", "done"),
}
"""In words, and the tone of the chip."""
COUNTED = ("receipts", "conflict", "z")
"""Comparisons of a number of things, not of money."""
_WHATS = {
    "receipts": "Receipts",
    "tender": "Paid by",
    "tax": "VAT",
    "drawer": "Cash in the drawer",
    "machine": "Cash machine’s box",
    "desk": "Cash counted at the desk",
    "settlement": "Card settlement",
    "unsettled": "Cards settled so far,",
    "payout": "Cards paid out so far,",
    "stray": "Paid out for no sale of ours",
    "gift_card": "Gift cards and vouchers",
    "suspense": "Sales that do not add up",
    "currency": "Sold in another currency",
    "conflict": "Another sale under a known key",
    "z": "End of day not sent",
}
_CARDS = {"gift_card": "gift cards", "voucher": "vouchers"}
_PAID = {"cash": "in cash", "external": "by card", "invoice": "on an invoice", "free": "given away"}
_ENDS = {**REASONS, RESOLVED: "Agrees now", REPLACED: "Another amount now"}


class Line(msgspec.Struct, frozen=True):
    """One comparison on the page; `off` is empty where it agrees."""

    title: str
    expected: str
    told: str
    off: str
    note: str


def day_title(day: str, with_year: bool = False) -> str:
    """`Mon 23 Nov`"""
    return format_date(date.fromisoformat(day), "EEE d MMM y" if with_year else "EEE d MMM", "en")


def titled(what: str, about: str) -> str:
    """What a comparison is about: `Paid by card, Z 7`, `Card settlement visa, Z 7`."""
    title = _WHATS.get(what, what)
    words = about.split(" ")
    numbers = [found for word in words if (found := re.fullmatch(r"(?:.*-)?z(\d+)", word))]
    z = f"Z\u00a0{numbers[0][1]}" if numbers else ""
    rest = " ".join(word for word in words if not re.fullmatch(r"(?:.*-)?z(\d+)", word))
    if what == "tender":
        rest = TENDERS.get(rest, rest)
    if what == "tax":
        rest = rate(int(rest)) if rest.isdigit() else rest
    if what in ("stray", "conflict"):
        rest = ""
    return ", ".join(filter(None, (f"{title} {rest}".strip(), z)))


def value(what: str, number: int, currency: str) -> str:
    """Money, or how many."""
    return str(number) if what in COUNTED else amount(number, currency)


def too_much(what: str, off: int, currency: str) -> str:
    """`2.90 too little`, `1 too much`"""
    if what == "conflict":
        return "set aside"
    if what == "z":
        return "missing"
    return f"{value(what, abs(off), currency)} too {'much' if off > 0 else 'little'}"


def line_of(check: Check, currency: str) -> Line:
    """The comparison in words."""
    transit = f"{amount(check.in_transit, currency)} in transit" if check.in_transit else ""
    return Line(
        title=titled(check.what, check.about),
        expected=value(check.what, check.expected, currency),
        told=value(check.what, check.told, currency),
        off=too_much(check.what, check.amount, currency) if check.amount else "",
        note=" · ".join(filter(None, (transit, check.note))),
    )


def work_title(one: Difference) -> str:
    """`Mon 23 Nov · k01 · Cash in the drawer, Z 1`"""
    return " · ".join((day_title(one.business_day), one.till or "Shop", titled(one.what, one.about)))


def work_text(one: Difference, currency: str) -> str:
    """What is wrong, in one line."""
    if one.what in ("conflict", "z"):
        return one.note
    off = too_much(one.what, one.amount, currency)
    sums = f"expected {value(one.what, one.expected, currency)}, found {value(one.what, one.told, currency)}"
    return " · ".join(filter(None, (f"{off}: {sums}", one.note)))


def end_text(one: Difference, names: dict[str, str]) -> str:
    """Who gave which reason; empty while it is open."""
    if not one.reason:
        return ""
    who = names.get(one.by, one.by)
    said = f"{_ENDS.get(one.reason, one.reason)}{': ' if one.end_note else ''}{one.end_note}"
    return f"{said} ({who})" if who else said


def figure_rows(figures: Figures, currency: str) -> list[tuple[str, str]]:
    """The day's sums, top to bottom: (words, money). What there was nothing of is left out."""
    rows = [("Turnover", turnover_minor(figures))]
    rates = sorted({*of_kind(figures, SALES), *of_kind(figures, TAX)}, key=int, reverse=True)
    for bp in rates:
        net, tax = of_kind(figures, SALES).get(bp, 0), of_kind(figures, TAX).get(bp, 0)
        rows += [(f"Sales at {rate(int(bp))}, net", net), (f"VAT {rate(int(bp))}", tax)]
    rows += [(f"{category.capitalize()}", minor) for category, minor in of_kind(figures, APART).items()]
    for name, word in ((DEPOSIT, "Deposits"), (ROUNDING, "Cash rounding"), (DONATION, "Gifts to a charity")):
        rows.append((word, figures.get(name, 0)))
    for name, word in ((LOADED, "Put on {}"), (EXPIRED, "Ended with money on them: {}")):
        rows += [(word.format(_CARDS.get(kind, kind)), minor) for kind, minor in of_kind(figures, name).items()]
    rows += [(f"Cards of the desk: {_PAID.get(paid, paid)}", minor) for paid, minor in of_kind(figures, DESK).items()]
    for tender, minor in of_kind(figures, TENDER).items():
        kind, _, scheme = tender.partition(":")
        rows.append((f"Paid by {TENDERS.get(kind, kind)} {scheme}".rstrip(), minor))
    for name, word in ((CASH_DIFFERENCE, "Cash difference"), (SUSPENSE, "Does not add up")):
        rows.append((word, figures.get(name, 0)))
    gross = sum(of_kind(figures, PAID_GROSS).values())
    rows += [
        ("Payouts of the acquirer", gross),
        ("Their fees", figures.get(PAID_FEE, 0)),
        ("To the bank", figures.get(PAID_NET, 0)),
    ]
    return [(word, money(minor, currency)) for word, minor in rows if minor]
