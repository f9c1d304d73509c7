"""Partitions: what genimage is told, and that everybody calls them by the same names."""

import re
from pathlib import Path

from image import layout

HERE = Path(layout.__file__).parent


def test_the_boot_script_and_fstab_name_partitions_that_there_are() -> None:
    numbers = {layout.part_uuid(each).rpartition("-")[2]: each for each in layout.PARTITIONS}
    script = (HERE / "boot/boot.cmd").read_text()
    slots = dict(re.findall(r"setenv slot (\w)\n\s+setenv number (\w+)", script))
    assert {slot: numbers[number] for slot, number in slots.items()} == {"A": layout.ROOT_A, "B": layout.ROOT_B}
    assert set(re.findall(r"PARTUUID=(\w{8})", script)) == {f"{layout.SIGNATURE:08x}"}
    mounts = dict(re.findall(r"^(/dev/\S+) (\S+)", (HERE / "root/etc/fstab").read_text(), re.MULTILINE))
    assert mounts == {layout.link(layout.BOOT): "/boot/firmware", layout.link(layout.DATA): "/data"}


def test_what_runs_knows_only_the_partitions_of_the_disk_that_was_started_from() -> None:
    """Every card of ours has the same signature: by PARTUUID it might be another one, in a reader."""
    names = {layout.link(each) for each in layout.PARTITIONS}
    for file in (path for path in (HERE / "root").rglob("*") if path.is_file() and not path.is_symlink()):
        text = file.read_text()
        assert "by-partuuid" not in text and "PARTUUID=" not in text, file
        assert set(re.findall(r"/dev/kassa/\w+", text)) <= names | {"/dev/kassa/screen"}, file


def test_the_data_partition_is_grown_by_its_own_name() -> None:
    grow = (HERE / "root/usr/lib/systemd/system/kassa-grow.service").read_text()
    assert set(re.findall(r"[\w-]+\.device", grow)) == {"dev-kassa-data.device"}
    assert layout.link(layout.DATA) in (HERE / "root/usr/lib/kassa/grow").read_text()


def test_the_card_is_no_larger_than_the_smallest_that_is_sold() -> None:
    assert sum(each.size_mib for each in layout.PARTITIONS) < 1_800
    assert layout.ROOT_A.size_mib == layout.ROOT_B.size_mib


def test_genimage_is_told_four_partitions_and_slot_b_is_empty() -> None:
    told = layout.genimage_config("kassa.img")
    parts = re.findall(r"partition (\w+) \{([^}]*)\}", told)
    assert [name for name, _ in parts] == ["boot", "root_a", "root_b", "data"]
    assert "image" not in dict(parts)["root_b"] and "size = 512M" in dict(parts)["root_b"]
    assert "disk-signature = 0x4b415341" in told and told.count("{") == told.count("}")
    assert "bootable = true" in dict(parts)["boot"] and "0x0c" in dict(parts)["boot"]
