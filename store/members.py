"""Members: who they are to the shop, what they are known by, and what they have collected.

A lane hears of a member only an id that means nothing outside these books, groups, points, a standing choice of
receipt, and a first name for its screen. Points are not kept but worked out: from the sales, one for every whole unit
of the currency that their goods cost, and from what was entered by hand (`store.points`). A sale collects for one
member, once, whatever comes twice or late.
"""

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from kiosk.checkout.questions import MemberAnswer
from kiosk.values.contact import plain_digits, read_contact
from store.customers_schema import point_entry
from store.schema import member, member_key, member_sale, sale

MINOR_PER_POINT = 100
_BY_CARD = "card:"


class Member(msgspec.Struct, frozen=True):
    """One person. `consented_utc_ms` is when it agreed to be kept here."""

    id: str
    consented_utc_ms: int
    first_name: str = ""
    member_groups: str = ""
    receipt: str = ""
    email: str = ""
    blocked: bool = False


class KeyTaken(Exception):
    """Somebody else is known by this card or number."""


def plain_key(text: str) -> str:
    """A key as it is compared: a telephone number or an e-mail address in one spelling, any other as it is."""
    return read_contact(text) or plain_digits(text)


def enrol(connection: Connection, one: Member, *keys: str) -> None:
    """A new member, known by these keys. KeyTaken; ValueError without consent."""
    if one.consented_utc_ms <= 0:
        raise ValueError("nobody becomes a member without consent")
    plain = [plain_key(key) for key in keys]
    if connection.scalar(sa.select(member_key.c.key).where(member_key.c.key.in_(plain)).limit(1)) is not None:
        raise KeyTaken("somebody is known by this number already")
    connection.execute(sa.insert(member).values(msgspec.structs.asdict(one)))
    for key in plain:
        connection.execute(sa.insert(member_key).values(key=key, member_id=one.id))


def who(engine: Engine, key: str) -> MemberAnswer:
    """Whose key this is."""
    with engine.connect() as connection:
        one = find(connection, key)
        if one is None or one.blocked:
            return MemberAnswer(state="unknown" if one is None else "blocked")
        wants = ("print", "qr", "none", "email") if one.email else ("print", "qr", "none")
        receipt = one.receipt if one.receipt in wants else ""
        return MemberAnswer(
            state="ok",
            member=one.id,
            groups=tuple(one.member_groups.split()),
            points=points(connection, one.id),
            receipt=receipt,  # type: ignore[arg-type]  # one of the literals
            first_name=one.first_name,
        )


def find(connection: Connection, key: str) -> Member | None:
    """Who is known by this."""
    query = sa.select(member).join(member_key).where(member_key.c.key == plain_key(key))
    row = connection.execute(query).mappings().first()
    return None if row is None else Member(**row)


def points(connection: Connection, member_id: str) -> int:
    """What all sales of this member come to, less what came back, and what the desk entered. Never below nothing."""
    query = sa.select(sale.c.goods_minor).join(member_sale, member_sale.c.sale_key == sale.c.key)
    bought = query.where(
        member_sale.c.member_id == member_id, sale.c.kind.in_(("sale", "return")), sale.c.training.is_(False)
    )
    by_hand = sa.select(sa.func.coalesce(sa.func.sum(point_entry.c.points), 0)).where(
        point_entry.c.member_id == member_id
    )
    entered = int(connection.scalar(by_hand) or 0)
    return max(0, entered + sum(points_of(goods_minor) for goods_minor in connection.scalars(bought)))


def points_of(goods_minor: int) -> int:
    """Whole points; what came back takes as many away as its goods had brought."""
    size = abs(goods_minor) // MINOR_PER_POINT
    return size if goods_minor >= 0 else -size


def collect(connection: Connection, sale_key: str, customer: str) -> None:
    """The sale is this customer's: an id, or `card:` and the number of a card that nobody could be asked about."""
    if customer.startswith(_BY_CARD):
        found = find(connection, customer.removeprefix(_BY_CARD))
        customer = found.id if found is not None else ""
    known = connection.scalar(sa.select(member.c.id).where(member.c.id == customer))
    if known is None or connection.scalar(sa.select(member_sale).where(member_sale.c.sale_key == sale_key)) is not None:
        return
    connection.execute(sa.insert(member_sale).values(sale_key=sale_key, member_id=customer))
