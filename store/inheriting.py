"""Inheriting: the machine that took a till's place gets the settings that the till had.

It comes with the settings of any new machine: without them it knows no card terminal and no printer, and opens in the
country's language. What the till ran on is known here by versions. So as soon as the new machine has told what it runs
on, a change back to the last version that was kept is ordered in the name of whoever put it there: on trial like any
other, so that settings which do not fit the new machine are taken back by themselves, with the reason among the
versions. How it reaches the store is the new machine's own; what was secret is nowhere but on the disk that is gone,
and the change says what to write again.
"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
import structlog
from sqlalchemy.engine import Connection, Engine

from kiosk.values.hidden import HIDDEN
from kiosk.values.settings import BadSettings
from kiosk.values.toml_text import CannotPlace, layout, with_value, without
from store import lane_config
from store.config_edits import CannotChange, Edit, edited, values_of
from store.database import writing
from store.lane_config_schema import lane_change
from store.replacing_schema import till_segment

LINK = "link."


def settle(engine: Engine, till: str, now_utc_ms: int) -> int | None:
    """Order what the machine before ran on, if another has taken its place and has just told of itself: the change's
    number. Nothing the second time."""
    with engine.connect() as connection:
        if _lacks(connection, till) is None:
            return None
    with writing(engine) as connection:
        found = _lacks(connection, till)
        if found is None:
            return None
        old, own, by = found
        try:
            text, lost = inherited(old, own)
            return lane_config.add(connection, till, text, by, _why(lost), now_utc_ms)
        except (CannotChange, BadSettings, CannotPlace) as problem:  # it runs on that already, or has told no TOML
            structlog.get_logger("inheriting").info("settings.not_inherited", till=till, why=str(problem))
            return None


def inherited(old: str, own: str) -> tuple[str, Sequence[str]]:
    """The till's settings for its new machine, which runs on `own`; the settings whose values were secret. Pure."""
    lost = [one for one in layout(old).entries if not one.table and old[one.start : one.end] == HIDDEN]
    text = old
    for one in lost:
        text = with_value(text, one.path, '""') if one.inside else without(text, one.path)
    link = [Edit(path, value) for path, value in values_of(own).items() if path.startswith(LINK)]
    gone = [Edit(path, None) for path in ("link.succession",) if path not in {edit.path for edit in link}]
    return edited(text, [*link, *gone]), [".".join(one.path) for one in lost]


def _lacks(connection: Connection, till: str) -> tuple[str, str, str] | None:
    """What the till ran on, what its new machine runs on, who put that there; None: nothing is to be done."""
    segments = sa.select(till_segment.c.begun_utc_ms, till_segment.c.by).where(till_segment.c.till == till)
    begun: Any = connection.execute(segments.order_by(till_segment.c.segment.desc()).limit(1)).first()
    if begun is None:
        return None
    mine = sa.select(lane_change.c.text).where(lane_change.c.till == till).order_by(lane_change.c.number.desc())
    since = connection.scalars(mine.where(lane_change.c.made_utc_ms >= begun.begun_utc_ms).limit(2)).all()
    was = mine.where(lane_change.c.made_utc_ms < begun.begun_utc_ms, lane_change.c.state == "kept")
    old = connection.scalar(was.limit(1))
    if len(since) != 1 or old is None:
        return None
    return old, since[0], begun.by


def _why(lost: Sequence[str]) -> str:
    back = "the settings of the machine that it replaces"
    return f"{back}; write again what was secret: {', '.join(lost)}" if lost else back
