"""A slow card is slow where a real one is, and loses nothing."""

from itertools import islice
from pathlib import Path

from kiosk.storage.database import open_database
from kiosk.storage.journal import Noted, migrated
from kiosk.world.slow_disk import SlowDatabase, tired_card


def test_every_commit_waits_for_one_sync_and_every_checkpoint_for_two(tmp_path: Path) -> None:
    waited: list[float] = []
    journal = migrated(SlowDatabase(open_database(tmp_path / "kiosk.db"), tired_card(), waited.append))
    waited.clear()
    for _ in range(3):
        journal.write(Noted("software", "1"))
    assert waited == [0.04] * 3
    journal.close()
    assert waited == [0.04] * 5


def test_a_tired_card_stalls_once_in_two_hundred() -> None:
    delays = list(islice(tired_card(), 400))
    assert [number for number, delay in enumerate(delays, start=1) if delay == 5_000] == [200, 400]
    assert set(delays) == {40, 5_000}
