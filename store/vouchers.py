"""Vouchers: gift cards, vouchers, coupons and deposit slips: whatever is worth something at a till and can be used up.

A voucher is never taken by a question, only held: a hold belongs to one visit and is known by the question's id. The
sealed sale that names it spends it, the lane's report lets it go, and one that nobody comes back to is free again
after a day. What can still be spent is worked out: what was issued, less what is held and spent. Two lanes that want
the same at once queue for its row (on SQLite for the whole file), so one of them finds it gone; a question that comes
again finds its own hold and hears the same answer.

A signed deposit slip needs no entry made before: a bottle machine may know nobody. The till has checked its signature,
as it checks everything that it sells, and the first that the store hears of the slip is its entry. One that a till took
while it could not ask comes with the sealed sale; if more was taken from it than it says, the sale is flagged. A slip
that staff gave out for empties comes with the return that it paid; it may have been spent at another till before.
"""

import secrets
from collections.abc import Callable
from typing import Literal

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from kiosk.checkout.questions import GiftCardAnswer, GiftCardAsk
from kiosk.checkout.sale import Sale, Tender
from kiosk.values.deposit_slip import DepositSlip, read
from store.database import writing
from store.flags import Flag
from store.schema import hold, voucher, voucher_load

Kind = Literal["gift_card", "voucher", "coupon", "deposit"]
Condition = Literal["ok", "unknown", "blocked", "expired", "other_currency"]
HOLD_MS = 24 * 60 * 60 * 1_000
"""So long a hold keeps others out. A visit lasts minutes, a basket that is set aside a quarter of an hour."""
BEARER: tuple[Kind, ...] = ("gift_card", "voucher", "deposit")
"""What pays by its number alone; a coupon needs an offer."""
_BEGINS: dict[Kind, str] = {"gift_card": "KG-", "voucher": "KV-", "deposit": "KD-", "coupon": "KC-"}
"""As the lanes' `[codes]` have it unless a shop has said otherwise."""
_SECRET_DIGITS = 16
_SLIP = "/slip"
LOAD = "load"
"""Kind of a hold that keeps no money but a place: a visit is going to put something on this card (`loading`)."""
HELD_TENDERS = ("gift_card", "voucher")
"""Tenders whose `attempt` is the id of a hold."""


class Asker(msgspec.Struct, frozen=True):
    """Who asks, under which id, and when."""

    till: str
    id: str
    now_utc_ms: int


class Voucher(msgspec.Struct, frozen=True):
    """One voucher: `amount_minor` is what it was issued with and what was put on it since (`loading`); of a coupon how
    often it may be used."""

    number: str
    kind: Kind
    currency: str
    amount_minor: int
    offer: str = ""
    issued_utc_ms: int = 0
    expires_utc_ms: int = 0
    blocked: bool = False
    note: str = ""


class NumberTaken(Exception):
    """A voucher with this number was issued before."""


# --- issuing ----------------------------------------------------------------------------------------------------------


def issue(connection: Connection, one: Voucher) -> None:
    """Put it into the books. NumberTaken; AssertionError for an amount below zero."""
    assert one.amount_minor >= 0, "nobody issues a debt"
    if find(connection, one.number) is not None:
        raise NumberTaken(f"{one.number} was issued before")
    connection.execute(sa.insert(voucher).values(msgspec.structs.asdict(one)))


def new_number(kind: Kind, draw: Callable[[str], str] = secrets.choice) -> str:
    """A number that begins as the lanes expect it of this kind, and that nobody finds by trying.

    `draw` one of these digits.
    """
    return _BEGINS[kind] + "".join(draw("0123456789") for _ in range(_SECRET_DIGITS))


def block(connection: Connection, number: str, blocked: bool = True) -> None:
    """From now on it is worth nothing, or something again; what is spent stays spent."""
    connection.execute(sa.update(voucher).where(voucher.c.number == number).values(blocked=blocked))


def find(connection: Connection, number: str, *, lock: bool = False) -> Voucher | None:
    """The one with this number. `lock`: others who want it wait until this transaction ends."""
    query = sa.select(voucher).where(voucher.c.number == number)
    row = connection.execute(query.with_for_update() if lock else query).mappings().first()
    if row is None:
        return None
    put_on = sa.select(sa.func.sum(voucher_load.c.amount_minor)).where(voucher_load.c.number == number)
    one = Voucher(**row)  # the sum is read after the lock, or it could be older than the row
    return msgspec.structs.replace(one, amount_minor=one.amount_minor + int(connection.scalar(put_on) or 0))


def free_minor(connection: Connection, one: Voucher, now_utc_ms: int, till: str = "") -> int:
    """What of it is neither spent nor held. For the till that asks its own holds never lapse: what it has not let go
    may be in the very basket that it asks for, however long that has been open."""
    in_use = is_in_use(now_utc_ms)
    if till:
        in_use = sa.or_(in_use, sa.and_(hold.c.state == "held", hold.c.till == till))
    used = sa.select(sa.func.coalesce(sa.func.sum(hold.c.amount_minor), 0)).where(hold.c.number == one.number, in_use)
    return max(0, one.amount_minor - int(connection.scalar(used) or 0))


def is_in_use(now_utc_ms: int) -> "sa.ColumnElement[bool]":
    """Whether a hold keeps others out: spent, or held and not forgotten."""
    return sa.or_(hold.c.state == "spent", sa.and_(hold.c.state == "held", hold.c.made_utc_ms > now_utc_ms - HOLD_MS))


def condition(one: Voucher | None, kinds: tuple[Kind, ...], currency: str, now_utc_ms: int) -> Condition:
    """Whether it is worth anything here and now, whatever is left on it."""
    if one is None or one.kind not in kinds:
        return "unknown"
    if one.blocked:
        return "blocked"
    if one.expires_utc_ms and one.expires_utc_ms <= now_utc_ms:
        return "expired"
    return "ok" if one.currency == currency else "other_currency"


# --- holding ----------------------------------------------------------------------------------------------------------


def keep(connection: Connection, asker: Asker, one: Voucher, wanted_minor: int) -> int:
    """Hold so much of it, or what is left; how much that is. The same question again holds nothing more.

    The voucher's row must be locked (`find`).
    """
    known = connection.execute(sa.select(hold).where(hold.c.id == asker.id)).first()
    if known is not None:
        mine = (known.till, known.number) == (asker.till, one.number)
        return int(known.amount_minor) if mine and known.state != "released" else 0
    held = min(wanted_minor, free_minor(connection, one, asker.now_utc_ms, asker.till))
    if held > 0:
        write_hold(connection, asker, one.number, one.kind, held, "held")
    return held


def write_hold(connection: Connection, asker: Asker, number: str, kind: str, amount_minor: int, state: str) -> None:
    """A line in the books: this question has so much of it, in this state."""
    row = {"id": asker.id, "number": number, "kind": kind, "till": asker.till, "amount_minor": amount_minor}
    connection.execute(sa.insert(hold).values(**row, state=state, made_utc_ms=asker.now_utc_ms))


def release(connection: Connection, till: str, id_: str, now_utc_ms: int) -> None:
    """Let go of it, if it is this till's and not spent. A question that arrives after its release finds it ended."""
    known = connection.execute(sa.select(hold).where(hold.c.id == id_)).first()
    if known is None:
        write_hold(connection, Asker(till, id_, now_utc_ms), "", "", 0, "released")
    elif known.till == till and known.state == "held":
        connection.execute(sa.update(hold).where(hold.c.id == id_).values(state="released", ended_utc_ms=now_utc_ms))


def spend(connection: Connection, sold: Sale, now_utc_ms: int) -> list[Flag]:
    """A sealed sale has used what it names. Money has changed hands already, so what is odd is kept and told."""
    flags: list[Flag] = []
    for tender in sold.tenders:
        if isinstance(tender.slip, str) and sold.kind == "return":
            flags += _give_out(connection, sold, tender, now_utc_ms)
        elif tender.kind in HELD_TENDERS and sold.kind == "return":
            flags += _put_back(connection, sold, tender, now_utc_ms)
        elif isinstance(tender.slip, str):
            flags += _spend_slip(connection, sold, tender, now_utc_ms)
        elif tender.kind in HELD_TENDERS:
            flags += _spend(connection, sold, tender.attempt, tender.amount_minor, now_utc_ms)
    return flags[:1]


def _spend(connection: Connection, sold: Sale, id_: str, amount_minor: int, now_utc_ms: int) -> list[Flag]:
    known = connection.execute(sa.select(hold).where(hold.c.id == id_).with_for_update()).first()
    if known is None or known.till != sold.till or not known.number:
        return [Flag("voucher", f"nobody kept {id_} for this sale")]
    ended = {"state": "spent", "sale_key": sold.key, "amount_minor": amount_minor, "ended_utc_ms": now_utc_ms}
    if known.state == "spent":
        return [Flag("voucher", f"{id_} was spent by {known.sale_key} before")]
    connection.execute(sa.update(hold).where(hold.c.id == id_).values(ended))
    one = find(connection, known.number, lock=True)
    if one is None or spent_minor(connection, one) > one.amount_minor:
        return [Flag("voucher", f"more was taken from {known.number} than is on it")]
    return []


def _spend_slip(connection: Connection, sold: Sale, tender: Tender, now_utc_ms: int) -> list[Flag]:
    """A signed slip that was taken on trust. What its question may still hold is let go by the till's own report."""
    slip = read(tender.slip or "")
    if slip is None:
        return [Flag("voucher", f"what was taken as {tender.attempt} is no signed slip")]
    one, id_ = _entered(connection, slip, now_utc_ms), f"{tender.attempt}{_SLIP}"
    if _is_written(connection, id_):  # a till that was restored from an old copy gives its names out again
        id_ = f"{sold.key}/{tender.attempt}{_SLIP}"
    if _is_written(connection, id_):
        return [Flag("voucher", f"{tender.attempt} stands twice in this sale")]
    write_hold(connection, Asker(sold.till, id_, now_utc_ms), one.number, one.kind, tender.amount_minor, "spent")
    ended = {"sale_key": sold.key, "ended_utc_ms": now_utc_ms}
    connection.execute(sa.update(hold).where(hold.c.id == id_).values(ended))
    if one.blocked or spent_minor(connection, one) > one.amount_minor:
        return [Flag("voucher", f"more was taken from {one.number} than is on it")]
    return []


def _is_written(connection: Connection, id_: str) -> bool:
    return connection.scalar(sa.select(hold.c.id).where(hold.c.id == id_)) is not None


def _entered(connection: Connection, slip: DepositSlip, now_utc_ms: int) -> Voucher:
    """The slip as the books have it, and from now on do."""
    one = find(connection, slip.number, lock=True)
    if one is None:
        note = f"signed slip of {slip.issued}"
        one = Voucher(slip.number, "deposit", slip.currency, slip.amount_minor, issued_utc_ms=now_utc_ms, note=note)
        issue(connection, one)
    return one


def _give_out(connection: Connection, back: Sale, tender: Tender, now_utc_ms: int) -> list[Flag]:
    """A slip for empties. One that was signed may have been heard of before, and is then the same."""
    number, minor = tender.slip or "", -tender.amount_minor
    if back.training:
        return []
    if not number or minor <= 0 or tender.kind != "voucher":
        return [Flag("voucher", f"{minor} of {tender.kind} is no slip")]
    known = find(connection, number, lock=True)
    if known is None:
        note = f"empties, {back.key}"
        issue(connection, Voucher(number, "deposit", back.currency, minor, issued_utc_ms=now_utc_ms, note=note))
    elif (known.kind, known.currency, known.amount_minor) != ("deposit", back.currency, minor):
        return [Flag("voucher", f"{number} was issued before, as something else")]
    return []


def _put_back(connection: Connection, back: Sale, tender: Tender, now_utc_ms: int) -> list[Flag]:
    """A return pays back onto the voucher that its sale was paid with, by a line that spends less than nothing.

    It names the hold of that payment. However many returns there are, no more comes back than it took.
    """
    named = hold.c.id.in_((tender.attempt, f"{tender.attempt}{_SLIP}"))
    paid = connection.execute(sa.select(hold).where(named, hold.c.state != "released")).first()
    if paid is None or paid.kind not in BEARER or back.training:
        return [Flag("voucher", f"nothing was paid with {tender.attempt} that could be put back")]
    one = find(connection, paid.number, lock=True)
    assert one is not None, "what was held was issued"
    of_it = hold.c.id.startswith(f"{tender.attempt}/", autoescape=True)
    before = sa.select(sa.func.sum(hold.c.amount_minor)).where(of_it, hold.c.amount_minor < 0)
    if not 0 < -tender.amount_minor <= paid.amount_minor + int(connection.scalar(before) or 0):
        return [Flag("voucher", f"more would go back to {paid.number} than was taken from it")]
    id_ = f"{tender.attempt}/{back.key}"
    if _is_written(connection, id_):
        return [Flag("voucher", f"{tender.attempt} stands twice in this return")]
    write_hold(connection, Asker(back.till, id_, now_utc_ms), one.number, one.kind, tender.amount_minor, "spent")
    connection.execute(sa.update(hold).where(hold.c.id == id_).values(sale_key=back.key, ended_utc_ms=now_utc_ms))
    return []


def spent_minor(connection: Connection, one: Voucher) -> int:
    """What sales have spent of it; perhaps more than was issued."""
    spent = sa.select(sa.func.coalesce(sa.func.sum(hold.c.amount_minor), 0)).where(
        hold.c.number == one.number, hold.c.state == "spent"
    )
    return int(connection.scalar(spent) or 0)


# --- questions --------------------------------------------------------------------------------------------------------


def gift_card(engine: Engine, asker: Asker, ask: GiftCardAsk) -> GiftCardAnswer:
    """What is on the card, voucher or slip, and what of it is held now for this question."""
    with writing(engine) as connection:
        if (slip := read(ask.slip)) is not None and slip.number == ask.number:
            _entered(connection, slip, asker.now_utc_ms)
        one = find(connection, ask.number, lock=True)
        state = condition(one, BEARER, ask.currency, asker.now_utc_ms)
        if one is None or state != "ok":
            return GiftCardAnswer(state=state)
        held = keep(connection, asker, one, ask.hold_minor) if ask.hold_minor > 0 else 0
        balance = free_minor(connection, one, asker.now_utc_ms)
        kind = one.kind if one.kind in ("voucher", "deposit") else "gift_card"
        return GiftCardAnswer(state="ok", balance_minor=balance, held_minor=held, kind=kind)
