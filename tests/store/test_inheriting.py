"""A new machine of a known till gets the till's settings back, on trial; what was secret is asked for, not made up."""

import pytest
from selling import NOW
from sqlalchemy.engine import Engine

from kiosk.values.hidden import HIDDEN
from kiosk.values.settings import decode_table
from kiosk.wire import asking
from kiosk.wire.configuring import ConfigAnswer, ConfigAsk
from store import commands, lane_config, losses
from store.answering import answer
from store.config import Config, StoreTable
from store.database import writing
from store.inheriting import inherited

OLD = f"""# our first checkout
[lane]
store = "s001"
till = "k01"
languages = ["en"]
[link]
broker = "mqtts://old:8883"
ca = "/etc/kassa/ca.crt"
succession = "/etc/kassa/before.json"
[devices.card_terminal]
driver = "zvt"
password = {HIDDEN}   # ask Anna
[[devices.more]]
auth = {{ user = "u", token = {HIDDEN} }}
"""
NEW = """[lane]
store = "s001"
till = "k01"
[link]
broker = "mqtts://kassa.local:8883"
ca = "/srv/kassa/ca.crt"
"""


def tells(engine: Engine, text: str, now_utc_ms: int) -> None:
    said = ConfigAsk(digest=f"digest of {text}", text=text)
    told = answer(engine, Config(StoreTable("s001")), "k01", asking.question("7", said), now_utc_ms)
    assert asking.answered(told, ConfigAnswer) is not None


def replaced(engine: Engine, now_utc_ms: int, key: str = "ab" * 32) -> None:
    with writing(engine) as connection:
        losses.take_over(connection, "k01", key, "u4", now_utc_ms, None)


def newest(engine: Engine) -> lane_config.Version:
    return lane_config.versions(engine, "k01")[0]


def test_it_runs_with_its_own_way_to_the_store_and_all_else_as_before() -> None:
    text, lost = inherited(OLD, NEW)
    assert lost == ["devices.card_terminal.password", "devices.more.0.auth.token"]
    told = decode_table(text, "kiosk.toml")
    assert told["link"] == {"broker": "mqtts://kassa.local:8883", "ca": "/srv/kassa/ca.crt"}
    assert told["lane"]["languages"] == ["en"] and text.startswith("# our first checkout\n")
    assert told["devices"] == {"card_terminal": {"driver": "zvt"}, "more": [{"auth": {"user": "u", "token": ""}}]}
    assert HIDDEN not in text


def test_the_settings_are_ordered_once_in_the_name_of_whoever_put_the_machine_there(engine: Engine) -> None:
    tells(engine, OLD, NOW)
    replaced(engine, NOW + 1_000)
    assert len(lane_config.versions(engine, "k01")) == 1, "the new machine has not told of itself yet"
    tells(engine, NEW, NOW + 2_000)
    found = newest(engine)
    assert (found.state, found.by, found.text) == ("ordered", "u4", inherited(OLD, NEW)[0])
    assert "write again what was secret: devices.card_terminal.password, devices.more.0.auth.token" in found.why
    (order,) = commands.waiting(engine, NOW + 2_000)
    assert (order.kind, order.till, order.staff) == ("configure", "k01", "u4")
    tells(engine, NEW, NOW + 3_000)
    assert newest(engine).number == found.number, "only once, also when it was taken back"


@pytest.mark.parametrize("before", ["", NEW], ids=["never-told", "as-any-new"])
def test_nothing_is_ordered_where_nothing_is_lost(engine: Engine, before: str) -> None:
    """The till never told, or its machine had the settings that any new one has."""
    if before:
        tells(engine, before, NOW)
    replaced(engine, NOW + 1_000)
    tells(engine, NEW, NOW + 2_000)
    assert [one.by for one in lane_config.versions(engine, "k01")] == [""]
    assert commands.waiting(engine, NOW + 2_000) == []


def test_a_till_on_its_own_machine_keeps_what_it_was_changed_to_there(engine: Engine) -> None:
    tells(engine, OLD, NOW)
    tells(engine, NEW, NOW + 2_000)
    assert commands.waiting(engine, NOW + 2_000) == []


@pytest.mark.parametrize("told", ["[lane", "x = 1\nx = 2\n[", '= "nothing"'])
def test_a_machine_that_tells_no_settings_stops_nobody(engine: Engine, told: str) -> None:
    tells(engine, OLD, NOW)
    replaced(engine, NOW + 1_000)
    tells(engine, told, NOW + 2_000)
    assert commands.waiting(engine, NOW + 2_000) == []
