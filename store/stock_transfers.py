"""Transfers: goods from one place to another in two steps, so that what is on its way is nowhere twice.

Sent: it leaves its place. Received: what has come, counted by whoever takes it, goes to the other; what is missing
stays in sight as the difference of the two. Goods of another shop are not ours: what is sent there only leaves, what
comes from there only arrives.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from store import stock_ledger
from store.database import writing
from store.schema import price
from store.stock import check_place
from store.stock_ledger import Moved
from store.stock_schema import stock_place, stock_transfer, stock_transfer_line
from store.stock_slips import BadSlip, SlipLine, added, check_known, check_lines, new_id

_ANYWHERE = ("here", "shop")


class NoSuchTransfer(LookupError):
    """There is none under this id, or it has been received already."""


class TransferLine(msgspec.Struct, frozen=True):
    """One product of it; nothing has been received before somebody says so."""

    gtin: str
    name: str
    sent_count: int
    sent_g: int
    received_count: int | None
    received_g: int | None

    @property
    def missing(self) -> tuple[int, int]:
        """(pieces, grams) that were sent and did not come; less than nothing came in addition."""
        if self.received_count is None or self.received_g is None:
            return 0, 0
        return self.sent_count - self.received_count, self.sent_g - self.received_g


class Transfer(msgspec.Struct, frozen=True):
    """One transfer with its lines."""

    id: str
    from_place: str
    to_place: str
    state: Literal["sent", "received"]
    note: str
    sent_utc_ms: int
    sent_by: str
    received_utc_ms: int
    received_by: str
    lines: tuple[TransferLine, ...] = ()


def send(
    engine: Engine,
    from_place: str,
    to_place: str,
    lines: Sequence[SlipLine],
    *,
    now_utc_ms: int,
    note: str = "",
    staff: str = "",
) -> str:
    """It leaves; its id. BadSlip, UnknownPlace, UnknownProduct."""
    check_lines(lines)
    if from_place == to_place:
        raise BadSlip("it goes from one place to another")
    together: tuple[SlipLine, ...] = ()
    for line in lines:
        together = added(together, SlipLine(line.gtin, line.count, line.weight_g))
    id_ = new_id("transfer", now_utc_ms)
    row = {"id": id_, "from_place": from_place, "to_place": to_place, "state": "sent", "note": note}
    with writing(engine) as connection:
        check_place(connection, from_place, _ANYWHERE)
        check_place(connection, to_place, _ANYWHERE)
        check_known(connection, [line.gtin for line in together])
        connection.execute(sa.insert(stock_transfer).values(**row, sent_utc_ms=now_utc_ms, sent_by=staff))
        sent = [
            {"transfer_id": id_, "gtin": line.gtin, "sent_count": line.count, "sent_g": line.weight_g}
            for line in together
        ]
        connection.execute(sa.insert(stock_transfer_line), sent)
        if _is_here(connection, from_place):
            _book(connection, [(one.gtin, -one.count, -one.weight_g) for one in together], {
                "place": from_place, "note": note, "staff": staff, "cause": id_, "at_utc_ms": now_utc_ms,
            })  # fmt: skip
    return id_


def receive(
    engine: Engine, id_: str, came: Mapping[str, tuple[int, int]] | None, *, now_utc_ms: int, staff: str = ""
) -> Transfer:
    """It is there: (pieces, grams) by product where it is not what was sent. NoSuchTransfer, BadSlip."""
    with writing(engine) as connection:
        ended = {"state": "received", "received_utc_ms": now_utc_ms, "received_by": staff}
        taken = sa.update(stock_transfer).where(stock_transfer.c.id == id_, stock_transfer.c.state == "sent")
        if connection.execute(taken.values(**ended)).rowcount != 1:
            raise NoSuchTransfer(f"no transfer {id_} is on its way")
        found = _read(connection, sa.select(stock_transfer).where(stock_transfer.c.id == id_))[0]
        sent = {line.gtin: (line.sent_count, line.sent_g) for line in found.lines}
        _check_came(came or {}, sent)
        here = {**sent, **(came or {})}
        for gtin, (count, weight_g) in here.items():
            at = (stock_transfer_line.c.transfer_id == id_, stock_transfer_line.c.gtin == gtin)
            connection.execute(
                sa.update(stock_transfer_line).where(*at).values(received_count=count, received_g=weight_g)
            )
        if _is_here(connection, found.to_place):
            _book(connection, [(gtin, *much) for gtin, much in here.items()], {
                "place": found.to_place, "note": found.note, "staff": staff, "cause": id_, "at_utc_ms": now_utc_ms,
            })  # fmt: skip
        return _read(connection, sa.select(stock_transfer).where(stock_transfer.c.id == id_))[0]


def _check_came(came: Mapping[str, tuple[int, int]], sent: Mapping[str, tuple[int, int]]) -> None:
    for gtin, much in came.items():
        if gtin not in sent:
            raise BadSlip(f"{gtin} was not sent; book what came in addition as a delivery")
        if min(much) < 0:
            raise BadSlip(f"{gtin}: less than nothing cannot have come")


def _book(connection: Connection, moved: Sequence[tuple[str, int, int]], about: Mapping[str, Any]) -> None:
    stock_ledger.book(
        connection,
        [
            Moved(gtin, "transfer", count=count, weight_g=weight_g, **about)
            for gtin, count, weight_g in moved
            if count or weight_g
        ],
    )


def _is_here(connection: Connection, place: str) -> bool:
    return connection.scalar(sa.select(stock_place.c.kind).where(stock_place.c.id == place)) == "here"


def transfers(engine: Engine, state: str = "", limit: int = 100) -> list[Transfer]:
    """The newest first; of one state if it is said."""
    query = sa.select(stock_transfer).order_by(stock_transfer.c.sent_utc_ms.desc(), stock_transfer.c.id).limit(limit)
    if state:
        query = query.where(stock_transfer.c.state == state)
    with engine.connect() as connection:
        return _read(connection, query)


def find(engine: Engine, id_: str) -> Transfer:
    """NoSuchTransfer."""
    with engine.connect() as connection:
        found = _read(connection, sa.select(stock_transfer).where(stock_transfer.c.id == id_))
    if not found:
        raise NoSuchTransfer(f"there is no transfer {id_}")
    return found[0]


def _read(connection: Connection, query: "sa.Select[Any]") -> list[Transfer]:
    rows = connection.execute(query).mappings().all()
    line = stock_transfer_line.c
    named = sa.select(price.c.code, price.c.name).where(price.c.until.is_(None)).subquery()
    joined = stock_transfer_line.join(named, line.gtin == named.c.code, isouter=True)
    columns = [getattr(line, name) for name in TransferLine.__struct_fields__ if name != "name"]
    found = sa.select(line.transfer_id, sa.func.coalesce(named.c.name, "").label("name"), *columns)
    found = found.select_from(joined).where(line.transfer_id.in_([row["id"] for row in rows])).order_by(line.gtin)
    lines: dict[str, list[TransferLine]] = {}
    for one in connection.execute(found).mappings():
        lines.setdefault(one["transfer_id"], []).append(
            TransferLine(**{name: one[name] for name in TransferLine.__struct_fields__})
        )
    return [Transfer(**row, lines=tuple(lines.get(row["id"], ()))) for row in rows]
