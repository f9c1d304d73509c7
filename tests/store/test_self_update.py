"""The store goes on on another version of itself, or is as it was, wherever it is cut; nothing acknowledged is lost."""

import errno
import json
import shutil
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import msgspec
import pytest
import sqlalchemy as sa
from selling import BREAD, NOW, Till, on, said
from sqlalchemy.engine import Engine

from kiosk.demo.ports import free_port
from store.__main__ import main
from store.backup import back_up, name_of
from store.config import read_config
from store.database import engine_at, writing
from store.disk_room import KEEP_FREE_BYTES
from store.ingest import take
from store.schema import sale, staff
from store.self_update import Step, Update
from store.self_update_books import books_back
from store.self_update_run import CannotUpdate, Updater

MADE = "2026-11-23T10:13:40.000Z"
FAKE = """#!{python}
import http.server, json, sqlite3, sys, tomllib
config = tomllib.load(open(sys.argv[-1], "rb"))
kind, trial = {kind!r}, "--trial" in sys.argv
if trial and kind != "absent":
    url = config["database"]["url"]
    if url.startswith("sqlite:"):
        books = sqlite3.connect(url.removeprefix("sqlite:///"))
        books.execute("PRAGMA journal_mode=WAL")
    else:
        import psycopg
        books = psycopg.connect(url.replace("+psycopg", ""))
    books.execute("CREATE TABLE of_the_trial (x int)")
    books.execute("DELETE FROM staff")
    books.commit()
if kind == "absent" or kind == "broken":
    sys.exit("store: the migration v9999 does not fit")
class Health(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(503 if kind == "sick" or (kind == "fading" and not trial) else 200)
        self.end_headers()
    def log_message(self, *_):
        pass
host, port = config["http"]["listen"].split(":")
http.server.HTTPServer((host, int(port)), Health).serve_forever()
"""
START = """import pathlib, subprocess, sys
folder = pathlib.Path(sys.argv[1])
out = open(folder / "service.log", "ab")
program = [str(folder / "current/bin/store"), "serve", "--config", sys.argv[2]]
process = subprocess.Popen(program, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True)
(folder / "pid").write_text(str(process.pid))
(folder / "started").open("a").write(str((folder / "current").resolve().name) + " ")
"""
STOP = """import os, pathlib, signal, sys
file = pathlib.Path(sys.argv[1], "pid")
if file.exists():
    try:
        os.kill(int(file.read_text()), signal.SIGKILL)
    except ProcessLookupError:
        pass
    file.unlink()
"""


class Shop:
    """A machine with an old version that runs, as a service manager of ours starts and stops it."""

    def __init__(self, place: Path, url: str) -> None:
        self.place, self.url, self.folder = place, url, place / "update"
        self.folder.mkdir()
        self.config = place / "store.toml"
        self.listen = f"127.0.0.1:{free_port()}"
        for name, text in (("start.py", START), ("stop.py", STOP)):
            place.joinpath(name).write_text(text)
        start = [sys.executable, str(place / "start.py"), str(self.folder), str(self.config)]
        stop = [sys.executable, str(place / "stop.py"), str(self.folder)]
        self.config.write_text(
            f'[store]\nid = "s001"\n[database]\nurl = "{url}"\n[http]\nlisten = "{self.listen}"\n[self_update]\n'
            f'folder = "{self.folder}"\nlimit_s = 180\nstart = {json.dumps(start)}\nstop = {json.dumps(stop)}\n'
        )
        (self.folder / "current").symlink_to(self.version("old", "good"))

    def version(self, name: str, kind: str) -> Path:
        return self.program(name, FAKE.format(python=sys.executable, kind=kind))

    def program(self, name: str, text: str) -> Path:
        program = self.place / name / "bin/store"
        program.parent.mkdir(parents=True)
        program.write_text(text)
        program.chmod(0o755)
        return self.place / name

    def within(self, seconds: str) -> None:
        self.config.write_text(self.config.read_text().replace("limit_s = 180", f"limit_s = {seconds}"))

    def updater(self) -> Updater:
        return Updater(read_config(self.config), self.config, lambda: NOW)

    def cut(self, step: Step, new: Path) -> Update:
        """As the power leaves it at this step."""
        backup = self.folder / "backups" / name_of(MADE)
        if step is not Step.STOPPING:
            back_up(self.url, backup, MADE)
        update = Update(step, str(self.place / "old"), str(new), str(backup), MADE)
        (self.folder / "update.json").write_bytes(msgspec.json.encode(update))
        return update

    @property
    def runs(self) -> str:
        return (self.folder / "current").resolve().name

    @property
    def started(self) -> str:
        return (self.folder / "started").read_text().strip()

    def end(self) -> None:
        subprocess.run([sys.executable, str(self.place / "stop.py"), str(self.folder)], check=True)


@pytest.fixture
def shop(engine: Engine, existing_url: str, tmp_path: Path) -> "pytest.Generator[Shop]":
    till = Till()
    for _ in range(3):
        take(engine, on("sale"), said(till.sell((BREAD, 1))), NOW)
    with writing(engine) as connection:
        connection.execute(sa.insert(staff).values(id="u1", name="x", role="cashier", pin_hash="x"))
    engine.dispose()
    made = Shop(tmp_path, existing_url)
    yield made
    made.end()


def _as_they_were(url: str) -> bool:
    """Three sales and somebody of the staff, and nothing of the trial."""
    books = engine_at(url)
    try:
        with books.connect() as connection:
            rows = [connection.scalar(sa.select(sa.func.count()).select_from(table)) for table in (sale, staff)]
        return rows == [3, 1] and "of_the_trial" not in sa.inspect(books).get_table_names()
    finally:
        books.dispose()


def _spoil(url: str) -> None:
    """What a trial may have done to the books."""
    books = engine_at(url)
    with writing(books) as connection:
        connection.execute(sa.delete(staff))
        connection.exec_driver_sql("CREATE TABLE of_the_trial (x int)")
    books.dispose()


def test_a_good_version_is_gone_on_with(shop: Shop) -> None:
    told = shop.updater().update(shop.version("new", "good"))
    assert "new runs" in told and (shop.runs, shop.started) == ("new", "new")
    assert not (shop.folder / "update.json").exists() and len(list((shop.folder / "backups").glob("*.backup"))) == 1
    assert not _as_they_were(shop.url)  # the new one's books stay


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("absent", "ended with 1: the migration v9999 does not fit"),
        ("broken", "ended with 1: the migration v9999 does not fit"),
        ("sick", "not healthy within 5 s"),
    ],
)
def test_a_bad_version_leaves_everything_as_it_was(shop: Shop, kind: str, reason: str) -> None:
    if kind == "sick":
        shop.within("5")
    with pytest.raises(CannotUpdate, match=reason) as error:
        shop.updater().update(shop.version("new", kind))
    assert "old runs, on the books as they were" in str(error.value)
    assert (shop.runs, shop.started) == ("old", "old") and _as_they_were(shop.url)


@pytest.mark.parametrize("database", ["sqlite"])
def test_once_confirmed_only_the_program_goes_back(shop: Shop) -> None:
    shop.within("10")
    with pytest.raises(CannotUpdate, match="old runs on the same books"):
        shop.updater().update(shop.version("new", "fading"))
    assert (shop.runs, shop.started) == ("old", "new old") and not _as_they_were(shop.url)


@pytest.mark.parametrize(("step", "runs"), [(Step.STOPPING, "old"), (Step.TRYING, "old"), (Step.CONFIRMED, "new")])
def test_a_power_cut_is_settled_before_the_service_starts(shop: Shop, step: Step, runs: str) -> None:
    shop.cut(step, shop.version("new", "good"))
    if step is not Step.STOPPING:
        _spoil(shop.url)
    assert main(["update", "--settle", "--config", str(shop.config)]) == 0
    assert shop.runs == runs and _as_they_were(shop.url) is (step is not Step.CONFIRMED)
    assert not (shop.folder / "started").exists()  # whoever settles is part of the start
    assert shop.updater().settle() == ""


def test_settling_may_be_cut_at_every_moment(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before the restore, after it, and before the file says that it is done: the next one does it whole."""
    shop.cut(Step.TRYING, shop.version("new", "good"))
    _spoil(shop.url)
    inside = ["store.self_update_books.restore"]
    if shop.url.startswith("sqlite"):
        inside.append("store.self_update_books._as_before")
    for cut in (*inside, "store.self_update_run.Updater._point_at"):
        with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
            patch.setattr(cut, _power_cut)
            shop.updater().settle()
        assert (shop.folder / "update.json").exists()
    shop.updater().settle()
    assert shop.runs == "old" and _as_they_were(shop.url)


def _power_cut(*_: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("database", ["sqlite"])
def test_a_backup_that_is_damaged_starts_nobody(shop: Shop) -> None:
    """Better no store than one on books that may be half changed: lanes sell on, and keep what they sold."""
    update = shop.cut(Step.TRYING, shop.version("new", "good"))
    Path(update.backup).write_bytes(b"x")
    with pytest.raises(CannotUpdate, match="changed or cut off") as error:
        shop.updater().settle()
    assert "store update --settle" in str(error.value) and (shop.folder / "update.json").exists()


@pytest.mark.parametrize("database", ["sqlite"])
def test_a_service_that_is_started_in_the_middle_does_not_begin(shop: Shop) -> None:
    stop = read_config(shop.config).self_update.stop
    hasty = shop.place / "hasty.sh"
    hasty.write_text(
        f'#!/bin/sh\n"$@"\n{sys.executable} -m store update --settle --config {shop.config} 2>{hasty}.log\ntrue\n'
    )
    hasty.chmod(0o755)
    shop.config.write_text(shop.config.read_text().replace(json.dumps(stop), json.dumps([str(hasty), *stop])))
    shop.updater().update(shop.version("new", "good"))
    assert "an update is running" in Path(f"{hasty}.log").read_text() and shop.runs == "new"


@pytest.mark.parametrize("database", ["sqlite"])
def test_a_store_that_does_not_stop_is_not_copied(shop: Shop) -> None:
    taken = socket.create_server(("127.0.0.1", int(shop.listen.partition(":")[2])))
    with taken, pytest.raises(CannotUpdate, match="still runs"):
        shop.updater().update(shop.version("new", "good"))
    assert shop.runs == "old" and _as_they_were(shop.url) and not (shop.folder / "backups").exists()


@pytest.mark.parametrize("database", ["postgresql"])
def test_a_worker_that_was_forgotten_is_seen(shop: Shop) -> None:
    books = engine_at(shop.url)
    with books.connect() as connection:
        connection.scalar(sa.text("SELECT 1"))
        with pytest.raises(CannotUpdate, match="1 others have the books open"):
            shop.updater().update(shop.version("new", "good"))
    books.dispose()
    assert shop.runs == "old" and _as_they_were(shop.url)


@pytest.mark.parametrize("database", ["sqlite"])
def test_what_is_no_version_is_refused_before_anything_stops(
    shop: Shop, capsys: pytest.CaptureFixture[str]
) -> None:  # fmt: skip
    for folder, why in ((shop.place / "none", "is no program"), (shop.place / "old", "is the version that runs")):
        assert main(["update", str(folder), "--config", str(shop.config)]) == 1
        assert why in capsys.readouterr().err
    assert not (shop.folder / "started").exists() and not (shop.folder / "update.json").exists()
    assert main(["update", "--config", str(shop.config)]) == 1
    assert "name the folder" in capsys.readouterr().err


@pytest.mark.parametrize("database", ["sqlite"])
def test_an_updater_that_is_killed_takes_the_trial_with_it(shop: Shop) -> None:
    """The real program as a trial: it answers /healthz alone, and ends when its standard input does."""
    real = shop.program("new", f'#!/bin/sh\nexec {sys.executable} -m store "$@"\n')
    command = [str(real / "bin/store"), "serve", "--trial", "--config", str(shop.config)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as trial:
        assert trial.stderr is not None and trial.stdin is not None
        assert any("trial.open" in line for line in trial.stderr)
        assert _status(shop, "/healthz") == 200
        assert [_status(shop, path) for path in ("/sign-in", "/api/v1/sales", "/metrics")] == [503, 503, 503]
        trial.stdin.close()
        assert trial.wait(30) in (0, -signal.SIGTERM)
    assert _as_they_were(shop.url)


def _status(shop: Shop, path: str) -> int:
    try:
        with urllib.request.urlopen(f"http://{shop.listen}{path}") as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_a_full_disk_changes_nothing(shop: Shop) -> None:
    """No file may grow beyond 16 KiB (RLIMIT_FSIZE), which every copy of the books does, and the room for one."""
    new = shop.version("new", "good")
    update = [sys.executable, "-m", "store", "update", str(new), "--config", str(shop.config)]
    limited = ["bash", "-c", 'ulimit -f 16; exec "$@"', "bash", *update]
    told = subprocess.run(limited, capture_output=True, text=True, check=False, timeout=300)
    assert told.returncode == 1 and "Traceback" not in told.stderr
    if shop.url.startswith("sqlite"):
        assert "nothing was stopped: " in told.stderr and "make room" in told.stderr
        assert not (shop.folder / "started").exists() and not list(shop.place.rglob("*.room"))
    else:
        assert "nothing was tried: " in told.stderr and "old runs, on the books as they were" in told.stderr
        assert shop.started == "old" and list((shop.folder / "backups").iterdir()) == [], "no half a copy stays"
    assert shop.runs == "old" and _as_they_were(shop.url)
    assert not (shop.folder / "update.json").exists() and "new runs" in shop.updater().update(new)


def test_too_little_room_is_told_before_anything_stops(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    with (
        monkeypatch.context() as patch,
        pytest.raises(CannotUpdate, match=r"nothing was stopped: the disk of .+ has 255 MiB"),
    ):
        patch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(1 << 40, 0, KEEP_FREE_BYTES - 1))
        shop.updater().update(shop.version("new", "good"))
    assert not (shop.folder / "update.json").exists() and not list(shop.place.rglob("*.room"))
    assert not (shop.folder / "started").exists() and shop.runs == "old" and _as_they_were(shop.url)


@pytest.mark.parametrize("database", ["sqlite"])
def test_a_trial_that_fills_the_disk_cannot_take_the_room_of_the_way_back(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    books = Path(sa.make_url(shop.url).database or "")
    seen: list[int] = []

    def tried(_: Updater, __: Path, ___: int) -> None:
        seen.append(sum(file.stat().st_blocks * 512 for file in books.parent.glob("*.room")))
        raise OSError(errno.ENOSPC, "No space left on device")

    def back(backup: Path, url: str, mark: str) -> None:
        assert not list(books.parent.glob("*.room")), "it is free again when it is needed"
        real(backup, url, mark)

    real = books_back
    monkeypatch.setattr(Updater, "_try", tried)
    monkeypatch.setattr("store.self_update_run.books_back", back)
    with pytest.raises(CannotUpdate, match="No space left on device"):
        shop.updater().update(shop.version("new", "good"))
    assert seen[0] >= books.stat().st_size and shop.runs == "old" and _as_they_were(shop.url)


def test_the_real_program_is_gone_on_with(shop: Shop) -> None:
    real = shop.program("new", f'#!/bin/sh\nexec {sys.executable} -m store "$@"\n')
    assert "new runs" in shop.updater().update(real)
    assert _status(shop, "/healthz") == 200 and _as_they_were(shop.url)
