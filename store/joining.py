"""Joining: a lane's shopper becomes a member, once, with what was agreed to kept beside them.

The question's id makes it once: asked again, also after a power cut when the lane has forgotten what was typed, it has
the same answer. The number or address makes it one member: of two lanes that come with the same one, the second hears
that it is known, and nothing about whose it is. That somebody agreed must be shown later (Regulation (EU) 2016/679,
article 7), so each consent is a row: which words, in which language, when and where.
"""

import secrets

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from kiosk.checkout.questions import SignUpAnswer, SignUpAsk
from kiosk.values.contact import kind_of, read_contact
from store.config import Config
from store.database import writing
from store.members import Member, collect, enrol, find
from store.schema import member_consent
from store.vouchers import Asker

DESK = "desk"


def sign_up(engine: Engine, config: Config, asker: Asker, ask: SignUpAsk) -> SignUpAnswer:
    """A new member, or why there is none."""
    try:
        with writing(engine) as connection:
            return _sign_up(connection, config, asker, ask)
    except sa.exc.IntegrityError:  # another lane was quicker by a moment, where writers do not queue
        with writing(engine) as connection:
            return _sign_up(connection, config, asker, ask)


def _sign_up(connection: Connection, config: Config, asker: Asker, ask: SignUpAsk) -> SignUpAnswer:
    asked_as = f"{asker.till} {asker.id}"
    if (made := _made_by(connection, asked_as)) is not None:
        return SignUpAnswer(state="ok", member=made, groups=config.members.groups)
    if not ask.contact:
        return SignUpAnswer(state="forgotten")
    contact = read_contact(ask.contact)
    if contact is None:
        return SignUpAnswer(state="bad")
    known = find(connection, contact)
    if known is not None:
        if not known.blocked:
            _collect(connection, config, asker, ask.sale, known.id)
        return SignUpAnswer(state="known", member="" if known.blocked else known.id)
    one = Member(
        new_id(),
        asker.now_utc_ms,
        member_groups=" ".join(config.members.groups),
        receipt=ask.receipt,
        email=contact if kind_of(contact) == "email" else "",
    )
    enrol(connection, one, contact)
    agree(connection, one, asker.till, ask.text, ask.language, marketing=ask.marketing, asked_as=asked_as)
    _collect(connection, config, asker, ask.sale, one.id)
    return SignUpAnswer(state="ok", member=one.id, groups=config.members.groups)


def new_id() -> str:
    """An id that says nothing of the person and is never given again, also not after an erasure."""
    return f"m{secrets.token_hex(6)}"


def agree(
    connection: Connection, one: Member, place: str, text: str, language: str, *, marketing: bool, asked_as: str = ""
) -> None:
    """Keep what this member has agreed to: to be one, and to be sent offers if that was chosen."""
    about = {"member_id": one.id, "text": text, "language": language, "place": place, "asked_as": asked_as}
    for purpose in ("membership", "marketing") if marketing else ("membership",):
        row = {**about, "purpose": purpose, "given_utc_ms": one.consented_utc_ms}
        connection.execute(sa.insert(member_consent).values(row))


def _made_by(connection: Connection, asked_as: str) -> str | None:
    query = sa.select(member_consent.c.member_id).where(member_consent.c.asked_as == asked_as).limit(1)
    return connection.scalar(query)


def _collect(connection: Connection, config: Config, asker: Asker, sale: str, member_id: str) -> None:
    """Points of this lane's own sale, if it was made already."""
    if sale.startswith(f"{config.store.id}/{asker.till}/"):
        collect(connection, sale, member_id)
