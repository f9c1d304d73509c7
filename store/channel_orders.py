"""Orders from other channels, in the books: placed once, reserving what they wait for, shipped out of the same stock.

An order reserves in the transaction that writes it, and whoever takes the last piece first has it: the products' levels
are locked before anybody looks how much is left. A channel repeats itself when an answer is lost, so the order stands
under its `Idempotency-Key`; the same key again is the same order, with another content it is a mistake.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy.engine import Connection, Engine

from store import stock_ledger, webhooks
from store.channel_order import Line, Much, Order, amended, cancelled, shipped, state_of, taken_back, told
from store.channel_schema import channel_order, channel_order_event, channel_order_line
from store.database import writing
from store.schema import price
from store.stock import OPEN, OnHand, levels_in
from store.stock_ledger import Moved

_LINE = Line.__struct_fields__


class UnknownOrder(LookupError):
    """No order has this id."""


class KeyUsed(ValueError):
    """The idempotency key stands for another order, or the channel's number does."""


class Short(ValueError):
    """There is not enough for it; `lines` are (code, wanted, what may be had), (pieces, grams) each."""

    def __init__(self, lines: Sequence[tuple[str, Much, Much]]) -> None:
        self.lines = tuple(lines)
        said = ", ".join(f"{gtin} ({have[0] or have[1]} of {want[0] or want[1]})" for gtin, want, have in lines)
        super().__init__(f"not enough in stock of {said}")


class New(msgspec.Struct, frozen=True):
    """An order to be placed. `digest` is of what was asked for; the rest as in `Order`."""

    channel: str
    number: str
    lines: tuple[Line, ...]
    digest: str
    key: str | None = None
    note: str = ""
    version: str = ""
    oversell: bool = False

    @property
    def id(self) -> str:
        """Of the order."""
        return f"{self.channel}/{self.number}"


class Happened(msgspec.Struct, frozen=True):
    """One line of an order's history."""

    kind: str
    at_utc_ms: int
    staff: str
    why: str


# --- changing ---------------------------------------------------------------------------------------------------------


def place(engine: Engine, new: New, *, now_utc_ms: int, staff: str = "") -> tuple[Order, bool]:
    """The order, and whether it is new. KeyUsed, Short."""
    with writing(engine) as connection:
        return place_in(connection, new, now_utc_ms=now_utc_ms, staff=staff)


def place_in(connection: Connection, new: New, *, now_utc_ms: int, staff: str = "") -> tuple[Order, bool]:
    """The same inside a transaction of the caller."""
    stock_ledger.lock(connection, {line.gtin for line in new.lines if line.gtin})
    known = sa.select(channel_order.c.id, channel_order.c.digest).where(
        sa.or_(channel_order.c.id == new.id, channel_order.c.idempotency_key == (new.key or ""))
    )
    if (before := connection.execute(known).first()) is not None:
        if before.digest == new.digest and before.id == new.id:
            return find_in(connection, new.id), False
        raise KeyUsed(f"another order is in the books under this key or number: {before.id}")
    if not new.oversell:
        check_enough(connection, new.lines)
    made = {"id": new.id, "channel": new.channel, "number": new.number, "note": new.note, "version": new.version}
    order = Order(**made, state=state_of(new.lines), made_utc_ms=now_utc_ms, changed_utc_ms=now_utc_ms, lines=new.lines)
    row = {**made, "state": order.state, "made_utc_ms": now_utc_ms, "changed_utc_ms": now_utc_ms}
    connection.execute(sa.insert(channel_order).values(**row, idempotency_key=new.key, digest=new.digest))
    _write_lines(connection, order)
    _note(connection, order, "placed", now_utc_ms, staff)
    return order, True


def check_enough(connection: Connection, lines: Iterable[Line], mine: Iterable[Line] = ()) -> None:
    """Short, unless everything that the lines wait for is there; what `mine` has reserved already is not in the way."""
    wanted, kept = _open_by_code(lines), _open_by_code(mine)
    found = levels_in(connection, sorted(wanted))
    short = []
    for gtin, want in wanted.items():
        level, had = found.get(gtin, OnHand(gtin, "", 0, 0)), kept.get(gtin, (0, 0))
        have = (max(0, level.available_count + had[0]), max(0, level.available_g + had[1]))
        if want[0] > have[0] or want[1] > have[1]:
            short.append((gtin, want, have))
    if short:
        raise Short(short)


def _open_by_code(lines: Iterable[Line]) -> dict[str, Much]:
    found: dict[str, Much] = {}
    for line in lines:
        if line.gtin:
            count, weight_g = found.get(line.gtin, (0, 0))
            found[line.gtin] = count + line.open[0], weight_g + line.open[1]
    return found


def ship(
    engine: Engine, id_: str, what: Mapping[int, Much] | None = None, *, now_utc_ms: int, staff: str = "", why: str = ""
) -> Order:
    """All that is open leaves, or these lines. UnknownOrder, NotNow."""
    with writing(engine) as connection:
        return ship_in(connection, id_, what, now_utc_ms=now_utc_ms, staff=staff, why=why)


def ship_in(
    connection: Connection,
    id_: str,
    what: Mapping[int, Much] | None = None,
    *,
    now_utc_ms: int,
    staff: str = "",
    why: str = "",
) -> Order:
    """The same inside a transaction of the caller."""
    before = _locked(connection, id_)
    after = replace(shipped(before, what), changed_utc_ms=now_utc_ms)
    moved = []
    for old, new in zip(before.lines, after.lines, strict=True):
        count, weight_g = old.shipped_count - new.shipped_count, old.shipped_g - new.shipped_g
        if new.gtin and (count or weight_g):
            moved.append(Moved(new.gtin, "order", now_utc_ms, count, weight_g, staff=staff, cause=id_))
    stock_ledger.book(connection, moved)
    return _changed(connection, after, "shipped", staff, why)


def cancel(engine: Engine, id_: str, *, now_utc_ms: int, staff: str = "", why: str = "") -> Order:
    """Nobody waits for what is open any more; again is the same. UnknownOrder, NotNow."""
    with writing(engine) as connection:
        return cancel_in(connection, id_, now_utc_ms=now_utc_ms, staff=staff, why=why)


def cancel_in(connection: Connection, id_: str, *, now_utc_ms: int, staff: str = "", why: str = "") -> Order:
    """The same inside a transaction of the caller."""
    before = _locked(connection, id_)
    after = cancelled(before)
    if after == before:
        return before
    return _changed(connection, replace(after, changed_utc_ms=now_utc_ms), "cancelled", staff, why)


def amend_in(
    connection: Connection, id_: str, lines: Sequence[Line], *, now_utc_ms: int, staff: str = "", reopen: bool = False
) -> Order:
    """Other lines than before; the same again changes nothing. UnknownOrder, NotNow."""
    before = _locked(connection, id_)
    after = amended(before, lines, reopen=reopen)
    if after == before:
        return before
    return _changed(connection, replace(after, changed_utc_ms=now_utc_ms), "amended", staff, "")


def take_back_in(connection: Connection, id_: str, wanted: Sequence[Line], *, now_utc_ms: int, why: str = "") -> Order:
    """What the channel has put back of goods that had left is in stock again, once. UnknownOrder."""
    before = _locked(connection, id_)
    after = taken_back(before, wanted)
    if after == before:
        return before
    moved = [
        Moved(new.gtin, "return", now_utc_ms, new.returned_count - old.returned_count, note=why, cause=id_)
        for old, new in zip(before.lines, after.lines, strict=True)
        if new.gtin and new.returned_count > old.returned_count
    ]
    stock_ledger.book(connection, moved)
    return _changed(connection, replace(after, changed_utc_ms=now_utc_ms), "returned", "", why)


def set_version(connection: Connection, id_: str, version: str) -> None:
    """The channel's own clock at its last word about this order."""
    connection.execute(sa.update(channel_order).where(channel_order.c.id == id_).values(version=version))


def _locked(connection: Connection, id_: str) -> Order:
    """As it is now, and nobody else changes it until the end of the transaction."""
    connection.execute(sa.select(channel_order.c.id).where(channel_order.c.id == id_).with_for_update()).first()
    return find_in(connection, id_)


def _changed(connection: Connection, order: Order, kind: str, staff: str, why: str) -> Order:
    values = {"state": order.state, "changed_utc_ms": order.changed_utc_ms}
    connection.execute(sa.update(channel_order).where(channel_order.c.id == order.id).values(**values))
    connection.execute(sa.delete(channel_order_line).where(channel_order_line.c.order_id == order.id))
    _write_lines(connection, order)
    _note(connection, order, kind, order.changed_utc_ms, staff, why)
    return order


def _write_lines(connection: Connection, order: Order) -> None:
    rows = [{"order_id": order.id, **msgspec.structs.asdict(line)} for line in order.lines]
    connection.execute(sa.insert(channel_order_line), rows)


def _note(connection: Connection, order: Order, kind: str, now_utc_ms: int, staff: str, why: str = "") -> None:
    row = {"order_id": order.id, "kind": kind, "at_utc_ms": now_utc_ms, "staff": staff, "why": why}
    connection.execute(sa.insert(channel_order_event).values(**row))
    webhooks.note(connection, "order.changed", lambda: told(order), now_utc_ms)
    stock_ledger.touch(connection, {line.gtin for line in order.lines if line.gtin})


# --- reading ----------------------------------------------------------------------------------------------------------


def find(engine: Engine, id_: str) -> Order:
    """UnknownOrder."""
    with engine.connect() as connection:
        return find_in(connection, id_)


def find_in(connection: Connection, id_: str) -> Order:
    """As this transaction sees it. UnknownOrder."""
    if found := _read(connection, sa.select(channel_order).where(channel_order.c.id == id_)):
        return found[0]
    raise UnknownOrder(f"no order {id_} is in the books")


def orders(engine: Engine, *, state: str = "", words: str = "", limit: int, offset: int = 0) -> list[Order]:
    """The newest first; `open` are those that somebody waits for."""
    query = sa.select(channel_order).order_by(channel_order.c.made_utc_ms.desc(), channel_order.c.id)
    if state:
        query = query.where(channel_order.c.state.in_(OPEN if state == "open" else (state,)))
    if words.strip():
        query = query.where(channel_order.c.id.contains(words.strip(), autoescape=True))
    with engine.connect() as connection:
        return _read(connection, query.limit(limit).offset(offset))


def history(engine: Engine, id_: str) -> list[Happened]:
    """What was done with it, the first first."""
    columns = [getattr(channel_order_event.c, name) for name in Happened.__struct_fields__]
    query = sa.select(*columns).where(channel_order_event.c.order_id == id_).order_by(channel_order_event.c.n)
    with engine.connect() as connection:
        return [Happened(*row) for row in connection.execute(query)]


def _read(connection: Connection, query: "sa.Select[Any]") -> list[Order]:
    rows = connection.execute(query).mappings().all()
    columns = [getattr(channel_order_line.c, name) for name in _LINE]
    wanted = channel_order_line.c.order_id.in_([row["id"] for row in rows])
    found = sa.select(channel_order_line.c.order_id, *columns).where(wanted).order_by(channel_order_line.c.line)
    lines: dict[str, list[Line]] = {}
    for order_id, *line in connection.execute(found):
        lines.setdefault(order_id, []).append(Line(*line))
    told = [name for name in Order.__struct_fields__ if name != "lines"]
    return [Order(**{name: row[name] for name in told}, lines=tuple(lines.get(row["id"], ()))) for row in rows]


def named_lines(connection: Connection, wanted: Iterable[tuple[str, int, int]]) -> tuple[Line, ...]:
    """Lines of (code, pieces, grams), with the names of the price book; a code that it does not know has no name."""
    wanted = tuple(wanted)
    query = sa.select(price.c.code, price.c.name).where(price.c.until.is_(None))
    named = query.where(price.c.code.in_([gtin for gtin, *_ in wanted]))
    names = {row.code: row.name for row in connection.execute(named)}
    return tuple(
        Line(number, gtin if gtin in names else "", gtin, names.get(gtin, ""), count, weight_g)
        for number, (gtin, count, weight_g) in enumerate(wanted, start=1)
    )
