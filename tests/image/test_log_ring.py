"""The log ring: bounded, numbered, and never in the way of selling."""

import gzip
import os
import subprocess
from pathlib import Path

import pytest

from image.device import log_ring
from image.device.log_ring import MOST_BYTES, RING_BYTES, SPARE_BYTES, numbered, save, to_go


def noise(size: int) -> bytes:
    """Text that does not pack."""
    return os.urandom(size)


def test_it_is_bounded_and_the_newest_stays(tmp_path: Path) -> None:
    for _ in range(5):
        assert save(noise(3 << 20), tmp_path, SPARE_BYTES)
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= RING_BYTES
    assert [path.name for path in numbered(tmp_path)] == ["00000004.log.gz", "00000005.log.gz"]


def test_what_is_kept_can_be_read_and_the_end_of_it_counts(tmp_path: Path) -> None:
    path = save(b"x" * MOST_BYTES + b"the last line\n", tmp_path, SPARE_BYTES)
    assert path is not None
    text = gzip.decompress(path.read_bytes())
    assert text.endswith(b"the last line\n") and len(text) == MOST_BYTES


def test_the_room_that_the_lane_needs_is_left_to_it(tmp_path: Path) -> None:
    assert save(b"text", tmp_path, SPARE_BYTES - 1) is None and not list(tmp_path.iterdir())
    assert save(b"", tmp_path, SPARE_BYTES) is None


def test_only_so_many_go_as_must() -> None:
    files = [(Path(name), size) for name, size in (("1", 5), ("2", 5), ("3", 5))]
    assert to_go(files, 15) == [] and to_go(files, 14) == [Path("1")] and to_go(files, 0) == [Path(n) for n in "123"]


def test_what_could_not_be_kept_is_read_once_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """journalctl moves its cursor; ours follows only when the text is on the card."""
    asked: list[str] = []

    def journalctl(command: list[str], **_: object) -> subprocess.CompletedProcess[bytes]:
        cursor = Path(command[-1].partition("=")[2])
        asked.append(cursor.read_text() if cursor.exists() else "")
        cursor.write_text(f"at {len(asked)}")
        return subprocess.CompletedProcess(command, 0, b"lines")

    monkeypatch.setattr(log_ring.subprocess, "run", journalctl)
    monkeypatch.setattr(log_ring, "CURSOR", tmp_path / "cursor")
    ring = tmp_path / "log"
    ring.mkdir()
    with monkeypatch.context() as patch:
        patch.setattr(log_ring, "SPARE_BYTES", 1 << 60)
        assert log_ring.main(ring) == 0
    assert log_ring.main(ring) == 0 and log_ring.main(ring) == 0
    assert asked == ["", "", "at 2"] and len(numbered(ring)) == 2
    monkeypatch.setattr(log_ring.gzip, "compress", lambda *_, **__: (_ for _ in ()).throw(OSError("read-only")))
    assert log_ring.main(ring) == 1 and "read-only" in capsys.readouterr().err
