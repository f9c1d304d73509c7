"""Updates' words: what the page about versions says of lanes, bundles and rollouts. Pure."""

from collections.abc import Iterable, Mapping
from zoneinfo import ZoneInfo

import msgspec

from kiosk.wire.messages import UpdateReport
from store.console.words import clock, utc
from store.lanes import Lane
from store.rollout import Part, Plan
from store.rollouts import Ran, Rollout, version_of

_STAGES = {
    "fetching": "fetching it",
    "checking": "checking it",
    "ready": "waits for a quiet moment",
    "installing": "installing it",
    "starting": "starting with it",
    "trying": "trying it",
    "updated": "has it",
    "fell_back": "went back to the old one",
    "failed": "does not have it",
}
_STATES = {"running": "Under way", "stopped": "Stopped", "done": "Done", "aborted": "Aborted"}


class VersionShown(msgspec.Struct, frozen=True):
    """A lane's row. `doing`: how far it is with an update; `wrong`: what went wrong with it."""

    till: str
    version: str
    since: str
    doing: str
    wrong: str


class PartShown(msgspec.Struct, frozen=True):
    """A lane's row in a rollout."""

    till: str
    wave: str
    state: str
    wrong: str


class RolloutShown(msgspec.Struct, frozen=True):
    """A rollout; what may be done about it."""

    n: int
    title: str
    about: str
    state: str
    wrong: str
    parts: tuple[PartShown, ...]
    stops: bool
    resumes: bool
    aborts: bool


def versions_shown(lanes: Iterable[Lane], ran: Mapping[str, Ran], zone: ZoneInfo) -> list[VersionShown]:
    """Every lane that was ever heard, by name."""
    live = {lane.till: lane for lane in lanes}
    return [_version(till, live.get(till), ran.get(till), zone) for till in sorted({*live, *ran})]


def _version(till: str, lane: Lane | None, ran: Ran | None, zone: ZoneInfo) -> VersionShown:
    state = lane.state if lane is not None else None
    version = (version_of(state) if state is not None else "") or (ran.version if ran is not None else "")
    program = state.software if state is not None else ran.software if ran is not None else ""
    slot = (state.slot if state is not None else "") or (ran.slot if ran is not None else "")
    parts = (version, f"program {program}" if program and program != version else "", f"slot {slot}" if slot else "")
    since = (state.since if state is not None else "") or (ran.since if ran is not None else "")
    said = state.update if state is not None and isinstance(state.update, UpdateReport) else None
    wrong = said.why if said is not None and said.stage in ("failed", "fell_back") else ""
    doing = "" if said is None or said.stage == "updated" else f"{said.version}: {stage_of(said.stage, said.percent)}"
    return VersionShown(till, " · ".join(filter(None, parts)) or "not known", _day(since, zone), doing, wrong)


def rollout_shown(one: Rollout, lanes: Iterable[Lane], names: Mapping[str, str], zone: ZoneInfo) -> RolloutShown:
    """One as it is now; `names` of people, by id."""
    live = {lane.till: lane for lane in lanes}
    parts = tuple(_part(part, live.get(part.till)) for part in one.parts)
    done = sum(part.state == "updated" for part in one.parts)
    about = f"{clock(utc(one.made_utc_ms), zone)} by {names.get(one.by, one.by)} · {plan_told(one.plan)}"
    return RolloutShown(
        n=one.n,
        title=f"{one.bundle.version} for {one.bundle.compatible}",
        about=about,
        state=f"{_STATES[one.state]}: {done} of {len(parts)} checkouts have it",
        wrong=one.why if one.state in ("stopped", "aborted") else "",
        parts=parts,
        stops=one.state == "running",
        resumes=one.state == "stopped",
        aborts=one.state in ("running", "stopped"),
    )


def plan_told(plan: Plan) -> str:
    """`waves 1, 25%, 100%, at most 25 % at once, 02:00 to 05:00`."""
    when = f"{_clock(plan.from_minute)} to {_clock(plan.until_minute)}"
    hours = when if plan.from_minute != plan.until_minute else "whenever nobody is served"
    return f"waves {', '.join(plan.waves)}, at most {plan.most_percent} % at once, {hours}"


def minute_of_text(text: str) -> int | None:
    """`02:30` as minutes of the day; None if it is no time."""
    hours, colon, minutes = text.strip().partition(":")
    if not colon or not (hours.isdecimal() and minutes.isdecimal()) or len(hours) > 2 or len(minutes) != 2:
        return None
    found = int(hours) * 60 + int(minutes)
    return found if int(hours) < 24 and int(minutes) < 60 else None


def stage_of(stage: str, percent: int) -> str:
    """A stage that nobody here knows is shown as it is called."""
    told = _STAGES.get(stage, stage)
    return f"{told}, {percent} %" if stage in ("fetching", "installing") else told


def _part(part: Part, lane: Lane | None) -> PartShown:
    said = lane.state.update if lane is not None and lane.state is not None else None
    state = {"waiting": "waits for its turn", "updated": "has it", "failed": "failed", "ordered": "was ordered"}[
        part.state
    ]
    if part.state == "ordered" and isinstance(said, UpdateReport) and said.order == part.command:
        state = stage_of(said.stage, said.percent)
    if part.state != "updated" and (lane is None or not lane.online):
        state = f"{state}, cannot be reached"
    return PartShown(part.till, f"Wave {part.wave}", state, part.why if part.state == "failed" else "")


def _day(since: str, zone: ZoneInfo) -> str:
    return f"since {clock(since, zone)}" if since else ""


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
