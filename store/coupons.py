"""Coupons that may be used only once: issued here under codes that nobody can guess, kept for the visit that asks, and
used up by the sale that names them.

A coupon of the offers' file whose row says `once` is worth nothing until its code is issued. The till sees from the
offer's pattern (`KC-TEN*`) which offer a code is for; whether the code exists and is unused only these books know. A
sale that was made while nobody could be asked uses its coupons up all the same, and is flagged if one was used before.
"""

import secrets
from collections.abc import Iterator, Sequence
from csv import DictReader, Error
from datetime import date
from io import StringIO

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from kiosk.checkout.questions import CouponAnswer, CouponAsk
from kiosk.checkout.sale import Sale, coupons_of
from kiosk.wire.offers_csv import OfferRow
from store.database import writing
from store.flags import Flag
from store.schema import hold, voucher
from store.vouchers import Asker, Voucher, condition, find, issue, keep, spent_minor, write_hold

LONGEST = 40
_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_SECRET_LETTERS = 10
"""50 bits: nobody finds one by trying."""


class BadCoupons(Exception):
    """These coupons cannot be issued. One line for each thing that is wrong."""

    def __init__(self, *problems: str) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


# --- issuing ----------------------------------------------------------------------------------------------------------


def offer_named(offers: Sequence[OfferRow], name: str) -> OfferRow:
    """The offer whose coupons may be used only once. BadCoupons."""
    found = next((offer for offer in offers if offer.offer == name), None)
    if found is None:
        raise BadCoupons(f"there is no offer {name}")
    if not found.once:
        raise BadCoupons(f"{name} has no coupons that are used once; say once=yes in its row of the offers")
    return found


def make_codes(offer: OfferRow, count: int) -> list[str]:
    """So many new codes that the tills take for coupons of this offer. BadCoupons if it has one fixed code."""
    if not offer.coupon.endswith("*"):
        raise BadCoupons(
            f"every coupon of {offer.offer} says {offer.coupon}; write {offer.coupon}* for codes of their own"
        )
    start = offer.coupon[:-1]
    if len(start) + _SECRET_LETTERS > LONGEST:
        raise BadCoupons(f"{offer.coupon} leaves no room for a code: {LONGEST} characters in all")
    return [start + "".join(secrets.choice(_LETTERS) for _ in range(_SECRET_LETTERS)) for _ in range(count)]


def read_codes(text: str, offers: Sequence[OfferRow]) -> list[Voucher]:
    """Coupons of a CSV file with the columns `code`, `offer` and perhaps `uses` and `expires` (a day, included).

    BadCoupons with every bad line; then none of them should be issued.
    """
    reader = DictReader(StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    found: list[Voucher] = []
    problems: list[str] = []
    lines: dict[str, int] = {}
    try:
        if missing := [column for column in ("code", "offer") if column not in (reader.fieldnames or ())]:
            raise BadCoupons(f"line 1: there is no column {missing[0]}")
        for cells in reader:
            try:
                one = _coupon(cells, offers)
            except BadCoupons as bad:
                problems += [f"line {reader.line_num}: {problem}" for problem in bad.problems]
                continue
            if lines.setdefault(one.number, reader.line_num) != reader.line_num:
                problems.append(f"line {reader.line_num}: {one.number} is already on line {lines[one.number]}")
            found.append(one)
    except Error as error:
        raise BadCoupons(f"line {reader.line_num}: not a CSV file: {error}") from error
    if problems:
        raise BadCoupons(*problems)
    return found


def _coupon(cells: dict[str, str | None], offers: Sequence[OfferRow]) -> Voucher:
    code, name = (cells.get("code") or "").strip(), (cells.get("offer") or "").strip()
    offer = offer_named(offers, name)
    listed = offer.coupon
    if not (code.startswith(listed[:-1]) if listed.endswith("*") else code == listed) or not 4 <= len(code) <= LONGEST:
        raise BadCoupons(f"{code[:LONGEST]!r} is no code of {name}: they look like {listed}")
    if not code.isascii() or not code.isprintable() or " " in code:
        raise BadCoupons(f"{code!r} has characters that no coupon has")
    uses = (cells.get("uses") or "1").strip()
    if not uses.isdecimal() or not 1 <= int(uses) <= 999:
        raise BadCoupons(f"uses must be a whole number from 1 to 999, not {uses[:20]!r}")
    return Voucher(code, "coupon", "", int(uses), name, expires_utc_ms=end_of((cells.get("expires") or "").strip()))


def end_of(day: str) -> int:
    """The moment after this day (UTC, milliseconds); 0 for none. BadCoupons."""
    if not day:
        return 0
    try:
        return (date.fromisoformat(day) - date(1970, 1, 1)).days * 86_400_000 + 86_400_000
    except ValueError:
        raise BadCoupons(f"{day[:20]!r} is not a day; write it as 2026-11-23") from None


def issue_all(engine: Engine, coupons: Sequence[Voucher], now_utc_ms: int) -> None:
    """All of them or none. BadCoupons names those that were issued before."""
    with writing(engine) as connection:
        known = list(_issued_before(connection, [one.number for one in coupons]))
        if known:
            raise BadCoupons(*(f"{number} was issued before" for number in known))
        for one in coupons:
            issue(
                connection,
                Voucher(one.number, "coupon", "", one.amount_minor, one.offer, now_utc_ms, one.expires_utc_ms),
            )


def _issued_before(connection: Connection, numbers: Sequence[str]) -> Iterator[str]:
    for start in range(0, len(numbers), 500):
        some = numbers[start : start + 500]
        yield from connection.scalars(sa.select(voucher.c.number).where(voucher.c.number.in_(some)))


# --- questions and sales ----------------------------------------------------------------------------------------------


def coupon(engine: Engine, asker: Asker, ask: CouponAsk) -> CouponAnswer:
    """Whether it may be used, and if so it is kept for this question."""
    with writing(engine) as connection:
        one = find(connection, ask.code, lock=True)
        state = condition(one, ("coupon",), one.currency if one is not None else "", asker.now_utc_ms)
        if one is None or state == "other_currency" or one.offer != ask.offer:
            return CouponAnswer(state="unknown")
        if state != "ok":
            return CouponAnswer(state=state)
        if keep(connection, asker, one, 1):
            return CouponAnswer(state="ok", held=True)
        return CouponAnswer(state="used" if spent_minor(connection, one) >= one.amount_minor else "in_use")


def use_coupons(connection: Connection, sold: Sale, now_utc_ms: int) -> list[Flag]:
    """The sale has used these. Of what was issued here, each use is written down, also one too many."""
    flags = []
    for code in sorted(coupons_of(sold)) if sold.kind == "sale" and not sold.training else ():
        one = find(connection, code, lock=True)
        if one is None or one.kind != "coupon":
            continue  # the same for everybody, and no business of these books
        _use(connection, sold, one, now_utc_ms)
        if spent_minor(connection, one) > one.amount_minor:
            flags.append(Flag("coupon", f"{code} was used more often than it may be"))
    return flags[:1]


def _use(connection: Connection, sold: Sale, one: Voucher, now_utc_ms: int) -> None:
    """The lane's own hold if there is one; a basket may also have come from another lane."""
    own_first = sa.case((hold.c.till == sold.till, 0), else_=1)
    query = sa.select(hold.c.id).where(hold.c.number == one.number, hold.c.state == "held").order_by(own_first).limit(1)
    kept = connection.scalar(query)
    if kept is None:
        kept = f"{sold.key}/{one.number}"
        write_hold(connection, Asker(sold.till, kept, now_utc_ms), one.number, "coupon", 1, "held")
    spent = {"state": "spent", "sale_key": sold.key, "ended_utc_ms": now_utc_ms}
    connection.execute(sa.update(hold).where(hold.c.id == kept).values(spent))
