"""Channel order: what may become of an order from another channel. Pure.

    reserved ── ship part ──> part_shipped ── ship the rest ──> shipped
       │  └────────────────────── ship all ───────────────────────^
       └── cancel ──> cancelled <── cancel the rest ── part_shipped (stays *shipped* if anything was)

Each line counts for itself: ordered, shipped, released (nobody waits for it any more). What is neither shipped nor
released is open, and open is what the stock keeps reserved. Shipping lowers the stock; cancelling gives free; both end
in a state that nothing leaves again. Goods that come back after that are a return, which is a movement of its own.

A channel that puts goods back on sale (a refund) says how many of a line it has put back in all. What of them had not
left is not waited for any more; what had left has come back. So what is out of the stock in the end is what was ordered
less what was put back, in whatever order the two are heard, and however often.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Literal

import msgspec
from msgspec.structs import replace

State = Literal["reserved", "part_shipped", "shipped", "cancelled"]
Much = tuple[int, int]
"""(pieces, grams)"""


class NotNow(Exception):
    """The order is not in a state for that; the text says which it is in and what cannot be."""


class Line(msgspec.Struct, frozen=True):
    """One line. `gtin` is empty for what the price book does not know: it is kept in sight and reserves nothing."""

    line: int
    gtin: str
    said: str
    name: str
    count: int
    weight_g: int
    shipped_count: int = 0
    shipped_g: int = 0
    released_count: int = 0
    released_g: int = 0
    restocked_count: int = 0
    returned_count: int = 0

    @property
    def open(self) -> Much:
        """(pieces, grams) that somebody still waits for."""
        return (
            self.count - self.shipped_count - self.released_count,
            self.weight_g - self.shipped_g - self.released_g,
        )


class Order(msgspec.Struct, frozen=True):
    """One order as it is now."""

    id: str
    channel: str
    number: str
    state: State
    note: str
    version: str
    made_utc_ms: int
    changed_utc_ms: int
    lines: tuple[Line, ...] = ()

    @property
    def is_over(self) -> bool:
        """Nothing leaves this state."""
        return self.state in ("shipped", "cancelled")


def state_of(lines: Iterable[Line]) -> State:
    """What the lines come to."""
    lines = tuple(lines)
    waits = any(any(line.open) for line in lines)
    left = any(line.shipped_count or line.shipped_g for line in lines)
    if waits:
        return "part_shipped" if left else "reserved"
    return "shipped" if left else "cancelled"


def shipped(order: Order, what: Mapping[int, Much] | None = None) -> Order:
    """These lines (pieces, grams) leave, or all that is open. NotNow."""
    if order.is_over:
        raise NotNow(f"order {order.id} is {order.state}; nothing of it can be shipped any more")
    leaves = {line.line: line.open for line in order.lines} if what is None else dict(what)
    _check(order, leaves)
    lines = tuple(
        replace(line, shipped_count=line.shipped_count + count, shipped_g=line.shipped_g + weight_g)
        for line in order.lines
        for count, weight_g in (leaves.get(line.line, (0, 0)),)
    )
    return replace(order, lines=lines, state=state_of(lines))


def cancelled(order: Order) -> Order:
    """Nobody waits for what is open any more. What is cancelled already stays so; NotNow once all is shipped."""
    if order.state == "shipped":
        raise NotNow(f"order {order.id} is shipped; goods that come back are booked as a delivery")
    lines = tuple(
        replace(line, released_count=line.released_count + line.open[0], released_g=line.released_g + line.open[1])
        for line in order.lines
    )
    return replace(order, lines=lines, state=state_of(lines))


def amended(order: Order, wanted: Iterable[Line], *, reopen: bool = False) -> Order:
    """Other lines than before, by their numbers; what was shipped of a line stays shipped. NotNow once it is over:
    shipped, or cancelled unless the channel opens it again."""
    if order.state == "shipped" or (order.state == "cancelled" and not reopen):
        raise NotNow(f"order {order.id} is {order.state}; it cannot be changed any more")
    before = {line.line: line for line in order.lines}
    lines = []
    for new in wanted:
        old = before.pop(new.line, new)
        gone = {"shipped_count": old.shipped_count, "shipped_g": old.shipped_g, "returned_count": old.returned_count}
        most = {"count": max(new.count, old.shipped_count), "weight_g": max(new.weight_g, old.shipped_g)}
        lines.append(replace(new, **gone, **most, released_count=0, released_g=0))
    for old in before.values():
        rest = {"released_count": old.count - old.shipped_count, "released_g": old.weight_g - old.shipped_g}
        lines.append(replace(old, **rest))
    lines.sort(key=lambda line: line.line)
    return replace(order, lines=tuple(lines), state=state_of(lines))


def less_restocked(lines: Iterable[Line], order: Order | None = None) -> tuple[Line, ...]:
    """Lines as the channel ordered them, without what it has put back since; `order` remembers the most of it."""
    most = {line.line: line.restocked_count for line in order.lines} if order is not None else {}
    found = []
    for line in lines:
        restocked = max(line.restocked_count, most.get(line.line, 0))
        found.append(replace(line, count=max(0, line.count - restocked), restocked_count=restocked))
    return tuple(found)


def taken_back(order: Order, wanted: Iterable[Line]) -> Order:
    """Of what has left, all that is more than the `wanted` lines (less what was put back) still ask for has come back.

    What came back stays back: an older word changes nothing.
    """
    asked = {line.line: line for line in wanted}
    lines = []
    for old in order.lines:
        new = asked.get(old.line)
        if new is not None and new.restocked_count:
            back = min(new.restocked_count, max(0, old.shipped_count - new.count))
            old = replace(  # the line as it is from here on
                old,
                returned_count=max(old.returned_count, back),
                restocked_count=max(old.restocked_count, new.restocked_count),
            )
        lines.append(old)
    return replace(order, lines=tuple(lines))


def _check(order: Order, leaves: Mapping[int, Much]) -> None:
    lines = {line.line: line for line in order.lines}
    if not any(any(much) for much in leaves.values()):
        raise NotNow(f"nothing of order {order.id} is to be shipped")
    for number, (count, weight_g) in leaves.items():
        if number not in lines:
            raise NotNow(f"order {order.id} has no line {number}")
        open_count, open_g = lines[number].open
        if not (0 <= count <= open_count and 0 <= weight_g <= open_g):
            raise NotNow(f"line {number} of order {order.id} has not so much open")


def told(order: Order) -> dict[str, Any]:
    """As programs read it: with what is open of each line."""
    said: dict[str, Any] = msgspec.to_builtins(order)
    for line, row in zip(order.lines, said["lines"], strict=True):
        row["open_count"], row["open_g"] = line.open
    return said
