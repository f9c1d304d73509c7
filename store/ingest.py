"""Ingest: messages of the tills into the books, each exactly once.

Tills repeat themselves until we acknowledge, and we acknowledge only what is committed. So everything here is insert
or same: the key decides, and a repetition changes nothing. What comes under a known key with another content, or cannot
be read, is kept aside (`quarantine`) and refused; a sale that can be read but does not add up is kept and flagged. The
order of arrival does not matter: whatever order sales come in, with whatever repetitions, the books end the same.

What waits is taken together, in one transaction (`booking`). One message that the books do not take spoils nothing:
the transaction is undone and everybody in it is taken once more, alone; then the one that fails again is kept aside.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Literal

import msgspec
import sqlalchemy as sa
import structlog
from sqlalchemy.engine import Connection, Engine

from kiosk.checkout.sale import Sale
from kiosk.values.canonical import canonical_json
from kiosk.wire.codec import BadMessage, decode, read_data
from kiosk.wire.messages import Ack, Envelope, LaneEvent, Refusal, StockMovements
from kiosk.wire.outgoing import till_source
from kiosk.wire.topics import Address
from store.aside import Letter, set_aside
from store.booking import Sealed, book_sales, compare_stock, numbers_of
from store.bulk import insert_rows
from store.database import is_a_race, writing
from store.flags import Flag
from store.heard import note_event
from store.replacing import by_till, trespass
from store.returns import originals_of
from store.revocation import AGAIN, revoked
from store.schema import lane_event, sale, sale_flag, stock_report

Outcome = Literal["new", "same", "refused"]


class Taken(msgspec.Struct, frozen=True):
    """What became of one message. `id` is what its till calls it; empty if it could not be read."""

    outcome: Outcome
    id: str
    reason: str = ""

    @property
    def ack(self) -> Ack | None:
        """What its till is told; None if there is no id to answer to."""
        if self.outcome != "refused":
            return Ack(ids=(self.id,))
        return Ack(refused=(Refusal(id=self.id, reason=self.reason),)) if self.id else None


_LARGEST = 10**12
_TRIES = 3
_EXPECTED: dict[str, type] = {"sale": Sale, "stock": StockMovements, "event": LaneEvent}


class _Opened(msgspec.Struct, frozen=True):
    """A message that has been read, as far as it could be. `body` is the text that is kept; empty: see `reason`."""

    letter: Letter
    id: str
    reason: str = ""
    data: Any = None
    said: Any = None
    body: str = ""


def take(engine: Engine, address: Address, payload: bytes, now_utc_ms: int) -> Taken:
    """One message of a till, from a `sale`, `stock` or `event` topic, into the books. Committed when this returns."""
    return take_all(engine, [Letter(address, payload)], now_utc_ms)[0]


def take_all(engine: Engine, letters: Sequence[Letter], now_utc_ms: int) -> list[Taken]:
    """All of them, in whatever order; what became of each. Committed when this returns.

    OperationalError: the books are away or full, and nothing is promised.
    """
    opened = [_open(letter) for letter in letters]
    if len(opened) > 1:
        try:
            return _together(engine, opened, now_utc_ms)
        except Exception as error:  # noqa: BLE001  # not swallowed: whose fault it was shows when each comes alone
            _raise_if_away(error)
            structlog.get_logger("ingest").warning("batch.undone", messages=len(opened), why=str(error))
    return [_alone(engine, one, now_utc_ms) for one in opened]


def _alone(engine: Engine, one: _Opened, now_utc_ms: int) -> Taken:
    for more in range(_TRIES - 1, -1, -1):
        try:
            return _together(engine, [one], now_utc_ms)[0]
        except Exception as error:  # noqa: BLE001  # kept in the quarantine and in the log, for whoever mends it
            _raise_if_away(error)
            if not (more and is_a_race(error)):
                structlog.get_logger("ingest").critical("message.unbookable", id=one.id, exc_info=error)
                reason = f"the books could not take it: {type(error).__name__}; the store's log says more"
                return _refused(engine, one, reason, now_utc_ms)
    raise AssertionError("the last try ends it")


def _raise_if_away(error: Exception) -> None:
    if isinstance(error, sa.exc.OperationalError) and not is_a_race(error):
        raise error


def _refused(engine: Engine, one: _Opened, reason: str, now_utc_ms: int) -> Taken:
    with writing(engine, [one.letter.address.till]) as connection:
        set_aside(connection, one.letter, one.id, reason, now_utc_ms)
    return Taken("refused", one.id, reason)


# --- reading ----------------------------------------------------------------------------------------------------------


def _open(letter: Letter) -> _Opened:
    """The message, if it is what its topic says; otherwise what is wrong with it."""
    try:
        message = _read(letter.address, letter.payload)
        said = read_data(letter.payload)
        if isinstance(message.data, Sale):
            _check_sizes(message.data)
        return _Opened(letter, message.id, "", message.data, said, canonical_json(said).decode())
    except BadMessage as bad:
        return _Opened(letter, bad.id, bad.why)


def _read(address: Address, payload: bytes) -> Envelope[Any]:
    message = decode(payload)
    if not isinstance(message.data, _EXPECTED[address.what]):
        raise BadMessage(f"{message.type} on the topic {address.what}", message.id)
    expected_id = _id_of(message.data)
    if message.id != expected_id:
        raise BadMessage(f"the id should be {expected_id}", message.id)
    home = f"{address.store}/{address.till}/"
    if not message.id.startswith(home) or message.source != till_source(address.store, address.till):
        raise BadMessage(f"does not belong on the topic of {address.till}", message.id)
    return message


def _id_of(data: Any) -> str:
    """The id that this data must travel under."""
    match data:
        case Sale():
            return data.key
        case StockMovements():
            return f"{data.sale}/stock"
        case _:
            return f"{data.store}/{data.till}/event/{data.n}"


def _check_sizes(sold: Sale) -> None:
    """BadMessage for numbers that no shop has: added up over the years they would overflow the database's integers."""
    if any(isinstance(value, int) and abs(value) > _LARGEST for value in numbers_of(sold)):
        raise BadMessage(f"a number in it is larger than {_LARGEST}", sold.key)


# --- writing ----------------------------------------------------------------------------------------------------------


def _together(engine: Engine, opened: Sequence[_Opened], now_utc_ms: int) -> list[Taken]:
    """All in one transaction, sales first: what a till reports of a sale comes behind it."""
    with writing(engine, _lanes_of(opened)) as connection:
        opened = _of_believed_tills(connection, opened)
        taken: dict[int, Taken] = {}
        for kind in _WRITERS:
            mine = {n: one for n, one in enumerate(opened) if not one.reason and one.letter.address.what == kind}
            if mine:
                taken.update(_sorted_out(connection, kind, mine, now_utc_ms))
        for n, one in enumerate(opened):
            if one.reason:
                taken[n] = Taken("refused", one.id, one.reason)
            if taken[n].outcome == "refused":
                set_aside(connection, one.letter, one.id, taken[n].reason, now_utc_ms)
    return [taken[n] for n in range(len(opened))]


def _of_believed_tills(connection: Connection, opened: Sequence[_Opened]) -> list[_Opened]:
    """The same; what comes from a till that is turned away has that as its reason to be refused."""
    away = revoked(connection, {one.letter.address.till for one in opened})
    return [
        msgspec.structs.replace(one, reason=f"the certificate of {till} is revoked; {AGAIN}")
        if not one.reason and (till := one.letter.address.till) in away
        else one
        for one in opened
    ]


def _lanes_of(opened: Sequence[_Opened]) -> set[str]:
    """Whose sales are written or looked at: of those who say it, and of those whose goods come back."""
    lanes = {one.letter.address.till for one in opened}
    for sold in (one.data for one in opened if isinstance(one.data, Sale)):
        lanes.update(key.split("/")[1] for key in originals_of(sold) if key.count("/") > 1)
    return lanes


def _sorted_out(
    connection: Connection, kind: str, opened: dict[int, _Opened], now_utc_ms: int
) -> Iterator[tuple[int, Taken]]:
    """Write what is new; tell it from what is here already, and from what is here with another content."""
    table = _TABLES[kind]
    ids = {one.id for one in opened.values()}
    key = table.primary_key.columns[0]
    kept = {row[0]: row[1] for row in connection.execute(sa.select(key, table.c.body).where(key.in_(ids)))}
    machines = by_till(connection, sorted({one.letter.address.till for one in opened.values()}))
    new: list[_Opened] = []
    for n, one in opened.items():
        why = trespass(machines, one.data) if machines and isinstance(one.data, Sale) else ""
        if why and kept.get(one.id) != one.body:
            yield n, Taken("refused", one.id, why)
        elif one.id not in kept:
            kept[one.id] = one.body
            new.append(one)
            yield n, Taken("new", one.id)
        elif kept[one.id] == one.body:
            yield n, Taken("same", one.id)
        else:
            yield n, Taken("refused", one.id, f"another {_NOUNS[kind]} is in the books as {one.id}")
    if new:
        _WRITERS[kind](connection, new, now_utc_ms)


def _write_sales(connection: Connection, new: Sequence[_Opened], now_utc_ms: int) -> None:
    book_sales(connection, [Sealed(one.data, one.said, one.body) for one in new], now_utc_ms)


def _write_stock(connection: Connection, new: Sequence[_Opened], now_utc_ms: int) -> None:
    """Only kept and compared: the books' own movements come from the sale."""
    rows = [{"id": one.id, "sale_key": one.data.sale, "body": one.body} for one in new]
    insert_rows(connection, stock_report, rows)
    reports = {one.data.sale: one.data for one in new}
    bodies = sa.select(sale.c.key, sale.c.body).where(sale.c.key.in_(reports))
    for row in connection.execute(bodies).all():
        flag(connection, row.key, *compare_stock(msgspec.json.decode(row.body, type=Sale), reports[row.key]))


def _write_events(connection: Connection, new: Sequence[_Opened], now_utc_ms: int) -> None:
    columns = ("till", "n", "kind", "at")
    rows = [
        {"id": one.id, **{name: getattr(one.data, name) for name in columns}, "body": one.body,
         "received_utc_ms": now_utc_ms}
        for one in new
    ]  # fmt: skip
    insert_rows(connection, lane_event, rows)
    for one in sorted(new, key=lambda one: (one.data.till, one.data.n)):
        note_event(connection, one.letter.address, one.id, one.data, now_utc_ms)


def flag(connection: Connection, sale_key: str, *flags: Flag) -> None:
    """Write these beside a sale that is in the books, each reason once."""
    for one in flags:
        where = (sale_flag.c.sale_key == sale_key, sale_flag.c.reason == one.reason)
        if not connection.scalar(sa.select(sa.func.count()).where(*where)):
            insert_rows(connection, sale_flag, [{"sale_key": sale_key, "reason": one.reason, "detail": one.detail}])


_TABLES = {"sale": sale, "stock": stock_report, "event": lane_event}
_NOUNS = {"sale": "sale", "stock": "message", "event": "message"}
_WRITERS: dict[str, Callable[[Connection, Sequence[_Opened], int], None]] = {
    "sale": _write_sales,
    "stock": _write_stock,
    "event": _write_events,
}
