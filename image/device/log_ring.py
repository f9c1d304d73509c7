"""Log ring: the last of the system's log on the data partition, for whoever takes the card out to find a fault.

    log_ring.py /data/log

The log itself is in memory (journald.conf.d/kassa.conf): a card does not live long under one that is written line by
line. What is new since the last time is packed into one file more: each hour, when the machine is switched off in an
orderly way, and when the lane has crashed so often that it is out of order. All files together stay below RING_BYTES;
the oldest go first. They are numbered, since the clock may be wrong. Nothing is written where it would take the room
that the lane needs to sell. The lane keeps its own log beside its journal (`kiosk.app.log_keeping`), which the console
reads.
"""

import gzip
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

RING_BYTES = 8 << 20
MOST_BYTES = 4 << 20
"""Of text at once: the end counts."""
SPARE_BYTES = 96 << 20
"""Less free space is the lane's (its `low_mib` is 64)."""
CURSOR = Path("/run/kassa/log-cursor")
_READ = ("journalctl", "--boot", "--quiet", "--no-pager", "--output=short-iso", "--no-hostname")


def save(text: bytes, ring: Path, free_bytes: int) -> Path | None:
    """One file more, if there is anything to say and room for it. OSError."""
    text = text[-MOST_BYTES:]
    if not text or free_bytes < SPARE_BYTES:
        return None
    packed = gzip.compress(text, mtime=0)
    files = numbered(ring)
    number = int(files[-1].name.partition(".")[0]) + 1 if files else 1
    for old in to_go([(path, path.stat().st_size) for path in files], RING_BYTES - len(packed)):
        old.unlink()
    path, part = ring / f"{number:08d}.log.gz", ring / "part"
    with part.open("wb") as file:
        file.write(packed)
        file.flush()
        os.fsync(file.fileno())
    part.rename(path)
    return path


def numbered(ring: Path) -> list[Path]:
    """What is kept, the oldest first."""
    return sorted(path for path in ring.glob("*.log.gz") if path.name.partition(".")[0].isdecimal())


def to_go(files: Iterable[tuple[Path, int]], room_bytes: int) -> list[Path]:
    """The oldest, so that the rest has room."""
    kept = list(files)
    gone = []
    while kept and sum(size for _, size in kept) > room_bytes:
        gone.append(kept.pop(0)[0])
    return gone


def main(ring: Path) -> int:
    """0 done, or nothing to do; 1 it cannot be written."""
    new = CURSOR.with_suffix(".new")
    new.unlink(missing_ok=True)
    if CURSOR.exists():
        shutil.copyfile(CURSOR, new)
    told = subprocess.run([*_READ, f"--cursor-file={new}"], capture_output=True, check=False)
    try:
        path = save(told.stdout, ring, shutil.disk_usage(ring).free)
    except OSError as error:
        sys.stderr.write(f"log ring: {error}\n")
        return 1
    if path is not None and new.exists():  # what was not kept is read once more
        new.replace(CURSOR)
    sys.stdout.write(f"log ring: {path.name if path else 'nothing kept'}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
