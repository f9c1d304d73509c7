"""The console's way back to a version of the prices: at once or, of a large change, when somebody else approves."""

import asyncio

import pytest
from nicegui import context
from nicegui.testing.user_simulation import user_simulation
from patience import raise_it
from selling import BREAD, NOW, ROWS
from sqlalchemy.engine import Engine

from store import price_batches
from store.config import Config, PricesTable, StoreTable
from store.console.prices_view import PricesView
from store.guard import STILL
from store.parts import Parts, make_parts
from store.sessions import Person


@pytest.mark.parametrize(
    ("percent", "price_minor", "says"),
    [
        (30, BREAD.price_minor, "Prices and offers are as in version 1."),
        (10, BREAD.price_minor * 5 // 4, "Back to version 1 waits for somebody else to approve it"),
    ],
)
def test_a_large_step_back_waits_for_somebody_else(engine: Engine, percent: int, price_minor: int, says: str) -> None:
    config = Config(StoreTable("s001"), prices=PricesTable(approve_above_percent=percent))
    parts = make_parts(config, engine, lambda: NOW, raise_it)
    parts.prices.replace(ROWS, NOW, "test")
    parts.prices.change_price(BREAD.code, BREAD.price_minor * 5 // 4, NOW, "test")
    asyncio.run(_gone_back(parts, says))
    assert parts.prices.row(BREAD.code).price_minor == price_minor
    waits = [batch.made_by for batch in price_batches.open_batches(engine)]
    assert waits == ([] if price_minor == BREAD.price_minor else ["u1"])


async def _gone_back(parts: Parts, says: str) -> None:
    def page() -> None:
        context.client.request.scope[STILL] = lambda: Person("u1", "Eva", "manager", "s")
        PricesView(parts)

    async with user_simulation(root=page) as user:
        await user.open("/")
        await user.should_see(marker="look-1")
        user.find(marker="look-1").click()
        await user.should_see(marker="roll-back")
        user.find(marker="roll-back").click()
        await user.should_see(says)
