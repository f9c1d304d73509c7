"""Day evidence: all that the books have of one business day, gathered for `day_close` to compare.

Sales are those that bear the day. A Z and a settlement cover what was sealed since the one before; the till says which
sale was the last (`sequence`), and one of an older version is placed by its time. Nothing is worked out beforehand:
whatever comes late is in the next look.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from kiosk.checkout.sale import Sale
from kiosk.checkout.signing import turnover_sign
from kiosk.values.moment import rfc3339
from kiosk.wire.messages import LaneEvent
from store.card_ledger import desk_figures, sold_by_till
from store.close_config import DayTable
from store.close_schema import cash_count, payout_line, payout_match
from store.day_close import DeskCount, Payment, ShopDay, Stray, TillDay, Told
from store.day_figures import PAID_FEE, PAID_GROSS, PAID_NET, added, scheme_name
from store.schema import aside, hold, lane_event, sale
from store.vouchers import BEARER

_LONGEST_GAP = 100_000
_AT_ONCE = 500


class Rules(msgspec.Struct, frozen=True):
    """What of the configuration matters here."""

    store: str
    currency: str
    day: DayTable
    pays_out: bool
    books_expired: bool = False
    """Whether what is left on gift cards is booked when they end."""


class _Books:
    """A look at the books that reads each sale once: the same ones are in the day, in its Z and in a settlement."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._known: dict[str, Sale] = {}

    def sales(self, *where: "sa.ColumnElement[bool]") -> tuple[Sale, ...]:
        """These, by till and number."""
        query = sa.select(sale.c.key).where(*where).order_by(sale.c.till, sale.c.sequence)
        keys = list(self.connection.scalars(query))
        unknown = [key for key in keys if key not in self._known]
        for place in range(0, len(unknown), _AT_ONCE):
            bodies = sa.select(sale.c.key, sale.c.body).where(sale.c.key.in_(unknown[place : place + _AT_ONCE]))
            for row in self.connection.execute(bodies):
                self._known[row.key] = msgspec.json.decode(row.body, type=Sale)
        return tuple([self._known[key] for key in keys])


def gather(connection: Connection, rules: Rules, business_day: str, today: str) -> ShopDay:
    """Everything of the day; `today` is the business day in which we look."""
    books = _Books(connection)
    sales = books.sales(sale.c.business_day == business_day)
    zs = _zs(connection, business_day)
    counts = _counts(connection, business_day)
    spent = _spent(connection, business_day)
    conflicts = _conflicts(connection, rules.store, business_day)
    paid = _paid(connection, business_day)
    by_till: dict[str, list[Sale]] = {}
    for one in sales:
        by_till.setdefault(one.till, []).append(one)
    tills = sorted({*by_till, *zs, *counts, *conflicts})
    return ShopDay(
        business_day=business_day,
        currency=rules.currency,
        tills=tuple(
            _till_day(books, till, by_till.get(till, []), zs.get(till, []), paid, conflicts.get(till, ()))
            for till in tills
        ),
        strays=_strays(connection, business_day),
        payouts=_payouts(connection, business_day),
        age_days=(date.fromisoformat(today) - date.fromisoformat(business_day)).days,
        desk=desk_figures(connection, rules.currency, business_day, expired=rules.books_expired),
        pays_out=rules.pays_out,
        in_transit_days=rules.day.in_transit_days,
    ).with_counts(counts, spent, sold_by_till(connection, business_day))


# --- one till ---------------------------------------------------------------------------------------------------------


def _till_day(
    books: _Books,
    till: str,
    sales: list[Sale],
    zs: list[LaneEvent],
    paid: Mapping[tuple[str, int], int],
    conflicts: tuple[tuple[str, str], ...],
) -> TillDay:
    jobs = [f"{till}-z{z.data.get('number')}" for z in zs]
    last = _latest(books.connection, till, ("settlement",))
    return TillDay(
        till=till,
        sales=tuple(sorted(sales, key=lambda one: one.sequence)),
        zs=tuple(_covered_by_z(books, z) for z in zs),
        settlements=tuple(_covered_by_settlement(books, one) for one in _settlements(books.connection, till, jobs)),
        payments=tuple(_payments(sales, last, paid)),
        settles=last is not None or _latest(books.connection, till, ("settlement.failed",)) is not None,
        conflicts=conflicts,
    )


def _payments(sales: Iterable[Sale], last: LaneEvent | None, paid: Mapping[tuple[str, int], int]) -> Iterable[Payment]:
    for one in sales:
        if one.training or one.kind == "void":
            continue
        for place, tender in enumerate(one.tenders, start=1):
            if tender.kind == "card":
                scheme = scheme_name(tender.card.scheme) if tender.card is not None else ""
                amount = turnover_sign(one) * tender.amount_minor
                yield Payment(
                    one.key, place, scheme, amount, last is not None and _covers(last, one), paid.get((one.key, place))
                )


def _covers(report: LaneEvent, one: Sale) -> bool:
    through = report.data.get("sequence")
    return one.sequence <= through if isinstance(through, int) else one.sealed <= report.at


def _covered_by_z(books: _Books, z: LaneEvent) -> Told:
    before = _latest(books.connection, z.till, ("day.closed",), z.n)
    if before is None and z.data.get("number") != 1:
        after = sale.c.sealed > rfc3339(int(z.data.get("opened_utc_ms") or 0))
        return Told(z.data, books.sales(sale.c.till == z.till, after, _up_to(z)))
    return _told(books, z, before)


def _covered_by_settlement(books: _Books, report: LaneEvent) -> Told:
    before = _latest(books.connection, report.till, ("settlement",), report.n)
    if before is None and not str(report.data.get("job", "")).endswith("-z1"):
        return Told(report.data, (), begins=False)
    told = _told(books, report, before)
    carried = int(before.data.get("carried_minor") or 0) if before is not None else 0
    return msgspec.structs.replace(told, carried_before_minor=carried)


def _told(books: _Books, report: LaneEvent, before: LaneEvent | None) -> Told:
    """The report with what was sealed since the one before, and the numbers in between that are not in the books."""
    after = [] if before is None else [sa.not_(_up_to(before))]
    sales = books.sales(sale.c.till == report.till, sale.c.training.is_(False), *after, _up_to(report))
    through = report.data.get("sequence")
    start = 0 if before is None else before.data.get("sequence")
    if not isinstance(through, int) or not isinstance(start, int) or through - start > _LONGEST_GAP:
        return Told(report.data, sales)
    gone = set(range(start + 1, through + 1)) - {one.sequence for one in sales}
    for skipped in _events(books.connection, "sequence.skipped", report.till) if gone else ():
        gone -= set(range(int(skipped.data.get("from", 0)), int(skipped.data.get("to", 0))))
    return Told(report.data, sales, tuple(sorted(gone)))


def _up_to(report: LaneEvent) -> "sa.ColumnElement[bool]":
    through = report.data.get("sequence")
    return sale.c.sequence <= through if isinstance(through, int) else sale.c.sealed <= report.at


# --- reading ----------------------------------------------------------------------------------------------------------


def _event(row: "Row[Any]") -> LaneEvent:
    return msgspec.json.decode(row.body, type=LaneEvent)


def _latest(connection: Connection, till: str, kinds: tuple[str, ...], before_n: int | None = None) -> LaneEvent | None:
    query = sa.select(lane_event).where(lane_event.c.kind.in_(kinds), lane_event.c.till == till)
    if before_n is not None:
        query = query.where(lane_event.c.n < before_n)
    row = connection.execute(query.order_by(lane_event.c.n.desc()).limit(1)).first()
    return None if row is None else _event(row)


def _events(connection: Connection, kind: str, till: str) -> list[LaneEvent]:
    query = sa.select(lane_event).where(lane_event.c.kind == kind, lane_event.c.till == till)
    return [_event(row) for row in connection.execute(query.order_by(lane_event.c.n))]


def _zs(connection: Connection, business_day: str) -> dict[str, list[LaneEvent]]:
    """By till. A Z of this day was not made before it, as any time zone counts."""
    query = sa.select(lane_event).where(
        lane_event.c.kind == "day.closed",
        lane_event.c.at >= (date.fromisoformat(business_day) - timedelta(days=1)).isoformat(),
        lane_event.c.body.contains(f'"business_day":"{business_day}"', autoescape=True),
    )
    found: dict[str, list[LaneEvent]] = {}
    for row in connection.execute(query.order_by(lane_event.c.n)):
        found.setdefault(row.till, []).append(_event(row))
    return found


def _settlements(connection: Connection, till: str, jobs: list[str]) -> list[LaneEvent]:
    named = [lane_event.c.body.contains(f'"job":"{job}"', autoescape=True) for job in jobs]
    if not named:
        return []
    query = sa.select(lane_event).where(lane_event.c.kind == "settlement", lane_event.c.till == till, sa.or_(*named))
    return [_event(row) for row in connection.execute(query.order_by(lane_event.c.n))]


def _counts(connection: Connection, business_day: str) -> dict[str, DeskCount]:
    """The last one of each till."""
    query = sa.select(cash_count).where(cash_count.c.business_day == business_day).order_by(cash_count.c.n)
    return {row.till: DeskCount(row.counted_minor, row.by, row.note) for row in connection.execute(query)}


def _spent(connection: Connection, business_day: str) -> dict[str, int]:
    query = (
        sa.select(sale.c.till, sa.cast(sa.func.sum(hold.c.amount_minor), sa.BigInteger).label("minor"))
        .join(sale, sale.c.key == hold.c.sale_key)
        .where(sale.c.business_day == business_day, hold.c.state == "spent", hold.c.kind.in_(BEARER))
        .group_by(sale.c.till)
    )
    return {row.till: int(row.minor) for row in connection.execute(query)}


def _conflicts(connection: Connection, store: str, business_day: str) -> dict[str, tuple[tuple[str, str], ...]]:
    """What was kept aside under a sale's key of this day, by till."""
    query = sa.select(aside).where(aside.c.what == "sale", aside.c.id.contains(f"/{business_day}/", autoescape=True))
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for row in connection.execute(query.order_by(aside.c.n)):
        if row.id.startswith(f"{store}/{row.till}/{business_day}/"):
            known = dict(found.get(row.till, ()))
            found[row.till] = tuple({**known, row.id: row.reason}.items())
    return found


# --- the acquirer's -----------------------------------------------------------------------------------------------


def _paid(connection: Connection, business_day: str) -> dict[tuple[str, int], int]:
    """What is paid for the card payments of this day, before fees."""
    query = (
        sa.select(payout_match.c.sale_key, payout_match.c.tender, payout_line.c.gross_minor)
        .join(payout_line, payout_line.c.id == payout_match.c.line)
        .join(sale, sale.c.key == payout_match.c.sale_key)
        .where(sale.c.business_day == business_day)
    )
    return {(row.sale_key, row.tender): row.gross_minor for row in connection.execute(query)}


def _strays(connection: Connection, business_day: str) -> tuple[Stray, ...]:
    matched = sa.exists().where(payout_match.c.line == payout_line.c.id)
    day = sa.case((payout_line.c.sold_day == "", payout_line.c.paid_day), else_=payout_line.c.sold_day)
    query = sa.select(payout_line).where(day == business_day, sa.not_(matched), payout_line.c.gross_minor != 0)
    return tuple(
        Stray(row.id[:16], row.gross_minor, _about(row)) for row in connection.execute(query.order_by(payout_line.c.id))
    )


def _about(row: "Row[Any]") -> str:
    """What a person can look for."""
    named = ("scheme", "terminal", "receipt", "trace", "authorization", "reference")
    said = [f"{name} {value}" for name in named if (value := getattr(row, name))]
    return f"paid out {row.paid_day}, in no sale: {', '.join(said)}"


def _payouts(connection: Connection, business_day: str) -> dict[str, int]:
    scheme = sa.func.coalesce(payout_match.c.scheme, payout_line.c.scheme)
    query = (
        sa.select(scheme.label("scheme"), payout_line.c.gross_minor, payout_line.c.fee_minor)
        .select_from(payout_line.join(payout_match, payout_match.c.line == payout_line.c.id, isouter=True))
        .where(payout_line.c.paid_day == business_day)
    )
    return added(
        *(
            {
                f"{PAID_GROSS}:{scheme_name(row.scheme)}": row.gross_minor,
                PAID_FEE: row.fee_minor,
                PAID_NET: row.gross_minor - row.fee_minor,
            }
            for row in connection.execute(query)
        )
    )
