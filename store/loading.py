"""Loading: money that is put on gift cards and vouchers, how it was paid for, and by whom.

A card may be issued with nothing on it, as blank ones on the shelf are. What is put on it afterwards are loads: facts
that are only added, each under the name of its act, so that one that is done again changes nothing. What is on a card
is what it was issued with and its loads, less what was spent. A load below nothing pays back what was put on by
mistake, or what somebody wants back.

At the desk the money is outside of any till: in a cash box of its own, on a terminal that is not connected, on an
invoice; or the shop gives it away. The day's figures have each, so that the bookkeeping owes what the cards say.
"""

from typing import Literal, get_args

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from store.schema import voucher_load
from store.vouchers import Kind, Voucher, condition, find, free_minor, issue, spent_minor

Paid = Literal["cash", "external", "invoice", "free"]
"""How the desk was paid. `external`: a card terminal that is not connected, as on a lane; `free`: the shop's gift."""
PAID: tuple[Paid, ...] = get_args(Paid)
SOLD = "sale"
"""Instead of these: a lane has sold it."""
LOADED: tuple[Kind, ...] = ("gift_card", "voucher")
"""What money can be put on."""
MOST_MINOR = 1_000_000
"""So much may be on one."""


class CannotLoad(Exception):
    """Nothing was put on it; one line that says why."""


class Act(msgspec.Struct, frozen=True):
    """Something done at the desk. `id` is its name: the same name is the same act."""

    id: str
    paid: Paid
    by: str
    business_day: str
    now_utc_ms: int


def give_out(connection: Connection, one: Voucher, act: Act) -> None:
    """Issue it with what was paid for it. NumberTaken, CannotLoad."""
    issue(connection, msgspec.structs.replace(one, amount_minor=0))
    put_on(connection, one.number, one.amount_minor, act)


def put_on(connection: Connection, number: str, amount_minor: int, act: Act) -> None:
    """Put so much on it; below nothing: pay it back. CannotLoad."""
    one = find(connection, number, lock=True)
    if _is_done(connection, number, amount_minor, act):
        return
    if one is None or one.kind not in LOADED:
        raise CannotLoad(f"there is no gift card or voucher {number}")
    if not amount_minor:
        raise CannotLoad("nothing would be put on it")
    if amount_minor < 0 and -amount_minor > free_minor(connection, one, act.now_utc_ms):
        raise CannotLoad(f"there is not so much left on {number}")
    state = condition(one, LOADED, one.currency, act.now_utc_ms)
    if amount_minor > 0 and state != "ok":
        raise CannotLoad(f"{number} is {state}")
    if amount_minor > room_minor(connection, one):
        raise CannotLoad(f"there would be more on {number} than a card may hold")
    row = {"id": act.id, "number": number, "amount_minor": amount_minor, "paid": act.paid, "by": act.by}
    when = {"business_day": act.business_day, "at_utc_ms": act.now_utc_ms}
    connection.execute(sa.insert(voucher_load).values({**row, **when}))


def _is_done(connection: Connection, number: str, amount_minor: int, act: Act) -> bool:
    """Whether it was done before. CannotLoad if something else was done under its name."""
    known = connection.execute(sa.select(voucher_load).where(voucher_load.c.id == act.id)).first()
    if known is not None and (known.number, known.amount_minor, known.paid) != (number, amount_minor, act.paid):
        raise CannotLoad(f"something else was done as {act.id}")
    return known is not None


def room_minor(connection: Connection, one: Voucher) -> int:
    """How much more may be on it."""
    return max(0, MOST_MINOR - max(0, one.amount_minor - spent_minor(connection, one)))
