"""Adoption rights: an operator makes machines into tills, and a manager where a shop has no operator of its own."""

from http import HTTPStatus

from sqlalchemy.engine import Engine

from store.problem import Problem
from store.proving_pins import proved

ADOPTS = ("operator", "manager")


def may_adopt(engine: Engine, pin: str, now_utc_ms: int) -> str:
    """The id of whoever has this PIN, if they may adopt tills. Problem."""
    person = proved(engine, pin, now_utc_ms)
    if person.role not in ADOPTS:
        raise Problem(
            HTTPStatus.FORBIDDEN, f"{person.name} is {person.role}: an operator or a manager adopts checkouts"
        )
    return person.id
