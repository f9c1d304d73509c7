"""Receipts by e-mail in the store: one mail a question, after its sale, with an end, and then the address is gone."""

from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
import sqlalchemy as sa
from msgspec.structs import replace
from selling import BREAD, NOW, WATER, Till, on, said
from sqlalchemy.engine import Engine

from kiosk.checkout.questions import EmailAsk
from kiosk.checkout.sale import Sale
from kiosk.values.contact import read_email
from store import mailing, smtp
from store.config import Config, SmtpTable, StoreTable
from store.database import writing
from store.ingest import take
from store.members import Member, enrol
from store.postman import Postman
from store.receipts.mail import receipt_mail
from store.receipts.shop import shop_of
from store.schema import mail
from store.vouchers import Asker

CONFIG = Config(StoreTable("s001", "Corner shop"), smtp=SmtpTable("smtp://mail.example", "kvitto@example.com"))
TO = "sam@example.com"


class MailServer:
    """Takes what it gets, or says what it is told to."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, bytes]] = []
        self.problem: Exception | None = None

    def __call__(self, message: EmailMessage, recipient: str) -> None:
        if self.problem is not None:
            raise self.problem
        self.sent.append((recipient, message.as_bytes()))


def ask(engine: Engine, sale: str, id_: str = "k01-000001-q1", config: Config = CONFIG, **changes: str) -> str:
    question = EmailAsk(sale=sale, **({"address": TO} | changes))
    return mailing.queue(engine, config, Asker("k01", id_, NOW), question).state


def postman(engine: Engine, now: int, server: MailServer) -> Postman:
    return Postman(CONFIG, engine, lambda: now, server)


def booked(engine: Engine, sale: Sale) -> Sale:
    assert take(engine, on("sale"), said(sale), NOW).outcome == "new"
    return sale


def row(engine: Engine) -> tuple[str, str, int]:
    with engine.connect() as connection:
        found = connection.execute(sa.select(mail)).one()
        return found.state, found.address, found.tries


def test_one_mail_a_question_and_the_address_is_gone_when_it_is_sent(engine: Engine) -> None:
    sale, server = booked(engine, Till().sell((BREAD, 1))), MailServer()
    assert [ask(engine, sale.key), ask(engine, sale.key), ask(engine, sale.key, address="")] == ["ok"] * 3
    bell = postman(engine, NOW, server)
    assert [bell.turn(), bell.turn()] == [True, False]
    assert [recipient for recipient, _ in server.sent] == [TO]
    assert row(engine) == ("sent", "", 1)
    assert ask(engine, sale.key) == "ok"
    assert not bell.turn(), "asked again it is the same mail, and sent"


def test_a_mail_waits_for_its_sale(engine: Engine) -> None:
    sale, server = Till().sell((BREAD, 1)), MailServer()
    ask(engine, sale.key)
    assert not postman(engine, NOW, server).turn()
    booked(engine, sale)
    assert postman(engine, NOW + 1, server).turn()
    assert server.sent


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({"address": ""}, "forgotten"),
        ({"address": "sam@example"}, "bad"),
        ({"address": "sam@example.com\r\nBcc: all@example.com"}, "bad"),
        ({"address": "0701234567"}, "bad"),
        ({"address": "", "member": "nobody"}, "bad"),
        ({"sale": "s001/k02/2026-11-23/000001"}, "bad"),
    ],
)
def test_what_cannot_be_sent(engine: Engine, changes: dict[str, str], state: str) -> None:
    sale = booked(engine, Till().sell((BREAD, 1)))
    assert ask(engine, **{"sale": sale.key, **changes}) == state
    assert not postman(engine, NOW, MailServer()).turn()


def test_a_store_without_a_mail_server_says_so(engine: Engine) -> None:
    assert ask(engine, "s001/k01/2026-11-23/000001", config=replace(CONFIG, smtp=SmtpTable())) == "off"


def test_a_member_types_nothing(engine: Engine) -> None:
    sale, server = booked(engine, Till().sell((BREAD, 1))), MailServer()
    with writing(engine) as connection:
        enrol(connection, Member("m7", NOW, email="kim@example.com", receipt="email"), "KM-1")
        enrol(connection, Member("m8", NOW, blocked=True, email="no@example.com"), "KM-2")
    assert ask(engine, sale.key, address="", member="m7") == "ok"
    assert ask(engine, sale.key, "q2", address="", member="m8") == "bad"
    postman(engine, NOW, server).turn()
    assert [recipient for recipient, _ in server.sent] == ["kim@example.com"]


def test_what_may_pass_is_tried_again_ever_more_rarely_and_at_last_given_up(engine: Engine) -> None:
    sale, server = booked(engine, Till().sell((BREAD, 1))), MailServer()
    ask(engine, sale.key)
    server.problem = smtp.NotNow("451 to the recipient")
    now, waits = NOW, []
    while now < NOW + mailing.KEEP_MS:
        assert postman(engine, now, server).turn()
        assert not postman(engine, now, server).turn(), "not twice in one moment"
        with engine.connect() as connection:
            due = connection.scalar(sa.select(mail.c.next_utc_ms))
        assert due is not None
        waits.append(due - now)
        now = due
    assert waits[:3] == [60_000, 120_000, 240_000]
    assert waits == sorted(waits)
    assert waits[-1] == mailing.LONGEST_WAIT_MS
    assert not postman(engine, now, server).turn()
    assert row(engine)[:2] == ("given_up", "")


def test_a_definite_no_ends_it(engine: Engine) -> None:
    sale, server = booked(engine, Till().sell((BREAD, 1))), MailServer()
    ask(engine, sale.key)
    server.problem = smtp.Refused("550 to the recipient")
    assert postman(engine, NOW, server).turn()
    assert row(engine) == ("given_up", "", 1)


def test_a_till_that_never_sends_its_sale_does_not_keep_the_address(engine: Engine) -> None:
    ask(engine, "s001/k01/2026-11-23/000009")
    postman(engine, NOW + mailing.KEEP_MS, MailServer()).turn()
    assert row(engine) == ("given_up", "", 0)


def test_the_mail_says_the_receipt_in_its_language_twice_and_is_the_same_whenever_it_is_made() -> None:
    sale = Till().sell((BREAD, 2), (WATER, 1))
    one, two = (receipt_mail(sale, shop_of(CONFIG), TO, CONFIG.smtp.sender, "k01 q1", NOW) for _ in range(2))
    assert one.as_bytes() == two.as_bytes()
    other = receipt_mail(sale, shop_of(CONFIG), TO, CONFIG.smtp.sender, "k01 q2", NOW)
    assert other["Message-ID"] != one["Message-ID"]
    read = message_from_bytes(one.as_bytes(), policy=policy.SMTP)
    assert read["Subject"] == "Ditt kvitto: Corner shop"
    assert (read["To"], read["From"]) == (TO, "Corner shop <kvitto@example.com>")
    text, page = read.get_body(("plain",)), read.get_body(("html",))
    assert isinstance(text, EmailMessage)
    assert isinstance(page, EmailMessage)
    for body in (text.get_content(), page.get_content()):
        assert "Rye bread" in body
        assert "Water" in body
    assert max(map(len, text.get_content().splitlines())) <= 42
    assert "http" not in page.get_content(), "nothing tells who reads it"


def test_no_name_makes_a_header_of_its_own() -> None:
    evil = replace(CONFIG, store=replace(CONFIG.store, name="Shop\r\nBcc: all@example.com\x00"))
    made = receipt_mail(Till().sell((BREAD, 1)), shop_of(evil), TO, CONFIG.smtp.sender, "k01 q1", NOW)
    read = message_from_bytes(made.as_bytes(), policy=policy.SMTP)
    assert read["Bcc"] is None
    assert sorted(read.keys()) == sorted(made.keys())


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Sam@Example.com", "sam@example.com"),
        ("a" * 64 + "@example.com", "a" * 64 + "@example.com"),
        ("a" * 65 + "@example.com", None),
        ("a@" + "b." * 124 + "com", "a@" + "b." * 124 + "com"),
        ("a@" + "b." * 125 + "com", None),
        ("sam@@example.com", None),
        ("sam@example", None),
        ("0701234567", None),
        ("sam@example.com\nBcc: x@example.com", None),
    ],
)
def test_what_is_an_address(typed: str, kept: str | None) -> None:
    assert read_email(typed) == kept
