"""Workplace: where the image is made, what was said while it was, and how long each step took.

Nothing is made in the checkout but `image/out`. All else lies below one folder outside of it: $KASSA_IMAGE_WORK, or
/var/cache/kassa-image. What is there is kept for the next build; it may be deleted at any time, except `debs`, which
may hold packages that no archive has any more.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
LAST_LINES = 25
ADMIN_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


class BuildError(Exception):
    """The image cannot be made. The text is for a person: what happened, and what to do."""


class Workplace:
    """The folders of a build."""

    def __init__(self, folder: Path | None = None) -> None:
        """`folder`: instead of $KASSA_IMAGE_WORK."""
        self.folder = folder or Path(os.environ.get("KASSA_IMAGE_WORK", "/var/cache/kassa-image"))
        self.out = REPOSITORY / "image" / "out"
        self._log = self.folder / "log"

    def place(self, *names: str) -> Path:
        """A folder below the work folder; it is there."""
        path = self.folder.joinpath(*names)
        path.mkdir(parents=True, exist_ok=True)
        return path

    def fresh(self, *names: str) -> Path:
        """The same, empty."""
        path = self.folder.joinpath(*names)
        shutil.rmtree(path, ignore_errors=True)
        return self.place(*names)

    def run(
        self,
        command: Sequence[object],
        log: str,
        *,
        where: Path | None = None,
        environ: Mapping[str, str] | None = None,
        trouble: str = "",
    ) -> str:
        """Run a command and give what it said on its standard output; all that it said goes into the log of this name.

        The environment is PATH, HOME, a language and `environ`, nothing of the caller's. Raises BuildError.
        """
        clean = {"PATH": ADMIN_PATH, "HOME": "/root", "LC_ALL": "C.UTF-8", "TZ": "UTC", **(environ or {})}
        words = [str(word) for word in command]
        path = self.place("log") / f"{log}.log"
        with path.open("a") as file:
            file.write(f"$ {' '.join(words)}\n")
            file.flush()
            try:
                done = subprocess.run(
                    words, cwd=where, env=clean, stdout=subprocess.PIPE, stderr=file, text=True, check=False
                )
            except FileNotFoundError:
                raise BuildError(f"the command {words[0]} is missing; `make image` says which package has it") from None
            file.write(done.stdout)
        if done.returncode:
            last = "\n".join(path.read_text(errors="replace").splitlines()[-LAST_LINES:])
            raise BuildError(f"{trouble or words[0] + ' failed'} (all of it: {path})\n{last}")
        return done.stdout


@contextmanager
def step(what: str) -> Iterator[None]:
    """Tell that something is begun, and how many seconds it took."""
    begun = time.monotonic()
    sys.stdout.write(f"image: {what} ... ")
    sys.stdout.flush()
    ended = "failed"
    try:
        yield
        ended = f"{time.monotonic() - begun:.1f} s"
    finally:
        sys.stdout.write(f"{ended}\n")
        sys.stdout.flush()
