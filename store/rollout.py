"""Rollout: another version for many lanes, in waves, that stops by itself. Pure.

A plan says the waves (`1`, `25%`, `100%`: how many lanes have it in the end of each), how many of a shop's lanes may be
out of use at once, when (a window of the shop's clock, or whenever nobody is served), how long a lane may stay away,
and how long a wave is looked at before the next begins.

A lane is *ordered*, fetches the bundle while it serves, and is *out* from the moment that it installs until it is heard
again with the new version. The whole rollout stops as soon as one lane fails: it refuses, cannot install, falls back to
the old version, or does not come back in time. Then a person looks, and resumes or aborts it. At most so many per cent
of all lanes are out at once, at least one and never all; a lane that is off for another reason counts as out too, so
that a bad day is not made worse.
"""

from collections.abc import Mapping, Sequence
from typing import Literal

import msgspec

from kiosk.values.version import NoVersion, newer

State = Literal["running", "stopped", "done", "aborted"]
LaneStage = Literal["waiting", "ordered", "updated", "failed"]
OUT = ("installing", "starting", "trying")
"""Stages of a lane in which it serves nobody."""
_MINUTE_MS = 60_000
_DAY_MINUTES = 1_440


class BadPlan(ValueError):
    """It cannot be done so. One line for a person."""


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody planned. `from_minute` and `until_minute` are of the shop's day; the same: at any time."""

    waves: tuple[str, ...] = ("1", "25%", "100%")
    most_percent: int = 25
    from_minute: int = 0
    until_minute: int = 0
    watch_minutes: int = 30
    soak_minutes: int = 30


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """One lane's part. `out_utc_ms`: since when it serves nobody, 0: it does."""

    till: str
    wave: int
    state: LaneStage = "waiting"
    command: str = ""
    ordered_utc_ms: int = 0
    out_utc_ms: int = 0
    ended_utc_ms: int = 0
    why: str = ""


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What a lane says of itself now. `order`, `stage`, `percent` and `why` of the update that it was ordered last;

    `refused`: why it did not take our order.
    """

    online: bool
    version: str
    order: str = ""
    stage: str = ""
    percent: int = 0
    why: str = ""
    refused: str = ""


class Step(msgspec.Struct, frozen=True):
    """What follows from a look: every lane's part, whom to order now, and whether the rollout goes on."""

    parts: tuple[Part, ...]
    order: tuple[str, ...] = ()
    state: State = "running"
    why: str = ""


def planned(tills: Sequence[str], plan: Plan) -> tuple[Part, ...]:
    """Which lane is in which wave, in the order given. BadPlan."""
    if not tills:
        raise BadPlan("name the lanes that are to have it")
    if not 1 <= plan.most_percent <= 100:
        raise BadPlan("of 1 to 100 per cent of the lanes may be out of use at once")
    if not (1 <= plan.watch_minutes <= _DAY_MINUTES and 0 <= plan.soak_minutes <= 7 * _DAY_MINUTES):
        raise BadPlan("a lane is waited for 1 minute to a day, a wave is looked at for a week at most")
    if not all(0 <= minute < _DAY_MINUTES for minute in (plan.from_minute, plan.until_minute)):
        raise BadPlan("a time of day is from 00:00 to 23:59")
    ends = _grown([_lanes_in(wave, len(tills)) for wave in plan.waves], len(tills))
    waves = [next(n for n, end in enumerate(ends, 1) if index < end) for index in range(len(tills))]
    return tuple(Part(till=till, wave=wave) for till, wave in zip(tills, waves, strict=True))


def _lanes_in(wave: str, total: int) -> int:
    """How many lanes have it at the end of a wave, rounded up."""
    text = wave.strip()
    number = text.removesuffix("%").strip()
    if not number.isdecimal() or len(number) > 5 or int(number) < 1 or (text.endswith("%") and int(number) > 100):
        raise BadPlan(f"{wave!r} is no wave: write a number of lanes, such as 1, or a part of them, such as 25%")
    return min(total, -(-total * int(number) // 100) if text.endswith("%") else int(number))


def _grown(ends: Sequence[int], total: int) -> list[int]:
    """In a small shop 25 % may be the one lane that has it already: such a wave is none. The rest comes last."""
    grown = [end for n, end in enumerate(ends) if end > max(ends[:n], default=0)]
    return grown if grown and grown[-1] == total else [*grown, total]


def look(
    plan: Plan, version: str, parts: Sequence[Part], reports: Mapping[str, Report], now_utc_ms: int, minute: int
) -> Step:
    """Once a second, while it runs. `reports` are of all the shop's lanes; `minute`: of the shop's day."""
    seen = tuple(_seen(part, version, reports.get(part.till), plan, now_utc_ms) for part in parts)
    failed = [part for part in seen if part.state == "failed"]
    if failed:
        return Step(seen, state="stopped", why="; ".join(f"{part.till}: {part.why}" for part in failed))
    if all(part.state == "updated" for part in seen):
        return Step(seen, state="done")
    if not in_window(plan, minute):
        return Step(seen)
    return Step(seen, _next(plan, seen, reports, now_utc_ms))


def in_window(plan: Plan, minute: int) -> bool:
    """Whether lanes may begin now."""
    if plan.from_minute == plan.until_minute:
        return True
    if plan.from_minute < plan.until_minute:
        return plan.from_minute <= minute < plan.until_minute
    return minute >= plan.from_minute or minute < plan.until_minute


def ends_in_ms(plan: Plan, minute: int) -> int:
    """How long the window stays open; a day, if it always is."""
    if plan.from_minute == plan.until_minute:
        return _DAY_MINUTES * _MINUTE_MS
    return ((plan.until_minute - minute) % _DAY_MINUTES or _DAY_MINUTES) * _MINUTE_MS


def retried(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Those that failed wait again, when somebody resumes."""
    return tuple(Part(till=part.till, wave=part.wave) if part.state == "failed" else part for part in parts)


def most_out(plan: Plan, lanes: int) -> int:
    """How many of a shop's lanes may be out of use at once: at least one, and never all of several."""
    return max(1, min(lanes * plan.most_percent // 100, lanes - 1))


def _seen(part: Part, version: str, report: Report | None, plan: Plan, now_utc_ms: int) -> Part:
    """With what its lane says now."""
    replace = msgspec.structs.replace
    if part.state in ("updated", "failed") or report is None:
        return part
    ours = bool(part.command) and report.order == part.command
    if report.online and not (ours and report.stage in OUT) and _has(report.version, version):
        return replace(part, state="updated", out_utc_ms=0, ended_utc_ms=now_utc_ms, why="")
    if part.state == "waiting":
        return part
    if report.refused:
        return replace(part, state="failed", ended_utc_ms=now_utc_ms, why=report.refused)
    if ours and report.stage in ("failed", "fell_back"):
        return replace(part, state="failed", ended_utc_ms=now_utc_ms, why=report.why or report.stage)
    out = not report.online or (ours and report.stage in OUT)
    if not out:
        return replace(part, out_utc_ms=0)
    since = part.out_utc_ms or now_utc_ms
    if now_utc_ms - since >= plan.watch_minutes * _MINUTE_MS:
        why = f"it did not come back within {plan.watch_minutes} minutes"
        return replace(part, state="failed", out_utc_ms=since, ended_utc_ms=now_utc_ms, why=why)
    return replace(part, out_utc_ms=since)


def _next(plan: Plan, parts: Sequence[Part], reports: Mapping[str, Report], now_utc_ms: int) -> tuple[str, ...]:
    """Whom to order now."""
    wave = min(part.wave for part in parts if part.state != "updated")
    before = [part.ended_utc_ms for part in parts if part.wave < wave]
    if before and now_utc_ms - max(before) < plan.soak_minutes * _MINUTE_MS:
        return ()
    ordered = {part.till for part in parts if part.state == "ordered"}
    off = {till for till, report in reports.items() if not report.online}
    room = most_out(plan, len(reports)) - len(ordered | off)
    waiting = [part.till for part in parts if part.wave == wave and part.state == "waiting"]
    there = [till for till in waiting if till in reports and reports[till].online]
    return tuple(there[: max(0, room)])


def _has(version: str, wanted: str) -> bool:
    """Whether it runs this version, or a newer one."""
    try:
        return not newer(wanted, version)
    except NoVersion:
        return version == wanted
