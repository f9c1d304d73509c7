"""A real mail server is the judge: what it takes, what it refuses, and what happens when it dies or lies."""

import asyncio
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from ipaddress import IPv4Address
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from store import smtp
from store.config import SmtpTable

TO, SENDER = "sam@example.com", "kvitto@example.com"


class Judge:
    """A handler of aiosmtpd that keeps what it takes."""

    def __init__(self, to_recipient: str = "250 OK", to_mail: str = "250 OK", *, dies: bool = False) -> None:
        self.to_recipient, self.to_mail, self.dies = to_recipient, to_mail, dies
        self.mails: list[tuple[list[str], bytes]] = []

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        if self.to_recipient.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.to_recipient

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.dies:
            server.transport.abort()
            await asyncio.Event().wait()
        if self.to_mail.startswith("250"):
            self.mails.append((list(envelope.rcpt_tos), envelope.content))
        return self.to_mail


@contextmanager
def served(judge: Judge, tls_from_the_start: ssl.SSLContext | None = None, **settings: Any) -> Iterator[int]:
    loop = asyncio.new_event_loop()
    made = loop.create_server(lambda: SMTP(judge, loop=loop, **settings), "127.0.0.1", 0, ssl=tls_from_the_start)
    server = loop.run_until_complete(made)
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        loop.call_soon_threadsafe(server.close)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        left = asyncio.all_tasks(loop)
        for task in left:
            task.cancel()
        if left:
            loop.run_until_complete(asyncio.wait(left))
        loop.close()


def message() -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"], mail["Message-ID"] = SENDER, TO, "Ditt kvitto", "<1@example.com>"
    mail.set_content("Rågbröd 32,90\n.\nen punkt\n", cte="quoted-printable")
    return mail


def send(port: int, scheme: str = "smtp", ca: str = "", login: str = "") -> None:
    smtp.send(SmtpTable(f"{scheme}://{login}127.0.0.1:{port}", SENDER, ca), message(), TO)


def test_a_mail_arrives_whole() -> None:
    with served(judge := Judge()) as port:
        send(port)
    ((recipients, content),) = judge.mails
    assert recipients == [TO]
    assert b"Message-ID: <1@example.com>" in content
    assert b"\r\n..\r\n" not in content
    assert b"\r\n.\r\n" in content


@pytest.mark.parametrize(
    ("judge", "outcome", "why"),
    [
        (Judge(to_recipient="550 5.1.1 sam@example.com is unknown"), smtp.Refused, "550 to the recipient"),
        (Judge(to_recipient="451 4.7.1 greylisted, come back"), smtp.NotNow, "451 to the recipient"),
        (Judge(to_mail="554 5.7.1 no"), smtp.Refused, "554 to the mail"),
        (Judge(to_mail="452 4.3.1 full"), smtp.NotNow, "452 to the mail"),
        (Judge(dies=True), smtp.NotNow, "SMTPServerDisconnected"),
    ],
)
def test_a_no_is_told_apart_from_not_now_and_never_says_the_address(
    judge: Judge, outcome: type[Exception], why: str
) -> None:
    with served(judge) as port, pytest.raises(outcome) as told:
        send(port)
    assert str(told.value) == why
    assert not judge.mails


def test_a_server_that_is_not_there_is_not_now() -> None:
    with served(Judge()) as port:
        pass
    with pytest.raises(smtp.NotNow):
        send(port)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of a server at 127.0.0.1 that nobody but itself vouches for; the key is beside it."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail.example")])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("mail") / "server.pem"
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    formats = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    path.with_suffix(".key").write_bytes(key.private_bytes(*formats))
    return path


@pytest.fixture(scope="module")
def tls(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, certificate.with_suffix(".key"))
    return context


@pytest.mark.parametrize("scheme", ["smtps", "smtp"])
def test_a_certificate_is_believed_only_if_somebody_we_trust_vouches_for_it(
    scheme: str, tls: ssl.SSLContext, certificate: Path
) -> None:
    settings = {"tls_from_the_start": tls} if scheme == "smtps" else {"tls_context": tls}
    with served(judge := Judge(), **settings) as port:
        with pytest.raises(smtp.NotNow, match="SSLCertVerificationError"):
            send(port, scheme)
        assert not judge.mails, "nothing goes over a line that somebody else may hold"
        send(port, scheme, str(certificate))
    assert len(judge.mails) == 1


def test_tls_that_is_no_tls_is_not_now() -> None:
    with served(Judge()) as port, pytest.raises(smtp.NotNow):
        send(port, "smtps")


def _knows(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> Any:

    return AuthResult(success=(data.login, data.password) == (b"shop", b"s/cret"), handled=False)


@pytest.mark.parametrize(("password", "sent"), [("s%2Fcret", 1), ("wrong", 0)])
def test_the_password_goes_over_tls(password: str, sent: int, tls: ssl.SSLContext, certificate: Path) -> None:
    settings: dict[str, Any] = {"tls_context": tls, "authenticator": _knows, "auth_required": True}
    with served(judge := Judge(), **settings) as port:
        attempt: Callable[[], None] = lambda: send(port, "smtp", str(certificate), f"shop:{password}@")  # noqa: E731
        if sent:
            attempt()
        else:
            with pytest.raises(smtp.NotNow, match="535"):
                attempt()
    assert len(judge.mails) == sent


def test_no_password_goes_over_a_line_that_others_can_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "_LOOPBACK", ())
    with served(Judge()) as port, pytest.raises(smtp.NotNow, match="no TLS"):
        send(port, login="shop:secret@")
