"""An operator makes a code on the console's page; it is shown once, and nobody else makes one."""

import asyncio
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from adopting import Shop, real_now_utc_ms
from nicegui.testing import User
from nicegui.testing.user_simulation import user_simulation
from selling import NOW
from sqlalchemy.engine import Engine

from kiosk.wire.adoption import read_code
from store.adoption import Certificate, Code, codes
from store.console.operators_view import OperatorsView
from store.console.operators_words import certificate_shown, code_shown
from store.console.revoke_view import RevokeView
from store.revocation import revocations
from store.users import add_user

ZONE = ZoneInfo("Europe/Stockholm")
HALF_HOUR_MS, DAY_MS = 30 * 60_000, 86_400_000


@pytest.fixture
def shop(tmp_path: Path, engine: Engine) -> Shop:
    shop = Shop(tmp_path / "shop", engine, real_now_utc_ms())
    add_user(engine, "Otto", "operator", "9753", any_pin=True)
    add_user(engine, "Bo", "cashier", "1357", any_pin=True)
    return shop


def test_an_operator_makes_a_code_and_withdraws_it(shop: Shop) -> None:
    asyncio.run(_made(shop))
    (code,) = codes(shop.engine)
    assert (code.till, code.by, code.expires_utc_ms) == ("k07", "u1", shop.now_utc_ms)


async def _made(shop: Shop) -> None:
    async with user_simulation(root=lambda: OperatorsView(shop.parts)) as user:
        await user.open("/")
        await user.should_see("No code has been made yet.")
        user.find(marker="adopt").click()
        await _asked(user, "K 7", "9753", "'K 7' is no name of a till")
        await _asked(user, "k07", "1357", "Bo is cashier: an operator or a manager adopts checkouts")
        await _asked(user, "k07", "9753", "Type this on the machine that becomes k07")
        (shown,) = user.find(marker="adopt-code").elements
        assert read_code(shown.text)  # type: ignore[attr-defined]
        user.find(marker="adopt-done").click()
        await user.should_see("waits until")
        user.find(marker="withdraw-1").click()
        await user.should_see("ended unused")


async def _asked(user: User, till: str, pin: str, says: str) -> None:
    for marker, text in (("adopt-till", till), ("adopt-pin", pin)):
        user.find(marker=marker).clear()
        user.find(marker=marker).type(text)
    user.find(marker="adopt-do").click()
    await user.should_see(says, retries=100)


def test_a_code_is_told_as_what_it_is() -> None:
    code = Code(1, "k07", "u1", NOW, NOW + HALF_HOUR_MS, 0, "")
    assert code_shown(code, ZONE, NOW).waits
    assert code_shown(code, ZONE, NOW + HALF_HOUR_MS).state == "ended unused"
    used = Code(1, "k07", "u1", NOW, NOW + HALF_HOUR_MS, NOW + 1, "192.0.2.7")
    shown = code_shown(used, ZONE, NOW)
    assert not shown.waits and shown.state.endswith("from 192.0.2.7")


@pytest.mark.parametrize(
    ("days", "wrong"),
    [(60, ""), (30, ""), (29, "ends in 29 days and was not renewed"), (0, "ends in 0 days"), (-1, "has ended")],
)
def test_a_certificate_that_nobody_renews_is_seen(days: int, wrong: str) -> None:
    from datetime import UTC, datetime, timedelta

    ends = (datetime.fromtimestamp(NOW // 1000, UTC).date() + timedelta(days=days)).isoformat()
    said = certificate_shown(Certificate("k07", "adopted", ends, NOW - DAY_MS), NOW).wrong
    assert said.startswith(wrong) and bool(said) == bool(wrong)


def test_an_operator_turns_a_checkout_away(shop: Shop) -> None:
    asyncio.run(_turned_away(shop))
    (one,) = revocations(shop.engine)
    assert (one.till, one.by, one.why) == ("k01", "u1", "stolen")


async def _turned_away(shop: Shop) -> None:
    async with user_simulation(root=lambda: RevokeView(shop.parts)) as user:
        await user.open("/")
        user.find(marker="revoke").click()
        for till, pin, says in (
            ("k01", "1357", "Bo is cashier"),
            ("k77", "9753", "nobody has issued a certificate to k77"),
            ("k01", "9753", "Turned away "),
        ):
            for marker, text in (("revoke-till", till), ("revoke-why", "stolen"), ("revoke-pin", pin)):
                user.find(marker=marker).clear()
                user.find(marker=marker).type(text)
            user.find(marker="revoke-do").click()
            await user.should_see(says, retries=100)
