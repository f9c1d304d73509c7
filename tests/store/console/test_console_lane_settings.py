"""An operator changes what lanes run on, sees what came of it, goes back, and reads a log; a supervisor only looks."""

import asyncio
from collections.abc import Awaitable, Callable
from zoneinfo import ZoneInfo

import pytest
from nicegui import context
from nicegui.testing import User
from nicegui.testing.user_simulation import user_simulation
from selling import NOW
from sqlalchemy.engine import Engine
from test_lane_config import TEXT, Lane

from kiosk.checkout.rights import Role
from kiosk.wire.configuring import KnownKey, LogAnswer, LogAsk
from kiosk.wire.messages import Result
from store import acts, commands, lane_bank, lane_config
from store.config import Config, StoreTable
from store.config_edits import Edit
from store.console import lane_settings_words as words
from store.console.lane_settings_view import LaneSettingsView
from store.guard import STILL
from store.lane_bank import Bank
from store.lane_config import Version
from store.parts import Parts, make_parts
from store.sessions import Person
from store.users import add_user


def _raise(bug: BaseException) -> None:
    raise bug


@pytest.fixture
def parts(engine: Engine) -> Parts:
    add_user(engine, "Otto", "operator", "9753", any_pin=True)
    return make_parts(Config(StoreTable("s001")), engine, lambda: NOW, _raise)


@pytest.fixture
def lane(engine: Engine) -> Lane:
    lane = Lane(engine)
    lane.tells()
    return lane


def at_the_page(parts: Parts, role: Role, does: Callable[[User], Awaitable[None]]) -> None:
    def page() -> None:
        context.client.request.scope[STILL] = lambda: Person("u1", "Otto", role, "s")
        LaneSettingsView(parts)

    async def visit() -> None:
        async with user_simulation(root=page) as user:
            await user.open("/")
            await does(user)

    asyncio.run(visit())


def _set(user: User, marker: str, value: object) -> None:
    (element,) = user.find(marker=marker).elements
    element.set_value(value)  # type: ignore[attr-defined]


async def _open(user: User, tab: str = "") -> None:
    user.find(marker="settings-k01").click()
    await user.should_see("k01: what it runs on")
    if tab:
        user.find(marker=f"settings-tab-{tab}").click()


def test_a_setting_is_changed_by_a_form_and_kept(parts: Parts, lane: Lane) -> None:
    async def does(user: User) -> None:
        await user.should_see("Version 1 was kept")
        await _open(user)
        user.find(marker="settings-try").click()
        await user.should_see("choose a setting and change it first")
        _set(user, "setting-find", "lane.name")
        await user.should_see('Not in the file; its default is ""')
        _set(user, "setting-value", 'The "corner" shop')
        user.find(marker="setting-add").click()
        await user.should_see('lane.name = "The \\"corner\\" shop"')
        user.find(marker="settings-try").click()
        await user.should_see("say why, for whoever reads it later")
        _set(user, "settings-why", "it has a name")
        user.find(marker="settings-try").click()
        await user.should_see("Version 2 is on its way to the checkout")
        lane.keeps()
        await user.should_see("Version 2 was kept", retries=30)

    at_the_page(parts, "operator", does)
    assert 'name = "The \\"corner\\" shop"' in lane.text
    (newest, _) = lane_config.versions(parts.engine, "k01")
    assert (newest.by, newest.why) == ("u1", "it has a name")
    assert [(one.kind, one.about) for one in acts.latest(parts.engine)] == [("configure", "it has a name")]


def test_a_text_is_refused_by_its_line_here_and_by_the_lane(parts: Parts, lane: Lane) -> None:
    async def does(user: User) -> None:
        await _open(user, "as-text")
        _set(user, "settings-why", "a try")
        _set(user, "settings-text", TEXT.replace("[link]", "[link"))
        user.find(marker="settings-try").click()
        await user.should_see("Line 5: this is not TOML")
        _set(user, "settings-text", TEXT.replace("[link]", "[lnik]"))
        user.find(marker="settings-try").click()
        await user.should_see("Version 2 is on its way")
        lane.tells(lane.takes_the_order(), "refused", "lnik is not a setting; did you mean link?", 5)
        await user.should_see("Version 2 was refused in line 5, because lnik is not a setting", retries=30)
        (editor,) = user.find(marker="settings-text").elements
        assert "[lnik]" in editor.value  # type: ignore[attr-defined]

    at_the_page(parts, "operator", does)


def test_what_was_taken_back_says_why_and_the_way_back_is_a_version(parts: Parts, lane: Lane) -> None:
    text = TEXT.replace(":1883", ":9")
    lane_config.propose(parts.engine, "k01", text, "u1", "another broker", NOW)
    change = lane.takes_the_order()
    lane.tells(change, "trying")
    lane.tells(change, "back", "the lane did not reach the store within 120 s")

    async def does(user: User) -> None:
        told = "Version 2 was taken back, because the lane did not reach the store within 120 s"
        await user.should_see(told)
        await _open(user, "versions")
        await user.should_see('+broker = "mqtt://127.0.0.1:9"')
        user.find(marker="settings-back-2").click()
        await user.should_see("Version 3 is on its way")

    at_the_page(parts, "operator", does)
    assert lane_config.versions(parts.engine, "k01")[0].text == text


def test_several_lanes_are_changed_and_the_page_says_where_it_stopped(parts: Parts, lane: Lane) -> None:
    Lane(parts.engine, "k02").tells()

    async def does(user: User) -> None:
        user.find(marker="settings-bank").click()
        await user.should_see("The same for several checkouts")
        user.find(marker="bank-begin").click()
        await user.should_see("name the lanes, and what shall be different")
        _set(user, "bank-setting-find", "lane.name")
        _set(user, "bank-setting-value", "Corner shop")
        user.find(marker="bank-setting-add").click()
        _set(user, "bank-why", "a name")
        user.find(marker="bank-begin").click()
        await user.should_see("k01 on its way, k02 to come", retries=30)
        lane.tells(lane.takes_the_order(), "back", "no broker")
        lane_bank.look(parts.engine, NOW)
        await user.should_see("Stopped: k01 took it back: no broker.", retries=60)

    at_the_page(parts, "manager", does)
    assert lane_config.versions(parts.engine, "k02")[0].number == 1


def test_a_supervisor_looks_and_reads_the_log_and_changes_nothing(parts: Parts, lane: Lane) -> None:
    async def does(user: User) -> None:
        await user.should_not_see(marker="settings-bank")
        await _open(user)
        await user.should_not_see(marker="settings-try")
        user.find(marker="settings-tab-log").click()
        await user.should_see("Nobody has asked for its log yet")
        user.find(marker="log-ask").click()
        await user.should_see("One moment: the checkout is asked.")
        (order,) = commands.waiting(parts.engine, NOW)
        commands.ended(parts.engine, "k01", Result(id=order.id, done=True), NOW)
        line = '{"event": "link.away", "why": "refused", "level": "warning", "timestamp": "2025-11-25T09:00:00Z"}'
        assert lane._ask(LogAsk(order=order.id, text=line + "\n"), LogAnswer) == LogAnswer()
        await user.should_see("2025-11-25 09:00:00  warning  link.away  why=refused", retries=60)
        user.find(marker="log-download").click()
        found = await user.download.next()
        assert found.request.url.path == f"/api/v1/lane-log/k01/{order.id}"

    at_the_page(parts, "supervisor", does)
    assert [(one.kind, one.about, one.till) for one in acts.latest(parts.engine)] == [("order", "log", "k01")]


def test_how_a_change_and_a_bank_stand_is_said_in_words() -> None:
    one = Version(1, "k01", 4, "", "u1", "a name", NOW, "refused", "too long", 3, NOW, 0)
    assert words.state_of(one) == "was refused in line 3, because too long"
    assert words.version_of(one, {"u1": "Otto"}, ZoneInfo("UTC")).endswith("Otto: a name")
    bank = Bank(1, (("k01", "kept"), ("k02", "")), (Edit("lane.name", None),), "u1", "w", NOW, "done", "")
    assert words.bank_of(bank) == "Done. k01 kept, k02 to come"
    assert words.edit_of(bank.edits[0]) == "lane.name: its default"
    key = KnownKey(path="a", kind="number")
    assert words.now_of(key, {}) == "Not in the file, and it has no default" and words.field_of(key, {"a": "3"}) == "3"
    assert words.log_line("Traceback") == ("", "Traceback")
