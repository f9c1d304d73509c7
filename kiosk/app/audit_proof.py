"""Audit proof: `kiosk audit DB`, whether every random audit of a lane was drawn by lot (`checkout.proving_lots`).

Its reports follow from the events of its journal, as far back as it keeps them; of older days the store has them.
"""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kiosk.checkout.proving_lots import COMMITTED, RESULT, REVEALED, Proof, periods, prove, told
from kiosk.storage.export_reports import reports
from kiosk.storage.journal import Journal, NotAJournal, read_journal


def main(path: Path, day: str) -> int:
    """Print what came out of each period, or of those of one day (ISO 8601); 1 if something is wrong."""
    try:
        journal = read_journal(path)
    except (FileNotFoundError, NotAJournal) as error:
        sys.stderr.write(f"kiosk audit: {error}\n")
        return 1
    proofs = [proof for proof in proofs_of(journal) if day in ("", proof.day)]
    journal.close()
    for proof in proofs:
        sys.stdout.write(f"{told(proof)}\n")
    if not proofs:
        sys.stdout.write("no lots were drawn, or their reports are kept by the store alone\n")
    return int(any(proof.problem for proof in proofs))


def proofs_of(journal: Journal) -> Iterator[Proof]:
    """Of each period that the lane has reported, in order."""
    told_of = [report for report in reports(journal) if report[1].kind in (COMMITTED, REVEALED, RESULT)]
    sales = list(journal.sales())
    if told_of:
        lane = told_of[0][0]
        said: list[tuple[str, Mapping[str, Any]]] = [(report.kind, report.data) for _, report in told_of]
        yield from (prove(period) for period in periods(lane.store, lane.till, said, sales))
