"""State: how it stands with an import: done, waiting for somebody, called off, taken out again.

An import's row says what was asked for. Where prices had to wait for a second person, what became of them is the
batch's matter: if that was called off under Prices nothing has changed, on the way in or on the way out. An import
whose way out was called off stands as before, and may be taken out again.
"""

from collections.abc import Mapping, Sequence
from typing import Literal, get_args

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from store.imports.doing import Done, undoing, why
from store.prices_schema import price_batch

State = Literal["done", "waiting", "called off", "undo waits", "undo called off", "undone"]
STATES: tuple[State, ...] = get_args(State)
STANDS: tuple[State, ...] = ("done", "waiting", "undo called off")
"""May be taken out."""
_Fates = Mapping[tuple[str, int], Literal["waits", "called off", "started"]]
"""(name of a batch, when it was asked for) -> what became of it."""


def states(connection: Connection, imports: Sequence[Done]) -> dict[str, State]:
    """By the imports' ids."""
    names = [name for one in imports for name in (why(one.id, one.file), undoing(one.id, one.file))]
    fates = _fates(connection, names)
    return {one.id: _state(one, fates) for one in imports}


def _state(one: Done, fates: _Fates) -> State:
    if one.undone_utc_ms:
        match fates.get((undoing(one.id, one.file), one.undone_utc_ms)):
            case "waits":
                return "undo waits"
            case "called off":
                return "undo called off"
        return "undone"
    match fates.get((why(one.id, one.file), one.at_utc_ms)):
        case "waits":
            return "waiting"
        case "called off":
            return "called off"
    return "done"


def _fates(connection: Connection, names: Sequence[str]) -> _Fates:
    batch = price_batch.c
    query = sa.select(batch.name, batch.made_utc_ms, batch.cancelled_by, batch.ended_utc_ms).order_by(
        batch.ended_utc_ms
    )
    found = connection.execute(query.where(batch.name.in_(names)))
    return {
        (row.name, row.made_utc_ms): "waits"
        if not row.ended_utc_ms
        else "called off"
        if row.cancelled_by
        else "started"
        for row in found
    }
