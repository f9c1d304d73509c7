"""The disk of the power-cut tests does itself what a disk may do, and no more."""

import pytest

from kiosk.world.disk import DROP_ALL, KEEP_ALL, SECTOR, TEAR_ALL, Disk, NoRoom, SyncFailed

MIXED = range(3, 60)


def written(disk: Disk, text: bytes, *, synced: bool) -> Disk:
    """A file `a` that the directory knows, with this content."""
    file = disk.open("a")
    disk.sync_directory()
    disk.write(file, 0, text)
    if synced:
        disk.sync(file)
    return disk


def test_what_was_synced_stays_under_every_seed() -> None:
    disk = written(Disk(), b"kept", synced=True)
    assert {disk.survivors(seed)["a"] for seed in range(60)} == {b"kept"}


def test_what_was_not_synced_is_dropped_or_kept_or_both_under_different_seeds() -> None:
    disk = written(Disk(), b"new", synced=False)
    assert disk.survivors(DROP_ALL)["a"] == b""
    assert disk.survivors(KEEP_ALL)["a"] == b"new"
    assert {disk.survivors(seed)["a"] for seed in MIXED} == {b"", b"new"}


def test_writes_may_reach_the_disk_out_of_order() -> None:
    disk = written(Disk(), b"..", synced=True)
    file = disk.open("a")
    disk.write(file, 0, b"1")
    disk.write(file, 1, b"2")
    assert {disk.survivors(seed)["a"] for seed in MIXED} == {b"..", b"1.", b".2", b"12"}


def test_a_write_is_torn_at_sectors_and_nowhere_else() -> None:
    disk = written(Disk(), b"o" * 4 * SECTOR, synced=True)
    disk.write(disk.open("a"), SECTOR // 2, b"n" * 2 * SECTOR)
    sectors = [(SECTOR // 2, SECTOR), (SECTOR, 2 * SECTOR), (2 * SECTOR, 2 * SECTOR + SECTOR // 2)]
    torn = disk.survivors(TEAR_ALL)["a"]
    assert len(torn) == 4 * SECTOR
    for begin, end in sectors:
        assert torn[begin:end] in (b"n" * (end - begin), b"o" * (end - begin))
    seen = {disk.survivors(seed)["a"] for seed in range(3, 200)}
    assert len(seen) == 8  # every choice of the three sectors


def test_a_seed_finds_the_same_every_time() -> None:
    disk = written(Disk(), b"x" * 10 * SECTOR, synced=False)
    assert disk.survivors(5) == disk.survivors(5)
    assert len({disk.survivors(seed)["a"] for seed in MIXED}) > 5


def test_a_new_file_may_be_missing_until_its_directory_is_synced() -> None:
    disk = Disk()
    file = disk.open("a")
    disk.write(file, 0, b"text")
    disk.sync(file)
    assert disk.survivors(DROP_ALL) == {}
    assert {disk.survivors(seed).get("a") for seed in MIXED} == {None, b"text"}
    disk.sync_directory()
    assert {disk.survivors(seed)["a"] for seed in range(60)} == {b"text"}


def test_a_deleted_file_may_be_back_until_its_directory_is_synced() -> None:
    disk = written(Disk(), b"text", synced=True)
    disk.delete("a")
    assert not disk.exists("a")
    assert {disk.survivors(seed).get("a") for seed in MIXED} == {None, b"text"}
    disk.sync_directory()
    assert {disk.survivors(seed).get("a") for seed in range(60)} == {None}


def test_a_new_file_under_a_deleted_name_may_be_either_or_nothing() -> None:
    disk = written(Disk(), b"old", synced=True)
    disk.delete("a")
    file = disk.open("a")
    disk.write(file, 0, b"new")
    disk.sync(file)
    assert {disk.survivors(seed).get("a") for seed in MIXED} == {b"old", b"new", None}


def test_a_truncation_waits_for_its_sync_too() -> None:
    disk = written(Disk(), b"long text", synced=True)
    file = disk.open("a")
    disk.truncate(file, 4)
    assert bytes(file.seen) == b"long"
    assert {disk.survivors(seed)["a"] for seed in MIXED} == {b"long", b"long text"}


def test_at_the_cut_time_stops_for_the_disk() -> None:
    disk = written(Disk(cut_at=3), b"kept", synced=True)  # step 1 names, step 2 writes, step 3 is the sync
    assert disk.dead
    assert disk.survivors(DROP_ALL)["a"] == b""
    disk.write(disk.open("a"), 0, b"LATE")
    disk.sync(disk.open("a"))
    assert disk.survivors(KEEP_ALL)["a"] == b"kept"


def test_a_failed_sync_is_forgotten_by_the_next_one() -> None:
    lost = 0
    for padding in range(1, 40):
        disk = Disk(fail_sync_at=padding)
        file = disk.open("a")
        disk.sync_directory()
        for _ in range(padding):
            disk.write(file, 0, b"text")
        with pytest.raises(SyncFailed):
            disk.sync(file)
        disk.sync(file)
        assert bytes(file.seen) == b"text"
        assert {disk.survivors(seed)["a"] for seed in range(5)} <= {b"text", b""}
        lost += disk.survivors(KEEP_ALL)["a"] == b""
    assert lost > 0


def test_a_full_disk_refuses_growth_only() -> None:
    disk = written(Disk(), b"1234", synced=True)
    disk.room = 6
    file = disk.open("a")
    disk.write(file, 0, b"4321")
    disk.write(file, 4, b"56")
    with pytest.raises(NoRoom):
        disk.write(file, 6, b"7")
    assert bytes(file.seen) == b"432156"
