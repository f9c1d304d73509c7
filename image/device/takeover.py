"""Takeover: what the operator has put onto the FAT partition becomes the till's own, if it is right.

    takeover.py /boot/firmware /etc/kassa

kiosk.toml and the files beside it that it may name (certificates, keys, passwords) are checked as the lane checks
them (`kiosk.app.card_files`), written beside the old ones, and put in their place by renaming, the configuration last:
a cut leaves what was before, and the next boot does it again. Then they are wiped from the FAT partition, which anybody
can read; if that fails, a mark keeps the next boot from taking them over once more, for the console may have changed
them by then. A wrong file changes nothing: it stays where it is, with what is wrong in kiosk-error.txt beside it, and
the till goes on with what it had. `kassa-store.txt`, where the store is, becomes store.txt.

Whatever goes wrong is told where the screen finds it (`kiosk.app.troubles`).
"""

import hashlib
import os
import pwd
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

from kiosk.app import looks
from kiosk.app.card_files import BESIDE, CONFIG, Refused, begins_utc_s, checked
from kiosk.app.known_store import leave_behind
from kiosk.app.troubles import Trouble, tell

TROUBLE = "kiosk-error.txt"
STORE = "kassa-store.txt"
MARK = "kiosk.toml.taken"
"""The digest of a kiosk.toml that was taken over and could not be wiped yet."""
SCREEN = "screen.env"
"""How the screen hangs, on the FAT partition: the boot script tells the kernel, for the first picture."""
HALF = ".taken"
MOST_BYTES = 4 << 20
ACCOUNT = "kassa"
MEND = "Mend it on the card's partition KASSA, with any computer, and start this machine again."
GOES_ON = "Until then the checkout goes on with the settings that it had."

Check = Callable[[Path, Path], str]
"""The text that kiosk.toml is to have, of the files in the first folder, for the second. Raises Refused."""
Own = Callable[[Path], None]
"""Makes a file the lane's."""


def offered(source: Path) -> list[Path]:
    """The files to take over, kiosk.toml last, if it is there."""
    beside = sorted(p for p in source.iterdir() if p.is_file() and p.suffix.lower() in BESIDE and p.name[0] != ".")
    config = source / CONFIG
    return [*beside, config] if config.is_file() else []


def take_over(source: Path, target: Path, check: Check, own: Own) -> list[str]:
    """Take the files over; their names; none if there is no kiosk.toml. Raises Refused, OSError."""
    files, mark = offered(source), target / MARK
    if not files:
        mark.unlink(missing_ok=True)
        _refuse_other_names(source)
        return []
    digest = hashlib.sha256(files[-1].read_bytes()).hexdigest()
    if not (mark.exists() and mark.read_text() == digest):
        _install(files, target, check(source, target), own)
        mark.write_text(digest)
        _sync(target)
    for file in files:
        wipe(file)
    mark.unlink()
    (source / TROUBLE).unlink(missing_ok=True)
    return [file.name for file in files]


def _install(files: list[Path], target: Path, text: str, own: Own) -> None:
    for file in files:
        if file.stat().st_size > MOST_BYTES:
            raise Refused(f"{file.name} is larger than {MOST_BYTES >> 20} MiB")
    for file in files:
        new = target / (file.name + HALF)
        if file.name == CONFIG:
            new.write_text(text, encoding="utf-8")
        else:
            shutil.copyfile(file, new)
        own(new)
        _sync(new)
    for file in files:
        (target / (file.name + HALF)).rename(target / file.name)
        (target / f"{file.name}.new").unlink(missing_ok=True)  # a renewed certificate of the till that it was before
    _sync(target)


def _refuse_other_names(source: Path) -> None:
    """A file that was meant to be kiosk.toml: some computers do not show how a name ends."""
    for path in sorted(source.glob("kiosk.toml.*")):
        raise Refused(f"{path.name} must be called {CONFIG}: have your computer show file name extensions")


def take_store(source: Path, target: Path, own: Own) -> None:
    """Where the store is, for a machine that is to be adopted. Raises Refused, OSError."""
    told = source / STORE
    if not told.is_file():
        return
    words = told.read_text(encoding="utf-8-sig", errors="replace").split()
    if not words or not words[0].startswith("https://"):
        raise Refused(f"{STORE}: its only line must be an address such as https://kassa.local:8443")
    new = target / f"store.txt{HALF}"
    new.write_text(f"{words[0]}\n", encoding="utf-8")
    own(new)
    _sync(new)
    new.rename(target / "store.txt")
    _sync(target)
    told.unlink()


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


def forward(target: Path, now_s: int, set_s: Callable[[int], None]) -> None:
    """A clock that is before the beginning of the till's certificate cannot be right: set it there, where it is not yet
    "not valid yet". Only forward, and only now: from here on timesyncd keeps the time over the power cut."""
    begins_s = begins_utc_s(target)
    if begins_s > now_s:
        set_s(begins_s)


def _set_clock(utc_s: int) -> None:
    time.clock_settime(time.CLOCK_REALTIME, utc_s)


def _the_lanes_own(file: Path) -> None:
    account = pwd.getpwnam(ACCOUNT)
    os.chown(file, account.pw_uid, account.pw_gid)
    file.chmod(0o600)


def main(source: Path, target: Path) -> int:
    """0 when the files are the till's own now, 1 when something is to be told."""
    try:
        take_store(source, target, _the_lanes_own)
        taken = take_over(source, target, checked, _the_lanes_own)
        if taken:
            forward(target, int(time.time()), _set_clock)
    except Refused as problem:
        refused = source / CONFIG
        if refused.is_file() and not (target / CONFIG).exists():
            looks.keep(refused.read_text(encoding="utf-8", errors="replace"))
        return _told(_refused(problem, target), source)
    except OSError as error:
        return _told(_unwritable(error, source), source)
    tell("takeover", None)
    _leave_behind(target, source)
    sys.stdout.write(f"takeover: {', '.join(taken) or 'nothing'}\n")
    return 0


def _leave_behind(target: Path, source: Path) -> None:
    """The till sells without it too."""
    try:
        leave_behind(target, source)
        tell_the_boot_script(target, source)
    except OSError as error:
        sys.stderr.write(f"takeover: what the next start needs cannot be left on KASSA: {error.strerror}\n")


def tell_the_boot_script(target: Path, source: Path) -> None:
    """How the screen hangs, if the boot script does not know it yet. Raises OSError."""
    config, told = target / CONFIG, source / SCREEN
    if not config.is_file():
        return
    turn = looks.of(config.read_text(encoding="utf-8", errors="replace")).display.rotate
    known = told.read_text(encoding="utf-8", errors="replace") if told.is_file() else "turn=0\n"
    if known != f"turn={turn}\n":
        told.write_text(f"turn={turn}\n", encoding="utf-8")


def _refused(problem: Refused, target: Path) -> Trouble:
    goes_on = (target / CONFIG).exists()
    lines = (str(problem), MEND, *((GOES_ON,) if goes_on else ()))
    return Trouble(problem.kind, "The settings on the card are wrong", lines, stops=not goes_on)


def _unwritable(error: OSError, source: Path) -> Trouble:
    """A partition that is full, worn out or write-protected."""
    why = f"{error.filename or source}: {error.strerror or error}."
    if error.filename and not Path(error.filename).is_relative_to(source):
        return Trouble("data", "The card's data partition cannot be written", (why, "Is the card full, or worn out?"))
    lines = (
        why,
        "Keys that lie there can be read by anybody who has the card. Delete files there, or take another card.",
    )
    return Trouble("boot", "The card's partition KASSA cannot be written", lines)


def _told(trouble: Trouble, source: Path) -> int:
    """On the screen, in the log, and on the card beside the file."""
    sys.stderr.write(f"takeover: {' '.join((f'{trouble.title}:', *trouble.lines))}\n")
    tell("takeover", trouble)
    try:
        (source / TROUBLE).write_text("\n".join((trouble.title, *trouble.lines, "")), encoding="utf-8")
    except OSError as error:
        sys.stderr.write(f"takeover: {TROUBLE} cannot be written there: {error.strerror}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
