"""The console's page of imports: a file is looked at, refused or done, and taken out again."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from exports import ODOO_PRODUCTS, SQUARE_CUSTOMERS
from nicegui import ui
from nicegui.elements.upload_files import SmallFileUpload
from nicegui.testing import User
from nicegui.testing.user_simulation import user_simulation
from selling import BREAD, NOW, ROWS
from sqlalchemy.engine import Engine

from store.config import Config, StoreTable
from store.console.imports_view import ImportsView
from store.imports.doing import listed
from store.parts import Parts, make_parts


@pytest.fixture
def parts(engine: Engine) -> Parts:
    def fail(bug: BaseException) -> None:
        raise bug

    made = make_parts(Config(store=StoreTable(id="s001")), engine, lambda: NOW, fail)
    made.prices.replace(ROWS, NOW, "test")
    return made


def run(parts: Parts, play: Callable[[User], Awaitable[None]]) -> None:
    async def played() -> None:
        async with user_simulation(root=lambda: ImportsView(parts)) as user:
            await user.open("/")
            await play(user)

    asyncio.run(played())


async def give(user: User, text: str, name: str) -> None:
    upload = next(iter(user.find(marker="import-file", kind=ui.upload).elements))
    await upload.handle_uploads([SmallFileUpload(name, "text/csv", text.encode())])


def test_products_are_looked_at_imported_and_taken_out_again(parts: Parts) -> None:
    async def play(user: User) -> None:
        await user.should_see("Nothing has been imported yet.", retries=100)
        await give(user, ODOO_PRODUCTS.replace("59.0", "dear"), "bad.csv")
        await user.should_see("Line 3, column Sales Price: must be a number such as 1250.50, not 'dear'", retries=100)
        await give(user, ODOO_PRODUCTS, "products.csv")
        await user.should_see("products.csv: 1 to add, 2 to change, 0 as they are, 1 left out", retries=100)
        assert not listed(parts.engine)
        user.find(marker="import-do").click()
        await user.should_see("Done: 1 added, 2 changed, 1 left out", retries=100)
        assert parts.prices.row(BREAD.code).price_minor == 3490
        (done,) = listed(parts.engine)
        user.find(marker=f"undo-{done.id}").click()
        await user.should_see("Take products.csv out again?", retries=100)
        user.find(marker="undo-do").click()
        await user.should_see("left out · undone", retries=100)
        assert parts.prices.row(BREAD.code) == BREAD

    run(parts, play)


def test_people_are_asked_about_before_they_become_members(parts: Parts) -> None:
    async def play(user: User) -> None:
        for marker, value in (("import-profile", "square"), ("import-kind", "members")):
            next(iter(user.find(marker=marker, kind=ui.select).elements)).set_value(value)
        await user.should_see(marker="import-agreed", retries=100)
        await give(user, SQUARE_CUSTOMERS, "people.csv")
        await user.should_see("Nobody becomes a member without consent", retries=100)
        user.find(marker="import-agreed").click()
        await user.should_see("people.csv: 2 to add", retries=100)

    run(parts, play)
