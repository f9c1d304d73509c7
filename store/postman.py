"""Postman: sends what is queued, one mail after the other, in a thread of its own, or by hand (`turn`) in tests.

A slow mail server keeps nobody waiting but the postman. Trouble that may pass is logged and tried again later; a bug
ends the whole server, as the clerk's does.
"""

import threading
from collections.abc import Callable
from email.message import EmailMessage

import structlog
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError

from store import mailing, smtp
from store.config import Config
from store.receipts.mail import receipt_mail
from store.receipts.shop import shop_of
from store.report_mail import ReportMail

_LOOK_EVERY_S = 1
Deliver = Callable[[EmailMessage, str], None]
"""Hands one mail to the mail server for one recipient. smtp.Refused, smtp.NotNow."""


class Postman:
    """One store's."""

    def __init__(
        self,
        config: Config,
        engine: Engine,
        now_utc_ms: Callable[[], int],
        failed: Callable[[BaseException], None],
        deliver: Deliver | None = None,
    ) -> None:
        """`failed` is told of a bug; `deliver` is SMTP as it is configured."""
        self._config, self._engine, self._now, self._failed = config, engine, now_utc_ms, failed
        self._deliver = deliver or (lambda message, recipient: smtp.send(config.smtp, message, recipient))
        self._shop = shop_of(config)
        self._reports = ReportMail(config, engine, now_utc_ms, self._deliver)
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._work, name="postman", daemon=True)
        self._log = structlog.get_logger("postman")

    def start(self) -> None:
        """Begin, if the store sends mail at all."""
        if self._config.smtp.url:
            self._thread.start()

    def stop(self) -> None:
        """After the mail in hand; it is not waited for longer than the mail server makes us wait."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join(_LOOK_EVERY_S * 5)

    def _work(self) -> None:
        try:
            while not self._stopped.wait(_LOOK_EVERY_S):
                try:
                    while self.turn() and not self._stopped.is_set():
                        pass
                except OperationalError as error:
                    self._log.error("books.unreachable", why=str(error.orig))
        except BaseException as bug:  # noqa: BLE001  # handed over, not swallowed: the server ends with it
            self._failed(bug)

    def turn(self) -> bool:
        """One mail, if one is due: a receipt before a report. False: none was."""
        if given_up := mailing.give_up_old(self._engine, self._now()):
            self._log.warning("mail.given_up", mails=given_up)
        due = mailing.next_due(self._engine, self._now())
        if due is None:
            return self._reports.turn()
        message = receipt_mail(due.sale, self._shop, due.address, self._config.smtp.sender, due.id, due.made_utc_ms)
        try:
            self._deliver(message, due.address)
        except smtp.NotNow as why:
            self._log.warning("mail.not_now", sale=due.sale.key, why=str(why))
            mailing.failed(self._engine, due.id, str(why))
        except smtp.Refused as why:
            self._log.warning("mail.refused", sale=due.sale.key, why=str(why))
            mailing.end(self._engine, due.id, "given_up", self._now(), str(why))
        else:
            mailing.end(self._engine, due.id, "sent", self._now())
        return True
