"""Health: whether the slot that runs is well. If it is, its tries are given back; a new one that is not is left again.

    health.py            started once per boot by kiosk-health.service; ends when the slot is well

Well is a lane that systemd calls active (it says so when its first screen stands), that says `well` of itself (every
device that answered under the version before answers under this one: kiosk/app/updating.py), and has been both without
a break for a watch time. A machine that nobody has adopted says nothing of devices and is well with its screen.

The boot script has used up a try already when this begins. What is done about a lane that is not well hangs on whether
this very system was well before, on this card (`Facts.proven`):

    new, and the other slot has tries left    after LIMIT_MS, or as soon as `out of order` is on the screen: restart.
                                              The boot script counts; with the last try gone the other slot starts
    new, and there is no other slot           nothing: another start would find the same
    proven                                    nothing: a broken printer or journal is no reason to start anew for
                                              ever. Its tries stay used up, so that whoever switches it off and on
                                              three times gets the version before, if there is one

Once it is well, however late, all tries come back, and /run/kassa/slot-good says so to the lane.
"""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from image.device.boot_backend import CMDLINE, FIRMWARE, CannotAnswer, running_slot
from image.device.boot_state import TRIES, Slot, change, read

WATCH_MS, LIMIT_MS = 60_000, 600_000
LOOK_MS, LATE_LOOK_MS = 2_000, 30_000
WELL = ("", "well")
"""What the lane says of itself when nothing is missing; nothing at all before it is adopted."""
OS_RELEASE, PROVEN, GOOD = Path("/etc/os-release"), Path("/data/health"), Path("/run/kassa/slot-good")
_UNITS = ("kiosk.service", "kiosk-closed.service")
_ASK = ("systemctl", "show", "--property=Id,ActiveState,InvocationID,StatusText", *_UNITS)
_RESTART = ("systemctl", "start", "--no-block", "--job-mode=replace-irreversibly", "reboot.target")

Verdict = Literal["wait", "good", "restart"]


class Facts(NamedTuple):
    """What stays as it is. `build`: which system this is; `way_back`: the other slot may be started."""

    slot: Slot
    build: str
    proven: bool
    way_back: bool


class Seen(NamedTuple):
    """One look. `lane`: which run of it is active; `says`: what it says; `closed`: `out of order` shows."""

    lane: str
    says: str
    closed: bool


class Watch(NamedTuple):
    """Since when this run of the lane is well without a break; nothing: it is not."""

    lane: str = ""
    since_ms: int | None = None


def looked(watch: Watch, seen: Seen, facts: Facts, up_ms: int) -> tuple[Watch, Verdict]:
    """What a look makes of it, `up_ms` after the machine's start."""
    if not seen.lane or seen.says not in WELL:
        watch = Watch()
    elif watch.since_ms is None or watch.lane != seen.lane:
        watch = Watch(seen.lane, up_ms)
    if watch.since_ms is not None and up_ms - watch.since_ms >= WATCH_MS:
        return watch, "good"
    leaves = not facts.proven and facts.way_back and watch.since_ms is None
    if leaves and (seen.closed or up_ms >= LIMIT_MS):
        return watch, "restart"
    return watch, "wait"


def seen(told: str) -> Seen:
    """From what systemd tells of both units."""
    units = [dict(line.split("=", 1) for line in block.splitlines() if "=" in line) for block in told.split("\n\n")]
    by_name = {unit.get("Id", ""): unit for unit in units}
    lane, closed = (by_name.get(name, {}) for name in _UNITS)
    active = lane.get("ActiveState") == "active"
    return Seen(
        lane.get("InvocationID", "") if active else "",
        lane.get("StatusText", ""),
        closed.get("ActiveState") in ("active", "activating"),
    )


def build_of(os_release: str) -> str:
    """Which system an os-release(5) is of: version and commit."""
    values = dict(line.split("=", 1) for line in os_release.splitlines() if "=" in line)
    return f"{values.get('IMAGE_VERSION', '')} {values.get('BUILD_ID', '')}".strip()


def facts(cmdline: str, os_release: str, firmware: Path, proven: Path) -> Facts:
    """At the start. CannotAnswer; OSError."""
    slot, build = running_slot(cmdline), build_of(os_release)
    other: Slot = "B" if slot == "A" else "A"
    try:
        before = (proven / slot).read_text()
    except FileNotFoundError:
        before = ""
    return Facts(slot, build, bool(build) and before == build, read(firmware).left(other) > 0)


def keep(found: Facts, firmware: Path, proven: Path, good: Path) -> None:
    """The slot is well: its tries are given back, and it is known on this card. OSError."""
    change(firmware, lambda state: state.with_left(found.slot, TRIES))
    if not found.proven:
        written(proven / found.slot, found.build)
    good.touch()


def written(path: Path, text: str) -> None:
    """Whole, and on the disk when this returns. OSError."""
    half = path.with_name(f"{path.name}.half")
    with half.open("w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    half.rename(path)


def _told(command: Sequence[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=30).stdout


def _up_ms() -> int:
    return time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1_000_000


def main() -> int:
    """0: the slot is well, or the machine starts anew; 1: it could not be told."""
    try:
        found = facts(CMDLINE.read_text(), OS_RELEASE.read_text(), FIRMWARE, PROVEN)
        watch, verdict = Watch(), "wait"
        while verdict == "wait":
            watch, verdict = looked(watch, seen(_told(_ASK)), found, _up_ms())
            if verdict == "wait":
                time.sleep((LOOK_MS if _up_ms() < LIMIT_MS else LATE_LOOK_MS) / 1_000)
        if verdict == "good":
            keep(found, FIRMWARE, PROVEN, GOOD)
            sys.stdout.write(f"health: slot {found.slot} ({found.build}) is well\n")
        else:
            sys.stdout.write(f"health: slot {found.slot} ({found.build}) does not come up well: the machine restarts\n")
            _told(_RESTART)
    except (CannotAnswer, OSError, subprocess.SubprocessError) as problem:
        sys.stderr.write(f"health: {problem}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
