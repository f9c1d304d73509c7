"""The store forgets what it is done with after so many days, and nothing that waits, and no sale."""

import pytest
import sqlalchemy as sa
from msgspec.structs import replace
from selling import BREAD, NOW, ROWS, Till, on, said
from sqlalchemy.engine import Engine

from store.adoption_schema import adoption
from store.caretaker import Caretaker
from store.config import Config, RetentionTable, StoreTable
from store.ingest import take
from store.ledger import counts
from store.outgoing_schema import webhook, webhook_delivery
from store.price_book import PriceBook
from store.quarantine_schema import aside_try
from store.retention import AT_ONCE, DAY_MS, RULES, forget
from store.schema import aside, command, mail
from store.sign_in_schema import act
from store.stock_schema import stock_draft

ALL = RetentionTable(**dict.fromkeys(RULES, 90))
OLD, NEW = NOW - 90 * DAY_MS - 1, NOW - 90 * DAY_MS
TIMES = {"made_utc_ms": OLD, "next_utc_ms": 0}


@pytest.fixture
def books(engine: Engine) -> Engine:
    """Of each kind one row that is over and old, one that is old and waits, one that is over and not old enough."""
    PriceBook(engine).replace(ROWS, NOW, "test")
    take(engine, on("sale"), said(Till().sell((BREAD, 1))), OLD)
    with engine.begin() as connection:
        for id_, state, at in (("over", "done", OLD), ("waits", "waiting", OLD), ("new", "done", NEW)):
            letter = {"id": id_, "sale_key": "x", "address": "", "state": state, "made_utc_ms": at, "next_utc_ms": 0}
            connection.execute(sa.insert(mail).values(letter))
            order = {"id": id_, "till": "k01", "kind": "open", "staff": "u1", "data": "{}", "state": state}
            connection.execute(sa.insert(command).values(**order, made_utc_ms=at, expires_utc_ms=at))
        hook = {"id": "w1", "url": "https://a.example", "made_utc_ms": OLD}
        connection.execute(sa.insert(webhook).values(_filled(webhook, hook)))
        for id_, state, at in (("over", "dead", OLD), ("waits", "waiting", 0), ("new", "dead", NEW)):
            told = {"id": id_, "webhook_id": "w1", "type": "t", "body": "", "state": state, "since_utc_ms": OLD}
            connection.execute(sa.insert(webhook_delivery).values(**told, next_utc_ms=0, ended_utc_ms=at))
        for n, at in ((1, OLD), (2, NEW)):
            done = {"n": n, "who": "u1", "kind": "x", "till": "", "about": "", "address": "", "command": ""}
            connection.execute(sa.insert(act).values(**done, at_utc_ms=at))
            connection.execute(sa.insert(stock_draft).values(id=str(n), body="[]", changed_utc_ms=at))
            code = {"n": n, "code_digest": str(n), "till": "k01", "by": "", "made_utc_ms": at, "expires_utc_ms": at}
            connection.execute(sa.insert(adoption).values(code))
        for n, outcome, at in ((1, "dismissed", OLD), (2, "refused", OLD), (3, "booked", NEW)):
            kept = {"till": "k01", "what": "sale", "id": str(n), "digest": str(n), "reason": "", "payload": b""}
            connection.execute(sa.insert(aside).values(**kept, n=n, received_utc_ms=OLD))
            connection.execute(sa.insert(aside_try).values(aside_n=n, outcome=outcome, at_utc_ms=at))
    return engine


def _filled(table: sa.Table, row: dict[str, object]) -> dict[str, object]:
    """The row, with something in every column that must have something."""
    empty = {column.name: "" for column in table.c if not column.nullable and column.server_default is None}
    return {**empty, **row}


def _left(engine: Engine, table: sa.Table) -> list[str]:
    key = next(iter(table.primary_key)) if table is not aside_try else aside_try.c.aside_n
    with engine.connect() as connection:
        return [str(one) for one in connection.scalars(sa.select(key).order_by(key))]


def test_only_what_is_over_and_old_enough_is_forgotten(books: Engine) -> None:
    before = counts(books)
    assert forget(books, ALL, NOW) == dict.fromkeys(RULES, 1)
    for table in (mail, command, webhook_delivery):
        assert _left(books, table) == ["new", "waits"]
    for table in (stock_draft, adoption, act):
        assert _left(books, table) == ["2"]
    assert _left(books, aside) == _left(books, aside_try) == ["2", "3"]
    assert counts(books) == before, "sales stay"
    assert forget(books, ALL, NOW) == {}


def test_no_days_forget_nothing(books: Engine) -> None:
    assert forget(books, RetentionTable(**dict.fromkeys(RULES, 0)), NOW + 10_000 * DAY_MS) == {}


def test_many_are_forgotten_some_at_a_time(books: Engine) -> None:
    drafts = [{"id": f"d{n}", "body": "[]", "changed_utc_ms": OLD} for n in range(AT_ONCE)]
    with books.begin() as connection:
        connection.execute(sa.insert(stock_draft), drafts)
    assert forget(books, ALL, NOW)["drafts_days"] == AT_ONCE + 1


def test_the_caretaker_does_it(books: Engine) -> None:
    config = replace(Config(StoreTable("s001")), retention=ALL)
    Caretaker(config, books, lambda: NOW).turn()
    assert _left(books, mail) == ["new", "waits"]
