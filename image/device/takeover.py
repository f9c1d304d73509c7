"""Takeover: what the operator has put onto the FAT partition becomes the till's own, if it is right.

    takeover.py /boot/firmware /etc/kassa

kiosk.toml and the files beside it that it may name (certificates, keys, passwords) are checked as the lane checks
them, written beside the old ones, and put in their place by renaming, the configuration last: a cut leaves what was
before, and the next boot does it again. Then they are wiped from the FAT partition, which anybody can read. A wrong
file changes nothing: it stays where it is, with what is wrong in kiosk-error.txt beside it, and the till goes on with
what it had.
"""

import os
import pwd
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

CONFIG = "kiosk.toml"
TROUBLE = "kiosk-error.txt"
BESIDE = (".crt", ".pem", ".key", ".password", ".png", ".ttf", ".otf")
"""Endings of files that a configuration may name; secrets among them."""
HALF = ".taken"
ACCOUNT = "kassa"


class Refused(Exception):
    """The operator's files are not taken over. The text is a line for a person."""


def offered(source: Path) -> list[Path]:
    """The files to take over, kiosk.toml last."""
    beside = sorted(p for p in source.iterdir() if p.is_file() and p.suffix.lower() in BESIDE)
    return [*beside, source / CONFIG]


def take_over(source: Path, target: Path, check: Callable[[Path], None], own: Callable[[Path], None]) -> list[str]:
    """Take the files over; their names. `check` raises Refused for a wrong kiosk.toml, `own` makes a file the lane's.

    Raises Refused, OSError.
    """
    files = offered(source)
    check(files[-1])
    for file in files:
        new = target / (file.name + HALF)
        shutil.copyfile(file, new)
        own(new)
        _sync(new)
    for file in files:
        (target / (file.name + HALF)).rename(target / file.name)
        (target / f"{file.name}.new").unlink(missing_ok=True)  # a renewed certificate of the till that it was before
    _sync(target)
    for file in files:
        wipe(file)
    (source / TROUBLE).unlink(missing_ok=True)
    return [file.name for file in files]


def wipe(file: Path) -> None:
    """Overwrite a file in place, then remove it: what it said is not on the card any more, as far as the card tells."""
    with file.open("r+b") as content:
        content.write(bytes(file.stat().st_size))
        content.flush()
        os.fsync(content.fileno())
    file.unlink()
    _sync(file.parent)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _as_the_lane_checks(config: Path) -> None:
    from kiosk.app.config import read_config
    from kiosk.values.settings import BadSettings

    try:
        read_config(config)
    except BadSettings as problem:
        raise Refused(str(problem)) from None


def _the_lanes_own(file: Path) -> None:
    account = pwd.getpwnam(ACCOUNT)
    os.chown(file, account.pw_uid, account.pw_gid)
    file.chmod(0o600)


def main(source: Path, target: Path) -> int:
    """0 when the files are the till's own now, 1 when they were refused."""
    try:
        taken = take_over(source, target, _as_the_lane_checks, _the_lanes_own)
    except Refused as problem:
        (source / TROUBLE).write_text(f"{problem}\n", encoding="utf-8")
        sys.stderr.write(f"takeover: {problem}\n")
        return 1
    sys.stdout.write(f"takeover: {', '.join(taken)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
