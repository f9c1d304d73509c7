"""Gaps: sequence numbers of a till that the books lack, though they have later ones.

A gap shows at once as the flag `chain` on the sale above it (`chain`). Here is what to ask the till for: it sends what
it has sealed under these numbers once more. Some numbers stay open for ever, and rightly: a till that was restored from
an old copy goes on behind the last number that the store knows, and what it skipped was never a sale. A machine that
took another's place is only asked for what it can have: its own numbers (`replacing`).
"""

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from store.replacing import of
from store.schema import sale

MOST = 64
_LATELY = 10_000
"""So many numbers back it is looked: some weeks of a busy lane."""


def gaps(engine: Engine, till: str) -> tuple[int, ...]:
    """The latest that are missing, the latest first."""
    number = sale.c.sequence
    last = sa.select(sa.func.max(number)).where(sale.c.till == till)
    with engine.connect() as connection:
        newest = connection.scalar(last)
        if newest is None:
            return ()
        begun = of(connection, till)
        oldest = max(begun[-1].sequence - 1 if begun else 0, newest - _LATELY)
        held = set(connection.scalars(sa.select(number).where(sale.c.till == till, number > oldest)))
    missing = (n for n in range(newest, oldest, -1) if n not in held)
    return tuple(n for n, _ in zip(missing, range(MOST), strict=False))
