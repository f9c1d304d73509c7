"""Mailing: receipts that shoppers want by e-mail, from the lane's question until they are sent or given up.

The question's id makes it one mail, however often it is asked. A mail whose sale is not in the books yet waits for it.
The next attempt is written down before one is made, so a store that dies in the middle does not hammer the mail server;
a mail that may have been sent already goes out again as the same mail (`store.receipts.mail`). The waiting doubles from
a minute to four hours. RFC 5321 (4.5.4.1) lets a server queue for four or five days; a receipt is given up after three.
The address is wiped in the moment in which nothing more is sent to it.
"""

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from kiosk.checkout.questions import EmailAnswer, EmailAsk
from kiosk.checkout.sale import Sale
from kiosk.values.contact import read_email
from store.config import Config
from store.database import writing
from store.schema import mail, member, sale
from store.vouchers import Asker

FIRST_WAIT_MS = 60_000
LONGEST_WAIT_MS = 4 * 60 * 60_000
KEEP_MS = 3 * 24 * 60 * 60_000


class Due(msgspec.Struct, frozen=True):
    """A mail to be sent now."""

    id: str
    address: str
    made_utc_ms: int
    sale: Sale


def queue(engine: Engine, config: Config, asker: Asker, ask: EmailAsk) -> EmailAnswer:
    """Send the receipt of this lane's own sale, as soon as it is here."""
    if not config.smtp.url:
        return EmailAnswer(state="off")
    id_ = f"{asker.till} {asker.id}"
    with writing(engine) as connection:
        if connection.scalar(sa.select(mail.c.id).where(mail.c.id == id_)) is not None:
            return EmailAnswer(state="ok")
        if not ask.address and not ask.member:
            return EmailAnswer(state="forgotten")
        known = sa.select(member.c.email).where(member.c.id == ask.member, member.c.blocked.is_(False))
        address = read_email(ask.address or connection.scalar(known) or "")
        if address is None or not ask.sale.startswith(f"{config.store.id}/{asker.till}/"):
            return EmailAnswer(state="bad")
        now = asker.now_utc_ms
        row = {"id": id_, "sale_key": ask.sale, "address": address, "made_utc_ms": now, "next_utc_ms": now}
        connection.execute(sa.insert(mail).values(**row, state="waiting"))
    return EmailAnswer(state="ok")


def next_due(engine: Engine, now_utc_ms: int) -> Due | None:
    """The mail that has waited longest of those that may be tried now, with its next attempt already put off."""
    joined = sa.select(mail, sale.c.body).join(sale, sale.c.key == mail.c.sale_key)
    due = joined.where(mail.c.state == "waiting", mail.c.next_utc_ms <= now_utc_ms).order_by(mail.c.next_utc_ms)
    with engine.connect() as connection:  # most often there is none: only look
        if connection.execute(due.limit(1)).first() is None:
            return None
    with writing(engine) as connection:
        found = connection.execute(due.limit(1).with_for_update()).first()
        if found is None:
            return None
        wait_ms = min(LONGEST_WAIT_MS, FIRST_WAIT_MS << min(found.tries, 16))
        later = {"tries": found.tries + 1, "next_utc_ms": now_utc_ms + wait_ms}
        connection.execute(sa.update(mail).where(mail.c.id == found.id).values(**later))
    return Due(found.id, found.address, found.made_utc_ms, msgspec.json.decode(found.body, type=Sale))


def end(engine: Engine, id_: str, state: str, now_utc_ms: int, why: str = "") -> None:
    """`sent` or `given_up`: nothing more goes to this address."""
    ended = {"state": state, "address": "", "ended_utc_ms": now_utc_ms, "why": why}
    with writing(engine) as connection:
        connection.execute(sa.update(mail).where(mail.c.id == id_).values(**ended))


def failed(engine: Engine, id_: str, why: str) -> None:
    """Not this time."""
    with writing(engine) as connection:
        connection.execute(sa.update(mail).where(mail.c.id == id_).values(why=why))


def give_up_old(engine: Engine, now_utc_ms: int) -> int:
    """End what has waited too long, for a mail server or for its sale. How many."""
    old = (mail.c.state == "waiting", mail.c.made_utc_ms <= now_utc_ms - KEEP_MS)
    with engine.connect() as connection:
        ids = connection.scalars(sa.select(mail.c.id).where(*old)).all()
    for id_ in ids:
        end(engine, id_, "given_up", now_utc_ms, "nobody took it in time")
    return len(ids)
