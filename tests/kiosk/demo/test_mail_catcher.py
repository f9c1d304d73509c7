"""The demo's mail server takes what the store sends, whole, or does not when it is told so."""

from collections.abc import Iterator
from email.message import EmailMessage

import pytest

from drivers.ports.serving import SimulatorServer
from kiosk.demo.devices import tick_ms
from kiosk.demo.mail_catcher import KEPT, MailCatcher
from store import smtp
from store.config import SmtpTable

TO = "sam@example.com"


@pytest.fixture
def server() -> Iterator[SimulatorServer[MailCatcher]]:
    made = SimulatorServer(MailCatcher(), ("127.0.0.1", 0), tick_ms)
    made.start()
    yield made
    made.close()


def send(server: SimulatorServer[MailCatcher], subject: str = "Ditt kvitto") -> None:
    mail = EmailMessage()
    mail["To"], mail["Subject"] = TO, subject
    mail.set_content("Rågbröd\n.\n..\n")
    mail.add_alternative("<p>Rågbröd</p>", subtype="html")
    smtp.send(SmtpTable(f"smtp://127.0.0.1:{server.address[1]}", "shop@example.com"), mail, TO)


def test_a_mail_is_kept_as_it_was_sent(server: SimulatorServer[MailCatcher]) -> None:
    send(server)
    with server.hands() as catcher:
        (mail,) = catcher.mails
    assert (mail.to, mail.subject) == (TO, "Ditt kvitto")
    assert mail.text.splitlines() == ["Rågbröd", ".", ".."]
    assert mail.page.strip() == "<p>Rågbröd</p>"


def test_busy_and_refusing(server: SimulatorServer[MailCatcher]) -> None:
    with server.hands() as catcher:
        catcher.mood = "busy"
    with pytest.raises(smtp.NotNow, match="451"):
        send(server)
    with server.hands() as catcher:
        catcher.mood = "refuses"
    with pytest.raises(smtp.Refused, match="550"):
        send(server)
    with server.hands() as catcher:
        assert not catcher.mails


def test_only_the_newest_are_kept(server: SimulatorServer[MailCatcher]) -> None:
    for n in range(KEPT + 1):
        send(server, str(n))
    with server.hands() as catcher:
        assert [mail.subject for mail in catcher.mails] == [str(n) for n in range(1, KEPT + 1)]
