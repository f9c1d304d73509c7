"""Photo cache: pictures made ready once, in a folder of bounded size.

A file is written beside its place, synced and renamed, so that after a power cut it is there whole or not at all; what
was cut lies there under another name and is swept away at the next start. Each begins with the digest of the rest: one
that the disk has spoilt is made again. When the folder is too large, what was not used for longest goes first.
"""

import hashlib
import os
from pathlib import Path

LARGEST_BYTES = 64 << 20
_DIGEST = 32
_HALF = ".half"


class PhotoCache:
    """One folder, used by one thread. A folder that cannot be made or a full disk only means to make them each time."""

    def __init__(self, folder: Path, largest_bytes: int = LARGEST_BYTES) -> None:
        """Raises OSError if the folder cannot be made."""
        self._folder, self._largest = folder, largest_bytes
        folder.mkdir(parents=True, exist_ok=True)
        for half in folder.glob(f"*{_HALF}"):
            half.unlink()

    def get(self, key: str) -> bytes | None:
        """What was kept under the key; None if it is not there any more, or not whole."""
        path = self._path(key)
        try:
            content = path.read_bytes()
            os.utime(path)
        except FileNotFoundError:
            return None
        if hashlib.sha256(content[_DIGEST:]).digest() != content[:_DIGEST]:
            path.unlink()
            return None
        return content[_DIGEST:]

    def put(self, key: str, content: bytes) -> None:
        """Keep it, whole or not at all. Raises OSError when the disk is full."""
        path = self._path(key)
        half = path.with_suffix(_HALF)
        with half.open("wb") as file:
            file.write(hashlib.sha256(content).digest() + content)
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)
        self._let_go(path)

    def _path(self, key: str) -> Path:
        return self._folder / f"{hashlib.sha256(key.encode()).hexdigest()}.picture"

    def _let_go(self, newest: Path) -> None:
        there = [(path.stat(), path) for path in self._folder.glob("*.picture")]
        size = sum(stat.st_size for stat, _ in there)
        for stat, path in sorted(there, key=lambda one: one[0].st_mtime_ns):
            if size <= self._largest or path == newest:
                return
            path.unlink()
            size -= stat.st_size
