"""Superseded versions of the lanes' image go, and what somebody may still need stays; a full disk refuses in words."""

import asyncio
import os
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import NamedTuple

import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient
from sqlalchemy.engine import Engine
from test_rollouts import TILLS, Store, raucb

from kiosk.wire.asking import UpdateAsk
from store import bundle_arrival, bundles, rollouts
from store.acts import latest
from store.api import make_app
from store.bundle_retention import Rolled, forget_superseded, superseded
from store.bundles import Bundle, NoBundle
from store.caretaker import Caretaker
from store.disk_room import KEEP_FREE_BYTES
from store.rollout import BadPlan, Plan
from store.updates_schema import rollout

DAY_MS = 86_400_000


class Disk(NamedTuple):
    total: int
    used: int
    free: int


@pytest.fixture
def store(engine: Engine, tmp_path: Path) -> Store:
    shop = Store(engine, tmp_path)
    shop.follow()
    return shop


def rolled_out(store: Store, version: str, state: str = "done") -> Bundle:
    """One that came, and whose rollout stands so."""
    kept = store.keep(raucb(version))
    n = rollouts.begin(store.engine, kept.sha256, TILLS, Plan(), store.operator, store.now_ms)
    with store.engine.begin() as connection:
        connection.execute(sa.update(rollout).where(rollout.c.n == n).values(state=state))
    store.now_ms += DAY_MS
    return kept


def here(store: Store) -> list[str]:
    return [one.version for one in bundles.bundles(store.engine)]


def files(store: Store) -> set[str]:
    return {file.name for file in Path(store.config.updates.folder).iterdir()}


def test_the_current_one_and_the_one_before_stay_and_older_ones_go(store: Store) -> None:
    first, before, current = (rolled_out(store, version) for version in ("1.1.0", "1.2.0", "1.3.0"))
    Caretaker(store.config, store.engine, lambda: store.now_ms).turn()
    assert here(store) == ["1.3.0", "1.2.0"] and files(store) == {before.sha256, current.sha256}
    (told,) = [act.about for act in latest(store.engine) if act.kind == "rollout"]
    assert told == "bundle 1.1.0 for kassa-rpi forgotten, 0 MiB: superseded"
    assert [one.bundle.version for one in rollouts.rollouts(store.engine)] == ["1.3.0", "1.2.0", "1.1.0"]
    assert bundles.part(store.engine, Path(store.config.updates.folder), UpdateAsk(sha256=first.sha256)) is None
    with pytest.raises(BadPlan, match="no such bundle"):
        rollouts.begin(store.engine, first.sha256, TILLS, Plan(), store.operator, store.now_ms)


def test_what_a_wave_still_uses_stays_and_so_does_what_may_come_next(store: Store) -> None:
    for version in ("1.1.0", "1.2.0", "1.3.0"):
        rolled_out(store, version)
    store.keep(raucb("1.0.9", filling=9))  # came last: somebody wants to have it, old as it is
    store.keep(raucb("1.4.0"))
    rolled_out(store, "1.5.0", "aborted")
    rolled_out(store, "0.9.0", "stopped")
    forget_superseded(store.engine, Path(store.config.updates.folder), store.now_ms)
    assert set(here(store)) == {"0.9.0", "1.5.0", "1.4.0", "1.0.9", "1.3.0", "1.2.0"}


def test_a_version_for_other_machines_is_not_superseded_by_ours() -> None:
    def kept(n: int, compatible: str) -> Bundle:
        return Bundle(f"{n}{compatible}", f"1.{n}.0", compatible, 1, "", "", n)

    ours, theirs = [kept(n, "kassa-rpi") for n in range(5)], [kept(n, "kassa-pc") for n in range(5)]
    rolled = [Rolled(one, one.at_utc_ms, "done") for one in reversed(ours)]
    assert superseded([*ours, *theirs], rolled) == ours[:3]
    assert superseded(theirs, [Rolled(theirs[0], 0, "running")]) == [], "nothing is current before a rollout is done"


def test_one_that_is_gone_may_come_again(store: Store) -> None:
    first = rolled_out(store, "1.1.0")
    bundles.forget(store.engine, Path(store.config.updates.folder), first.sha256, store.now_ms)
    assert here(store) == [] and files(store) == set()
    store.keep(raucb("1.1.0"))
    assert here(store) == ["1.1.0"] and files(store) == {first.sha256}


def test_what_a_power_cut_left_of_an_upload_goes_after_a_day(store: Store) -> None:
    store.keep(raucb())
    for name, days in (("coming-1-1.half", 2), ("coming-1-2.half", 0)):
        half = Path(store.config.updates.folder, name)
        half.write_bytes(b"hsqs")
        at = (store.now_ms - days * DAY_MS) // 1_000
        os.utime(half, (at, at))
    forget_superseded(store.engine, Path(store.config.updates.folder), store.now_ms)
    assert "coming-1-1.half" not in files(store) and "coming-1-2.half" in files(store)


# --- a full disk ------------------------------------------------------------------------------------------------------


def test_what_would_fill_the_disk_is_refused_before_it_is_sent(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    content = raucb(filling=3 << 20)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Disk(8 << 30, 0, KEEP_FREE_BYTES + (2 << 20)))
    answered = TestClient(make_app(store.parts)).post("/api/v1/bundles", content=content)
    assert answered.status_code == 422
    assert "has 258 MiB free, and 260 MiB are needed: make room, or forget a bundle" in answered.json()["detail"]
    with pytest.raises(NoBundle, match="it does not fit"):
        store.keep(content)
    assert not Path(store.config.updates.folder).exists() and here(store) == []


def test_the_books_keep_their_room_when_nobody_says_how_much_comes(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = [KEEP_FREE_BYTES + (40 << 20)]
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Disk(8 << 30, 0, free[0]))

    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(100):
            free[0] -= 4 << 20
            yield bytes(4 << 20)

    folder = Path(store.config.updates.folder)
    with pytest.raises(NoBundle, match="it does not fit"):
        asyncio.run(bundle_arrival.receive(store.engine, folder, "x", 0, pieces(), "", store.now_ms))
    assert files(store) == set() and free[0] > KEEP_FREE_BYTES // 2


def test_a_disk_that_fills_all_the_same_leaves_no_half_a_bundle(tmp_path: Path) -> None:
    """No file may grow beyond 256 KiB (RLIMIT_FSIZE), which only the bundle does: the books are made before."""
    config, file = tmp_path / "store.toml", tmp_path / "kassa.raucb"
    config.write_text(
        f'[store]\nid = "s001"\n[database]\nurl = "sqlite:///{tmp_path}/store.db"\n'
        f'[updates]\nfolder = "{tmp_path}/bundles"\n'
    )
    file.write_bytes(raucb(filling=1 << 20))
    store = [sys.executable, "-m", "store", "bundle"]
    subprocess.run([*store, "list", "--config", str(config)], check=True)
    limited = ["bash", "-c", 'ulimit -f 256; exec "$@"', "bash", *store, "add", str(file), "--config", str(config)]
    told = subprocess.run(limited, capture_output=True, text=True, check=False)
    assert told.returncode == 1 and told.stderr.endswith("it cannot be kept: File too large\n"), told.stderr
    assert list((tmp_path / "bundles").iterdir()) == []
