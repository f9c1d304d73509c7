"""Segments: members who have something in common, for whoever wants to write to them or give them something.

Only who agreed to be sent offers is in one, whatever else fits: consent to membership is not consent to marketing
(Regulation (EU) 2016/679, article 6). Coupons for a segment are codes of their own, one for each member, each once.
"""

import csv
from collections.abc import Sequence
from io import StringIO

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from kiosk.wire.offers_csv import OfferRow
from store.coupons import make_codes
from store.customers import MARKETING
from store.customers_schema import member_voucher
from store.database import writing
from store.schema import member, member_consent, member_sale, sale, sale_line
from store.vouchers import Voucher, issue


class Segment(msgspec.Struct, frozen=True):
    """Who is meant: each condition that is given must hold. Days are business days, both included; `category` is one
    or its beginning; `quiet_since`: who has bought nothing on that day or later."""

    group: str = ""
    from_day: str = ""
    to_day: str = ""
    spent_minor: int = 0
    """At least so much in those days."""
    category: str = ""
    quiet_since: str = ""


class Person(msgspec.Struct, frozen=True):
    """Somebody in a segment."""

    id: str
    first_name: str
    email: str
    groups: str
    spent_minor: int
    last_day: str


def members_in(engine: Engine, wanted: Segment) -> list[Person]:
    """Everybody who is in it, by id."""
    goods = sale_line.c.amount_minor + sale_line.c.discount_minor if wanted.category else sale.c.goods_minor
    signed = sa.case((sale.c.kind == "return", -sa.func.abs(goods)), else_=goods)
    bought = (
        sa.select(
            member_sale.c.member_id,
            sa.func.sum(signed).label("spent_minor"),
            sa.func.max(sale.c.business_day).label("last_day"),
        )
        .join(sale, sale.c.key == member_sale.c.sale_key)
        .where(sale.c.kind.in_(("sale", "return")), sale.c.training.is_(False))
        .group_by(member_sale.c.member_id)
    )
    if wanted.category:
        in_category = sa.or_(
            sale_line.c.category == wanted.category,
            sale_line.c.category.startswith(f"{wanted.category}/", autoescape=True),
        )
        bought = bought.join(sale_line, sale_line.c.sale_key == sale.c.key).where(in_category)
    if wanted.from_day:
        bought = bought.where(sale.c.business_day >= wanted.from_day)
    if wanted.to_day:
        bought = bought.where(sale.c.business_day <= wanted.to_day)
    sums = bought.subquery()
    agreed = sa.select(member_consent.c.member_id).where(member_consent.c.purpose == MARKETING)
    spent = sa.func.coalesce(sums.c.spent_minor, 0)
    query = (
        sa.select(
            member.c.id, member.c.first_name, member.c.email, member.c.member_groups.label("groups"),
            sa.cast(spent, sa.BigInteger).label("spent_minor"), sa.func.coalesce(sums.c.last_day, "").label("last_day"),
        )
        .join(sums, sums.c.member_id == member.c.id, isouter=True)
        .where(member.c.id.in_(agreed), member.c.blocked.is_(False), *_further(wanted, spent, sums.c.member_id))
        .order_by(member.c.id)
    )  # fmt: skip
    with engine.connect() as connection:
        return [Person(**row) for row in connection.execute(query).mappings()]


def _further(
    wanted: Segment, spent: "sa.ColumnElement[int]", bought: "sa.ColumnElement[str]"
) -> "list[sa.ColumnElement[bool]]":
    found: list[sa.ColumnElement[bool]] = []
    if wanted.group:
        in_group = (sa.literal(" ") + member.c.member_groups + " ").contains(f" {wanted.group} ", autoescape=True)
        found.append(in_group)
    if wanted.spent_minor:
        found.append(spent >= wanted.spent_minor)
    if wanted.category:
        found.append(bought.is_not(None))
    if wanted.quiet_since:
        lately = (
            sa.select(member_sale.c.member_id)
            .join(sale, sale.c.key == member_sale.c.sale_key)
            .where(sale.c.business_day >= wanted.quiet_since, sale.c.kind == "sale", sale.c.training.is_(False))
        )
        found.append(member.c.id.not_in(lately))
    return found


def as_csv(people: Sequence[Person], codes: Sequence[str] = ()) -> str:
    """For a mailing: one row each, with the coupon's code if there are any. Cells that a spreadsheet would take for a
    formula begin with an apostrophe."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    columns = ["member", "first_name", "email", "groups", "spent_minor", "last_day"]
    writer.writerow([*columns, *(["code"] if codes else [])])
    for place, one in enumerate(people):
        row = [one.id, one.first_name, one.email, one.groups, str(one.spent_minor), one.last_day]
        writer.writerow([*map(_plain, row), *([codes[place]] if codes else [])])
    return out.getvalue()


def _plain(cell: str) -> str:
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@") and not cell.lstrip("-").isdecimal() else cell


def give_coupons(
    engine: Engine, wanted: Segment, offer: OfferRow, expires_utc_ms: int, now_utc_ms: int
) -> list[tuple[Person, str]]:
    """One coupon of the offer for everybody in the segment, all of them or none. BadCoupons."""
    people = members_in(engine, wanted)
    codes = make_codes(offer, len(people))
    with writing(engine) as connection:
        for one, code in zip(people, codes, strict=True):
            issue(connection, Voucher(code, "coupon", "", 1, offer.offer, now_utc_ms, expires_utc_ms))
            connection.execute(sa.insert(member_voucher).values(number=code, member_id=one.id))
    return list(zip(people, codes, strict=True))
