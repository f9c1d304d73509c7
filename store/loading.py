"""Loading: money that is put on gift cards and vouchers, how it was paid for, and by whom.

A card may be issued with nothing on it, as blank ones on the shelf are. What is put on it afterwards are loads: facts
that are only added, each under the name of its act, so that one that is done again changes nothing. What is on a card
is what it was issued with and its loads, less what was spent. A load below nothing pays back what was put on by
mistake, or what somebody wants back.

At the desk the money is outside of any till: in a cash box of its own, on a terminal that is not connected, on an
invoice; or the shop gives it away. The day's figures have each, so that the bookkeeping owes what the cards say.

A lane that sells one asks first: the store keeps a place under the question's id, a hold of nothing, and so learns
which card is meant. The sealed sale names the id, and that is the load: before it nothing is on the card, after it all
is, however late the sale comes; a hold that no sale names never was anything. What a sale has put on a card that
nobody kept a place on (books restored from an old copy) is flagged, and a difference of its day.
"""

from typing import Literal, get_args

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from kiosk.checkout.questions import GiftCardAnswer, GiftCardAsk
from kiosk.checkout.sale import CardLoad, Sale
from store import vouchers
from store.database import writing
from store.flags import Flag
from store.schema import hold, voucher_load
from store.vouchers import LOAD, Asker, Kind, Voucher, condition, find, free_minor, issue, spent_minor, write_hold

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


# --- sold by a lane ---------------------------------------------------------------------------------------------------


def gift_card(engine: Engine, asker: Asker, ask: GiftCardAsk) -> GiftCardAnswer:
    """What is on the card, and what may be done with it for this question."""
    return _keep_a_place(engine, asker, ask) if ask.load_minor > 0 else vouchers.gift_card(engine, asker, ask)


def _keep_a_place(engine: Engine, asker: Asker, ask: GiftCardAsk) -> GiftCardAnswer:
    with writing(engine) as connection:
        one = find(connection, ask.number, lock=True)
        state = condition(one, ("gift_card",), ask.currency, asker.now_utc_ms)
        if one is None or state != "ok":
            return GiftCardAnswer(state=state)
        known = connection.execute(sa.select(hold).where(hold.c.id == asker.id)).first()
        if known is None and ask.load_minor <= room_minor(connection, one):
            write_hold(connection, asker, one.number, LOAD, 0, "held")
            kept = True
        else:
            mine = known is not None and (known.till, known.number, known.kind) == (asker.till, one.number, LOAD)
            kept = known is not None and mine and known.state != "released"
        balance = free_minor(connection, one, asker.now_utc_ms)
        return GiftCardAnswer(state="ok", balance_minor=balance, load_minor=ask.load_minor if kept else 0)


def load_sold(connection: Connection, sold: Sale, now_utc_ms: int) -> list[Flag]:
    """A sealed sale has put on cards what it names. The money is paid, so what is odd is told and nothing refused."""
    if sold.training or sold.kind != "sale":
        return []
    return [flag for load in sold.loads or () for flag in _load_sold(connection, sold, load, now_utc_ms)]


def _load_sold(connection: Connection, sold: Sale, load: CardLoad, now_utc_ms: int) -> list[Flag]:
    kept = connection.execute(sa.select(hold).where(hold.c.id == load.hold).with_for_update()).first()
    if kept is None or (kept.till, kept.kind) != (sold.till, LOAD):
        return [Flag("voucher", f"nobody kept a place for {load.hold}: {load.amount_minor} is on no card")]
    if kept.state == "spent":
        return [Flag("voucher", f"{load.hold} was loaded by {kept.sale_key} before")]
    ended = {"state": "spent", "sale_key": sold.key, "ended_utc_ms": now_utc_ms}
    connection.execute(sa.update(hold).where(hold.c.id == load.hold).values(ended))
    one = find(connection, kept.number, lock=True)
    row = {"id": load.hold, "number": kept.number, "amount_minor": load.amount_minor, "paid": SOLD, "by": ""}
    when = {"business_day": sold.business_day, "at_utc_ms": now_utc_ms}
    connection.execute(sa.insert(voucher_load).values({**row, **when, "sale_key": sold.key}))
    if one is not None and condition(one, LOADED, sold.currency, now_utc_ms) != "ok":
        return [Flag("voucher", f"{load.amount_minor} was put on a card that is worth nothing now: {one.number}")]
    return []
