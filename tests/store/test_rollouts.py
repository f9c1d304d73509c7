"""Bundles are kept and handed out; a rollout is followed in the books, whoever says what over HTTP and in the shell."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from msgspec.structs import replace
from selling import NOW
from sqlalchemy.engine import Engine

from kiosk.wire.asking import UpdateAsk, UpdatePart, answered, question
from kiosk.wire.messages import LaneState, Result, UpdateReport
from store import bundle_arrival, bundles, commands, rollouts
from store.acts import latest
from store.answering import answer
from store.api import make_app
from store.bundles import NoBundle
from store.config import Config, StoreTable, UpdatesTable
from store.parts import Parts, make_parts
from store.rollout import BadPlan, Plan
from store.rollouts import Follower
from store.users import add_user

TILLS = ("k01", "k02", "k03", "k04")


def raucb(version: str = "1.1.0", compatible: str = "kassa-rpi", filling: int = 1_000) -> bytes:
    """A bundle as RAUC's `verity` format is laid out: squashfs, signed message with the manifest, its length."""
    manifest = f"[update]\ncompatible={compatible}\nversion={version}\n\n[bundle]\nformat=verity\nverity-size=4096\n"
    signed = b"\x30\x82\x05\x00" + manifest.encode() + b"\x00" * 64
    return b"hsqs" + b"\x07" * filling + signed + len(signed).to_bytes(8, "big")


class Store:
    """A store, and the lanes that speak to it."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        self.now_ms = NOW
        self.config = Config(store=StoreTable(id="s001"), updates=UpdatesTable(str(folder / "bundles")))
        self.engine, self.folder = engine, folder
        self.parts: Parts = make_parts(self.config, engine, lambda: self.now_ms, _raise)
        self.follow: Callable[[], bool] = Follower(
            self.config, engine, self.parts.lanes, lambda: self.now_ms, self.parts.clerk.look
        ).turn
        self.operator = add_user(engine, "Olga", "operator", "9753", any_pin=True)[0].id
        add_user(engine, "Bo", "cashier", "1357", any_pin=True)
        for till in TILLS:
            self.says(till)

    def says(self, till: str, version: str = "1.0.0", *, online: bool = True, **update: Any) -> None:
        told = {"update": UpdateReport(**update)} if update else {}
        state = LaneState(store="s001", till=till, online=online, software="0.1.0", image=version, slot="A", **told)
        self.parts.lanes.hear(till, state, self.now_ms)

    def keep(self, content: bytes, name: str = "kassa.raucb") -> bundles.Bundle:
        file = self.folder / name
        file.write_bytes(content)
        return bundle_arrival.take(self.engine, Path(self.config.updates.folder), file, self.now_ms)

    def turn(self, minutes: int = 0) -> list[tuple[str, dict[str, Any]]]:
        """What lanes are ordered that have not answered yet."""
        self.now_ms += minutes * 60_000
        self.follow()
        waiting = commands.waiting(self.engine, self.now_ms)
        return [(one.till, one.data) for one in waiting if one.kind == "update"]

    def takes(self, till: str, why: str = "") -> str:
        """The lane's answer to the order; its id."""
        (order,) = [one for one in commands.waiting(self.engine, self.now_ms) if one.till == till]
        commands.ended(self.engine, till, Result(id=order.id, done=not why, why=why), self.now_ms)
        return order.id

    @property
    def first(self) -> rollouts.Rollout:
        return rollouts.rollouts(self.engine)[0]

    def states(self) -> dict[str, str]:
        return {part.till: part.state for part in self.first.parts}


def _raise(bug: BaseException) -> None:
    raise bug


@pytest.fixture
def store(engine: Engine, tmp_path: Path) -> Store:
    shop = Store(engine, tmp_path)
    shop.follow()
    return shop


# --- bundles ----------------------------------------------------------------------------------------------------------


def test_a_bundle_says_itself_what_it_is_and_is_handed_out_whole(store: Store) -> None:
    content = raucb(filling=600_000)
    kept = store.keep(content)
    assert (kept.version, kept.compatible, kept.size) == ("1.1.0", "kassa-rpi", len(content))
    assert store.keep(content, "again.raucb").sha256 == kept.sha256 and len(bundles.bundles(store.engine)) == 1
    got = b""
    while len(got) < kept.size:
        ask = question("q", UpdateAsk(sha256=kept.sha256, offset=len(got)))
        found = answered(answer(store.engine, store.config, "k01", ask, NOW), UpdatePart)
        assert found is not None and found.size == kept.size and found.content
        got += found.content
    assert got == content


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "this is no bundle for RAUC"),
        (b"PK\x03\x04" + raucb(), "this is no bundle for RAUC"),
        (raucb()[:-3], "is not signed, or was cut off"),
        (b"hsqs" + b"\0" * 100, "is not signed, or was cut off"),
        (b"hsqs" + b"\x07" * 50 + (50).to_bytes(8, "big"), "its manifest is not in its signature"),
        (raucb(version="latest"), "'latest' is no version"),
    ],
)
def test_what_is_no_bundle_is_refused_and_nothing_of_it_stays(store: Store, content: bytes, why: str) -> None:
    with pytest.raises(NoBundle, match=why):
        store.keep(content)
    assert list(Path(store.config.updates.folder).iterdir()) == [] and bundles.bundles(store.engine) == []


def test_a_bundle_that_is_not_there_is_answered_in_words(store: Store) -> None:
    kept = store.keep(raucb())
    for ask in (UpdateAsk(sha256="0" * 64), UpdateAsk(sha256=kept.sha256, offset=kept.size)):
        assert "no such bundle" in answer(store.engine, store.config, "k01", question("q", ask), NOW).error
    bundles.forget(store.engine, Path(store.config.updates.folder), kept.sha256, NOW)
    assert list(Path(store.config.updates.folder).iterdir()) == []


# --- rollouts ---------------------------------------------------------------------------------------------------------


def begun(store: Store, **plan: Any) -> bundles.Bundle:
    kept = store.keep(raucb())
    wanted = Plan(**{"soak_minutes": 0, "most_percent": 50, **plan})
    rollouts.begin(store.engine, kept.sha256, TILLS, wanted, store.operator, store.now_ms)
    return kept


def test_lanes_are_ordered_wave_by_wave_until_all_have_it(store: Store) -> None:
    kept = begun(store)
    ((till, data),) = store.turn()
    assert till == "k01" and (data["version"], data["sha256"], data["size"]) == ("1.1.0", kept.sha256, kept.size)
    store.takes("k01")
    store.says("k01", "1.1.0")
    assert [till for till, _ in store.turn(1)] == ["k02", "k03"], "the rest, two of four at once"
    store.takes("k02")
    store.takes("k03")
    store.says("k02", "1.1.0")
    assert [till for till, _ in store.turn(1)] == ["k04"]
    store.takes("k04")
    for till in TILLS:
        store.says(till, "1.1.0")
    store.turn(1)
    assert store.first.state == "done" and set(store.states().values()) == {"updated"}
    assert [act.kind for act in latest(store.engine)].count("rollout") == 1


def test_it_stops_by_itself_and_somebody_resumes_it(store: Store) -> None:
    begun(store)
    store.turn()
    order = store.takes("k01")
    state = UpdateReport(order=order, version="1.1.0", stage="fell_back", why="1.1.0 did not come up")
    store.parts.lanes.hear(
        "k01", LaneState(store="s001", till="k01", online=True, image="1.0.0", slot="A", update=state), store.now_ms
    )
    assert store.turn(1) == []
    assert (store.first.state, store.first.why) == ("stopped", "k01: 1.1.0 did not come up")
    assert store.turn(60) == [], "nothing happens by itself any more"
    rollouts.resume(store.engine, store.first.n, store.operator)
    assert [till for till, _ in store.turn()] == ["k01"] and store.first.why == ""


def test_a_refusal_stops_it_and_so_does_a_lane_that_never_answers(store: Store) -> None:
    begun(store)
    store.turn()
    store.takes("k01", "too little space: 900 MiB are needed, 12 MiB are free")
    store.turn(1)
    assert store.first.why.startswith("k01: too little space")
    rollouts.resume(store.engine, store.first.n, store.operator)
    store.turn()
    store.turn(2)
    store.turn()
    assert store.first.why == "k01: the checkout did not answer in time"


def test_abort_tells_the_lanes_to_leave_it_and_another_may_begin(store: Store) -> None:
    kept = begun(store)
    store.turn()
    store.takes("k01")
    with pytest.raises(BadPlan, match="another rollout is not over"):
        rollouts.begin(store.engine, kept.sha256, TILLS, Plan(), store.operator, NOW)
    rollouts.abort(store.engine, store.first.n, store.operator, store.now_ms)
    assert store.turn() == [("k01", {"version": ""})]
    with pytest.raises(BadPlan, match="aborted is not resumed"):
        rollouts.resume(store.engine, store.first.n, store.operator)
    rollouts.begin(store.engine, kept.sha256, TILLS, Plan(), store.operator, NOW)
    with pytest.raises(NoBundle, match="a rollout of it is not over"):
        bundles.forget(store.engine, Path(store.config.updates.folder), kept.sha256, store.now_ms)


def test_a_store_that_starts_again_goes_on_where_it_was(store: Store) -> None:
    begun(store)
    store.turn()
    order = store.takes("k01")
    again = make_parts(store.config, store.engine, lambda: store.now_ms, _raise)
    Follower(store.config, store.engine, again.lanes, lambda: store.now_ms, again.clerk.look).turn()
    assert store.states()["k01"] == "ordered" and store.first.parts[0].command == order
    assert commands.waiting(store.engine, store.now_ms) == []


def test_which_version_ran_when_is_kept(store: Store) -> None:
    store.now_ms += 1_000
    store.says("k01", "1.1.0")
    store.follow()
    store.follow()
    assert [one.version for one in rollouts.history(store.engine, "k01")] == ["1.1.0", "1.0.0"]
    assert {till: one.version for till, one in rollouts.versions(store.engine).items()}["k02"] == "1.0.0"


# --- over HTTP and in the shell ---------------------------------------------------------------------------------------


def test_an_operator_begins_one_over_http_and_nobody_else_does(store: Store) -> None:
    client = TestClient(make_app(store.parts))
    sent = client.post("/api/v1/bundles", params={"name": "x/kassa-1.1.0.raucb"}, content=raucb())
    assert sent.status_code == 201 and (sent.json()["version"], sent.json()["name"]) == ("1.1.0", "kassa-1.1.0.raucb")
    assert "no bundle for RAUC" in client.post("/api/v1/bundles", content=b"hello").json()["detail"]
    sha256 = sent.json()["sha256"]
    refused = client.post("/api/v1/rollouts", json={"pin": "1357", "sha256": sha256})
    assert refused.status_code == 403 and "cashier" in refused.json()["detail"]
    wrong = client.post("/api/v1/rollouts", json={"pin": "9753", "sha256": sha256, "waves": ["some"]})
    assert wrong.status_code == 409 and "'some' is no wave" in wrong.json()["detail"]
    stranger = client.post("/api/v1/rollouts", json={"pin": "9753", "sha256": sha256, "tills": ["k99"]})
    assert "no lane k99" in stranger.json()["detail"]
    n = client.post("/api/v1/rollouts", json={"pin": "9753", "sha256": sha256}).json()["n"]
    (told,) = client.get("/api/v1/rollouts").json()
    assert told["state"] == "running" and [part["till"] for part in told["parts"]] == list(TILLS)
    for act, state in (("stopped", "stopped"), ("resumed", "running"), ("aborted", "aborted")):
        assert client.post(f"/api/v1/rollouts/{n}/{act}", json={"pin": "9753"}).status_code == 204
        assert client.get("/api/v1/rollouts").json()[0]["state"] == state
    assert client.post(f"/api/v1/rollouts/{n}/resumed", json={"pin": "9753"}).status_code == 409
    assert {one["till"]: one["version"] for one in client.get("/api/v1/versions").json()}["k01"] == "1.0.0"
    tried = [act.about for act in latest(store.engine) if act.kind == "rollout" and act.name == "Olga"]
    assert [about.split()[0] for about in tried] == ["resume", "abort", "resume", "stop", "begin", "begin", "begin"]


def test_the_shell_keeps_and_forgets_bundles(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from store.__main__ import main

    config, file = tmp_path / "store.toml", tmp_path / "kassa.raucb"
    config.write_text(
        f'[store]\nid = "s001"\n[database]\nurl = "sqlite:///{tmp_path}/store.db"\n'
        f'[updates]\nfolder = "{tmp_path}/bundles"\n'
    )
    file.write_bytes(raucb())
    assert main(["bundle", "add", str(file), "--config", str(config)]) == 0
    assert "1.1.0 for kassa-rpi" in capsys.readouterr().out
    assert main(["bundle", "list", "--config", str(config)]) == 0
    sha256 = capsys.readouterr().out.split()[0]
    assert main(["bundle", "forget", sha256, "--config", str(config)]) == 0
    assert main(["bundle", "forget", sha256, "--config", str(config)]) == 1
    file.write_bytes(b"hello")
    assert main(["bundle", "add", str(file), "--config", str(config)]) == 1
    assert "this is no bundle for RAUC" in capsys.readouterr().err


def test_the_plan_is_kept_as_it_was_made(store: Store) -> None:
    begun(store, from_minute=120, until_minute=300, watch_minutes=20)
    assert replace(store.first.plan, soak_minutes=30, most_percent=25) == Plan(
        from_minute=120, until_minute=300, watch_minutes=20
    )
