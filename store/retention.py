"""Retention: what the store forgets by itself, once it is done with and so many days old. 0 days forget nothing.

Only what is beside the books: letters, orders, deliveries, drafts, codes, acts, and what the quarantine is done with.
The books themselves (sales, movements, prices, closed days, lanes' reports) stay: bookkeeping law wants them for years,
in Sweden seven (Bokföringslag 1999:1078, 7 kap. 2 §), and every sum is made of them. Members who buy nothing any more
have a setting of their own. It is done some rows at a time, so that no sale waits long for the books.
"""

from collections.abc import Callable
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from store.adoption_schema import adoption
from store.config import RetentionTable
from store.database import writing
from store.outgoing_schema import webhook_delivery
from store.quarantine_schema import aside_try
from store.schema import aside, command, mail
from store.sign_in_schema import act
from store.stock_schema import stock_draft

DAY_MS, AT_ONCE = 86_400_000, 500


class Rule(msgspec.Struct, frozen=True):
    """What of one kind is over: the key of its rows, which rows before a moment, and what hangs on them."""

    key: Any
    over: Callable[[int], Any]
    hangs: tuple[Any, ...] = ()


def _done_with(before_utc_ms: int) -> Any:
    ends = aside_try.c.outcome.in_(("booked", "dismissed")) & (aside_try.c.at_utc_ms < before_utc_ms)
    return aside.c.n.in_(sa.select(aside_try.c.aside_n).where(ends))


RULES: dict[str, Rule] = {
    "mail_days": Rule(mail.c.id, lambda before: (mail.c.state != "waiting") & (mail.c.made_utc_ms < before)),
    "orders_days": Rule(command.c.id, lambda before: (command.c.state != "waiting") & (command.c.made_utc_ms < before)),
    "deliveries_days": Rule(
        webhook_delivery.c.id,
        lambda before: (webhook_delivery.c.state == "dead") & (webhook_delivery.c.ended_utc_ms < before),
    ),
    "drafts_days": Rule(stock_draft.c.id, lambda before: stock_draft.c.changed_utc_ms < before),
    "adoptions_days": Rule(adoption.c.n, lambda before: adoption.c.expires_utc_ms < before),
    "acts_days": Rule(act.c.n, lambda before: act.c.at_utc_ms < before),
    "quarantine_days": Rule(aside.c.n, _done_with, (aside_try.c.aside_n,)),
}
"""By their setting in `[retention]`."""


def forget(engine: Engine, table: RetentionTable, now_utc_ms: int) -> dict[str, int]:
    """Forget what is over; how many rows of each kind, of those that had any."""
    gone: dict[str, int] = {}
    for name, rule in RULES.items():
        days = getattr(table, name)
        while days and (count := _some(engine, rule, now_utc_ms - days * DAY_MS)):
            gone[name] = gone.get(name, 0) + count
    return gone


def _some(engine: Engine, rule: Rule, before_utc_ms: int) -> int:
    with writing(engine) as connection:
        keys = connection.scalars(sa.select(rule.key).where(rule.over(before_utc_ms)).limit(AT_ONCE)).all()
        if keys:
            for column in rule.hangs:
                connection.execute(sa.delete(column.table).where(column.in_(keys)))
            connection.execute(sa.delete(rule.key.table).where(rule.key.in_(keys)))
    return len(keys)
