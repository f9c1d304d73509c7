"""The power goes at writes and syncs of a lane's traffic; here a sample, in `make sim` every one.

And the checks are checked: a journal with a known fault must be caught, or this page proves nothing.
"""

from collections.abc import Callable, Iterator
from itertools import chain

import apsw
import pytest

from kiosk.checkout.state import Phase
from kiosk.storage.journal import Batch, Journal, Work
from kiosk.world import power_cut
from kiosk.world.cuts import Broken, Cut, Traffic, check, cut_once, cut_twice, exhaustive_cuts, journal_on, steps_of
from kiosk.world.disk import DROP_ALL, Disk
from kiosk.world.power_cut import ApswDatabase, PowerCut
from kiosk.world.sync_errors import exhaustive_sync_errors, fail_and_cut, fail_once

SEEDS = range(4)
"""All dropped, all kept, all torn, mixed."""


@pytest.fixture(scope="module")
def traffic() -> Traffic:
    return Traffic()


@pytest.fixture(scope="module")
def steps(traffic: Traffic) -> range:
    return range(1, steps_of(traffic) + 1)


def test_the_traffic_holds_what_a_lane_can_meet(traffic: Traffic) -> None:
    phases = {truth.state.phase for truth in traffic.truths}
    assert phases == {Phase.WELCOME, Phase.SCANNING, Phase.CARD, Phase.RECEIPT, Phase.THANKS}
    assert [sale.kind for sale in traffic.truths[-1].sales] == ["sale", "void", "sale"]
    assert {type(work).__name__ for work in traffic.works} == {"Batch", "Noted", "Acked", "Refused"}
    assert any(isinstance(work, Batch) and work.snapshot for work in traffic.works)
    assert any(truth.refused for truth in traffic.truths)


def test_a_cut_loses_nothing_that_was_acknowledged(traffic: Traffic, steps: range) -> None:
    checked = [cut for at in steps[::5] for cut in cut_once(traffic, at, SEEDS)]
    assert len(checked) == len(steps[::5]) * len(SEEDS) > 200


def test_nor_does_a_second_cut_during_the_recovery(traffic: Traffic, steps: range) -> None:
    checked = [cut for at in steps[3::40] for cut in cut_twice(traffic, at, seed=at)]
    assert len(checked) > 50
    assert max(cut.again_at for cut in checked) > 10


def test_nor_does_a_sync_that_fails(traffic: Traffic, steps: range) -> None:
    checked = [cut for at in steps[::10] for cut in fail_once(traffic, at, SEEDS)]
    assert len(checked) == len(steps[::10]) * len(SEEDS)


def test_nor_does_a_cut_in_the_start_after_it(traffic: Traffic, steps: range) -> None:
    checked = [cut for at in steps[::40] for seed in SEEDS[2:] for cut in fail_and_cut(traffic, at, seed)]
    assert max(cut.again_at for cut in checked) > 10


def test_the_exhaustive_runs_begin_at_the_first_step_and_name_what_they_tried() -> None:
    cuts = exhaustive_cuts([3])
    first = next(cuts)
    assert (first.at, first.seed, first.again_at) == (1, 3, 0)
    assert next(cuts).again_at == 1
    assert next(exhaustive_sync_errors([3])).at == 1


# --- the checks are checked ---


def count_broken(run: Callable[[int], Iterator[Cut]], steps: range) -> int:
    broken = 0
    for at in steps:
        try:
            list(run(at))
        except Broken:
            broken += 1
    return broken


def test_synchronous_normal_would_lose_acknowledged_sales(traffic: Traffic, steps: range) -> None:
    assert count_broken(lambda at: cut_once(traffic, at, [DROP_ALL], "NORMAL"), steps[::15]) > 5


class Swallows(Journal):
    """A journal that carries on after an error of the disk."""

    def write(self, work: Work) -> None:
        try:
            super().write(work)
        except apsw.IOError:
            self.database.rollback()


def test_a_swallowed_sync_error_would_lose_acknowledged_sales(traffic: Traffic, steps: range) -> None:
    def swallowing(disk: Disk) -> Journal:
        return Swallows(journal_on(disk).database)

    assert count_broken(lambda at: fail_once(traffic, at, SEEDS, swallowing), steps[::10]) > 3


def test_a_log_that_is_not_brought_to_the_disk_anew_would_undo_or_tear_what_was_built_on_it(
    traffic: Traffic, steps: range, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(power_cut, "_renew_log", lambda disk, name: None)
    broken = count_broken(lambda at: chain(*(fail_and_cut(traffic, at, seed) for seed in SEEDS[2:])), steps[::30])
    assert broken > 1


def test_a_word_given_before_the_commit_would_be_caught(traffic: Traffic) -> None:
    disk = Disk()
    journal = journal_on(disk)
    journal.write_all(traffic.works[:10])
    check(disk.survivors(DROP_ALL), traffic, 10, Cut(0, DROP_ALL))
    with pytest.raises(Broken):
        check(disk.survivors(DROP_ALL), traffic, 11, Cut(0, DROP_ALL))


def test_who_has_lost_the_power_does_nothing_more() -> None:
    disk = Disk(cut_at=40)
    with pytest.raises(PowerCut):
        for _ in range(100):
            ApswDatabase(disk).execute("CREATE TABLE IF NOT EXISTS t (n INTEGER)")
    left = disk.survivors(seed=7)
    with pytest.raises(PowerCut):
        ApswDatabase(disk)
    assert disk.survivors(seed=7) == left
