"""Exit codes: what a gate may open for, once.

The four letters on the slip follow from the sealed sale, so the books know them as soon as the sale is here. A gate
that has read a code uses it up by asking; the same question again (its answer was lost) hears the same answer. Two
gates that ask at once queue for the row (on SQLite for the whole file), so one of them finds it used. Four letters
repeat in time: only codes of the last hours count, and of two that are alike each opens once.

A gate that is wired to a lane asks through it, under the id of the lane's question. While the store is away the lane
opens for sales of its own and reports that afterwards, behind the sale; then the code is used here, too.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from kiosk.checkout.questions import ExitAnswer, ExitAsk
from kiosk.checkout.sale import Sale
from kiosk.checkout.sale import exit_code as code_of
from store.bulk import insert_rows
from store.database import writing
from store.schema import exit_code
from store.vouchers import Asker

VALID_MS = 2 * 60 * 60 * 1_000
"""So long after the store has heard of the sale its code opens a gate. Our choice; no standard says."""


class Use(msgspec.Struct, frozen=True):
    """What a gate hears. `valid`: open. `sale` names the sale that the code belongs to, if it is known."""

    state: Literal["valid", "used", "unknown", "too_old"]
    sale: str = ""


def note_all(connection: Connection, sales: Sequence[Sale], now_utc_ms: int) -> None:
    """Sales have come into the books: their codes open a gate from now on. Voids, returns and training have none."""
    coded = (sold for sold in sales if sold.kind == "sale" and not sold.training)
    rows = [{"sale_key": sold.key, "code": code_of(sold), "known_utc_ms": now_utc_ms} for sold in coded]
    insert_rows(connection, exit_code, rows)


def use(engine: Engine, code: str, asked_as: str, now_utc_ms: int) -> Use:
    """Use a code up. `asked_as` is the gate's own name for this question, by which a repetition is known."""
    with writing(engine) as connection:
        return _use(connection, code, asked_as, now_utc_ms)


def answer(engine: Engine, asker: Asker, ask: ExitAsk) -> ExitAnswer:
    """The same for a gate that is wired to a lane."""
    return ExitAnswer(state=use(engine, ask.code, _name(asker.till, asker.id), asker.now_utc_ms).state)


def note_opened(connection: Connection, till: str, data: Mapping[str, Any], now_utc_ms: int) -> None:
    """A lane reports that its gate has opened; where it did so without asking, the code is used from now on."""
    if data.get("how") == "lane":
        _use(connection, str(data.get("code", "")), _name(till, str(data.get("id", ""))), now_utc_ms)


def _name(till: str, question: str) -> str:
    return f"{till}/{question}"


def _use(connection: Connection, code: str, asked_as: str, now_utc_ms: int) -> Use:
    query = sa.select(exit_code).where(exit_code.c.code == code.strip().upper())
    rows = connection.execute(query.order_by(exit_code.c.known_utc_ms.desc()).with_for_update()).all()
    mine = next((row for row in rows if row.used_as == asked_as), None)
    if mine is not None:
        return Use("valid", mine.sale_key)
    fresh = [row for row in rows if row.known_utc_ms > now_utc_ms - VALID_MS]
    unused = next((row for row in fresh if not row.used_utc_ms), None)
    if unused is not None:
        found = sa.update(exit_code).where(exit_code.c.sale_key == unused.sale_key)
        connection.execute(found.values(used_utc_ms=now_utc_ms, used_as=asked_as))
        return Use("valid", unused.sale_key)
    if fresh:
        return Use("used", fresh[0].sale_key)
    return Use("too_old", rows[0].sale_key) if rows else Use("unknown")
