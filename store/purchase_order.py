"""Purchase order: what the shop has asked a supplier for, and what has come of it. Pure.

    draft ── send ──> sent ── all has come, or nobody waits for the rest ──> closed
      └── drop ──> dropped

A line is ordered, received and given up in pieces, or in grams of loose goods. What is neither received nor given up is
open: it is on its way, and is not bought again. More than was ordered may come, and so may what nobody ordered; both
are in the shop, so both are received, and the line says how much too much it is.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Literal

import msgspec
from msgspec.structs import replace

State = Literal["draft", "sent", "closed", "dropped"]
Much = tuple[int, int]
"""(pieces, grams)"""
ON_ORDER: tuple[State, ...] = ("draft", "sent")
"""States in which what is open is on its way, or about to be."""
GRAMS_A_KILO = 1000
MOST_LINES = 1000
"""On one order."""


class BadOrder(ValueError):
    """What cannot be ordered or done, and why."""


class Line(msgspec.Struct, frozen=True):
    """So much of one product; `price_minor` is what a piece or a kilogram costs without tax, if that is known."""

    gtin: str
    name: str = ""
    supplier_code: str = ""
    count: int = 0
    weight_g: int = 0
    price_minor: int | None = None
    received_count: int = 0
    received_g: int = 0
    given_up_count: int = 0
    given_up_g: int = 0

    @property
    def open(self) -> Much:
        """(pieces, grams) that are still to come; never less than nothing."""
        return (
            max(0, self.count - self.received_count - self.given_up_count),
            max(0, self.weight_g - self.received_g - self.given_up_g),
        )

    @property
    def too_much(self) -> Much:
        """(pieces, grams) that came and were not ordered."""
        return max(0, self.received_count - self.count), max(0, self.received_g - self.weight_g)

    @property
    def amount_minor(self) -> int | None:
        """What the line as it was ordered costs; None if nobody has said what one costs. Half a unit is rounded up."""
        if self.price_minor is None:
            return None
        return self.count * self.price_minor + (self.weight_g * self.price_minor * 2 + GRAMS_A_KILO) // (
            2 * GRAMS_A_KILO
        )


class Delivery(msgspec.Struct, frozen=True):
    """Goods that came for an order: `slip` is the cause of their movements, `note` the delivery note's number."""

    slip: str
    note: str
    at_utc_ms: int
    by: str


class Order(msgspec.Struct, frozen=True):
    """One order as it is now. `expected` is an ISO day or empty."""

    number: int
    supplier: str
    state: State
    expected: str = ""
    note: str = ""
    made_utc_ms: int = 0
    made_by: str = ""
    sent_utc_ms: int = 0
    sent_by: str = ""
    ended_utc_ms: int = 0
    ended_by: str = ""
    mail: str = ""
    mail_to: str = ""
    mail_why: str = ""
    lines: tuple[Line, ...] = ()
    deliveries: tuple[Delivery, ...] = ()

    @property
    def total_minor(self) -> int:
        """What the lines with a price come to."""
        return sum(line.amount_minor or 0 for line in self.lines)

    def is_late(self, today: str) -> bool:
        """Whether it should have come before this ISO day, and has not wholly."""
        return self.state == "sent" and bool(self.expected) and self.expected < today


def check(lines: Iterable[Line]) -> tuple[Line, ...]:
    """BadOrder unless there are some, each of another product, with something in it that one can buy."""
    lines = tuple(lines)
    if not lines:
        raise BadOrder("there is nothing on the order")
    if len(lines) > MOST_LINES:
        raise BadOrder(f"an order has at most {MOST_LINES} lines; make several")
    seen: set[str] = set()
    for line in lines:
        if line.gtin in seen:
            raise BadOrder(f"{line.gtin} is on the order twice")
        if line.count < 0 or line.weight_g < 0 or not (line.count or line.weight_g):
            raise BadOrder(f"{line.gtin}: how much must be more than nothing")
        if line.price_minor is not None and line.price_minor < 0:
            raise BadOrder(f"{line.gtin}: a price is not less than nothing")
        seen.add(line.gtin)
    return lines


def amended(order: Order, lines: Iterable[Line], *, expected: str, note: str) -> Order:
    """A draft with other lines. BadOrder once the supplier has it."""
    _only(order, "draft", "changed")
    return replace(order, lines=check(lines), expected=expected, note=note)


def sent(order: Order, now_utc_ms: int, by: str) -> Order:
    """The supplier has it. BadOrder."""
    _only(order, "draft", "sent")
    return replace(order, lines=check(order.lines), state="sent", sent_utc_ms=now_utc_ms, sent_by=by)


def dropped(order: Order, now_utc_ms: int, by: str) -> Order:
    """Nobody sends it. BadOrder."""
    _only(order, "draft", "dropped")
    return replace(order, state="dropped", ended_utc_ms=now_utc_ms, ended_by=by)


def received(order: Order, what: Mapping[str, Much], names: Mapping[str, str], now_utc_ms: int, by: str) -> Order:
    """This has come, by product; what nobody ordered gets a line of its own. Closed once nothing is open. BadOrder."""
    _only(order, "sent", "received")
    if not what:
        raise BadOrder("nothing has come")
    lines = []
    rest = dict(what)
    for line in order.lines:
        count, weight_g = rest.pop(line.gtin, (0, 0))
        lines.append(replace(line, received_count=line.received_count + count, received_g=line.received_g + weight_g))
    for gtin, (count, weight_g) in rest.items():
        lines.append(Line(gtin, names.get(gtin, ""), received_count=count, received_g=weight_g))
    return _closed_if_done(replace(order, lines=tuple(lines)), now_utc_ms, by)


def given_up(order: Order, codes: Iterable[str], now_utc_ms: int, by: str) -> Order:
    """Nobody waits for what is open of these products any more, or of all if none is named. BadOrder."""
    _only(order, "sent", "given up")
    codes = set(codes) or {line.gtin for line in order.lines}
    for gtin in sorted(codes - {line.gtin for line in order.lines}):
        raise BadOrder(f"{gtin} is not on order {order.number}")
    lines = tuple(
        replace(
            line,
            given_up_count=line.given_up_count + line.open[0],
            given_up_g=line.given_up_g + line.open[1],
        )
        if line.gtin in codes
        else line
        for line in order.lines
    )
    return _closed_if_done(replace(order, lines=lines), now_utc_ms, by)


def _closed_if_done(order: Order, now_utc_ms: int, by: str) -> Order:
    if any(any(line.open) for line in order.lines):
        return order
    return replace(order, state="closed", ended_utc_ms=now_utc_ms, ended_by=by)


def _only(order: Order, state: State, what: str) -> None:
    if order.state != state:
        raise BadOrder(f"order {order.number} is {order.state}; it cannot be {what}")


def told(order: Order) -> dict[str, Any]:
    """As programs read it: with what is open and too much of each line, and what it comes to."""
    said: dict[str, Any] = msgspec.to_builtins(order)
    said["total_minor"] = order.total_minor
    for line, row in zip(order.lines, said["lines"], strict=True):
        row["open_count"], row["open_g"] = line.open
        row["too_much_count"], row["too_much_g"] = line.too_much
        row["amount_minor"] = line.amount_minor
    return said
