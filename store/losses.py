"""Losses: what may have gone with a machine that was replaced, as a list that staff work off.

Nobody knows what was on a disk that is gone. But the books know what should be there: numbers between two sales,
numbers that the lane said it had used, a basket that was open when it was last heard, what it held of gift cards and
suspended baskets, messages that it had not sent yet. And the payment terminal knows its last payment, which the new
machine asks it for (`terminal.last`). Each is an entry when the place is taken; it ends by itself when its sale comes
after all, and otherwise with somebody's name and reason. What is held for a visit that is gone is let go with its
entry.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from kiosk.checkout.sale import Sale
from kiosk.checkout.succession import Succession
from store import replacing
from store.database import writing
from store.lanes import SERVED, Lane
from store.replacing_schema import till_loss
from store.schema import hold, lane_event, sale
from store.vouchers import release

MOST_NUMBERS = 200
"""So many missing numbers are an entry each; of more the rest is one."""
_LATELY = 10_000
_APPROVED = ("", "0", "00")
CAME = "its sale has come"


class Loss(msgspec.Struct, frozen=True):
    """One entry. `kind`: `sale`, `payment`, `basket`, `hold`, `unsent`; `by` empty once it has ended: by itself."""

    n: int
    till: str
    segment: int
    kind: str
    about: str
    amount_minor: int | None
    detail: str
    found_utc_ms: int
    ended_utc_ms: int
    by: str
    why: str


class NotOpen(Exception):
    """No such entry waits. One line for a person."""


def take_over(
    connection: Connection, till: str, key_digest: str, by: str, now_utc_ms: int, lane: Lane | None
) -> Succession:
    """Give the till to the machine with this key, and note what may be lost; the same again for the same key.

    `lane`: what the machine before last said of itself.
    """
    heard = lane.state.sequence if lane is not None and lane.state is not None else 0
    begun, is_new = replacing.begin(connection, till, key_digest, by, now_utc_ms, heard_sequence=heard)
    if is_new:
        for kind, about, amount_minor, detail in _all(connection, till, begun, lane):
            _note(connection, till, begun.segment, kind, about, amount_minor, detail, now_utc_ms)
    return begun


def note_payment(connection: Connection, till: str, told: object, now_utc_ms: int) -> None:
    """What the terminal took last, as the new machine reports it: an entry, unless a sale of ours was paid so.

    `told`: JSON of its driver, a text.
    """
    segments, said = replacing.of(connection, till), _read(told)
    amount = said.get("amount_minor")
    if not segments or not isinstance(amount, int) or not said.get("receipt"):
        return
    paid = _paid_with(connection, till, said)
    if paid or str(said.get("result", "")) not in _APPROVED:
        return
    numbers = f"{said.get('terminal_id', '')}/{said['receipt']}/{said.get('trace', '')}"
    at = f"{said.get('date', '')} {said.get('time', '')}".strip()
    detail = (
        f"the payment terminal's last payment (receipt {said['receipt']}, trace {said.get('trace', '-')}"
        f"{', ' + at if at else ''}) belongs to no sale in the books: a shopper may have paid for a sale that is gone"
    )
    _note(connection, till, segments[-1].segment, "payment", numbers, amount, detail, now_utc_ms)


def settle(connection: Connection, sales: Sequence[Sale], now_utc_ms: int) -> None:
    """Sales have just been booked: what was missed because of them is found."""
    is_open = till_loss.c.ended_utc_ms == 0
    tills = {one.till for one in sales}
    query = sa.select(till_loss).where(is_open, till_loss.c.till.in_(tills), till_loss.c.kind.in_(("sale", "payment")))
    for row in connection.execute(query).all():
        mine = (one for one in sales if one.till == row.till)
        found = next((one for one in mine if row.about in (*_payments(one), str(one.sequence))), None)
        if found is not None:
            ended = {"ended_utc_ms": now_utc_ms, "why": f"{CAME}: {found.key}"}
            connection.execute(sa.update(till_loss).where(till_loss.c.n == row.n).values(ended))


def listed(engine: Engine, *, ended: bool = False, limit: int = 500) -> list[Loss]:
    """What is open, the oldest first; `ended`: what is not any more, the latest first."""
    names = [till_loss.c[name] for name in Loss.__struct_fields__]
    query = sa.select(*names).where(till_loss.c.ended_utc_ms == 0).order_by(till_loss.c.n)
    if ended:
        query = sa.select(*names).where(till_loss.c.ended_utc_ms > 0).order_by(till_loss.c.ended_utc_ms.desc())
    with engine.connect() as connection:
        return [Loss(*row) for row in connection.execute(query.limit(limit))]


def count(connection: Connection, till: str, segment: int) -> int:
    """How many entries are open of the machine that this one replaced."""
    mine = (till_loss.c.till == till, till_loss.c.segment == segment, till_loss.c.ended_utc_ms == 0)
    return connection.scalar(sa.select(sa.func.count()).select_from(till_loss).where(*mine)) or 0


def end(engine: Engine, n: int, why: str, by: str, now_utc_ms: int) -> Loss:
    """Somebody has looked into it. NotOpen."""
    if not why.strip():
        raise NotOpen("say in a few words what became of it")
    names = [till_loss.c[name] for name in Loss.__struct_fields__]
    with writing(engine) as connection:
        row = connection.execute(sa.select(*names).where(till_loss.c.n == n)).first()
        if row is None or row.ended_utc_ms:
            raise NotOpen("this has ended already" if row is not None else f"there is no entry {n}")
        values = {"ended_utc_ms": now_utc_ms, "by": by, "why": why.strip()}
        connection.execute(sa.update(till_loss).where(till_loss.c.n == n).values(values))
        if row.kind == "hold":
            release(connection, row.till, row.about, now_utc_ms)
    return msgspec.structs.replace(Loss(*row), **values)


# --- what is missed ---------------------------------------------------------------------------------------------------

_Found = tuple[str, str, int | None, str]
"""Kind, about, amount, words."""


def _all(connection: Connection, till: str, begun: Succession, lane: Lane | None) -> Iterator[_Found]:
    yield from _numbers(connection, till, begun, lane)
    if lane is not None:
        yield from _open_basket(lane)
        yield from _unsent(lane)
    kept = sa.select(hold).where(hold.c.till == till, hold.c.state == "held").order_by(hold.c.made_utc_ms)
    for row in connection.execute(kept):
        words = _HELD.get(row.kind, f"it held something ({row.kind}) for a visit that is gone")
        money = row.amount_minor if row.kind in ("gift_card", "voucher") else None
        yield "hold", row.id, money, f"{words}; ended, it is free again"


_HELD = {
    "gift_card": "it held money of a gift card for a payment",
    "load": "it was about to put money on a gift card",
    "voucher": "it held a voucher for a payment",
    "coupon": "it held a coupon for a basket",
    "basket": "it had brought back a basket that was suspended elsewhere, and never sold it",
    "return": "it held pieces of a sale for a return",
}


def _numbers(connection: Connection, till: str, begun: Succession, lane: Lane | None) -> Iterator[_Found]:
    """Used, as far as anybody can know, and not in the books."""
    segments = replacing.of(connection, till)
    oldest = max([one.sequence for one in segments if one.segment < begun.segment], default=1)
    held = set(connection.scalars(sa.select(sale.c.sequence).where(sale.c.till == till, sale.c.sequence >= oldest)))
    newest = max(held, default=oldest - 1)
    heard = lane.state.sequence if lane is not None and lane.state is not None else 0
    jumped = _jumped(connection, till)
    between = [n for n in range(max(oldest, newest - _LATELY), newest) if n not in held and n not in jumped]
    behind = [n for n in range(max(oldest, newest + 1), heard) if n - newest <= _LATELY]
    missing = [(n, f"sale {n} is not in the books, and later ones are") for n in between]
    missing += [(n, f"sale {n} was sealed, as the machine said of itself, and never came") for n in behind]
    for number, words in missing[-MOST_NUMBERS:]:
        yield "sale", str(number), None, words
    if len(missing) > MOST_NUMBERS:
        yield "sale", "more", None, f"{len(missing) - MOST_NUMBERS} more numbers, below {missing[-MOST_NUMBERS][0]}"


def _jumped(connection: Connection, till: str) -> set[int]:
    """Numbers that the lane itself has said it will not use: it was restored from an old copy."""
    told = sa.select(lane_event.c.body).where(lane_event.c.till == till, lane_event.c.kind == "sequence.skipped")
    numbers: set[int] = set()
    for body in connection.scalars(told):
        data = msgspec.json.decode(body)["data"]
        first, to = data.get("from"), data.get("to")
        if isinstance(first, int) and isinstance(to, int) and 0 <= to - first <= _LATELY:
            numbers.update(range(first, to))
    return numbers


def _open_basket(lane: Lane) -> Iterator[_Found]:
    state = lane.state
    if state is not None and state.phase in SERVED and state.items:
        words = f"a visit was open when it was last heard ({state.phase}): {state.items} pieces"
        yield "basket", str(lane.heard_utc_ms), state.due_minor, words


def _unsent(lane: Lane) -> Iterator[_Found]:
    waits = lane.health.outbox if lane.health is not None else 0
    if waits:
        words = f"{waits} messages waited to be sent when it was last heard; its card has them, if it can be read"
        yield "unsent", str(lane.heard_utc_ms), None, words


def _read(told: object) -> dict[str, Any]:
    try:
        said = msgspec.json.decode(told) if isinstance(told, str) and told else {}
    except msgspec.DecodeError:
        return {}
    return said if isinstance(said, dict) else {}


def _paid_with(connection: Connection, till: str, said: dict[str, Any]) -> bool:
    """Whether one of the till's last sales has this card payment."""
    query = sa.select(sale.c.body).where(sale.c.till == till, sale.c.body.contains('"card":{'))
    bodies = connection.scalars(query.order_by(sale.c.sequence.desc()).limit(100))
    wanted = f"{said.get('terminal_id', '')}/{said['receipt']}/{said.get('trace', '')}"
    return any(wanted in _payments(msgspec.json.decode(body, type=Sale)) for body in bodies)


def _payments(sold: Sale) -> tuple[str, ...]:
    """A sale's card payments, each as its terminal numbers them."""
    cards = (tender.card for tender in sold.tenders)
    return tuple(f"{card.terminal}/{card.receipt}/{card.trace}" for card in cards if card is not None)


def _note(
    connection: Connection,
    till: str,
    segment: int,
    kind: str,
    about: str,
    amount_minor: int | None,
    detail: str,
    now_utc_ms: int,
) -> None:
    mine = (till_loss.c.till == till, till_loss.c.segment == segment)
    known = sa.exists().where(*mine, till_loss.c.kind == kind, till_loss.c.about == about)
    if connection.scalar(sa.select(known)):
        return
    row = {"till": till, "segment": segment, "kind": kind, "about": about, "amount_minor": amount_minor}
    connection.execute(sa.insert(till_loss).values(**row, detail=detail, found_utc_ms=now_utc_ms))
