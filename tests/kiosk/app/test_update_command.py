"""A bundle on a stick: looked at, copied, taken by the lane as an order would be."""

from pathlib import Path
from typing import BinaryIO, Literal

import pytest

from drivers.updater.driver import Rauc
from drivers.updater.simulator import bundle
from image.device import health
from kiosk.__main__ import main
from kiosk.app.config_tables import UpdatesTable
from kiosk.app.errands import GOOD_FILE, RESTART_FILE, updater_of
from kiosk.app.running import IMAGE_ID, Running
from kiosk.app.update_command import CannotUpdate, bundle_on, lay_ready
from kiosk.app.updates_port import WELL
from kiosk.app.updating import STICK_MS
from tests.kiosk.app.test_updating import NEW, Bench, order


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    file = tmp_path / "kassa-1.1.0.raucb"
    file.write_bytes(NEW)
    return file


def test_a_stick_updates_a_lane_that_no_store_reaches(bench: Bench, stick: Path) -> None:
    laid = lay_ready(stick, bench.places, bench.updater(), "1.0.0")
    stick.unlink()
    bench.turn(STICK_MS)
    assert bench.over() == "updated" and bench.running == laid.version and bench.asked == []
    assert not bench.places.stick.exists() and bench.places.brought() is None


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (bundle("1.1.0", signed="no"), "signature verification failed"),
        (bundle("1.0.0"), "1.0.0 runs here already"),
        (bundle("0.9.0"), "0.9.0 is older than 1.0.0"),
    ],
)
def test_what_is_not_taken_is_told_and_nothing_is_copied(bench: Bench, stick: Path, content: bytes, why: str) -> None:
    stick.write_bytes(content)
    with pytest.raises(CannotUpdate, match=why):
        lay_ready(stick, bench.places, bench.updater(), "1.0.0")
    assert bench.places.brought() is None and not bench.places.stick.exists()


def test_a_lane_that_has_become_newer_meanwhile_clears_the_old_one_away(bench: Bench) -> None:
    bench.places.folder.mkdir(exist_ok=True)
    bench.places.stick.write_bytes(NEW)
    bench.places.bring(order("usb-1", version="0.5"))
    bench.turn(STICK_MS)
    bench.turn()
    assert bench.stage == "failed" and bench.why == "0.5 is older than 1.0.0, which runs here"
    assert not bench.places.stick.exists() and bench.places.brought() is None


@pytest.mark.parametrize("done", range(4))
def test_a_cut_while_the_lane_takes_it_takes_it_once_more(bench: Bench, stick: Path, done: int) -> None:
    """After so many of: nothing; the bundle is in its place; the state says so; the stick's order is gone."""
    laid = lay_ready(stick, bench.places, bench.updater(), "1.0.0")
    if done >= 1:
        bench.places.stick.replace(bench.places.bundle)
    if done >= 2:
        bench.turn(STICK_MS)
        bench.work()
        bench.places.bring(laid)
    if done >= 3:
        bench.places.folder.joinpath("order.json").unlink()
    bench.boot()
    bench.turn(STICK_MS)
    assert bench.over() == "updated"


def test_of_a_sticks_files_exactly_one_bundle_is_meant(tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    (folder / "kassa-photos.raucb").mkdir(parents=True)
    for name in ("holiday.jpg", "other-1.0.raucb", "kassa-1.1.0.zip"):
        (folder / name).write_bytes(b"x")
    (folder / "kassa-9.raucb").symlink_to("/etc/passwd")
    assert bundle_on(folder) is None
    (folder / "kassa-1.1.0-arm64.raucb").write_bytes(NEW)
    assert bundle_on(folder) == folder / "kassa-1.1.0-arm64.raucb"
    (folder / "kassa-1.2.0-arm64.raucb").write_bytes(NEW)
    with pytest.raises(CannotUpdate, match=r"which one\? kassa-1\.1\.0-arm64\.raucb, kassa-1\.2\.0"):
        bundle_on(folder)


def test_a_stick_that_is_pulled_while_it_is_read_leaves_nothing(
    bench: Bench, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pulled(source: object, copy: BinaryIO, size: int) -> None:
        copy.write(b"half")
        raise OSError(5, "Input/output error", str(stick))

    monkeypatch.setattr("shutil.copyfileobj", pulled)
    with pytest.raises(OSError, match="Input/output"):
        lay_ready(stick, bench.places, bench.updater(), "1.0.0")
    assert list(bench.places.folder.glob("bundle*")) == [] and bench.places.brought() is None


@pytest.mark.parametrize(
    ("installer", "ours", "installs", "restarts"),
    [
        ("auto", True, True, "touch"),
        ("auto", False, False, ""),
        ("rauc", True, True, "touch"),
        ("rauc", False, True, "systemctl"),
        ("none", True, False, ""),
    ],
)
def test_the_appliance_installs_unless_it_is_told_not_to(
    installer: Literal["auto", "rauc", "none"], ours: bool, installs: bool, restarts: str
) -> None:
    updater = updater_of(UpdatesTable(installer), Running("1.0.0", "1.0.0", "A", "b", ours))
    assert isinstance(updater, Rauc) is installs and bool(updater.cannot) is not installs
    if isinstance(updater, Rauc):
        assert updater._restart[0] == restarts


def test_the_appliance_knows_itself() -> None:
    assert f"IMAGE_ID={IMAGE_ID}" in Path("image/tree.py").read_text()
    units = Path("image/root/usr/lib/systemd/system")
    assert f"PathExists={RESTART_FILE}\n" in (units / "kassa-restart.path").read_text()
    assert str(health.GOOD) == GOOD_FILE and WELL in health.WELL


def test_the_command_refuses_in_words_where_nobody_installs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], stick: Path
) -> None:
    config = tmp_path / "kiosk.toml"
    config.write_text('[lane]\nstore = "s001"\ntill = "k01"\nmode = "demo"\n')
    assert main(["update", str(stick), "--config", str(config)]) == 1
    assert "this machine installs no updates: see [updates]" in capsys.readouterr().err
