"""Data rescue: what is done when the data partition is damaged, and what is not done without staff.

    data_rescue.py look DEVICE      after the check at boot has failed, or the mount, or the journal is missing
    data_rescue.py anew DEVICE      after staff have adopted this machine once more

The check at boot (`e2fsck -p`) mends what is safe to mend and asks nothing. More than that can lose files: a file
system whose beginning is gone comes out of `e2fsck -y` clean and empty, and a till without its journal would use
numbers twice. So first whatever can be read is copied into memory, without mounting anything (debugfs). Then the
repair is made, and believed only if afterwards the settings and a whole journal are there (`kiosk verify`): the till
goes on by itself.

Otherwise it does not sell. The screen says so, with a code (`kiosk anew`): somebody who may adopt tills types it at the
console and chooses which till this was, and the machine goes on from what the store knows of it. Only then is a new
file system made. What could be read before lies on it in `before`, for `kiosk export --format unsent`.
"""

import pwd
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from kiosk.app import looks
from kiosk.app.known_store import store_of
from kiosk.app.troubles import Trouble, tell

RUN = Path("/run/kassa")
KEPT, NEW = "kept", "anew"
"""Below RUN: what could be read, and the identity that adoption writes."""
FOLDERS = ("kassa", "kiosk", "timesync", "rauc", "log")
DATA_UUID = "4b415341-0000-4000-8000-000000000004"
KIOSK = "/opt/kassa/.venv/bin/kiosk"
JOURNAL = "kiosk/kiosk.db"
ACCOUNT = "kassa"


def done(command: Sequence[str | Path], *, silent: bool = False) -> int:
    """Run it, with what it says in the log; its exit code. `silent`: nobody reads ten thousand lines of it."""
    words, nowhere = [str(word) for word in command], subprocess.DEVNULL
    return subprocess.run(words, check=False, stdin=nowhere, stdout=nowhere if silent else None).returncode


def copied_out(device: Path, target: Path) -> None:
    """Whatever of the till's folders can be read, damaged or not; the identity first, for it is small."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(mode=0o700, parents=True)
    for folder in ("kassa", "kiosk"):
        done(["debugfs", "-R", f"rdump /{folder} {target}", device])


def repaired(device: Path, check: Path, verify: Sequence[str]) -> bool:
    """Repair what can be repaired; whether settings and journal are whole afterwards. `check`: a folder to look in.

    A file system in which nothing is to be repaired has another trouble, and has it still.
    """
    if done(["e2fsck", "-f", "-y", device], silent=True) not in (1, 2):
        return False
    copied_out(device, check)
    whole = (check / "kassa/kiosk.toml").is_file() and done([*verify, str(check / JOURNAL)]) == 0
    shutil.rmtree(check, ignore_errors=True)
    return whole


def trouble(kept: Path) -> Trouble:
    """What the screen says above the code."""
    found = [path for path in sorted(kept.rglob("*")) if path.is_file()]
    saved = "Some of it could be read and is kept." if found else "Nothing of it could be read."
    lines = (
        f"The data of this checkout's card is damaged. {saved} Nothing is deleted before you decide.",
        "To go on from what the store knows, adopt this machine as the checkout that it was, in the place of a machine "
        "that is gone. Sales that it had not sent are not in the store's books.",
    )
    return Trouble("data", "This checkout's card is damaged", lines, stops=True)


def look(device: Path, run: Path = RUN, verify: Sequence[str] = (KIOSK, "verify")) -> bool:
    """Whether the till can go on by itself; else what staff need is made ready. OSError."""
    kept, new = run / KEPT, run / NEW
    copied_out(device, kept)
    settings = kept / "kassa/kiosk.toml"
    if settings.is_file():
        looks.keep(settings.read_text(encoding="utf-8", errors="replace"))
    if repaired(device, run / "check", verify):
        shutil.rmtree(kept)
        tell("data", Trouble("data", "The card was damaged and has been repaired", ("Replace it soon.",)))
        return True
    new.mkdir(mode=0o700, exist_ok=True)
    store = store_of(kept / "kassa")
    if store:
        (new / "store.txt").write_text(f"{store}\n")
    tell("data", trouble(kept))
    return False


def staged(run: Path, stage: Path) -> None:
    """The new file system's content. Raises OSError; nothing of the card has been touched then."""
    shutil.rmtree(stage, ignore_errors=True)
    for folder in FOLDERS:
        (stage / folder).mkdir(parents=True)
    for file in sorted((run / NEW).iterdir()):
        shutil.copyfile(file, stage / "kassa" / file.name)
        (stage / "kassa" / file.name).chmod(0o600)
    config = stage / "kassa/kiosk.toml"
    config.write_text(config.read_text(encoding="utf-8").replace(f"{run / NEW}/", "/etc/kassa/"), encoding="utf-8")
    if (run / KEPT).exists():
        (run / KEPT).rename(stage / "before")


def anew(device: Path, run: Path = RUN, account: str = ACCOUNT) -> bool:
    """A new file system with the identity that staff have just given, and what was kept. False: it cannot be made."""
    stage = run / "stage"
    staged(run, stage)
    owner = pwd.getpwnam(account)
    for path in (stage / "kassa", *(stage / "kassa").iterdir(), stage / "kiosk"):
        shutil.chown(path, owner.pw_uid, owner.pw_gid)
    make: list[str | Path] = ["mke2fs", "-q", "-F", "-t", "ext4", "-L", "data", "-U", DATA_UUID, "-d", stage, device]
    if done(make):
        tell("data", Trouble("data", "This card cannot be written any more", ("Take another card.",), stops=True))
        return False
    return True


def main(act: str, device: Path) -> int:
    """0, or 1 where it could not be done."""
    if act == "anew":
        if not (RUN / NEW / "kiosk.toml").is_file():
            sys.stderr.write("data rescue: nobody has adopted this machine; nothing was touched\n")
            return 1
        done(["systemctl", "stop", "data.mount"])
        return done(["systemctl", "--no-block", "reboot"]) if anew(device) else 1
    done(["systemctl", "stop", "data.mount"])
    if look(device):
        return done(["systemctl", "--no-block", "start", "kiosk.service"])
    account = pwd.getpwnam(ACCOUNT)
    for path in (RUN / NEW, *(RUN / NEW).iterdir()):
        shutil.chown(path, account.pw_uid, account.pw_gid)
    return done(["systemctl", "--no-block", "start", "kiosk-anew.service"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2])))
