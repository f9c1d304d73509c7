"""Purchase mail: an order that is on its way to a supplier. The postman calls `turn` when it has time.

The next attempt is written down before one is made; the waiting doubles from a minute to four hours, for three days,
as for receipts (`store.mailing`). What became of it stands on the order.
"""

from collections.abc import Callable
from email.message import EmailMessage

import sqlalchemy as sa
import structlog
from sqlalchemy.engine import Engine

from kiosk.values.moment import local
from store import smtp
from store.config import Config
from store.database import writing
from store.mailing import FIRST_WAIT_MS, KEEP_MS, LONGEST_WAIT_MS
from store.purchase_files import order_mail
from store.purchase_order import Order
from store.purchase_orders import find, supplier_in
from store.purchase_schema import purchase_order

Deliver = Callable[[EmailMessage, str], None]
_log = structlog.get_logger("purchase_mail")


class PurchaseMail:
    """One store's."""

    def __init__(self, config: Config, engine: Engine, now_utc_ms: Callable[[], int], deliver: Deliver) -> None:
        self._config, self._engine, self._now, self._deliver = config, engine, now_utc_ms, deliver

    def turn(self) -> bool:
        """One order, if one is due. False: none was."""
        order = self._take_due()
        if order is None:
            return False
        with self._engine.connect() as connection:
            to = supplier_in(connection, order.supplier)
        day = local(order.sent_utc_ms, self._config.zone).date().isoformat()
        try:
            self._deliver(order_mail(order, to, self._config, day), order.mail_to)
        except smtp.NotNow as why:
            _log.warning("purchase_mail.not_now", order=order.number, why=str(why))
            is_old = order.sent_utc_ms <= self._now() - KEEP_MS
            self._note(order.number, "given_up" if is_old else "waiting", str(why))
        except smtp.Refused as why:
            _log.warning("purchase_mail.refused", order=order.number, why=str(why))
            self._note(order.number, "given_up", str(why))
        else:
            self._note(order.number, "sent", "")
        return True

    def _take_due(self) -> Order | None:
        row = purchase_order.c
        due = sa.select(row.number, row.mail_tries).where(row.mail == "waiting", row.mail_next_utc_ms <= self._now())
        due = due.order_by(row.mail_next_utc_ms).limit(1)
        with self._engine.connect() as connection:  # most often there is none: only look
            if connection.execute(due).first() is None:
                return None
        with writing(self._engine) as connection:
            found = connection.execute(due.with_for_update()).first()
            if found is None:
                return None
            wait_ms = min(LONGEST_WAIT_MS, FIRST_WAIT_MS << min(found.mail_tries, 16))
            later = {"mail_tries": found.mail_tries + 1, "mail_next_utc_ms": self._now() + wait_ms}
            connection.execute(sa.update(purchase_order).where(row.number == found.number).values(**later))
        return find(self._engine, found.number)

    def _note(self, number: int, state: str, why: str) -> None:
        with writing(self._engine) as connection:
            said = {"mail": state, "mail_why": why}
            connection.execute(sa.update(purchase_order).where(purchase_order.c.number == number).values(**said))
