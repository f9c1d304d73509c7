"""Trial: new settings are on trial until the lane has sold its way back to the store with them. Pure.

    (none) --order--> waiting --quiet--> trying --welcome, and the store has answered--> kept
                         |                  |--time over, too many starts, cannot start--> back
                         '--the file is another by now--> refused

Somebody far away changes what the lane runs on, and may have mistyped the one key without which nobody reaches it any
more. So the text that ran before is kept, and comes back by itself unless the lane stands again with the new one within
the watch time: the welcome screen, every device that it needs and had, and an answer of the store, not only of the
broker. The store counts as heard when it answers the lane's own report of this trial.

The mark on the disk (`trial_disk`) has both texts whole; it is replaced at once, and kiosk.toml is only what follows
from it. A power cut between the two leaves the file at one of both texts, and `at_start` does the rest.
Time that is over is seen by the clock and by the number of starts: a machine without a battery may wake up in the past.
"""

from typing import Literal

import msgspec
from msgspec.structs import replace

Stage = Literal["waiting", "trying", "kept", "back", "refused"]


class Trial(msgspec.Struct, frozen=True):
    """What is under way, or what came of it. A mark of a newer version may have more fields: they are ignored."""

    change: str
    """The store's name for it."""
    stage: Stage
    new: str = ""
    old: str = ""
    """Whole texts of kiosk.toml; both empty once nothing is left to do with them."""
    watch_ms: int = 120_000
    most_starts: int = 3
    began_utc_ms: int = 0
    starts: int = 0
    had: tuple[str, ...] = ()
    """The devices that the lane needed and had before."""
    was_open: bool = False
    why: str = ""
    """Why it was taken back or refused, for a person."""
    line: int = 0
    """Of the new text, where that is about one."""


class Begun(msgspec.Struct, frozen=True):
    """How a start begins: the mark, and what kiosk.toml must say."""

    trial: Trial
    text: str


class Standing(msgspec.Struct, frozen=True):
    """How the lane is now. `lacks` are devices that it needs and has not; `heard`: the store has answered."""

    is_open: bool
    lacks: tuple[str, ...] = ()
    heard: bool = False


def begun(trial: Trial, present: str, now_utc_ms: int, had: tuple[str, ...], *, was_open: bool) -> Trial:
    """A waiting change as the lane restarts into it; refused if kiosk.toml is no longer what it was made from."""
    assert trial.stage == "waiting", trial.stage
    if present != trial.old:
        return refused(trial, "kiosk.toml was changed at the machine meanwhile")
    return replace(trial, stage="trying", began_utc_ms=now_utc_ms, starts=0, had=had, was_open=was_open)


def at_start(trial: Trial, present: str, now_utc_ms: int) -> Begun:
    """What a start finds, and what it does about it."""
    match trial.stage:
        case "back" if trial.old or trial.new:
            return Begun(trial, trial.old if present == trial.new else present)
        case "trying" if present not in (trial.old, trial.new):
            return Begun(settled(back(trial, "kiosk.toml was changed at the machine meanwhile")), present)
        case "trying":
            why = _over(trial, now_utc_ms)
            if why:
                return Begun(back(trial, why), trial.old)
            return Begun(replace(trial, starts=trial.starts + 1), trial.new)
        case _:
            return Begun(trial, present)


def _over(trial: Trial, now_utc_ms: int) -> str:
    if trial.starts >= trial.most_starts:
        return f"the lane started {trial.starts} times with it and did not reach the store"
    if now_utc_ms - trial.began_utc_ms > trial.watch_ms:
        return f"the lane did not reach the store within {trial.watch_ms // 1_000} s"
    return ""


def missing(trial: Trial, standing: Standing) -> str:
    """What it still lacks to be kept, in words; empty: nothing."""
    lost = [name for name in trial.had if name in standing.lacks]
    if lost:
        return f"{', '.join(lost)} did not come back"
    if trial.was_open and not standing.is_open:
        return "the lane did not open again"
    return "" if standing.heard else "the lane did not reach the store"


def watched(trial: Trial, standing: Standing, ran_ms: int) -> Trial:
    """Kept, taken back, or still on trial, `ran_ms` after this start."""
    assert trial.stage == "trying", trial.stage
    lacks = missing(trial, standing)
    if not lacks:
        return settled(replace(trial, stage="kept"))
    if ran_ms > trial.watch_ms:
        return back(trial, f"{lacks} within {trial.watch_ms // 1_000} s")
    return trial


def back(trial: Trial, why: str) -> Trial:
    """Taken back; its texts stay until the old one is in its place."""
    return replace(trial, stage="back", why=why)


def refused(trial: Trial, why: str, line: int = 0) -> Trial:
    """Never tried."""
    return settled(replace(trial, stage="refused", why=why, line=line))


def settled(trial: Trial) -> Trial:
    """Nothing is left to do: secrets in its texts are not kept for longer."""
    return replace(trial, new="", old="")
