"""Rollouts in the books: begun, followed, resumed and aborted; and which version runs on which lane, since when.

One rollout at a time: what is to be done next is always one look (`rollout.look`) at the books and at what the lanes
say of themselves, so a store that starts again goes on where it was. A lane is ordered like anything else from the
console (`commands`), in the name of whoever began or resumed, and decides itself whether they may.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

import msgspec
import sqlalchemy as sa
import structlog
from sqlalchemy.engine import Connection, Engine

from kiosk.wire.messages import LaneState, UpdateReport
from store import bundles, commands, ledger
from store.acts import Act, record
from store.bundles import Bundle
from store.config import Config
from store.database import writing
from store.lanes import Lane, Lanes
from store.rollout import BadPlan, Part, Plan, Report, State, ends_in_ms, look, planned, retried
from store.updates_schema import OPEN, lane_version, rollout, rollout_lane


class Rollout(msgspec.Struct, frozen=True):
    """One, with what became of each lane."""

    n: int
    bundle: Bundle
    plan: Plan
    by: str
    made_utc_ms: int
    state: State
    why: str
    parts: tuple[Part, ...]


class Ran(msgspec.Struct, frozen=True):
    """Which version a lane ran; `since` as the lane says, or when we heard of it first."""

    till: str
    version: str
    software: str
    slot: str
    since: str
    heard_utc_ms: int


def begin(engine: Engine, sha256: str, tills: Sequence[str], plan: Plan, by: str, now_utc_ms: int) -> int:
    """Its number. BadPlan."""
    known = ledger.tills(engine)
    if strangers := [till for till in tills if till not in known and not _heard(engine, till)]:
        raise BadPlan(f"this shop has no lane {strangers[0]}")
    parts = planned(list(dict.fromkeys(tills)), plan)
    with writing(engine) as connection:
        if bundles.find_in(connection, sha256) is None:
            raise BadPlan("the store has no such bundle")
        if connection.execute(sa.select(rollout.c.n).where(rollout.c.state.in_(OPEN))).first() is not None:
            raise BadPlan("another rollout is not over: resume it, or abort it")
        row = {"sha256": sha256, "plan": _encoded(plan), "by": by, "made_utc_ms": now_utc_ms, "state": "running"}
        n = int(connection.execute(sa.insert(rollout).values(row).returning(rollout.c.n)).scalar_one())
        rows = [{"rollout": n, **msgspec.structs.asdict(part)} for part in parts]
        connection.execute(sa.insert(rollout_lane), rows)
    return n


def _heard(engine: Engine, till: str) -> bool:
    with engine.connect() as connection:
        query = sa.select(lane_version.c.n).where(lane_version.c.till == till).limit(1)
        return connection.execute(query).first() is not None


def resume(engine: Engine, n: int, by: str) -> None:
    """Go on, in their name: lanes that failed are ordered again. BadPlan."""
    with writing(engine) as connection:
        found = _state(connection, n)
        if found != "stopped":
            raise BadPlan(f"a rollout that is {found} is not resumed")
        connection.execute(sa.update(rollout).where(rollout.c.n == n).values(state="running", why="", by=by))
        for part in retried(_parts(connection, n)):
            _write(connection, n, part)


def stop(engine: Engine, n: int, by: str) -> None:
    """No lane begins any more until somebody resumes it. BadPlan."""
    with writing(engine) as connection:
        found = _state(connection, n)
        if found != "running":
            raise BadPlan(f"a rollout that is {found} is not stopped")
        connection.execute(sa.update(rollout).where(rollout.c.n == n).values(state="stopped", why=f"{by} stopped it"))


def abort(engine: Engine, n: int, by: str, now_utc_ms: int) -> None:
    """It is over; lanes that have not begun to install are told to leave it. BadPlan."""
    with writing(engine) as connection:
        found = _state(connection, n)
        if found not in OPEN:
            raise BadPlan(f"a rollout that is {found} is not aborted")
        connection.execute(sa.update(rollout).where(rollout.c.n == n).values(state="aborted"))
        tills = [part.till for part in _parts(connection, n) if part.state == "ordered"]
    for till in tills:
        commands.order(engine, till, "update", by, {"version": ""}, now_utc_ms)


def rollouts(engine: Engine, limit: int = 10) -> list[Rollout]:
    """The newest first."""
    known = bundles.ever_known(engine)
    with engine.connect() as connection:
        rows = connection.execute(sa.select(rollout).order_by(rollout.c.n.desc()).limit(limit)).all()
        return [
            Rollout(
                row.n,
                known[row.sha256],
                msgspec.json.decode(row.plan, type=Plan),
                row.by,
                row.made_utc_ms,
                row.state,
                row.why,
                _parts(connection, row.n),
            )
            for row in rows
        ]


def versions(engine: Engine) -> dict[str, Ran]:
    """What each lane ran last, by till."""
    last = sa.select(sa.func.max(lane_version.c.n)).group_by(lane_version.c.till)
    return {one.till: one for one in _ran(engine, lane_version.c.n.in_(last))}


def history(engine: Engine, till: str) -> list[Ran]:
    """Of one lane, the newest first."""
    return _ran(engine, lane_version.c.till == till)


def _ran(engine: Engine, where: "sa.ColumnElement[bool]") -> list[Ran]:
    with engine.connect() as connection:
        rows = connection.execute(sa.select(lane_version).where(where).order_by(lane_version.c.n.desc())).all()
    return [Ran(row.till, row.version, row.software, row.slot, row.since, row.heard_utc_ms) for row in rows]


class Follower:
    """Takes a look at all of it, once a second (`couriers`). `sent`: the clerk, who sends what was ordered."""

    def __init__(
        self, config: Config, engine: Engine, lanes: Lanes, now_utc_ms: Callable[[], int], sent: Callable[[], None]
    ) -> None:
        self._config, self._engine, self._lanes, self._now, self._sent = config, engine, lanes, now_utc_ms, sent
        self._known: dict[str, tuple[str, str]] = {}
        self._log = structlog.get_logger("updates")

    def turn(self) -> bool:
        """Always all that there is: False."""
        lanes = self._lanes.all()
        self._note(lanes)
        running = [one for one in rollouts(self._engine, 1) if one.state in OPEN]
        for one in running:
            self._follow(one, lanes)
        return False

    def _note(self, lanes: Sequence[Lane]) -> None:
        """A version that was not heard before."""
        news = [lane.state for lane in lanes if lane.state and self._known.get(lane.till) != _ran_by(lane.state)]
        for state in (state for state in news if version_of(state)):
            known = next(iter(history(self._engine, state.till)), None)
            if known is None or (known.version, known.slot) != _ran_by(state):
                row: dict[str, object] = {"till": state.till, "version": version_of(state), "software": state.software}
                row |= {"slot": state.slot, "since": state.since, "heard_utc_ms": self._now()}
                with writing(self._engine) as connection:
                    connection.execute(sa.insert(lane_version).values(row))
            self._known[state.till] = _ran_by(state)

    def _follow(self, one: Rollout, lanes: Sequence[Lane]) -> None:
        now = self._now()
        minute = minute_of(now, self._config)
        found = look(one.plan, one.bundle.version, one.parts, self._reports(one, lanes), now, minute)
        running = one.state == "running"
        for part, before in zip(found.parts, one.parts, strict=True):
            if part != before:
                with writing(self._engine) as connection:
                    _write(connection, one.n, part)
        if running and found.state != "running":
            self._ended(one, found.state, found.why, now)
        for till in found.order if running else ():
            self._order(one, till, now, ends_in_ms(one.plan, minute))

    def _ended(self, one: Rollout, state: State, why: str, now_utc_ms: int) -> None:
        with writing(self._engine) as connection:
            where = (rollout.c.n == one.n, rollout.c.state == "running")
            connection.execute(sa.update(rollout).where(*where).values(state=state, why=why[:400]))
        record(self._engine, Act("", "rollout", about=f"{one.bundle.version} {state} {why}".strip()), now_utc_ms)
        (self._log.error if state == "stopped" else self._log.info)(f"rollout.{state}", n=one.n, why=why)

    def _order(self, one: Rollout, till: str, now: int, lasts_ms: int) -> None:
        found = one.bundle
        data = {
            "version": found.version,
            "sha256": found.sha256,
            "size": found.size,
            "not_after_utc_ms": now + lasts_ms,
        }
        id_ = commands.order(self._engine, till, "update", one.by, data, now)
        part = next(part for part in one.parts if part.till == till)
        ordered = msgspec.structs.replace(part, state="ordered", command=id_, ordered_utc_ms=now)
        with writing(self._engine) as connection:
            _write(connection, one.n, ordered)
        record(self._engine, Act(one.by, "order", till, f"update {found.version}", command=id_), now)
        self._sent()

    def _reports(self, one: Rollout, lanes: Sequence[Lane]) -> Mapping[str, Report]:
        by_till = {part.till: part for part in one.parts}
        return {
            lane.till: _report(lane, self._refused(by_till.get(lane.till))) for lane in lanes if lane.state is not None
        }

    def _refused(self, part: Part | None) -> str:
        if part is None or part.state != "ordered":
            return ""
        order = commands.find(self._engine, part.command)
        return order.why or order.state if order is not None and order.state in ("refused", "expired") else ""


def version_of(state: LaneState) -> str:
    """What updates of this lane are about: its image, where it has one."""
    return state.image or state.software


def minute_of(now_utc_ms: int, config: Config) -> int:
    """Of the shop's day."""
    here = datetime.fromtimestamp(now_utc_ms // 1_000, UTC).astimezone(config.zone)
    return here.hour * 60 + here.minute


def _ran_by(state: LaneState) -> tuple[str, str]:
    return version_of(state), state.slot


def _report(lane: Lane, refused: str) -> Report:
    assert lane.state is not None
    said = lane.state.update
    if not isinstance(said, UpdateReport):
        return Report(online=lane.online, version=version_of(lane.state), refused=refused)
    return Report(
        online=lane.online,
        version=version_of(lane.state),
        order=said.order,
        stage=said.stage,
        percent=said.percent,
        why=said.why,
        refused=refused,
    )


def _state(connection: Connection, n: int) -> str:
    found = connection.scalar(sa.select(rollout.c.state).where(rollout.c.n == n))
    if found is None:
        raise BadPlan(f"there is no rollout {n}")
    return str(found)


def _parts(connection: Connection, n: int) -> tuple[Part, ...]:
    query = sa.select(rollout_lane).where(rollout_lane.c.rollout == n)
    rows = connection.execute(query.order_by(rollout_lane.c.wave, rollout_lane.c.till)).all()
    return tuple(Part(**{name: getattr(row, name) for name in Part.__struct_fields__}) for row in rows)


def _write(connection: Connection, n: int, part: Part) -> None:
    where = (rollout_lane.c.rollout == n, rollout_lane.c.till == part.till)
    row = msgspec.structs.asdict(part)
    connection.execute(sa.update(rollout_lane).where(*where).values(row))


def _encoded(plan: Plan) -> str:
    return msgspec.json.encode(plan).decode()
