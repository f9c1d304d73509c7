"""Payouts: the acquirer's files in the books, each line beside the card payment that it pays.

A line is known by what it says, so a file that comes twice, or one that overlaps another, changes nothing. A payment is
found by what the terminal printed: receipt, trace and authorization numbers, as many as the file has, all of which must
agree, on the day of the sale or its neighbours (terminals and shops turn their day at different hours). The amount need
not: that it differs is the very thing to find out. What fits nothing, or several payments alike, waits: it is tried
again whenever sales have come, and is a difference until then.
"""

import hashlib
from collections.abc import Iterable
from datetime import date, timedelta

import msgspec
import sqlalchemy as sa
from babel.numbers import get_currency_precision
from sqlalchemy.engine import Connection, Engine

from kiosk.checkout.sale import CardSlipData, Sale
from kiosk.checkout.signing import turnover_sign
from store.close_schema import payout_file, payout_line, payout_match
from store.config import Config
from store.database import writing
from store.day_figures import scheme_name
from store.payout_csv import BadPayouts, PayoutLine, read_payouts
from store.schema import sale

_NUMBERS = ("receipt", "trace", "authorization")
_PAID_WITHIN_DAYS = 14
"""So long before its payout a payment may have been made, where the file does not say when."""


class Taken(msgspec.Struct, frozen=True):
    """What became of a file: its lines, those that were new, and those of the new that found their payment."""

    lines: int
    new: int
    matched: int


def take_file(engine: Engine, config: Config, data: bytes, name: str, profile: str, by: str, now_utc_ms: int) -> Taken:
    """Read it and put it into the books. BadPayouts; whole, or not at all."""
    if profile not in config.payouts:
        known = ", ".join(config.payouts) or "none; see [payouts.NAME] in store.toml"
        raise BadPayouts([f"no profile {profile!r}: there is {known}"])
    currency = config.store.currency
    lines = read_payouts(data, config.payouts[profile], currency, get_currency_precision(currency))
    digest = hashlib.sha256(data).hexdigest()
    with writing(engine) as connection:
        if connection.scalar(sa.select(payout_file.c.digest).where(payout_file.c.digest == digest)):
            return Taken(len(lines), 0, 0)
        row = {"digest": digest, "name": name[:200], "profile": profile, "lines": len(lines), "by": by}
        connection.execute(sa.insert(payout_file).values(**row, at_utc_ms=now_utc_ms))
        fresh = [line for line in lines if not _is_known(connection, line.id)]
        if fresh:
            rows = [{**msgspec.structs.asdict(line), "file": digest} for line in fresh]
            connection.execute(sa.insert(payout_line), rows)
        matched = _match(connection, fresh, now_utc_ms)
    return Taken(len(lines), len(fresh), matched)


def match_again(engine: Engine, now_utc_ms: int) -> int:
    """Try the lines that have found nothing yet; how many have now."""
    unmatched = sa.not_(sa.exists().where(payout_match.c.line == payout_line.c.id))
    with writing(engine) as connection:
        rows = connection.execute(sa.select(payout_line).where(unmatched, payout_line.c.gross_minor != 0)).mappings()
        lines = [PayoutLine(**{name: row[name] for name in PayoutLine.__struct_fields__}) for row in rows]
        return _match(connection, lines, now_utc_ms)


def days_of(engine: Engine, data: bytes) -> list[str]:
    """The business days that a file speaks of."""
    digest = hashlib.sha256(data).hexdigest()
    with engine.connect() as connection:
        query = sa.select(payout_line.c.paid_day, payout_line.c.sold_day).where(payout_line.c.file == digest)
        return sorted({day for row in connection.execute(query) for day in row if day})


def _is_known(connection: Connection, id_: str) -> bool:
    return connection.scalar(sa.select(payout_line.c.id).where(payout_line.c.id == id_)) is not None


# --- matching ---------------------------------------------------------------------------------------------------------


class _Payment(msgspec.Struct, frozen=True):
    """A card payment in the books that nobody has paid yet."""

    sale_key: str
    place: int
    business_day: str
    amount_minor: int
    card: CardSlipData


def _match(connection: Connection, lines: Iterable[PayoutLine], now_utc_ms: int) -> int:
    matched = 0
    taken: set[tuple[str, int]] = set()
    by_days: dict[tuple[str, str], dict[tuple[str, str], list[_Payment]]] = {}
    for line in lines:
        days = _days(line)
        if days not in by_days:
            by_days[days] = _by_number(_unpaid(connection, *days))
        near = {
            (one.sale_key, one.place): one
            for name in _NUMBERS
            for one in by_days[days].get((name, _bare(getattr(line, name))), ())
        }
        found = _fitting(line, [one for key, one in near.items() if key not in taken])
        if found is None:
            continue
        row = {"line": line.id, "sale_key": found.sale_key, "tender": found.place}
        scheme = scheme_name(found.card.scheme)
        connection.execute(sa.insert(payout_match).values(**row, scheme=scheme, at_utc_ms=now_utc_ms))
        taken.add((found.sale_key, found.place))
        matched += 1
    return matched


def _by_number(payments: Iterable[_Payment]) -> dict[tuple[str, str], list[_Payment]]:
    """Each under all the numbers that it has."""
    found: dict[tuple[str, str], list[_Payment]] = {}
    for one in payments:
        for name in _NUMBERS:
            if number := _bare(getattr(one.card, name)):
                found.setdefault((name, number), []).append(one)
    return found


def _days(line: PayoutLine) -> tuple[str, str]:
    """The business days among which its payment is, both included."""
    last = date.fromisoformat(line.sold_day or line.paid_day)
    first = last - timedelta(days=1 if line.sold_day else _PAID_WITHIN_DAYS)
    return first.isoformat(), (last + timedelta(days=1 if line.sold_day else 0)).isoformat()


def _unpaid(connection: Connection, first: str, last: str) -> Iterable[_Payment]:
    paid = {
        (row.sale_key, row.tender)
        for row in connection.execute(
            sa.select(payout_match.c.sale_key, payout_match.c.tender)
            .join(sale, sale.c.key == payout_match.c.sale_key)
            .where(sale.c.business_day.between(first, last))
        )
    }
    query = sa.select(sale.c.body).where(
        sale.c.business_day.between(first, last), sale.c.kind != "void", sale.c.training.is_(False)
    )
    for body in connection.scalars(query.order_by(sale.c.key)):
        one = msgspec.json.decode(body, type=Sale)
        for place, tender in enumerate(one.tenders, start=1):
            if tender.card is not None and tender.kind == "card" and (one.key, place) not in paid:
                amount = turnover_sign(one) * tender.amount_minor
                yield _Payment(one.key, place, one.business_day, amount, tender.card)


def _fitting(line: PayoutLine, payments: Iterable[_Payment]) -> _Payment | None:
    """The one payment that it can be: of those that its numbers fit, the only one with its amount, or the only one."""
    fitting = [one for one in payments if _fits(line, one)]
    for closer in (
        [one for one in fitting if one.amount_minor == line.gross_minor and one.business_day == line.sold_day],
        [one for one in fitting if one.amount_minor == line.gross_minor],
        [one for one in fitting if (one.amount_minor < 0) == (line.gross_minor < 0)],
    ):
        if closer:
            return closer[0] if len(closer) == 1 else None
    return None


def _fits(line: PayoutLine, one: _Payment) -> bool:
    """Whether all numbers that both have agree, and at least one that is not the terminal's."""
    pairs = [(_bare(getattr(line, name)), _bare(getattr(one.card, name))) for name in (*_NUMBERS, "terminal")]
    return any(a and b for a, b in pairs[:-1]) and all(a == b for a, b in pairs if a and b)


def _bare(number: str) -> str:
    """Without the zeros that one of the two has written in front."""
    return number.strip().lstrip("0").casefold()
