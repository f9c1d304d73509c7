"""Cuts: the power goes at every write and sync of a lane's traffic, and the journal must not have lied.

What it promises: after any cut the file opens, and holds a beginning of what was handed to it, whole pieces only, at
least all that it had said is on disk; stepping through it gives the state the shopper saw; `verify` finds nothing; and
the outbox holds exactly what those pieces put into it. The same when the power goes again during the recovery.

What is checked is what a plain open by the stdlib's SQLite finds in a directory with the survivors.
"""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from kiosk.checkout.machine import blank, step
from kiosk.checkout.sale import Sale
from kiosk.checkout.state import State
from kiosk.storage.journal import Acked, Batch, Boot, Journal, NotAJournal, Noted, Refused, Work, migrated, open_journal
from kiosk.storage.verify import verify
from kiosk.world.disk import Disk
from kiosk.world.power_cut import ApswDatabase, PowerCut
from kiosk.world.traffic import LANE, quarter_of_an_hour

DATABASE = "kiosk.db"
_WRITES_BETWEEN_CHECKPOINTS = 7
"""Often, so that many cuts hit a checkpoint and the log that begins anew after it."""
_MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
"""Where what a cut left is opened: the disk on trial is the simulated one, and nobody need wait for this machine's."""


class Cut(msgspec.Struct, frozen=True):
    """The power goes at step `at`, and, if `again_at`, at that step of the recovery too; `seed` says what is left."""

    at: int
    seed: int
    again_at: int = 0


class Broken(AssertionError):
    """The journal's promise was broken by this cut."""


class Truth(msgspec.Struct, frozen=True):
    """What the journal must hold after some pieces of work."""

    state: State
    sales: tuple[Sale, ...]
    pending: tuple[str, ...]
    refused: tuple[str, ...]


class Traffic:
    """The work, and the truth after each piece of it (`truths[0]`: before the first)."""

    def __init__(self) -> None:
        with_states = quarter_of_an_hour()
        self.works = tuple(work for work, _ in with_states)
        self.truths = [Truth(blank(LANE), (), (), ())]
        for work, state in with_states:
            self.truths.append(_after(self.truths[-1], work, state))


def _after(truth: Truth, work: Work, state: State) -> Truth:
    sales, pending, refused = truth.sales, truth.pending, truth.refused
    match work:
        case Batch():
            sales = (*sales, *work.sales)
            pending = (*pending, *(row.id for row in work.outbox))
        case Acked(ids):
            pending = tuple(id_ for id_ in pending if id_ not in ids)
            refused = tuple(id_ for id_ in refused if id_ not in ids)
        case Refused(id_, _):
            pending = tuple(one for one in pending if one != id_)
            refused = (*refused, id_)
    return Truth(state, sales, pending, refused)


def sell(disk: Disk, works: Sequence[Work], synchronous: str = "FULL") -> int:
    """Write the traffic until it ends or the power does. How many pieces the journal said are on disk."""
    acknowledged = 0
    try:
        journal = journal_on(disk, synchronous)
        for work in works:
            journal.write(work)
            acknowledged += 1
        journal.close()
    except PowerCut:
        return acknowledged
    return acknowledged


def recover(disk: Disk) -> None:
    """Start again upon what the cut has left: read, write something, tidy up."""
    try:
        journal = journal_on(disk)
        journal.boot()
        journal.write(Noted("recovered", "yes"))
        journal.close()
    except PowerCut:
        return


def journal_on(disk: Disk, synchronous: str = "FULL") -> Journal:
    """The lane's journal upon this disk."""
    database = ApswDatabase(disk, DATABASE, synchronous=synchronous)
    return migrated(database, writes_between_checkpoints=_WRITES_BETWEEN_CHECKPOINTS)


def replayed(boot: Boot) -> State:
    """The state that the recorded events lead to."""
    state = boot.snapshot or blank(LANE)
    for event in boot.events:
        state, _ = step(state, event)
    return state


def check(files: dict[str, bytes], traffic: Traffic, acknowledged: int, cut: Cut) -> None:
    """Open what is left as the appliance does. Broken if it is not what it should be."""
    with TemporaryDirectory(dir=_MEMORY) as directory:
        for name, content in files.items():
            (Path(directory) / name).write_bytes(content)
        try:
            journal = open_journal(Path(directory) / DATABASE)
            found, problems = found_in(journal), verify(journal.database)
        except (sqlite3.DatabaseError, NotAJournal) as torn:
            raise Broken(f"{cut}: {torn}") from torn
        journal.database.close()
    if problems:
        raise Broken(f"{cut}: {problems[0]}")
    allowed = traffic.truths[acknowledged : acknowledged + 2]  # one piece may be on disk before its word is given
    if found not in allowed:
        raise Broken(f"{cut}: {acknowledged} pieces were acknowledged, and the file holds something else")


def found_in(journal: Journal) -> Truth:
    """What a journal holds."""
    return Truth(
        state=replayed(journal.boot()),
        sales=tuple(journal.sales()),
        pending=tuple(row.id for row in journal.outbox.pending(1_000)),
        refused=tuple(refused.row.id for refused in journal.outbox.refused()),
    )


def steps_of(traffic: Traffic) -> int:
    """How many steps there are to cut at."""
    disk = Disk()
    sell(disk, traffic.works)
    return disk.steps


def cut_once(traffic: Traffic, at: int, seeds: Sequence[int], synchronous: str = "FULL") -> Iterator[Cut]:
    """The power goes at one step, and every seed finds something else. Yields each cut that was checked; Broken."""
    disk = Disk(cut_at=at)
    acknowledged = sell(disk, traffic.works, synchronous)
    for seed in seeds:
        cut = Cut(at, seed)
        check(disk.survivors(seed), traffic, acknowledged, cut)
        yield cut


def cut_twice(traffic: Traffic, at: int, seed: int) -> Iterator[Cut]:
    """The power goes at one step, and then at every step of the recovery. As `cut_once`."""
    first = Disk(cut_at=at)
    acknowledged = sell(first, traffic.works)
    left = first.survivors(seed)
    again_at = 0
    while True:
        again_at += 1
        second = Disk(left, cut_at=again_at)
        recover(second)
        cut = Cut(at, seed, again_at)
        check(second.survivors(seed + again_at), traffic, acknowledged, cut)
        yield cut
        if not second.dead:
            return


def exhaustive_cuts(seeds: Sequence[int]) -> Iterator[Cut]:
    """Every step of the traffic under every seed, and at each of them every step of the recovery. Raises Broken."""
    traffic = Traffic()
    for at in range(1, steps_of(traffic) + 1):
        yield from cut_once(traffic, at, seeds)
        for seed in seeds:
            yield from cut_twice(traffic, at, seed)
