"""Sync errors: a sync fails once, the process dies of it, the next one goes on, and then the power goes too.

After a failed sync Linux forgets which pages it could not write: programs still read them, the next sync reports
success, and they are gone with the power. A journal that swallows the error, or builds on what it reads after it,
loses what it had acknowledged. So every sync of the traffic is made to fail once; and then the power goes at every step
of the next start, when what was read has been acted upon already.
"""

from collections.abc import Callable, Iterator, Sequence

import apsw

from kiosk.storage.journal import Journal
from kiosk.world.cuts import Cut, Traffic, check, found_in, journal_on, steps_of
from kiosk.world.disk import Disk
from kiosk.world.power_cut import PowerCut

OpenJournal = Callable[[Disk], Journal]


def fail_once(traffic: Traffic, at: int, seeds: Sequence[int], open_journal: OpenJournal = journal_on) -> Iterator[Cut]:
    """The first sync from this step on fails. Yields what was checked; raises cuts.Broken."""
    disk, acknowledged = _live(Disk(fail_sync_at=at), traffic, 0, open_journal)
    if acknowledged < len(traffic.works):
        disk, acknowledged = _live(disk, traffic, acknowledged, open_journal)
    for seed in seeds:
        cut = Cut(at, seed)
        check(disk.survivors(seed), traffic, acknowledged, cut)
        yield cut


def fail_and_cut(traffic: Traffic, at: int, seed: int, open_journal: OpenJournal = journal_on) -> Iterator[Cut]:
    """The first sync from this step on fails, then the power goes at every step of the next start. As `fail_once`."""
    again_at = 0
    failed, acknowledged_before = _live(Disk(fail_sync_at=at), traffic, 0, open_journal)
    while True:
        again_at += 1
        disk, acknowledged = failed.process_died(), acknowledged_before
        disk.cut_in(again_at)
        try:
            journal = open_journal(disk)
            acknowledged = traffic.truths.index(found_in(journal), acknowledged)
            for work in traffic.works[acknowledged : acknowledged + 1]:
                journal.write(work)
                acknowledged += 1
        except PowerCut:
            pass  # whoever hears this is dead
        cut = Cut(at, seed, again_at)
        check(disk.survivors(seed), traffic, acknowledged, cut)
        yield cut
        if not disk.dead:
            return


def exhaustive_sync_errors(seeds: Sequence[int]) -> Iterator[Cut]:
    """Every sync of the traffic, and at each of them every step of the next start. Raises cuts.Broken."""
    traffic = Traffic()
    for at in range(1, steps_of(traffic) + 1):
        yield from fail_once(traffic, at, seeds)
        for seed in seeds:
            yield from fail_and_cut(traffic, at, seed)


def _live(disk: Disk, traffic: Traffic, acknowledged: int, open_journal: OpenJournal) -> tuple[Disk, int]:
    """One process: finds out where the traffic stands and goes on until its end, or until an error kills it.

    Returns the disk as the dead process leaves it (it closes nothing), and how much was ever acknowledged.
    """
    try:
        journal = open_journal(disk)
        acknowledged = traffic.truths.index(found_in(journal), acknowledged)
        for work in traffic.works[acknowledged:]:
            journal.write(work)
            acknowledged += 1
    except apsw.IOError:
        pass  # the process is dead; what it had acknowledged must stand
    return disk.process_died(), acknowledged
