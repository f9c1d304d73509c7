"""Purchase orders in the books: made, sent, received in parts, ended; and who the suppliers are.

A delivery is a slip like any other, booked in the transaction that takes it off its order, so stock and order never
tell two stories. A delivery note's number is taken once for each order: who books it twice is told so.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

import msgspec
import sqlalchemy as sa
from msgspec.structs import asdict, replace
from sqlalchemy.engine import Connection, Engine

from kiosk.values.contact import read_email
from store import purchase_order
from store.database import writing
from store.purchase_order import ON_ORDER, BadOrder, Delivery, Line, Much, Order, check
from store.purchase_schema import purchase_delivery, purchase_line, supplier
from store.purchase_schema import purchase_order as orders_table
from store.schema import price
from store.stock_ledger import FLOOR
from store.stock_schema import stock_rule
from store.stock_slips import SlipLine, book_slip_in, check_known

_MOST_DAYS = 365
_HEAD = [column for column in orders_table.c if column.name not in ("mail_tries", "mail_next_utc_ms")]


class NoSuchOrder(LookupError):
    """No purchase order has this number."""


class Supplier(msgspec.Struct, frozen=True):
    """Who sells to the shop. `account` is our number at theirs; `lead_days` from order to delivery, 0: unsaid."""

    name: str
    email: str = ""
    account: str = ""
    lead_days: int = 0


# --- suppliers --------------------------------------------------------------------------------------------------------


def suppliers(engine: Engine) -> list[Supplier]:
    """All that a rule or an order names, or that somebody has written down; by name."""
    named = sa.union(
        sa.select(stock_rule.c.supplier.label("name")), sa.select(orders_table.c.supplier), sa.select(supplier.c.name)
    ).subquery()
    joined = named.join(supplier, supplier.c.name == named.c.name, isouter=True)
    columns = (sa.func.coalesce(supplier.c[field], empty) for field, empty in
               (("email", ""), ("account", ""), ("lead_days", 0)))  # fmt: skip
    query = sa.select(named.c.name, *columns).select_from(joined).where(named.c.name != "")
    with engine.connect() as connection:
        return sorted((Supplier(*row) for row in connection.execute(query)), key=lambda one: one.name.casefold())


def supplier_in(connection: Connection, name: str) -> Supplier:
    """What is written down of them; a bare name if nothing is."""
    columns = [supplier.c[field] for field in Supplier.__struct_fields__]
    found = connection.execute(sa.select(*columns).where(supplier.c.name == name)).first()
    return Supplier(*found) if found is not None else Supplier(name)


def keep_supplier(engine: Engine, new: Supplier) -> Supplier:
    """In place of what was known. BadOrder."""
    name, email = new.name.strip(), new.email.strip()
    if not name:
        raise BadOrder("a supplier has a name")
    if email and read_email(email) is None:
        raise BadOrder(f"{email!r} is no e-mail address")
    if not 0 <= new.lead_days <= _MOST_DAYS:
        raise BadOrder(f"from order to delivery takes 0 to {_MOST_DAYS} days")
    kept = Supplier(name, email, new.account.strip(), new.lead_days)
    with writing(engine) as connection:
        connection.execute(sa.delete(supplier).where(supplier.c.name == name))
        connection.execute(sa.insert(supplier).values(**asdict(kept)))
    return kept


# --- orders -----------------------------------------------------------------------------------------------------------


def make(
    engine: Engine,
    supplier_name: str,
    lines: Iterable[Line],
    *,
    now_utc_ms: int,
    expected: str = "",
    note: str = "",
    staff: str = "",
) -> Order:
    """A new draft. BadOrder, UnknownProduct."""
    with writing(engine) as connection:
        return make_in(
            connection, supplier_name, lines, now_utc_ms=now_utc_ms, expected=expected, note=note, staff=staff
        )


def make_in(
    connection: Connection,
    supplier_name: str,
    lines: Iterable[Line],
    *,
    now_utc_ms: int,
    expected: str,
    note: str,
    staff: str,
) -> Order:
    """The same, in a transaction that has read what to buy."""
    name = supplier_name.strip()
    if not name:
        raise BadOrder("an order has a supplier; the product's rule, or whoever makes the order, names one")
    _check_day(expected)
    filled = _filled(connection, name, check(lines))
    number = (connection.scalar(sa.select(sa.func.max(orders_table.c.number))) or 0) + 1
    order = Order(number, name, "draft", expected, note, made_utc_ms=now_utc_ms, made_by=staff, lines=filled)
    connection.execute(sa.insert(orders_table).values(**_head(order)))
    _write_lines(connection, order)
    return order


def amend(engine: Engine, number: int, lines: Iterable[Line], *, expected: str = "", note: str = "") -> Order:
    """Other lines on a draft. NoSuchOrder, BadOrder, UnknownProduct."""
    _check_day(expected)
    new = check(lines)
    with writing(engine) as connection:
        order = _find(connection, number)
        filled = _filled(connection, order.supplier, new)
        return _keep(connection, purchase_order.amended(order, filled, expected=expected, note=note))


def send(engine: Engine, number: int, *, now_utc_ms: int, staff: str = "", mail: bool = False) -> Order:
    """The supplier has it now, or gets it by e-mail if `mail`. NoSuchOrder, BadOrder."""

    def act(connection: Connection, order: Order) -> Order:
        made = purchase_order.sent(order, now_utc_ms, staff)
        if not mail:
            return made
        address = supplier_in(connection, order.supplier).email
        if not address:
            raise BadOrder(f"no e-mail address is known of {order.supplier}; give it one, or send the paper")
        due = {"mail_tries": 0, "mail_next_utc_ms": now_utc_ms}
        connection.execute(sa.update(orders_table).where(orders_table.c.number == number).values(**due))
        return replace(made, mail="waiting", mail_to=address, mail_why="")

    return _change(engine, number, act)


def drop(engine: Engine, number: int, *, now_utc_ms: int, staff: str = "") -> Order:
    """A draft that nobody sends. NoSuchOrder, BadOrder."""
    return _change(engine, number, lambda _, order: purchase_order.dropped(order, now_utc_ms, staff))


def receive(
    engine: Engine,
    number: int,
    lines: Sequence[SlipLine],
    *,
    now_utc_ms: int,
    place: str = FLOOR,
    note: str = "",
    staff: str = "",
) -> Order:
    """These have come; they are in stock. NoSuchOrder, BadOrder, BadSlip, UnknownPlace, UnknownProduct."""

    def act(connection: Connection, order: Order) -> Order:
        said = f"order {number}" + (f", {note}" if note else "")
        sums: dict[str, tuple[int, int]] = {}
        for line in lines:
            count, weight_g = sums.get(line.gtin, (0, 0))
            sums[line.gtin] = count + line.count, weight_g + line.weight_g
        after = purchase_order.received(order, sums, _names(connection, sums), now_utc_ms, staff)
        if note and any(one.note == note for one in order.deliveries):
            raise BadOrder(f"delivery note {note} of order {number} is in stock already")
        slip = book_slip_in(connection, "delivery", lines, now_utc_ms=now_utc_ms, place=place, note=said, staff=staff)
        came = Delivery(slip, note, now_utc_ms, staff)
        connection.execute(sa.insert(purchase_delivery).values(number=number, **asdict(came)))
        return replace(after, deliveries=(*order.deliveries, came))

    return _change(engine, number, act)


def give_up(engine: Engine, number: int, codes: Iterable[str] = (), *, now_utc_ms: int, staff: str = "") -> Order:
    """Nobody waits for the rest of these products any more, or of all. NoSuchOrder, BadOrder."""
    return _change(engine, number, lambda _, order: purchase_order.given_up(order, codes, now_utc_ms, staff))


def find(engine: Engine, number: int) -> Order:
    """NoSuchOrder."""
    with engine.connect() as connection:
        return _find(connection, number)


def orders(engine: Engine, *, state: str = "", supplier_name: str = "", limit: int, offset: int = 0) -> list[Order]:
    """The newest first; `open` is every state in which goods are still to come."""
    query = sa.select(*_HEAD).order_by(orders_table.c.number.desc()).limit(limit).offset(offset)
    if state:
        query = query.where(orders_table.c.state.in_(ON_ORDER if state == "open" else (state,)))
    if supplier_name:
        query = query.where(orders_table.c.supplier == supplier_name)
    with engine.connect() as connection:
        return _with_lines(connection, connection.execute(query).mappings().all())


def on_order(codes: Sequence[str] | None = None) -> "sa.Subquery":
    """Columns gtin, count, weight_g: what is still to come, of everything or of these."""
    line = purchase_line.c
    waits = [
        sa.case((ordered > gone, ordered - gone), else_=0)
        for ordered, gone in (
            (line.count, line.received_count + line.given_up_count),
            (line.weight_g, line.received_g + line.given_up_g),
        )
    ]
    sums = (
        sa.cast(sa.func.sum(one), sa.BigInteger).label(name)
        for one, name in zip(waits, ("count", "weight_g"), strict=True)
    )
    query = sa.select(line.gtin, *sums).join(orders_table, orders_table.c.number == line.number)
    query = query.where(orders_table.c.state.in_(ON_ORDER)).group_by(line.gtin)
    return (query if codes is None else query.where(line.gtin.in_(codes))).subquery()


def coming(engine: Engine, gtin: str) -> Much:
    """(pieces, grams) of one product that are still to come."""
    sums = on_order([gtin])
    with engine.connect() as connection:
        found = connection.execute(sa.select(sums.c.count, sums.c.weight_g)).first()
    return (found[0], found[1]) if found is not None else (0, 0)


def _change(engine: Engine, number: int, act: Callable[[Connection, Order], Order]) -> Order:
    with writing(engine) as connection:
        return _keep(connection, act(connection, _find(connection, number)))


def _keep(connection: Connection, order: Order) -> Order:
    connection.execute(sa.update(orders_table).where(orders_table.c.number == order.number).values(**_head(order)))
    connection.execute(sa.delete(purchase_line).where(purchase_line.c.number == order.number))
    _write_lines(connection, order)
    return order


def _head(order: Order) -> dict[str, Any]:
    return {column.name: getattr(order, column.name) for column in _HEAD}


def _write_lines(connection: Connection, order: Order) -> None:
    rows = [{**asdict(line), "number": order.number, "place": place} for place, line in enumerate(order.lines)]
    connection.execute(sa.insert(purchase_line), rows)


def _find(connection: Connection, number: int) -> Order:
    rows = connection.execute(sa.select(*_HEAD).where(orders_table.c.number == number)).mappings().all()
    if not rows:
        raise NoSuchOrder(f"there is no purchase order {number}")
    return _with_lines(connection, rows)[0]


def _with_lines(connection: Connection, heads: Sequence[Any]) -> list[Order]:
    numbers = [head["number"] for head in heads]
    lines: dict[int, list[Line]] = {}
    columns = [purchase_line.c[field] for field in Line.__struct_fields__]
    query = sa.select(purchase_line.c.number, *columns).where(purchase_line.c.number.in_(numbers))
    for number, *row in connection.execute(query.order_by(purchase_line.c.number, purchase_line.c.place)):
        lines.setdefault(number, []).append(Line(*row))
    came: dict[int, list[Delivery]] = {}
    columns = [purchase_delivery.c[field] for field in Delivery.__struct_fields__]
    query = sa.select(purchase_delivery.c.number, *columns).where(purchase_delivery.c.number.in_(numbers))
    for number, *row in connection.execute(query.order_by(purchase_delivery.c.at_utc_ms, purchase_delivery.c.slip)):
        came.setdefault(number, []).append(Delivery(*row))
    return [
        Order(**head, lines=tuple(lines.get(head["number"], ())), deliveries=tuple(came.get(head["number"], ())))
        for head in heads
    ]


def _filled(connection: Connection, name: str, lines: Sequence[Line]) -> tuple[Line, ...]:
    """With the product's name, the supplier's own number and the price they had last, where nothing else is said."""
    codes = [line.gtin for line in lines]
    check_known(connection, codes)
    names, prices = _names(connection, codes), _last_prices(connection, name, codes)
    query = sa.select(stock_rule.c.gtin, stock_rule.c.supplier_code)
    query = query.where(stock_rule.c.gtin.in_(codes), stock_rule.c.supplier == name)
    numbers = {row.gtin: row.supplier_code for row in connection.execute(query)}
    return tuple(
        replace(
            line,
            name=line.name or names.get(line.gtin, ""),
            supplier_code=line.supplier_code or numbers.get(line.gtin, ""),
            price_minor=prices.get(line.gtin) if line.price_minor is None else line.price_minor,
        )
        for line in lines
    )


def _names(connection: Connection, codes: Iterable[str]) -> dict[str, str]:
    query = sa.select(price.c.code, price.c.name).where(price.c.code.in_(tuple(codes)), price.c.until.is_(None))
    return {row.code: row.name for row in connection.execute(query)}


def _last_prices(connection: Connection, name: str, codes: Sequence[str]) -> dict[str, int]:
    """Of the newest order to this supplier on which each stands with a price."""
    line = purchase_line.c
    query = sa.select(line.gtin, line.price_minor).join(orders_table, orders_table.c.number == line.number)
    query = query.where(orders_table.c.supplier == name, line.gtin.in_(codes), line.price_minor.is_not(None))
    newest_last = connection.execute(query.order_by(line.number))
    return {row.gtin: row.price_minor for row in newest_last}


def _check_day(text: str) -> None:
    """BadOrder unless it is an ISO day, or empty."""
    try:
        is_day = not text or date.fromisoformat(text).isoformat() == text
    except ValueError:
        is_day = False
    if not is_day:
        raise BadOrder(f"{text[:20]!r} is no day; write it as 2026-11-30")
