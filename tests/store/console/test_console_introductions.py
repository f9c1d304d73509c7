"""An operator reads the code off a new machine's screen and types it; what an old one may have lost is worked off."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from adopting import Shop, opened, real_now_utc_ms
from nicegui.testing import User
from nicegui.testing.user_simulation import user_simulation
from selling import BREAD, Till, on, said
from sqlalchemy.engine import Engine

from kiosk.app.introducing import Introducer
from kiosk.ui.screens.adoption import Standing
from store import losses
from store.console.introductions_view import REPLACES, AdoptForm
from store.console.losses_view import LossesView
from store.console.operators_view import OperatorsView
from store.ingest import take
from store.users import add_user


@pytest.fixture
def shop(tmp_path: Path, engine: Engine) -> Iterator[Shop]:
    with opened(Shop(tmp_path / "shop", engine, real_now_utc_ms())) as shop:
        add_user(engine, "Otto", "operator", "9753", any_pin=True)
        add_user(engine, "Bo", "cashier", "1357", any_pin=True)
        yield shop


def on_a_screen(shop: Shop, folder: Path) -> tuple[Introducer, Standing]:
    introducer = Introducer(folder, lambda: shop.url, lambda _: b"\x11\x22\x33\x44\x55")
    standing = introducer.turn(0)
    assert isinstance(standing, Standing)
    return introducer, standing


def test_an_operator_types_the_code_that_the_machine_shows(shop: Shop, tmp_path: Path) -> None:
    introducer, standing = on_a_screen(shop, tmp_path / "machine")
    asyncio.run(_typed(shop, standing))
    assert not isinstance(introducer.turn(0), Standing), "the machine goes on by itself"


async def _typed(shop: Shop, standing: Standing) -> None:
    async with user_simulation(root=lambda: OperatorsView(shop.parts)) as user:
        await user.open("/")
        await user.should_see(f"Machine {standing.number}")
        user.find(marker="introduce").click()
        await _tried(user, standing.code, "k07", "1357", "Bo is cashier: an operator or a manager adopts checkouts")
        await _tried(user, "7K2M", "k07", "9753", "a machine's code has 8 characters, this has 4")
        await _tried(user, "00000000", "k07", "9753", "no machine that waits here shows this code")
        await _tried(user, standing.code, "k07", "9753", f"Machine {standing.number} is checkout k07 now")


async def _tried(user: User, code: str, till: str, pin: str, says: str) -> None:
    for marker, text in (("introduce-code", code), ("introduce-till", till), ("introduce-pin", pin)):
        user.find(marker=marker).clear()
        user.find(marker=marker).type(text)
    user.find(marker="introduce-do").click()
    await user.should_see(says, retries=200)


def test_a_phone_that_scanned_the_code_replaces_a_checkout_and_staff_close_what_is_missing(
    shop: Shop, tmp_path: Path
) -> None:
    till = Till()
    kept, lost, newest = (till.sell((BREAD, 1)) for _ in range(3))
    for sold in (kept, newest):
        take(shop.engine, on("sale"), said(sold), shop.now_utc_ms)
    _, standing = on_a_screen(shop, tmp_path / "machine")
    asyncio.run(_replaced(shop, standing, lost.sequence))
    (ended,) = losses.listed(shop.engine, ended=True)
    assert (ended.kind, ended.why) == ("sale", "the shopper has the receipt; entered by hand")


async def _replaced(shop: Shop, standing: Standing, missing: int) -> None:
    def page() -> None:
        AdoptForm(shop.parts, lambda: None, None, standing.code, standing.number)
        LossesView(shop.parts)

    async with user_simulation(root=page) as user:
        await user.open("/")
        await user.should_see(f"Machine {standing.number}: look whether its screen says the same.")
        for marker, value in (("what", REPLACES), ("replaces", "k01"), ("pin", "9753")):
            (field,) = user.find(marker=f"introduce-{marker}").elements
            field.value = value  # type: ignore[attr-defined]  # all of them have one
        user.find(marker="introduce-do").click()
        await user.should_see("Its sales begin with number 1004", retries=200)
        await user.should_see("1 thing may be missing", retries=200)
        await user.should_see("A sale that is not here", retries=200)
        await user.should_see(f"Sale {missing} is not in the books", retries=5)
        (one,) = losses.listed(shop.engine)
        user.find(marker=f"loss-close-{one.n}").click()
        user.find(marker="loss-do").click()
        await user.should_see("Say in a few words what became of it")
        user.find(marker="loss-why").type("the shopper has the receipt; entered by hand")
        user.find(marker="loss-do").click()
        await user.should_see("Nothing is open.", retries=200)
