"""Lane bank: the same settings for several lanes, one lane after another.

The next lane is only asked when the one before has kept it. The first that refuses it, takes it back or does not answer
stops the rest: what does not work there would not work anywhere, and most of the shop goes on as it was. A lane whose
settings are these already is passed over.
"""

from collections.abc import Sequence
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from kiosk.values.hidden import HIDDEN, is_secret
from store import lane_config
from store.config_edits import CannotChange, Edit, edited
from store.database import writing
from store.lane_config_schema import lane_bank, lane_change

_FAILED = {
    "back": "took it back: ",
    "refused": "refused it: ",
    "expired": "did not answer: ",
    "replaced": "got another change meanwhile",
}
"""How a change ends that stops the rest, and how that is said."""


class Bank(msgspec.Struct, frozen=True):
    """One change of several lanes. `lanes`: (till, state of its change; empty: not asked yet)."""

    n: int
    lanes: tuple[tuple[str, str], ...]
    edits: tuple[Edit, ...]
    by: str
    why: str
    made_utc_ms: int
    state: str
    told: str


def begin(engine: Engine, tills: Sequence[str], edits: Sequence[Edit], by: str, why: str, now_utc_ms: int) -> int:
    """Ordered of the first; its number. CannotChange if it cannot be written into the settings of each of them."""
    tills = list(dict.fromkeys(tills))
    if not tills or not edits:
        raise CannotChange("name the lanes, and what shall be different")
    if not why.strip():
        raise CannotChange("say why, for whoever reads it later")
    for till in tills:
        _changed(engine, till, edits)
    shown = [msgspec.structs.replace(edit, value=_shown(edit)) for edit in edits]
    row = {
        "tills": msgspec.json.encode(tills).decode(), "edits": msgspec.json.encode(shown).decode(),
        "sent": msgspec.json.encode(edits).decode(), "by": by, "why": why.strip()[:200],
        "made_utc_ms": now_utc_ms, "state": "running",
    }  # fmt: skip
    with writing(engine) as connection:
        n = int(connection.execute(sa.insert(lane_bank).values(row).returning(lane_bank.c.n)).scalar_one())
        _go_on(connection, n, now_utc_ms)
    return n


def look(engine: Engine, now_utc_ms: int) -> None:
    """Where a lane is done with it: on to the next, or no further."""
    running = sa.select(lane_bank.c.n).where(lane_bank.c.state == "running")
    with engine.connect() as connection:
        if connection.execute(running.limit(1)).first() is None:
            return
    with writing(engine) as connection:
        for n in connection.scalars(running).all():
            query = sa.select(lane_change.c.till, lane_change.c.state, lane_change.c.told).where(
                lane_change.c.bank == n
            )
            lanes = connection.execute(query).all()
            failed = next((lane for lane in lanes if lane.state in _FAILED), None)
            if failed is not None:
                _over(connection, n, "stopped", f"{failed.till} {_FAILED[failed.state]}{failed.told}")
            elif all(lane.state == "kept" for lane in lanes):
                _go_on(connection, n, now_utc_ms)


def stop(engine: Engine, n: int, by_name: str) -> None:
    """No further lane is asked; the one that has it already goes on with it."""
    with writing(engine) as connection:
        _over(connection, n, "stopped", f"stopped by {by_name}")


def banks(engine: Engine, limit: int = 10) -> list[Bank]:
    """The newest first."""
    with engine.connect() as connection:
        rows = connection.execute(sa.select(lane_bank).order_by(lane_bank.c.n.desc()).limit(limit)).all()
        return [_bank(connection, row) for row in rows]


def _bank(connection: Connection, row: Any) -> Bank:
    query = sa.select(lane_change.c.till, lane_change.c.state).where(lane_change.c.bank == row.n)
    states = {change.till: change.state for change in connection.execute(query)}
    lanes = tuple((till, states.get(till, "")) for till in msgspec.json.decode(row.tills))
    edits = msgspec.json.decode(row.edits, type=tuple[Edit, ...])
    return Bank(row.n, lanes, edits, row.by, row.why, row.made_utc_ms, row.state, row.told)


def _changed(engine: Engine, till: str, edits: Sequence[Edit]) -> str:
    now = lane_config.present(engine, till)
    if now is None:
        raise CannotChange(f"{till} has not told what it runs on: it is of an older version, or was never heard")
    return edited(now.text, edits)


def _shown(edit: Edit) -> str | None:
    path = tuple(edit.path.split("."))
    return HIDDEN if edit.value is not None and is_secret(path, edit.value.strip()) else edit.value


def _go_on(connection: Connection, n: int, now_utc_ms: int) -> None:
    """The next lane that is to be another than it is."""
    row = connection.execute(sa.select(lane_bank).where(lane_bank.c.n == n)).one()
    if row.state != "running":
        return
    asked = set(connection.scalars(sa.select(lane_change.c.till).where(lane_change.c.bank == n)))
    edits = msgspec.json.decode(row.sent, type=list[Edit])
    order: list[str] = msgspec.json.decode(row.tills)
    begun = max((order.index(till) + 1 for till in asked), default=0)
    for till in order[begun:]:
        now = lane_config.present_in(connection, till)
        assert now is not None, f"{till} had settings when this began"
        try:
            text = edited(now.text, edits)
            if text == now.text:
                continue
            lane_config.add(connection, till, text, row.by, row.why, now_utc_ms, bank=n)
        except CannotChange as problem:
            _over(connection, n, "stopped", f"{till}: {problem.why}")
        return
    _over(connection, n, "done", "")


def _over(connection: Connection, n: int, state: str, told: str) -> None:
    where = (lane_bank.c.n == n, lane_bank.c.state == "running")
    connection.execute(sa.update(lane_bank).where(*where).values(state=state, told=told[:300], sent=""))
