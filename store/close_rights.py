"""Close rights: a manager closes days and gives reasons; whoever runs a till may count its cash."""

from http import HTTPStatus

from sqlalchemy.engine import Engine

from store.problem import Problem
from store.proving_pins import proved

CLOSES = ("manager",)
COUNTS = ("cashier", "supervisor", "manager")


def may_close(engine: Engine, pin: str, now_utc_ms: int) -> str:
    """The id of whoever has this PIN, if they may close days. Problem."""
    return _proved(engine, pin, now_utc_ms, CLOSES, "a manager closes days and gives reasons")


def may_count(engine: Engine, pin: str, now_utc_ms: int) -> str:
    """The id of whoever has this PIN, if they may count cash. Problem."""
    return _proved(engine, pin, now_utc_ms, COUNTS, "staff of the shop count cash")


def _proved(engine: Engine, pin: str, now_utc_ms: int, roles: tuple[str, ...], says: str) -> str:
    person = proved(engine, pin, now_utc_ms)
    if person.role not in roles:
        raise Problem(HTTPStatus.FORBIDDEN, f"{person.name} is {person.role}: {says}")
    return person.id
