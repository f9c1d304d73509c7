"""Answering: what a till asks, looked up in the books."""

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from kiosk.checkout.questions import (
    BasketAsk,
    BasketsAsk,
    CouponAsk,
    EmailAsk,
    ExitAsk,
    GiftCardAsk,
    ItemAsk,
    MemberAsk,
    SaleAsk,
    SignUpAsk,
)
from kiosk.wire import asking, configuring
from kiosk.wire.messages import Answer, Ask
from store import (
    adoption,
    baskets,
    bundles,
    coupons,
    exit_codes,
    inheriting,
    joining,
    lane_config,
    lane_log,
    loading,
    mailing,
    members,
    pictures,
    returns,
    revocation,
)
from store.certificates import NotOurs
from store.config import Config
from store.gaps import gaps
from store.price_book import PriceBook
from store.schema import sale
from store.users import everybody
from store.vouchers import Asker


def answer(
    engine: Engine, config: Config, till: str, ask: Ask, now_utc_ms: int, book: PriceBook | None = None
) -> Answer:
    """The answer to one question of one till; an answer without data says why.

    `book`: whoever answers many keeps one, which remembers what it has just told another till.
    """
    if revocation.is_revoked(engine, till):
        return asking.no_answer(ask, f"the certificate of {till} is revoked; {revocation.AGAIN}")
    try:
        lookup = asking.asked(ask)
    except asking.UnknownQuestion as error:
        return asking.no_answer(ask, str(error))
    match lookup:
        case asking.ResumeAsk():
            return asking.answer(ask, _resume(engine, config, till))
        case asking.GapsAsk():
            return asking.answer(ask, asking.GapsAnswer(sequences=gaps(engine, till)))
        case asking.PriceBookAsk():
            part = (book or PriceBook(engine)).part(lookup)
            return asking.answer(ask, part) if part else asking.no_answer(ask, "no price book has been imported yet")
        case asking.StaffAsk():
            return asking.answer(ask, asking.StaffAnswer(staff=everybody(engine)))
        case asking.PictureAsk():
            found = pictures.part(Path(config.pictures.folder), lookup)
            return asking.answer(ask, found) if found else asking.no_answer(ask, "the store does not have it yet")
        case asking.CertificateAsk():
            try:
                certificate = adoption.renewed(engine, config, till, lookup.request.encode(), now_utc_ms)
            except (adoption.CannotAdopt, NotOurs) as error:
                return asking.no_answer(ask, str(error))
            return asking.answer(ask, asking.CertificateAnswer(certificate=certificate))
        case configuring.ConfigAsk() | configuring.ChangeAsk() | configuring.LogAsk():
            return _of_the_machine(engine, till, ask, lookup, now_utc_ms)
        case asking.UpdateAsk():
            piece = bundles.part(engine, Path(config.updates.folder), lookup)
            return asking.answer(ask, piece) if piece else asking.no_answer(ask, "the store has no such bundle")
        case GiftCardAsk():
            return asking.answer(ask, loading.gift_card(engine, Asker(till, ask.id, now_utc_ms), lookup))
        case CouponAsk():
            return asking.answer(ask, coupons.coupon(engine, Asker(till, ask.id, now_utc_ms), lookup))
        case SaleAsk():
            return asking.answer(ask, returns.look_up(engine, Asker(till, ask.id, now_utc_ms), lookup))
        case BasketsAsk():
            return asking.answer(ask, baskets.listed(engine, Asker(till, ask.id, now_utc_ms)))
        case BasketAsk():
            return asking.answer(ask, baskets.give(engine, Asker(till, ask.id, now_utc_ms), lookup))
        case EmailAsk():
            return asking.answer(ask, mailing.queue(engine, config, Asker(till, ask.id, now_utc_ms), lookup))
        case ExitAsk():
            return asking.answer(ask, exit_codes.answer(engine, Asker(till, ask.id, now_utc_ms), lookup))
        case ItemAsk():
            return asking.answer(ask, PriceBook(engine).first_of(lookup.keys))
        case MemberAsk():
            return asking.answer(ask, members.who(engine, lookup.key))
        case SignUpAsk():
            asker = Asker(till, ask.id, now_utc_ms)
            return asking.answer(ask, joining.sign_up(engine, config, asker, lookup))
    raise AssertionError(f"nobody answers {ask.kind}")


def _of_the_machine(engine: Engine, till: str, ask: Ask, lookup: Any, now_utc_ms: int) -> Answer:
    match lookup:
        case configuring.ConfigAsk():
            told = lane_config.heard(engine, till, lookup, now_utc_ms)
            inheriting.settle(engine, till, now_utc_ms)
            return asking.answer(ask, told)
        case configuring.ChangeAsk(change=change):
            text = lane_config.sent(engine, till, change)
            gone = asking.no_answer(ask, "nobody wants that change any more")
            return gone if text is None else asking.answer(ask, configuring.ChangeAnswer(text=text))
    if lane_log.heard(engine, till, lookup, now_utc_ms):
        return asking.answer(ask, configuring.LogAnswer())
    return asking.no_answer(ask, "nobody has asked for it")


def _resume(engine: Engine, config: Config, till: str) -> asking.ResumeAnswer:
    last = sa.select(sale.c.sequence, sale.c.hash).where(sale.c.till == till).order_by(sale.c.sequence.desc()).limit(1)
    with engine.connect() as connection:
        sequence, hash_ = connection.execute(last).first() or (0, "")
    return asking.ResumeAnswer(
        sequence=sequence, hash=hash_, name=config.name, public_url=config.receipts.public_url.rstrip("/")
    )
