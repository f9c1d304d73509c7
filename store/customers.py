"""Customers: finding members, all about one, and changing what the desk may change, with who did it beside it."""

from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from kiosk.values.contact import kind_of, read_contact
from store import members
from store.customers_schema import member_change, member_voucher
from store.database import writing
from store.member_file import NoSuchMember
from store.members import Member, plain_key
from store.points import Entry, ledger
from store.schema import member, member_consent, member_key, member_sale, sale, voucher

MARKETING = "marketing"


class Summary(msgspec.Struct, frozen=True):
    """A member in one line. `last` is when the latest sale was sealed, empty if there is none."""

    id: str
    first_name: str
    groups: tuple[str, ...]
    blocked: bool
    sales: int
    spent_minor: int
    last: str


class Purchase(msgspec.Struct, frozen=True):
    """One sale or return of a member."""

    key: str
    kind: str
    sealed: str
    due_minor: int
    currency: str
    token: str


class Card(msgspec.Struct, frozen=True):
    """All about one member, for a person at the desk. `consents` by purpose: the version of the words, and when."""

    member: Member
    keys: tuple[str, ...]
    points: int
    account: tuple[Entry, ...]
    purchases: tuple[Purchase, ...]
    consents: tuple[dict[str, Any], ...]
    vouchers: tuple[dict[str, Any], ...]
    changes: tuple[dict[str, Any], ...]


class BadChange(Exception):
    """This cannot be changed so; one line for a person."""


def search(engine: Engine, words: str = "", group: str = "", limit: int = 50, offset: int = 0) -> list[Summary]:
    """Members whose name, card, number, address or id has these words; who bought last comes first."""
    counted = _counted().subquery()
    query = (
        sa.select(member.c.id, member.c.first_name, member.c.member_groups, member.c.blocked, counted)
        .join(counted, counted.c.member_id == member.c.id, isouter=True)
        .where(*_matching(words), *([_in_group(group)] if group else []))
        .order_by(sa.func.coalesce(counted.c.last, "").desc(), member.c.id)
        .limit(limit)
        .offset(offset)
    )
    with engine.connect() as connection:
        return [
            Summary(row.id, row.first_name, tuple(row.member_groups.split()), row.blocked, row.sales or 0,
                    int(row.spent_minor or 0), row.last or "")
            for row in connection.execute(query)
        ]  # fmt: skip


def _counted() -> "sa.Select[Any]":
    """How often and how much each member bought; what came back is taken off."""
    signed = sa.case((sale.c.kind == "return", -1), else_=1)
    return (
        sa.select(
            member_sale.c.member_id,
            sa.func.sum(sa.case((sale.c.kind == "sale", 1), else_=0)).label("sales"),
            sa.func.sum(sa.func.abs(sale.c.goods_minor) * signed).label("spent_minor"),
            sa.func.max(sale.c.sealed).label("last"),
        )
        .join(sale, sale.c.key == member_sale.c.sale_key)
        .where(sale.c.kind.in_(("sale", "return")), sale.c.training.is_(False))
        .group_by(member_sale.c.member_id)
    )


def _matching(words: str) -> "list[sa.ColumnElement[bool]]":
    found = []
    for word in words.split()[:5]:
        has_key = sa.exists().where(
            member_key.c.member_id == member.c.id, member_key.c.key.contains(plain_key(word), autoescape=True)
        )
        name = sa.func.lower(member.c.first_name).contains(word.lower(), autoescape=True)
        mail = sa.func.lower(member.c.email).contains(word.lower(), autoescape=True)
        found.append(sa.or_(has_key, name, mail, member.c.id == word))
    return found


def _in_group(group: str) -> "sa.ColumnElement[bool]":
    return (sa.literal(" ") + member.c.member_groups + " ").contains(f" {group} ", autoescape=True)


def groups(engine: Engine) -> list[str]:
    """Every group that somebody is in."""
    with engine.connect() as connection:
        rows = connection.scalars(sa.select(member.c.member_groups).distinct())
        return sorted({group for row in rows for group in row.split()})


def card(engine: Engine, id_: str, most: int = 100) -> Card:
    """All about one member, the latest `most` sales of it. NoSuchMember."""
    with engine.connect() as connection:
        one = _one(connection, id_)
        bought = (
            sa.select(sale.c.key, sale.c.kind, sale.c.sealed, sale.c.due_minor, sale.c.currency, sale.c.token)
            .join(member_sale, member_sale.c.sale_key == sale.c.key)
            .where(member_sale.c.member_id == id_)
            .order_by(sale.c.sealed.desc())
            .limit(most)
        )
        made = sa.select(voucher).join(member_voucher).where(member_voucher.c.member_id == id_)
        consents = sa.select(member_consent).where(member_consent.c.member_id == id_)
        changes = sa.select(member_change).where(member_change.c.member_id == id_).order_by(member_change.c.n.desc())
        keys = sa.select(member_key.c.key).where(member_key.c.member_id == id_).order_by(member_key.c.key)
        return Card(
            one,
            tuple(connection.scalars(keys)),
            members.points(connection, id_),
            tuple(ledger(connection, id_)),
            tuple(Purchase(**row) for row in connection.execute(bought).mappings()),
            tuple(dict(row) for row in connection.execute(consents.order_by("purpose")).mappings()),
            tuple(dict(row) for row in connection.execute(made.order_by("number")).mappings()),
            tuple(dict(row) for row in connection.execute(changes).mappings()),
        )


def change(engine: Engine, id_: str, by: str, now_utc_ms: int, **wanted: str | bool) -> Member:
    """Change some of `first_name`, `member_groups`, `receipt`, `email`, `blocked`, and note each. BadChange;
    NoSuchMember."""
    with writing(engine) as connection:
        before = _one(connection, id_)
        after = msgspec.structs.replace(before, **_checked(wanted))
        for name in wanted:
            old, new = getattr(before, name), getattr(after, name)
            if old != new:
                connection.execute(sa.update(member).where(member.c.id == id_).values({name: new}))
                note(connection, id_, name, str(old), str(new), by, now_utc_ms)
    return after


def withdraw(engine: Engine, id_: str, purpose: str, by: str, now_utc_ms: int) -> None:
    """A consent is taken back: the words that it was given to stay in the notes. BadChange; NoSuchMember."""
    if purpose != MARKETING:
        raise BadChange("who does not agree to be a member any more is erased")
    with writing(engine) as connection:
        _one(connection, id_)
        mine = sa.and_(member_consent.c.member_id == id_, member_consent.c.purpose == purpose)
        text = connection.scalar(sa.select(member_consent.c.text).where(mine))
        if text is not None:
            connection.execute(sa.delete(member_consent).where(mine))
            note(connection, id_, purpose, f"agreed to {text}", "withdrawn", by, now_utc_ms)


def note(connection: Connection, id_: str, what: str, before: str, after: str, by: str, now_utc_ms: int) -> None:
    """Write down what was changed."""
    last = connection.scalar(sa.select(sa.func.max(member_change.c.n)).where(member_change.c.member_id == id_)) or 0
    row = {"member_id": id_, "n": last + 1, "what": what, "before": before, "after": after}
    connection.execute(sa.insert(member_change).values(**row, by=by, at_utc_ms=now_utc_ms))


def _checked(wanted: dict[str, str | bool]) -> dict[str, str | bool]:
    groups_ = str(wanted.get("member_groups", ""))
    if any(not group.replace("-", "").isalnum() for group in groups_.split()):
        raise BadChange("a group is one word of letters, digits and hyphens")
    if wanted.get("receipt", "") not in ("", "print", "qr", "none", "email"):
        raise BadChange("the receipt is print, qr, none, email or nothing")
    email = str(wanted.get("email", ""))
    if email:
        read = read_contact(email)
        if read is None or kind_of(read) != "email":
            raise BadChange(f"{email[:80]!r} is no e-mail address")
        wanted = {**wanted, "email": read}
    return wanted


def _one(connection: Connection, id_: str) -> Member:
    row = connection.execute(sa.select(member).where(member.c.id == id_)).mappings().first()
    if row is None:
        raise NoSuchMember(f"there is no member {id_!r}")
    return Member(**row)
