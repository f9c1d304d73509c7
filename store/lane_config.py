"""Lane config: what every lane runs on, each version of it, and how a change is on its way.

A lane tells what it runs on at every connection (`kiosk.wire.configuring`). Somebody at the console writes another
text: that is a version, with who, when and why, and a command that names it; the lane fetches it, checks it with its
own validator, tries it when nobody is served, and tells what came of it. What it refuses or takes back stays among the
versions with the reason. A text that was found on a lane and made by nobody here is a version too, so the row of
versions has no gaps, and back to any of them is just another change.

What is secret never comes from a lane; a new secret that somebody types is kept until the lane is done with the change,
and not for longer.

    ordered -> waiting -> trying -> kept
            '-> refused          '-> back          ordered, waiting -> replaced, expired
"""

from collections.abc import Sequence
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from kiosk.values.hidden import hidden
from kiosk.values.settings import BadSettings
from kiosk.values.toml_text import line_of_error
from kiosk.wire.configuring import ConfigAnswer, ConfigAsk, KnownKey
from store import commands
from store.config_edits import FILE, CannotChange
from store.database import writing
from store.lane_config_schema import lane_change, lane_config
from store.schema import command

OPEN = ("ordered", "waiting", "trying")
"""The lane is not done with it."""
_UNTRIED = ("ordered", "waiting")
LONGEST_WHY = 200
_NAME = "cfg-"


class Present(msgspec.Struct, frozen=True):
    """What a lane runs on, as it has told."""

    till: str
    text: str
    keys: tuple[KnownKey, ...]
    told_utc_ms: int


class Version(msgspec.Struct, frozen=True):
    """One version. `by` is empty where it was found on the lane; `told` says why it was not kept."""

    n: int
    till: str
    number: int
    text: str
    by: str
    why: str
    made_utc_ms: int
    state: str
    told: str
    line: int
    ended_utc_ms: int
    bank: int


# --- what people want -------------------------------------------------------------------------------------------------


def propose(engine: Engine, till: str, text: str, by: str, why: str, now_utc_ms: int) -> int:
    """A change of this lane, ordered; its number among all. CannotChange."""
    with writing(engine) as connection:
        return add(connection, till, text, by, why, now_utc_ms)


def add(connection: Connection, till: str, text: str, by: str, why: str, now_utc_ms: int, bank: int = 0) -> int:
    """The same, in the caller's transaction."""
    why = " ".join(why.split())[:LONGEST_WHY]
    if not why:
        raise CannotChange("say why, for whoever reads it later")
    shown = _hidden(text)
    now = present_in(connection, till)
    if now is None:
        raise CannotChange(f"{till} has not told what it runs on: it is of an older version, or was never heard")
    if shown == now.text and text == shown:
        raise CannotChange("it is what the lane runs on already")
    under_way = sa.select(lane_change.c.number).where(lane_change.c.till == till, lane_change.c.state == "trying")
    if (number := connection.scalar(under_way)) is not None:
        raise CannotChange(f"{till} tries version {number} at this moment: wait until it has kept it or taken it back")
    _replace(connection, till, ("ordered",), now_utc_ms)
    row = {
        "till": till, "number": _next(connection, till), "text": shown, "sent": text, "by": by, "why": why,
        "made_utc_ms": now_utc_ms, "state": "ordered", "bank": bank,
    }  # fmt: skip
    n = connection.execute(sa.insert(lane_change).values(row).returning(lane_change.c.n)).scalar_one()
    id_ = commands.add(connection, till, "configure", by, {"detail": f"{_NAME}{n}"}, now_utc_ms)
    connection.execute(sa.update(lane_change).where(lane_change.c.n == n).values(command=id_))
    return int(n)


def _hidden(text: str) -> str:
    try:
        return hidden(text)
    except BadSettings as problem:
        why = str(problem).removeprefix(f"{FILE}: ")
        raise CannotChange(why, line_of_error(text, why)) from problem


# --- what lanes tell --------------------------------------------------------------------------------------------------


def heard(engine: Engine, till: str, said: ConfigAsk, now_utc_ms: int) -> ConfigAnswer:
    """A lane has told what it runs on, and of its last change."""
    with engine.connect() as connection:
        change, digest = _change(connection, till, said.change), _digest(connection, till)
        news = (said.text and digest != said.digest) or (change is not None and _is_news(change, said))
        wanted = _wanted(connection, till)
    if news:
        with writing(engine) as connection:
            _take(connection, till, said, now_utc_ms)
    known = bool(said.text) or digest == said.digest
    return ConfigAnswer(known=known, ours=change is not None, wanted=wanted)


def sent(engine: Engine, till: str, change: str) -> str | None:
    """The whole text of a change of this lane, for itself; None: nobody wants it any more."""
    with engine.connect() as connection:
        found = _change(connection, till, change)
    return found.sent if found is not None and found.state in _UNTRIED else None


def look(engine: Engine, now_utc_ms: int) -> None:
    """What the lane has refused or not heard of in time is no change any more."""
    ended = (
        sa.select(lane_change.c.n, command.c.state, command.c.why)
        .join(command, command.c.id == lane_change.c.command)
        .where(lane_change.c.state == "ordered", command.c.state.in_(("refused", "expired")))
    )
    with engine.connect() as connection:
        if connection.execute(ended.limit(1)).first() is None:
            return
    with writing(engine) as connection:
        for row in connection.execute(ended).all():
            _end(connection, row.n, row.state, row.why, 0, now_utc_ms)


def _take(connection: Connection, till: str, said: ConfigAsk, now_utc_ms: int) -> None:
    change = _change(connection, till, said.change)
    if change is not None and _is_news(change, said):
        if said.stage == "waiting":
            _replace(connection, till, _UNTRIED, now_utc_ms, but=change.n)
        if said.stage in OPEN:
            where = lane_change.c.n == change.n
            connection.execute(sa.update(lane_change).where(where).values(state=said.stage))
        else:
            _end(connection, change.n, said.stage, said.why, said.line, now_utc_ms)
    if said.text and _digest(connection, till) != said.digest:
        _keep(connection, till, said, now_utc_ms)


def _is_news(change: Any, said: ConfigAsk) -> bool:
    """A lane's last word stands: what is over does not begin again."""
    return bool(said.stage) and change.state != said.stage and change.state not in ("kept", "back", "refused")


def _keep(connection: Connection, till: str, said: ConfigAsk, now_utc_ms: int) -> None:
    """What it runs on now; a version, if it is none that was made here."""
    row = {
        "digest": said.digest, "text": said.text, "told_utc_ms": now_utc_ms,
        "keys": msgspec.json.encode(said.keys).decode(),
    }  # fmt: skip
    done = connection.execute(sa.update(lane_config).where(lane_config.c.till == till).values(row))
    if not done.rowcount:
        connection.execute(sa.insert(lane_config).values(till=till, **row))
    running = (
        sa.select(lane_change.c.text)
        .where(lane_change.c.till == till, lane_change.c.state.in_(("kept", "trying")))
        .order_by(lane_change.c.number.desc())
    )
    now = connection.scalars(running.limit(2)).all()
    if said.text not in now:
        found = {
            "till": till, "number": _next(connection, till), "text": said.text, "by": "", "state": "kept",
            "why": "as it was found on the lane", "made_utc_ms": now_utc_ms, "ended_utc_ms": now_utc_ms,
        }  # fmt: skip
        connection.execute(sa.insert(lane_change).values(found))


# --- looking ----------------------------------------------------------------------------------------------------------


def tills(engine: Engine) -> list[str]:
    """The lanes that have told what they run on."""
    with engine.connect() as connection:
        return list(connection.scalars(sa.select(lane_config.c.till).order_by(lane_config.c.till)))


def present(engine: Engine, till: str) -> Present | None:
    """What it runs on; None if it has never told."""
    with engine.connect() as connection:
        return present_in(connection, till)


def versions(engine: Engine, till: str, limit: int = 100) -> Sequence[Version]:
    """The newest first."""
    query = _versions().where(lane_change.c.till == till).order_by(lane_change.c.number.desc()).limit(limit)
    with engine.connect() as connection:
        return [Version(*row) for row in connection.execute(query)]


def version(engine: Engine, till: str, number: int) -> Version | None:
    """One of a lane."""
    query = _versions().where(lane_change.c.till == till, lane_change.c.number == number)
    with engine.connect() as connection:
        row = connection.execute(query).first()
    return Version(*row) if row is not None else None


def before(engine: Engine, one: Version) -> Version | None:
    """What the lane ran on before this version: the last that was kept."""
    query = (
        _versions()
        .where(lane_change.c.till == one.till, lane_change.c.number < one.number, lane_change.c.state == "kept")
        .order_by(lane_change.c.number.desc())
    )
    with engine.connect() as connection:
        row = connection.execute(query.limit(1)).first()
    return Version(*row) if row is not None else None


def _versions() -> Any:
    return sa.select(*(lane_change.c[name] for name in Version.__struct_fields__))


def present_in(connection: Connection, till: str) -> Present | None:
    """The same, in the caller's transaction."""
    row = connection.execute(sa.select(lane_config).where(lane_config.c.till == till)).first()
    if row is None:
        return None
    return Present(till, row.text, msgspec.json.decode(row.keys, type=tuple[KnownKey, ...]), row.told_utc_ms)


def _digest(connection: Connection, till: str) -> str:
    return connection.scalar(sa.select(lane_config.c.digest).where(lane_config.c.till == till)) or ""


def _change(connection: Connection, till: str, name: str) -> Any:
    number = name.removeprefix(_NAME)
    if not name.startswith(_NAME) or not number.isdecimal() or len(number) > 15:
        return None
    where = (lane_change.c.n == int(number), lane_change.c.till == till)
    return connection.execute(sa.select(lane_change).where(*where)).first()


def _wanted(connection: Connection, till: str) -> str:
    """A change whose command the lane has taken, and which it has not told of: it was cut off in between."""
    query = (
        sa.select(lane_change.c.n)
        .join(command, command.c.id == lane_change.c.command)
        .where(lane_change.c.till == till, lane_change.c.state == "ordered", command.c.state == "done")
        .order_by(lane_change.c.n.desc())
    )
    n = connection.scalar(query.limit(1))
    return f"{_NAME}{n}" if n is not None else ""


def _next(connection: Connection, till: str) -> int:
    last = connection.scalar(sa.select(sa.func.max(lane_change.c.number)).where(lane_change.c.till == till))
    return (last or 0) + 1


def _replace(connection: Connection, till: str, states: Sequence[str], now_utc_ms: int, but: int = 0) -> None:
    """A newer one takes their place."""
    where = (lane_change.c.till == till, lane_change.c.state.in_(states), lane_change.c.n != but)
    for n in connection.scalars(sa.select(lane_change.c.n).where(*where)).all():
        _end(connection, n, "replaced", "", 0, now_utc_ms)


def _end(connection: Connection, n: int, state: str, told: str, line: int, now_utc_ms: int) -> None:
    row = {"state": state, "told": told, "line": line, "ended_utc_ms": now_utc_ms, "sent": ""}
    connection.execute(sa.update(lane_change).where(lane_change.c.n == n).values(row))
