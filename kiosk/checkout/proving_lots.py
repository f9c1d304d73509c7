"""Proving lots: whether every choice of a till was its secret's, from what it has reported and sealed. Pure.

Whoever has the reports and the sales can ask: the lane of its own journal, the store of all lanes. A period can be
proved when it is over: then its secret must be the one that was committed to before, and every visit of it that was
sealed must be looked at exactly if it was drawn, or carries the lot of one before that left.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from kiosk.checkout.drawing_lots import commitment, is_drawn
from kiosk.checkout.sale import Lot, Sale

COMMITTED, REVEALED, RESULT = "audit.committed", "audit.revealed", "audit.result"


class Period(msgspec.Struct, frozen=True):
    """What one till has said of one period: reports as they were published, and its sealed visits."""

    store: str
    till: str
    committed: Mapping[str, Any]
    revealed: Mapping[str, Any] | None
    visits: tuple[tuple[Sale, Lot], ...] = ()
    """By their number."""
    looked: frozenset[int] = frozenset()
    """Numbers of the visits that the till has reported a look at."""


class Proof(msgspec.Struct, frozen=True):
    """What came out. `drawn` are the numbers of all visits whose lot fell; `problem` the first thing that is wrong."""

    period: int
    day: str
    visits: int
    drawn: tuple[int, ...]
    is_over: bool
    problem: str


def periods(
    store: str, till: str, reports: Iterable[tuple[str, Mapping[str, Any]]], sales: Iterable[Sale]
) -> Iterator[Period]:
    """A till's periods in order, from its reports (kind, data) and all lanes' sales: a basket may be paid elsewhere."""
    reports = tuple(reports)
    shown = {data["period"]: data for kind, data in reports if kind == REVEALED}
    looked = {(data["period"], data["visit"]) for kind, data in reports if kind == RESULT and data["till"] == till}
    drawn: dict[int, list[tuple[Sale, Lot]]] = {}
    for sale in sales:
        if isinstance(sale.lot, Lot) and sale.lot.till == till and sale.store == store:
            drawn.setdefault(sale.lot.period, []).append((sale, sale.lot))
    for kind, data in reports:
        if kind == COMMITTED:
            number = data["period"]
            visits = tuple(sorted(drawn.get(number, ()), key=lambda one: one[1].visit))
            seen = frozenset(visit for period, visit in looked if period == number)
            yield Period(store, till, data, shown.get(number), visits, seen)


def prove(period: Period) -> Proof:
    """One period. Until it is over, only that it was committed to."""
    number, day = period.committed["period"], period.committed["day"]
    if period.revealed is None:
        return Proof(number, day, len(period.visits), (), False, "")
    secret, rate = period.revealed["secret"], period.committed["rate_permille"]
    visits = max([period.revealed["visits"], *(lot.visit for _, lot in period.visits)])
    drawn = tuple(n for n in range(1, visits + 1) if is_drawn(secret, n, rate))
    made = commitment(secret, period.store, period.till, number, day, rate)
    problem = "" if made == period.committed["commitment"] else "the secret is not the one that was committed to"
    problem = problem or next(_wrong(period, frozenset(drawn)), "")
    return Proof(number, day, visits, drawn, True, problem)


def told(proof: Proof) -> str:
    """One line for a person."""
    head = f"{proof.day} ({proof.period}): {proof.visits} visits"
    if not proof.is_over:
        return f"{head}; not over, its secret is not shown yet"
    drawn = ", ".join(map(str, proof.drawn)) or "none"
    return f"{head}; drawn: {drawn}; {proof.problem or 'every choice was right'}"


def _wrong(period: Period, drawn: frozenset[int]) -> Iterator[str]:
    seen: set[int] = set()
    for sale, lot in period.visits:
        what = f"{sale.key}: visit {lot.visit}"
        if lot.visit in seen:
            yield f"{what} stands in two sales"
        if lot.visit in drawn and lot.why != "random":
            yield f"{what} was drawn, and is said not to be"
        if lot.visit not in drawn and lot.why == "random":
            yield f"{what} was not drawn, and is said to be"
        if lot.why == "carried" and period.committed["period"] == 1 and not any(n < lot.visit for n in drawn):
            yield f"{what} carries a lot that nobody had"
        if lot.why in ("", "value", "risk") and _is_owed(lot.visit, drawn, period.looked):
            yield f"{what} should have carried the lot of one before"
        if lot.why and not lot.result and sale.kind == "sale" and not isinstance(sale.served_by, str):
            yield f"{what} was to be looked at, and paid without"
        seen.add(lot.visit)


def _is_owed(visit: int, drawn: frozenset[int], looked: frozenset[int]) -> bool:
    """Whether a visit before this one was drawn, and none since was looked at."""
    last = max((n for n in drawn if n < visit), default=0)
    return bool(last) and not any(last <= n < visit for n in looked)
