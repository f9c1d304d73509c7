"""A web shop's refunds of part of an order: what goes back on sale there is back here, once, whenever it is heard."""

from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from a_web_shop import SECRET, SKIRT, deliver, hook, level, order
from fastapi.testclient import TestClient
from selling import NOW, ROWS
from sqlalchemy.engine import Engine

from store import channel_orders, stock, stock_ledger, woocommerce
from store.api import make_app
from store.config import Config, StoreTable, WooCommerceTable
from store.parts import Parts, make_parts


def _raise(bug: BaseException) -> None:
    raise bug


@pytest.fixture
def parts(engine: Engine, tmp_path: Path) -> Parts:
    (tmp_path / "hook").write_text(SECRET)
    shop = WooCommerceTable(webhook_secret_file=str(tmp_path / "hook"))
    made = make_parts(Config(store=StoreTable(id="s001"), woocommerce=shop), engine, lambda: NOW, _raise)
    made.prices.replace((*ROWS, SKIRT), NOW, "test")
    return made


@pytest.fixture
def web(parts: Parts) -> TestClient:
    return TestClient(make_app(parts))


def refunded(id_: int, status: str, many: int, back: Any, modified: str, key: str = woocommerce.RESTOCKED) -> Any:
    """An order of skirts of which refunds have put so many back on sale, as wc_restock_refunded_items notes it."""
    made = order(id_, status, (SKIRT.code, many), modified=f"2026-11-23T{modified}")
    made["line_items"][0]["meta_data"] = [
        {"id": 9, "key": "Engraving", "value": "For Astrid"},
        {"id": 10, "key": key, "value": back, "display_key": key, "display_value": back},
    ]
    made["refunds"] = [{"id": 900, "reason": "", "total": "-399.00"}]
    return made


def test_what_a_refund_puts_back_before_it_was_sent_is_not_waited_for(web: TestClient, parts: Parts) -> None:
    deliver(parts, SKIRT, 50)
    hook(web, order(801, "processing", (SKIRT.code, 10), modified="2026-11-23T10:00:00"))
    for _ in range(2):
        hook(web, refunded(801, "processing", 10, 3, "11:00:00"))
        assert level(parts) == (50, 7, 43)
    hook(web, refunded(801, "completed", 10, "3", "12:00:00"))
    assert level(parts) == (43, 0, 43), "seven were sent"


def test_what_a_refund_puts_back_after_it_was_sent_has_come_back_once(web: TestClient, parts: Parts) -> None:
    deliver(parts, SKIRT, 50)
    hook(web, order(801, "completed", (SKIRT.code, 10), modified="2026-11-23T10:00:00"))
    assert level(parts) == (40, 0, 40)
    for back, wanted in ((3, 43), (3, 43), (5, 45), (4, 45), (10, 50)):
        hook(web, refunded(801, "completed", 10, back, "11:00:00"))
        assert level(parts)[0] == wanted
    found = channel_orders.find(parts.engine, "woocommerce/801")
    assert (found.state, found.lines[0].shipped_count, found.lines[0].returned_count) == ("shipped", 10, 10)
    moved = [one.count for one in stock.movements(parts.engine, kind="return", limit=9)]
    assert moved == [5, 2, 3] and "Astrid" not in repr(found)


def test_refunds_come_out_the_same_in_whatever_order_they_are_heard(web: TestClient, parts: Parts) -> None:
    deliver(parts, SKIRT, 500)
    for number, turns in enumerate(permutations(range(4)), start=1):
        id_ = 800 + number
        said = [
            order(id_, "processing", (SKIRT.code, 10), modified="2026-11-23T10:00:00"),
            refunded(id_, "processing", 10, 1, "11:00:00"),
            refunded(id_, "completed", 10, 1, "12:00:00"),
            refunded(id_, "completed", 10, 4, "12:00:00"),
        ]
        for turn in (*turns, *turns):
            hook(web, said[turn])
        assert level(parts) == (500 - 6 * number, 0, 500 - 6 * number), turns
    assert stock_ledger.differences(parts.engine) == []


def test_a_refund_that_puts_nothing_back_is_money_only(web: TestClient, parts: Parts) -> None:
    deliver(parts, SKIRT, 50)
    for back, key in ((0, woocommerce.RESTOCKED), (3, "_other"), ("x", woocommerce.RESTOCKED), ([1], "_reduced_stock")):
        hook(web, refunded(801, "completed", 10, back, "11:00:00", key))
        assert level(parts) == (40, 0, 40)


def test_an_order_refunded_whole_before_it_was_heard_of_concerns_nobody(web: TestClient, parts: Parts) -> None:
    deliver(parts, SKIRT, 50)
    assert hook(web, refunded(801, "processing", 2, 2, "11:00:00")).json() == {"taken": False}
    assert level(parts) == (50, 0, 50)
