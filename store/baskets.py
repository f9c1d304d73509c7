"""Baskets: suspended ones that a lane gave away, for any lane to bring back, each once.

A lane's report `basket.shared` is the basket: from then on it is here and nowhere else (`kiosk.checkout.parking`). A
question that asks for it holds it, like a voucher, and hears the same however often it asks. Other questions hear that
it is in use until the lane lets it go (`hold.released`), and that it is gone when the lane reports that it has brought
it back, or taken it back to void it. Such a hold never lapses by itself: its lane may be dark, with the basket on its
disk. What the basket's coupons hold goes with it to the lane that has it.
"""

from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine, RowMapping

from kiosk.checkout.questions import BasketAnswer, BasketAsk, BasketsAnswer, KeptBasket
from kiosk.wire.messages import LaneEvent
from store.database import writing
from store.schema import basket, hold, lane_event
from store.vouchers import Asker, write_hold

KIND = "basket"
KINDS = ("basket.shared", "basket.recalled", "basket.taken_back")
"""The reports that are about them."""
LISTED_MS = 24 * 60 * 60 * 1_000
LISTED_MOST = 16
_CODE_LONGEST = 32
_LARGEST = 10**12


def note(connection: Connection, id_: str, till: str, event: LaneEvent, now_utc_ms: int) -> None:
    """What a lane reports: a basket that it gives away, or one that it was given and now has for good."""
    data = event.data
    if event.kind == "basket.shared":
        row = {"id": id_, "till": till, "code": str(data.get("code", ""))[:_CODE_LONGEST]}
        numbers = {name: _number(data.get(name)) for name in ("items", "due_minor", "parked_utc_ms")}
        connection.execute(sa.insert(basket).values(**row, **numbers, received_utc_ms=now_utc_ms))
    elif data.get("hold"):
        mine = (hold.c.id == str(data["hold"]), hold.c.till == till, hold.c.kind == KIND)
        connection.execute(sa.update(hold).where(*mine).values(state="spent", ended_utc_ms=now_utc_ms))


def _number(said: object) -> int:
    return said if isinstance(said, int) and abs(said) < _LARGEST * 10 else 0


# --- questions --------------------------------------------------------------------------------------------------------


def listed(engine: Engine, asker: Asker) -> BasketsAnswer:
    """The newest that nobody has, and which of the asking lane's have been brought back."""
    recent = basket.c.received_utc_ms > asker.now_utc_ms - LISTED_MS
    query = sa.select(basket).where(recent, ~_held("held", "spent")).order_by(basket.c.received_utc_ms.desc())
    gone = sa.select(basket.c.code).where(recent, basket.c.till == asker.till, _held("spent"))
    with engine.connect() as connection:
        kept = (
            KeptBasket(row.till, row.code, row.items, row.due_minor, row.parked_utc_ms)
            for row in connection.execute(query.limit(LISTED_MOST))
        )
        return BasketsAnswer(baskets=tuple(kept), gone=tuple(connection.scalars(gone)))


def _held(*states: str) -> "sa.ColumnElement[bool]":
    return sa.exists().where(hold.c.number == basket.c.id, hold.c.kind == KIND, hold.c.state.in_(states))


def give(engine: Engine, asker: Asker, ask: BasketAsk) -> BasketAnswer:
    """The basket, to this question alone."""
    with writing(engine) as connection:
        known = connection.execute(sa.select(hold).where(hold.c.id == asker.id)).first()
        if known is not None:
            mine = (known.till, known.kind) == (asker.till, KIND) and known.state != "released"
            return _given(connection, known.number) if mine else BasketAnswer(state="unknown")
        newest = sa.select(basket).where(basket.c.till == ask.till, basket.c.code == ask.code)
        newest = newest.order_by(basket.c.received_utc_ms.desc(), basket.c.id.desc()).limit(1).with_for_update()
        found = connection.execute(newest).mappings().first()
        return BasketAnswer(state="unknown") if found is None else _take(connection, asker, found)


def _take(connection: Connection, asker: Asker, found: RowMapping) -> BasketAnswer:
    theirs = sa.select(hold).where(hold.c.number == found["id"], hold.c.kind == KIND, hold.c.state != "released")
    other = connection.execute(theirs).first()
    if other is not None:
        return BasketAnswer(state="gone" if other.state == "spent" else "in_use", at=other.till)
    write_hold(connection, asker, found["id"], KIND, 1, "held")
    answer = _given(connection, found["id"])
    moved = sa.update(hold).where(hold.c.id.in_(_coupon_holds(answer.basket)), hold.c.state == "held")
    connection.execute(moved.values(till=asker.till))
    return answer


def _given(connection: Connection, id_: str) -> BasketAnswer:
    body = connection.scalar(sa.select(lane_event.c.body).where(lane_event.c.id == id_))
    said = msgspec.json.decode(body)["data"].get("basket") if body is not None else None
    return BasketAnswer(state="ok", basket=said) if isinstance(said, dict) else BasketAnswer(state="unknown")


def _coupon_holds(said: dict[str, Any] | None) -> list[str]:
    coupons = (said or {}).get("coupons") or []
    return [one["hold"] for one in coupons if isinstance(one, dict) and isinstance(one.get("hold"), str)]
