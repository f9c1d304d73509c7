"""Boot state: what U-Boot writes is read, and a cut at any byte leaves the state before or the state after."""

import binascii
from pathlib import Path

import pytest

from image.device.boot_state import NAMES, SIZE, TRIES, BootState, decode, encode, newest, read, write

FRESH = BootState()


def test_a_file_is_an_environment_as_u_boot_checks_it() -> None:
    file = encode(BootState(("B", "A"), 2, 3), 0x1F)
    assert len(file) == SIZE
    assert int.from_bytes(file[:4], "little") == binascii.crc32(file[4:])
    assert file[4:].rstrip(b"\0") == b"BOOT_SEQ=1f\0BOOT_ORDER=B A\0BOOT_A_LEFT=2\0BOOT_B_LEFT=3"
    assert decode(file) == (0x1F, BootState(("B", "A"), 2, 3))


def test_u_boot_may_write_its_names_in_another_order() -> None:
    body = b"BOOT_A_LEFT=0\0BOOT_B_LEFT=3\0BOOT_ORDER=A B\0BOOT_SEQ=a\0\0".ljust(SIZE - 4, b"\xff")
    assert decode(binascii.crc32(body).to_bytes(4, "little") + body) == (10, BootState(("A", "B"), 0, 3))


@pytest.mark.parametrize("text", ["BOOT_SEQ=x", "BOOT_ORDER=A C", "BOOT_A_LEFT=", ""])
def test_a_whole_file_that_makes_no_sense_does_not_count(text: str) -> None:
    good = {"BOOT_SEQ": "1", "BOOT_ORDER": "A B", "BOOT_A_LEFT": "3", "BOOT_B_LEFT": "3"}
    good |= dict([text.split("=")]) if text else {}
    lines = [f"{name}={value}" for name, value in good.items()] if text else []
    body = "\0".join(lines).encode().ljust(SIZE - 4, b"\0")
    assert decode(binascii.crc32(body).to_bytes(4, "little") + body) is None


def test_the_higher_number_counts_also_beyond_nine() -> None:
    one, two = BootState(a_left=1), BootState(a_left=2)
    assert newest([encode(one, 9), encode(two, 10)]) == (1, 10, two)
    assert newest([encode(one, 16), encode(two, 15)]) == (0, 16, one)


def test_who_writes_leaves_the_file_that_counts_alone(tmp_path: Path) -> None:
    write(tmp_path, FRESH.with_left("A", 2))
    before = {name: (tmp_path / name).read_bytes() for name in NAMES if (tmp_path / name).exists()}
    write(tmp_path, FRESH.with_left("A", 1))
    assert all((tmp_path / name).read_bytes() == content for name, content in before.items())
    assert read(tmp_path).a_left == 1
    write(tmp_path, FRESH.first("B"))
    assert read(tmp_path) == BootState(("B", "A"), TRIES, TRIES)


@pytest.mark.parametrize("written", [0, 1, 3, 4, 5, 20, 40, 60, 511, 512, SIZE - 1, SIZE])
@pytest.mark.parametrize("rest", ["old", "zeros", "gone"])
def test_a_cut_while_one_is_written_leaves_a_whole_state(tmp_path: Path, written: int, rest: str) -> None:
    first, second, third = FRESH.with_left("A", 3), FRESH.with_left("A", 2), FRESH.with_left("A", 1)
    for state in (first, second):
        write(tmp_path, state)
    old = {name: (tmp_path / name).read_bytes() for name in NAMES}
    write(tmp_path, third)
    (changed,) = [name for name in NAMES if (tmp_path / name).read_bytes() != old[name]]
    new = (tmp_path / changed).read_bytes()
    tail = {"old": old[changed][written:], "zeros": bytes(SIZE - written), "gone": b""}[rest]
    (tmp_path / changed).write_bytes(new[:written] + tail)
    assert read(tmp_path) in (second, third)


def test_with_both_files_lost_both_slots_are_tried_again(tmp_path: Path) -> None:
    assert read(tmp_path) == FRESH
    for name in NAMES:
        (tmp_path / name).write_bytes(b"\xff" * SIZE)
    assert read(tmp_path) == FRESH
    write(tmp_path, FRESH.with_left("B", 0))
    assert read(tmp_path).b_left == 0


def test_a_slot_that_came_up_well_has_its_tries_back() -> None:
    tried = BootState(("B", "A"), 3, 1)
    assert tried.with_left("B", TRIES) == BootState(("B", "A"), 3, 3)
    assert tried.first("A") == BootState(("A", "B"), 3, 1)
    assert (tried.left("A"), tried.left("B")) == (3, 1)
