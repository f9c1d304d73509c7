"""Lane log: what somebody wants to read of a lane's log: ordered, told by the lane, kept for a while.

The lane bounds it and takes out what is secret; here it is only kept, the last few of each lane.
"""

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from kiosk.checkout.commanding import LEVELS, MOST_LINES
from kiosk.wire.configuring import LogAsk
from store import commands
from store.database import writing
from store.lane_config_schema import lane_log
from store.schema import command

__all__ = ["LEVELS", "MOST_LINES", "Excerpt", "find", "heard", "latest", "order"]

KEPT = 20
LONGEST = 512 << 10


class Excerpt(msgspec.Struct, frozen=True):
    """What a lane has told, one JSON object a line, the oldest first."""

    id: str
    till: str
    text: str
    told_utc_ms: int


def order(engine: Engine, till: str, lines: int, since_utc_ms: int, level: str, by: str, now_utc_ms: int) -> str:
    """The id of the order, under which the excerpt will be."""
    assert level in LEVELS, level
    assert 0 < lines <= MOST_LINES, lines
    data = {"lines": lines, "since_utc_ms": since_utc_ms, "detail": level}
    return commands.order(engine, till, "log", by, data, now_utc_ms)


def heard(engine: Engine, till: str, said: LogAsk, now_utc_ms: int) -> bool:
    """Kept, once; false for what nobody has ordered of this lane."""
    asked = sa.select(command.c.id).where(command.c.id == said.order, command.c.till == till, command.c.kind == "log")
    with writing(engine) as connection:
        if connection.execute(asked).first() is None or len(said.text) > LONGEST:
            return False
        if connection.execute(sa.select(lane_log.c.id).where(lane_log.c.id == said.order)).first() is not None:
            return True
        row = {"id": said.order, "till": till, "text": said.text, "told_utc_ms": now_utc_ms}
        connection.execute(sa.insert(lane_log).values(row))
        newest = sa.select(lane_log.c.id).where(lane_log.c.till == till).order_by(lane_log.c.told_utc_ms.desc())
        kept = connection.scalars(newest.limit(KEPT)).all()
        connection.execute(sa.delete(lane_log).where(lane_log.c.till == till, lane_log.c.id.not_in(kept)))
    return True


def find(engine: Engine, till: str, id_: str) -> Excerpt | None:
    """By the id of its order."""
    query = sa.select(lane_log).where(lane_log.c.id == id_, lane_log.c.till == till)
    with engine.connect() as connection:
        row = connection.execute(query).first()
    return Excerpt(row.id, row.till, row.text, row.told_utc_ms) if row is not None else None


def latest(engine: Engine, till: str) -> list[Excerpt]:
    """Those that are kept, the newest first."""
    query = sa.select(lane_log).where(lane_log.c.till == till).order_by(lane_log.c.told_utc_ms.desc())
    with engine.connect() as connection:
        return [Excerpt(row.id, row.till, row.text, row.told_utc_ms) for row in connection.execute(query)]
