"""`kiosk sim`: many days of the simulator and every cut of the journal, on all cores; a table; failures as stories."""

import logging
import os
import sys
from collections import Counter
from collections.abc import Iterator
from multiprocessing import get_context
from pathlib import Path
from typing import Literal, NamedTuple

import apsw
import structlog

from kiosk.world.cuts import Broken, exhaustive_cuts
from kiosk.world.disk import DROP_ALL, KEEP_ALL, TEAR_ALL
from kiosk.world.simulation import Day, keep, live
from kiosk.world.story import StoryError
from kiosk.world.sync_errors import exhaustive_sync_errors
from kiosk.world.teller import tell

FAILURES = Path("build/sim")
_CUT_SEEDS = (DROP_ALL, KEEP_ALL, TEAR_ALL, TEAR_ALL + 1)
_BAR = 30


class Job(NamedTuple):
    """A piece of work for one core."""

    kind: Literal["cuts", "syncs", "day"]
    seed: int


def main(seeds: int, start: int = 1, story: Path | None = None, *, cuts: bool = True) -> int:
    """0 if every promise held. `story`: tell only this one again. `cuts`: also every power cut of the journal."""
    if story is not None:
        return _tell_again(story)
    jobs = [Job("day", seed) for seed in range(start, start + seeds)]
    if cuts:
        jobs = [*(Job(kind, seed) for kind in ("cuts", "syncs") for seed in _CUT_SEEDS), *jobs]
    totals: Counter[str] = Counter()
    failed = 0
    for done, day in enumerate(_all(jobs), start=1):
        totals.update(day.counts)
        failed += bool(day.failure)
        if day.failure:
            _tell_failure(day)
        _show_progress(done, len(jobs), failed)
    sys.stdout.write(_table(totals, seeds, failed))
    return 1 if failed else 0


def _tell_again(story: Path) -> int:
    _be_quiet()
    try:
        tell(story)
    except (StoryError, OSError) as error:
        sys.stderr.write(f"kiosk sim: {error}\n")
        return 1
    sys.stdout.write(f"{story}: came true\n")
    return 0


def _all(jobs: list[Job]) -> Iterator[Day]:
    """Whatever is done, as it is done."""
    with get_context("spawn").Pool(min(len(jobs), os.cpu_count() or 1), _be_quiet) as pool:
        yield from pool.imap_unordered(work, jobs)


def work(job: Job) -> Day:
    """One job."""
    if job.kind == "day":
        return live(job.seed)
    every = exhaustive_cuts if job.kind == "cuts" else exhaustive_sync_errors
    counted = 0
    try:
        for _ in every([job.seed]):
            counted += 1
    except Broken as broken:
        return Day(job.seed, {}, str(broken))
    return Day(job.seed, {"cuts of the journal" if job.kind == "cuts" else "failed syncs": counted})


def _be_quiet() -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    sys.unraisablehook = _tell_unless_planned


def _tell_unless_planned(told: "sys.UnraisableHookArgs") -> None:
    """A planned fault of the disk while a dead lane's files are let go of has nobody to be raised to."""
    if not isinstance(told.exc_value, apsw.IOError):
        sys.__unraisablehook__(told)


def _tell_failure(day: Day) -> None:
    if not day.story:
        sys.stdout.write(f"\n{day.failure}\n")
        return
    path = keep(day, FAILURES)
    sys.stdout.write(f"\n{day.failure}\n  again: kiosk sim --story {path}\n")


def _show_progress(done: int, of: int, failed: int) -> None:
    if not sys.stderr.isatty():
        return
    full = _BAR * done // of
    bar = "#" * full + "." * (_BAR - full)
    sys.stderr.write(f"\r[{bar}] {done}/{of}" + (f", {failed} failed" if failed else "") + ("\n" if done == of else ""))
    sys.stderr.flush()


def _table(totals: Counter[str], seeds: int, failed: int) -> str:
    rows = [("seeds", seeds), *totals.items(), ("failures", failed)]
    widest = max(len(name) for name, _ in rows)
    return "".join(f"{name:<{widest}}  {count:>8}\n" for name, count in rows)
