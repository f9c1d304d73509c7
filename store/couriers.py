"""Couriers: they carry what waits in the books to other programs, one thing a turn (`duties.Rounds`).

One carries webhooks, another the stock to a web shop (`web_shop_push`), so that neither waits for the other.
"""

from collections.abc import Callable
from http import HTTPStatus

import structlog
from sqlalchemy.engine import Engine

from store import webhooks
from store.config import WebhooksTable
from store.telling_stock import tell_levels
from store.web_fetch import is_anywhere, is_public
from store.web_send import Answer, NotSent, send
from store.webhook_signature import signed_headers

LOOK_EVERY_S = 1
SWEEP_EVERY_MS = 3_600_000
_LONGEST_WAIT_S = 86_400


class WebhookCarrier:
    """Tells subscribers what they want to hear."""

    def __init__(
        self, config: WebhooksTable, engine: Engine, now_utc_ms: Callable[[], int], permille: Callable[[], int]
    ) -> None:
        """`permille` is a number below 1000 that spreads repetitions, so that they do not come all at once."""
        self._allowed = is_anywhere if config.allow_private else is_public
        self._engine, self._now, self._permille = engine, now_utc_ms, permille
        self._swept_utc_ms = 0
        self._log = structlog.get_logger("webhooks")

    def turn(self) -> bool:
        """What changed in stock is put into words; then one delivery, if one is due. False: there was nothing."""
        now = self._now()
        if now - self._swept_utc_ms >= SWEEP_EVERY_MS:
            self._swept_utc_ms = now
            if dead := webhooks.sweep(self._engine, now):
                self._log.warning("webhooks.dead", deliveries=dead)
        told = tell_levels(self._engine, now)
        due = webhooks.next_due(self._engine, now)
        if due is None:
            return told
        try:
            self._settle(due, self._send(due))
        except NotSent as why:
            self._again(due, str(why), rests=True)
        return True

    def _send(self, due: webhooks.Due) -> Answer:
        headers = {"Content-Type": "application/json", **signed_headers(due.secret, due.id, self._now(), due.body)}
        return send("POST", due.url, due.body, headers, allowed=self._allowed)

    def _settle(self, due: webhooks.Due, answer: Answer) -> None:
        if 200 <= answer.status < 300:
            webhooks.arrived(self._engine, due, self._now())
            return
        why = f"answered {answer.status} {answer.reason}"
        if answer.status == HTTPStatus.GONE:
            webhooks.stop(self._engine, due.webhook_id, why)
            self._log.warning("webhook.stopped", webhook=due.webhook_id, why=why)
        self._again(due, why, rests=answer.status in webhooks.BUSY, at_least_s=answer.retry_after_s)

    def _again(self, due: webhooks.Due, why: str, *, rests: bool, at_least_s: int = 0) -> None:
        wait_s = webhooks.WAITS_S[min(due.tries, len(webhooks.WAITS_S)) - 1]
        wait_s = min(max(wait_s + wait_s * self._permille() // 10_000, at_least_s), _LONGEST_WAIT_S * 2)
        self._log.warning("webhook.not_now", webhook=due.webhook_id, delivery=due.id, tries=due.tries, why=why)
        webhooks.failed(self._engine, due, why, self._now(), rests=rests, wait_s=wait_s)
