"""A manager sees on the page that no PIN is looked at at the desks, and ends that with one touch."""

import asyncio

import pytest
from nicegui.testing.user_simulation import user_simulation
from selling import NOW
from sqlalchemy.engine import Engine

from store.config import Config, StoreTable
from store.console.people_view import PeopleView
from store.parts import Parts, make_parts
from store.problem import Problem
from store.proving_pins import MOST_WRONG, proved
from store.user_changes import By
from store.users import add_user

TOLD = "Too many wrong PINs at a desk: for five minutes none is looked at there."


def _raise(bug: BaseException) -> None:
    raise bug


def test_pins_at_the_desks_are_unlocked_on_the_page(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    add_user(engine, "Eva", "manager", "2468")
    monkeypatch.setattr("store.console.people_view._hand", lambda: By("u1", "192.0.2.7"))
    asyncio.run(_unlocked(make_parts(Config(store=StoreTable(id="s001")), engine, lambda: NOW, _raise)))
    assert proved(engine, "2468", NOW).id == "u1"


async def _unlocked(parts: Parts) -> None:
    async with user_simulation(root=lambda: PeopleView(parts)) as user:
        await user.open("/")
        await user.should_see("Eva")
        await user.should_not_see(TOLD)
        for _ in range(MOST_WRONG):
            with pytest.raises(Problem):
                proved(parts.engine, "9009", NOW)
        await user.should_see(TOLD, retries=60)
        user.find(marker="desks-unlock").click()
        await user.should_not_see(TOLD)
