"""Smtp: one mail to the shop's mail server, and what its answer means.

Only two things are final: the server takes the mail, or it says for good that it will not (a reply of 5yz to the
recipient or to the mail itself; RFC 5321, 4.2.1). Everything else may pass: a server that is away or busy, a line that
breaks in the middle, a certificate or a password that somebody has to mend. A certificate that is wrong is never passed
over, and a password never goes over a line that others could read.
"""

import smtplib
import ssl
from contextlib import ExitStack, suppress
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from store.config import SmtpTable

_TIMEOUT_S = 20
_PORTS = {"smtp": 587, "smtps": 465}
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


class Refused(Exception):
    """The server will never take this mail. The message is its reply code; its text may hold the address."""


class NotNow(Exception):
    """It was not taken, or nobody can tell. Try again later."""


def send(settings: SmtpTable, message: EmailMessage, recipient: str) -> None:
    """Hand it over. Refused, NotNow."""
    try:
        smtp = _connected(settings)
        try:
            smtp.send_message(message, settings.sender, [recipient])
        finally:
            with suppress(smtplib.SMTPException, OSError):
                smtp.quit()
    except smtplib.SMTPRecipientsRefused as refused:
        (code, _) = refused.recipients[recipient]
        raise (Refused if code >= 500 else NotNow)(f"{code} to the recipient") from None
    except smtplib.SMTPDataError as refused:
        raise (Refused if refused.smtp_code >= 500 else NotNow)(f"{refused.smtp_code} to the mail") from None
    except smtplib.SMTPResponseException as answer:
        raise NotNow(f"{answer.smtp_code} ({type(answer).__name__})") from None
    except (smtplib.SMTPException, OSError) as problem:
        raise NotNow(type(problem).__name__) from None


def _connected(settings: SmtpTable) -> smtplib.SMTP:
    parts = urlsplit(settings.url)
    host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
    context = ssl.create_default_context(cafile=settings.ca or None)
    me = settings.sender.rpartition("@")[2]
    private = parts.scheme == "smtps"
    if private:
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(host, port, me, timeout=_TIMEOUT_S, context=context)
    else:
        smtp = smtplib.SMTP(host, port, me, timeout=_TIMEOUT_S)
    with ExitStack() as undone:
        undone.callback(smtp.close)
        smtp.ehlo()
        if not private and smtp.has_extn("starttls"):
            smtp.starttls(context=context)
            smtp.ehlo()
            private = True
        if parts.username and not private and host not in _LOOPBACK:
            raise NotNow("the server offers no TLS, so it is not told the password")
        if parts.username:
            smtp.login(unquote(parts.username), unquote(parts.password or ""))
        undone.pop_all()
    return smtp
