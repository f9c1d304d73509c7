"""Postman: sends what is queued, one mail a turn (`duties.Rounds`), so a slow mail server keeps nobody else waiting."""

from collections.abc import Callable
from email.message import EmailMessage

import structlog
from sqlalchemy.engine import Engine

from store import mailing, smtp
from store.config import Config
from store.purchase_mail import PurchaseMail
from store.receipts.mail import receipt_mail
from store.receipts.shop import shop_of
from store.report_mail import ReportMail

LOOK_EVERY_S = 1
Deliver = Callable[[EmailMessage, str], None]
"""Hands one mail to the mail server for one recipient. smtp.Refused, smtp.NotNow."""


class Postman:
    """One store's."""

    def __init__(
        self,
        config: Config,
        engine: Engine,
        now_utc_ms: Callable[[], int],
        deliver: Deliver | None = None,
    ) -> None:
        """`deliver` is SMTP as it is configured."""
        self._config, self._engine, self._now = config, engine, now_utc_ms
        self._deliver = deliver or (lambda message, recipient: smtp.send(config.smtp, message, recipient))
        self._shop = shop_of(config)
        self._reports = ReportMail(config, engine, now_utc_ms, self._deliver)
        self._orders = PurchaseMail(config, engine, now_utc_ms, self._deliver)
        self._log = structlog.get_logger("postman")

    def turn(self) -> bool:
        """One mail, if one is due: a receipt before an order to a supplier before a report. False: none was."""
        if given_up := mailing.give_up_old(self._engine, self._now()):
            self._log.warning("mail.given_up", mails=given_up)
        due = mailing.next_due(self._engine, self._now())
        if due is None:
            return self._orders.turn() or self._reports.turn()
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
