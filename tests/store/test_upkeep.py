"""What a store stands on is told before it is too late, to Prometheus, to whoever watches and at the console, and no
longer once it is mended."""

import asyncio
import queue
import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from adopting import Shop, real_now_utc_ms
from fastapi.testclient import TestClient
from nicegui import ui
from nicegui.testing.user_simulation import user_simulation
from patience import DEADLINE_S, raise_it, until
from selling import BREAD, NOW, ROWS, Till, on, said
from sqlalchemy.engine import Engine

from kiosk.wire.messages import LaneState
from store.__main__ import main
from store.api import make_app
from store.backup_record import Made, last_made, remember
from store.caretaker import Caretaker
from store.certificates import LEAF_DAYS
from store.config import Config, LinkTable, PicturesTable, StoreTable
from store.console.upkeep_view import upkeep_view
from store.console.upkeep_words import badge
from store.duties import Duty
from store.founding import renew
from store.ingest import take
from store.parts import Parts, make_parts
from store.price_book import PriceBook
from store.revocation import revoke_till
from store.schema import mail
from store.upkeep import RECENT_MS
from store.upkeep_alarms import Alarm, alarms

DAY_MS, HOUR_MS, GIB = 86_400_000, 3_600_000, 1 << 30


@pytest.fixture(autouse=True)
def roomy(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """The disk of these tests, whatever the machine's is: half full."""
    disk = SimpleNamespace(total=100 * GIB, used=50 * GIB, free=50 * GIB)
    monkeypatch.setattr("shutil.disk_usage", lambda _: disk)
    return disk


@pytest.fixture
def shop(tmp_path: Path, engine: Engine) -> Shop:
    return Shop(tmp_path / "shop", engine, real_now_utc_ms())


def standing(parts: Parts, hours: int = 48) -> list[Alarm]:
    return list(alarms(parts.upkeep.look(), hours))


def told(parts: Parts) -> list[tuple[str, bool]]:
    return [(alarm.what, alarm.grave) for alarm in standing(parts)]


def web_of(parts: Parts) -> TestClient:
    return TestClient(make_app(parts), raise_server_exceptions=False)


# --- certificates -----------------------------------------------------------------------------------------------------


def test_certificates_are_told_before_they_end_and_no_more_once_they_are_renewed(shop: Shop) -> None:
    assert told(shop.parts) == []
    days = {(one.of, one.till): one.days for one in shop.parts.upkeep.look().certificates}
    assert days["till", "k01"] == days["console", ""] == days["broker", ""] == LEAF_DAYS - 1
    shop.now_utc_ms += (LEAF_DAYS - 29) * DAY_MS
    assert len(standing(shop.parts)) == 3 and ("The certificate of k01 ends in 28 days", False) in told(shop.parts)
    Caretaker(shop.config, shop.engine, lambda: shop.now_utc_ms).turn()
    assert told(shop.parts) == [("The certificate of k01 ends in 28 days", False)], "the store renews only its own"
    shop.now_utc_ms += 22 * DAY_MS
    assert told(shop.parts) == [("The certificate of k01 ends in 6 days", True)]
    shop.now_utc_ms += 7 * DAY_MS
    assert told(shop.parts) == [("The certificate of k01 has ended", True)]
    renew(shop.folder, shop.now_utc_ms)
    assert told(shop.parts) == []


def test_one_that_cannot_be_read_is_told_and_one_that_is_turned_away_is_not(shop: Shop) -> None:
    (shop.folder / "broker/broker.crt").write_text("rubbish")
    (shop.folder / "console.crt").unlink()
    wrong = ["The console's certificate cannot be read", "The broker's certificate cannot be read"]
    assert [what for what, _ in told(shop.parts)] == wrong
    shop.now_utc_ms += LEAF_DAYS * DAY_MS
    assert any("k01" in what for what, _ in told(shop.parts))
    revoke_till(shop.engine, shop.folder, "k01", "", "stolen", shop.now_utc_ms)
    assert not any("k01" in what for what, _ in told(shop.parts))


# --- backups ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def settings(tmp_path: Path, existing_url: str) -> Path:
    path = tmp_path / "store.toml"
    path.write_text(f'[store]\nid = "s001"\n[database]\nurl = "{existing_url}"\n')
    return path


def test_a_backup_is_missed_when_it_fails_and_when_it_is_old(
    engine: Engine, existing_url: str, settings: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from store.database import engine_at

    books = engine_at(existing_url)
    now = [real_now_utc_ms()]
    parts = make_parts(Config(StoreTable("s001")), books, lambda: now[0], raise_it)
    assert told(parts) == [], "there is nothing to lose yet"
    PriceBook(books).replace(ROWS, NOW, "test")
    take(books, on("sale"), said(Till().sell((BREAD, 1))), NOW)
    assert [what for what, _ in told(parts)] == ["The books have never been backed up"]
    (tmp_path / "full").write_text("no folder")
    assert main(["backup", "make", str(tmp_path / "full"), "--config", str(settings)]) == 1
    assert [what for what, _ in told(parts)] == ["The last backup failed", "The books have never been backed up"]
    assert "there is no new backup" in capsys.readouterr().err
    assert main(["backup", "make", str(tmp_path / "backups"), "--config", str(settings)]) == 0
    assert told(parts) == [] and "kassa_store_backup_ok 1" in web_of(parts).get("/metrics").text
    now[0] = real_now_utc_ms() + 50 * HOUR_MS
    assert [what for what, _ in told(parts)] == ["The last backup is 50 hours old"]
    assert standing(parts, 0) == standing(parts, 72) == [], "its setting says when"
    books.dispose()


def test_a_backup_that_finds_no_books_makes_none(tmp_path: Path) -> None:
    settings = tmp_path / "store.toml"
    settings.write_text(f'[store]\nid = "s001"\n[database]\nurl = "sqlite:///{tmp_path}/nowhere.db"\n')
    assert main(["backup", "make", str(tmp_path / "backups"), "--config", str(settings)]) == 1
    assert not (tmp_path / "nowhere.db").exists()


def test_the_last_try_is_the_last_one(engine: Engine) -> None:
    for made in (Made(NOW, "a"), Made(NOW + 1, "b", "full"), Made(NOW - 1, "c")):
        remember(engine, made)
    assert last_made(engine) == Made(NOW + 1, "b", "full")


# --- disks and duties -------------------------------------------------------------------------------------------------


@pytest.fixture
def parts(engine: Engine, tmp_path: Path) -> Parts:
    config = Config(StoreTable("s001"), pictures=PicturesTable(folder=str(tmp_path / "pictures")))
    return make_parts(config, engine, lambda: NOW, raise_it)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_disk_that_fills_is_told_and_one_that_is_full_books_nothing(parts: Parts, roomy: SimpleNamespace) -> None:
    web = web_of(parts)
    assert web.get("/healthz").json() == {"status": "ok", "broker": "away"}
    roomy.free = 10 * GIB - 1
    assert [what for what, _ in told(parts)] == [
        f"The disk of the {of} is nearly full: 9 %, 10,239 MiB free" for of in ("books", "pictures")
    ]
    roomy.free = (64 << 20) - 1
    answer = web.get("/healthz")
    assert answer.status_code == 503 and answer.json()["detail"] == "the disk of the books is full"
    assert [alarm.grave for alarm in standing(parts)] == [True, False]
    roomy.free = 20 * GIB
    assert told(parts) == [] and web.get("/healthz").status_code == 200


def test_a_part_that_has_ended_or_hangs_is_told(engine: Engine) -> None:
    now, ends = [NOW], queue.Queue[None]()
    parts = make_parts(Config(StoreTable("s001")), engine, lambda: now[0], raise_it)
    parts.duties[:] = [Duty("door", lambda: ends.get(timeout=DEADLINE_S), raise_it), parts.duties[0]]
    door, clerk = parts.duties
    assert told(parts) == [], "what has not begun has not ended: a trial starts nobody"
    door.start()
    assert told(parts) == []
    ends.put(None)
    until(lambda: not door.alive, "it goes on")
    assert told(parts) == [("“door” has ended: its work is not done", False)]
    assert clerk.turned_utc_ms == 0 and parts.clerk.turn()
    assert len(told(parts)) == 1
    now[0] += 904_000
    assert told(parts)[0] == ("“clerk” has not moved for a while: sales are not booked", True)
    parts.clerk.turn()
    assert [what for what, _ in told(parts)] == ["“door” has ended: its work is not done"]


def test_a_clerk_that_has_ended_is_no_store(parts: Parts) -> None:
    parts.clerk.start()
    assert web_of(parts).get("/healthz").status_code == 200
    parts.clerk.stop()
    answer = web_of(parts).get("/healthz")
    assert answer.status_code == 503 and "sales are not booked" in answer.json()["detail"]


def test_whoever_watches_is_told_in_general_words_and_not_of_whom(shop: Shop) -> None:
    web = web_of(shop.parts)
    shop.now_utc_ms += (LEAF_DAYS - 20) * DAY_MS
    answer = web.get("/healthz")
    assert answer.status_code == 200 and "k01" not in answer.text
    assert answer.json() == {
        "status": "degraded", "broker": "away", "why": ["a certificate ends soon or cannot be read"]
    }  # fmt: skip


def test_a_broker_that_is_away_degrades_and_takes_nobody_out_of_service(engine: Engine) -> None:
    config = Config(StoreTable("s001"), link=LinkTable(broker="mqtt://127.0.0.1:1"))
    answer = web_of(make_parts(config, engine, lambda: NOW, raise_it)).get("/healthz")
    assert answer.status_code == 200 and answer.json()["why"] == ["the broker is away: lanes are not heard"]


# --- numbers ----------------------------------------------------------------------------------------------------------

_SAMPLE = re.compile(r'([a-zA-Z_:][\w:]*)(?:\{((?:[a-zA-Z_]\w*="(?:[^"\\\n]|\\[\\"n])*",?)*)\})? (-?\d+)\Z')


def families(text: str) -> Iterator[tuple[str, str, dict[str, int]]]:
    """Of the text format 0.0.4, by its rules (prometheus.io/docs/instrumenting/exposition_formats): each family once,
    HELP and TYPE before its samples, no sample twice, a counter's name ends in _total, the last line in a line feed."""
    assert text.endswith("\n")
    seen: set[str] = set()
    for part in re.split(r"^(?=# HELP )", text, flags=re.MULTILINE)[1:]:
        head, kind, *samples = part.splitlines()
        name = head.split()[2]
        assert name not in seen and kind.split()[:3] == ["#", "TYPE", name], part
        assert kind.split()[3] in ("gauge", "counter") and (kind.split()[3] == "counter") == name.endswith("_total")
        seen.add(name)
        values: dict[str, int] = {}
        for line in samples:
            found = _SAMPLE.fullmatch(line)
            assert found is not None and found[1] == name and (found[2] or "") not in values, line
            values[found[2] or ""] = int(found[3])
        yield name, kind, values


def test_all_of_it_is_in_the_numbers(shop: Shop) -> None:
    parts, engine = shop.parts, shop.engine
    parts.lanes.hear("k01", LaneState(store="s001", till="k01", online=True), shop.now_utc_ms - 5_000)
    remember(engine, Made(shop.now_utc_ms - HOUR_MS, "/mnt/a"))
    letter = {"id": "m", "sale_key": "x", "address": "", "state": "waiting", "made_utc_ms": NOW, "next_utc_ms": 0}
    with engine.begin() as connection:
        connection.execute(sa.insert(mail).values(letter))
    parts.clerk.turn()
    found = {name: values for name, _, values in families(web_of(parts).get("/metrics").text)}
    assert found["kassa_store_certificate_days"]['of="till",till="k01"'] == LEAF_DAYS - 1
    assert found["kassa_store_certificate_days"]['of="authority",till=""'] > 7_000
    assert found["kassa_store_backup_age_seconds"] == {"": 3_600} and found["kassa_store_backup_ok"] == {"": 1}
    assert found["kassa_store_disk_free_bytes"]['of="pictures"'] == 50 * GIB
    assert found["kassa_store_duty_alive"]['duty="clerk"'] == 0, "nobody started it"
    assert found["kassa_store_duty_turned_seconds"] == {'duty="clerk"': 0}
    assert found["kassa_store_duty_every_seconds"]['duty="price-clock"'] > 0
    assert found["kassa_store_migration"][""] >= 65
    assert found["kassa_store_outgoing_waiting"] == {'to="mail"': 1, 'to="webhooks"': 0, 'to="web-shop"': 0}
    assert found["kassa_lane_heard_seconds"] == {'till="k01"': 5} and found["kassa_store_messages_aside"] == {"": 0}
    assert found["kassa_store_alarms"] == dict.fromkeys(
        (f'kind="{kind}"' for kind in ("certificate", "backup", "disk", "duty")), 0
    )


# --- at the console ---------------------------------------------------------------------------------------------------


def test_an_operator_sees_it_and_sees_it_go(shop: Shop) -> None:
    asyncio.run(_seen(shop))
    assert badge(0) == "" and badge(2).endswith(": 2")


async def _seen(shop: Shop) -> None:
    def page() -> None:
        upkeep_view(shop.parts)
        ui.label("end")

    async with user_simulation(root=page) as user:
        await user.open("/")
        await user.should_see("Nothing needs you.")
        shop.now_utc_ms += (LEAF_DAYS - 5) * DAY_MS
        await user.open("/")
        await user.should_see("The certificate of k01 ends in 4 days")
        renew(shop.folder, shop.now_utc_ms)
        shop.now_utc_ms += RECENT_MS
        await user.open("/")
        await user.should_see("Nothing needs you.")
