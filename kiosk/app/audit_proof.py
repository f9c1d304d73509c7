"""Audit proof: whether every lot of a lane fell as its secret says (`checkout.drawing_lots`), from its own books.

`kiosk audit DB`: for each business day the commitment and, when the day is over, the secret, as the lane reported them;
and every visit that has a number. One that was drawn and sold without a look, or was looked at by chance without being
drawn, is named, and the exit code is 1.
"""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from kiosk.app.restore import restore
from kiosk.checkout.drawing_lots import commitment, day_secret, is_drawn
from kiosk.checkout.lane import Lane
from kiosk.checkout.sale import Sale
from kiosk.storage.journal import NotAJournal, read_journal


class Day(msgspec.Struct, frozen=True):
    """One business day as it is told."""

    day: str
    commitment: str
    secret: str
    visits: int
    drawn: tuple[int, ...]
    problems: tuple[str, ...]


def prove(sales: Iterable[Sale], seed: str, rate_permille: int) -> Iterator[Day]:
    """Each day that has numbered visits, in order."""
    days: dict[str, list[Sale]] = {}
    for sale in sales:
        if isinstance(sale.visit, int):
            days.setdefault(sale.business_day, []).append(sale)
    for day, found in sorted(days.items()):
        secret = day_secret(seed, day)
        visits = {sale.visit: sale for sale in found if isinstance(sale.visit, int)}
        drawn = tuple(number for number in sorted(visits) if is_drawn(secret, number, rate_permille))
        problems = tuple(_problems(visits, drawn))
        made = commitment(secret, found[0].store, found[0].till, day)
        yield Day(day, made, secret, len(visits), drawn, problems)


def _problems(visits: dict[int, Sale], drawn: tuple[int, ...]) -> Iterator[str]:
    for number, sale in sorted(visits.items()):
        looks = [note.evidence.partition(":")[0] for note in sale.interventions if note.reason == "audit"]
        if number in drawn and sale.kind == "sale" and not looks:
            yield f"{sale.key}: visit {number} was drawn, and nobody looked"
        if "random" in looks and number not in drawn:
            yield f"{sale.key}: visit {number} was looked at by chance, and was not drawn"


def main(path: Path) -> int:
    """Print the proof; 1 if a lot did not fall as it should, or the file is no journal."""
    try:
        journal = read_journal(path)
    except (FileNotFoundError, NotAJournal) as error:
        sys.stderr.write(f"kiosk audit: {error}\n")
        return 1
    boot = journal.boot()
    state = restore(boot.snapshot, boot.events, Lane(store="s", till="t")).in_earnest
    bad = False
    for day in prove(journal.sales(), state.audit_seed, state.lane.audit.rate_permille):
        secret = day.secret if day.day != state.audit_day.day else "(shown when the day is over)"
        sys.stdout.write(f"{day.day} commitment {day.commitment} secret {secret}\n")
        sys.stdout.write(f"  {day.visits} visits, drawn: {', '.join(map(str, day.drawn)) or 'none'}\n")
        for problem in day.problems:
            bad = True
            sys.stdout.write(f"  {problem}\n")
    journal.close()
    return int(bad)
