"""Proving PINs: whose PIN this is, for whoever orders something from a desk; and nobody goes through all PINs here.

A PIN has four digits. So after a few wrong ones in a row, of everybody together and wherever they were typed, none is
looked at for some minutes. The count is in the books, so that neither a new page nor a new start of the store forgets
it, and a try is counted before it is looked at, so that many at once are still many. A manager who knows whose fingers
slipped ends the pause (`user_changes`).
"""

from http import HTTPStatus

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from kiosk.wire.asking import StaffEntry
from store.database import writing
from store.problem import Problem
from store.schema import pin_tries
from store.users import who

MOST_WRONG, PAUSE_MS = 5, 5 * 60_000


def proved(engine: Engine, pin: str, now_utc_ms: int) -> StaffEntry:
    """Whose it is. Problem: nobody's, or too many were wrong. Takes as long as its hashes."""
    if not _counted(engine, now_utc_ms):
        raise Problem(HTTPStatus.TOO_MANY_REQUESTS, "too many wrong PINs; try again in five minutes")
    person = who(engine, pin)
    if person is None:
        raise Problem(HTTPStatus.FORBIDDEN, "nobody has this PIN")
    with writing(engine) as connection:
        unlock(connection)
    return person


def locked(connection: Connection, now_utc_ms: int) -> bool:
    """Whether no PIN is looked at for the moment."""
    row = connection.execute(sa.select(pin_tries)).first()
    return row is not None and row.wrong >= MOST_WRONG and not _over(row.last_utc_ms, now_utc_ms)


def unlock(connection: Connection) -> bool:
    """Forget the wrong PINs; whether there were any."""
    none = {"wrong": 0, "last_utc_ms": 0}
    return bool(connection.execute(sa.update(pin_tries).where(pin_tries.c.wrong > 0).values(none)).rowcount)


def _over(last_utc_ms: int, now_utc_ms: int) -> bool:
    """A clock that was set back ends a pause too: nobody can tell how long it has been."""
    return not 0 <= now_utc_ms - last_utc_ms < PAUSE_MS


def _counted(engine: Engine, now_utc_ms: int) -> bool:
    """One more try, wrong until it is found to be right; False: there were too many."""
    with writing(engine) as connection:
        row = connection.execute(sa.select(pin_tries)).first()
        if row is None:
            connection.execute(sa.insert(pin_tries).values(id=1, wrong=1, last_utc_ms=now_utc_ms))
            return True
        if row.wrong >= MOST_WRONG and not _over(row.last_utc_ms, now_utc_ms):
            return False
        wrong = 1 if row.wrong >= MOST_WRONG else row.wrong + 1
        connection.execute(sa.update(pin_tries).values(wrong=wrong, last_utc_ms=now_utc_ms))
    return True
