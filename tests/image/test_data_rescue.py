"""A damaged data partition: real file systems (e2fsprogs), really damaged, and what becomes of the till on them."""

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from image.device import data_rescue
from image.device.data_rescue import JOURNAL, KEPT, NEW, anew, look
from image.workplace import REPOSITORY
from kiosk.app import looks
from kiosk.app.known_store import BOOT_WAS, leave_behind, store_of
from kiosk.app.troubles import known
from kiosk.storage.journal import open_journal

VERIFY = (sys.executable, "-m", "kiosk", "verify")
CONFIG = '[lane]\nstore = "s001"\ntill = "k01"\n[link]\nbroker = "mqtts://shop.example:8883"\n'
SCRIPT = REPOSITORY / "image/root/usr/lib/kassa/journal-is-there"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KASSA_TROUBLES", str(tmp_path / "run/troubles"))
    monkeypatch.setenv("PYTHONPATH", str(REPOSITORY))
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    (tmp_path / "run/troubles").mkdir(parents=True)
    return tmp_path / "run"


@pytest.fixture
def card(tmp_path: Path) -> Path:
    """A data partition of a till that has a journal."""
    tree = tmp_path / "tree"
    (tree / "kassa").mkdir(parents=True)
    (tree / "kiosk").mkdir()
    (tree / "kassa/kiosk.toml").write_text(CONFIG)
    open_journal(tree / JOURNAL).close()
    card = tmp_path / "card"
    with card.open("wb") as file:
        file.truncate(32 << 20)
    subprocess.run(["mke2fs", "-q", "-t", "ext4", "-d", tree, card], check=True)
    return card


def damage(card: Path, start: int, size: int, byte: int | None = None) -> None:
    noise = random.Random(1).randbytes(size) if byte is None else bytes([byte]) * size
    with card.open("r+b") as file:
        file.seek(start)
        file.write(noise)


def mended_at_boot(card: Path) -> int:
    """As kassa-check.service does it."""
    return subprocess.run(["e2fsck", "-p", card], capture_output=True, check=False).returncode


def content(card: Path, into: Path) -> list[str]:
    into.mkdir()
    subprocess.run(["debugfs", "-R", f"rdump / {into}", card], capture_output=True, check=True)
    return sorted(str(path.relative_to(into)) for path in into.rglob("*") if path.is_file())


def test_the_check_at_boot_asks_nothing_and_does_not_touch_what_it_cannot_mend(card: Path) -> None:
    assert mended_at_boot(card) == 0
    damage(card, 0, 4 << 20)
    before = card.read_bytes()
    assert mended_at_boot(card) > 2 and card.read_bytes() == before


def test_a_lost_beginning_is_repaired_and_the_till_goes_on_by_itself(card: Path, run: Path, tmp_path: Path) -> None:
    damage(card, 0, 8 << 10, 0)
    assert mended_at_boot(card) > 2
    assert look(card, run, VERIFY)
    assert mended_at_boot(card) == 0
    assert {"kassa/kiosk.toml", JOURNAL} <= set(content(card, tmp_path / "after"))
    (found,) = known()
    assert not found.stops and "has been repaired" in found.title and not (run / KEPT).exists()


def test_a_repair_that_leaves_nothing_is_not_believed(card: Path, run: Path) -> None:
    """e2fsck -y makes a clean and empty file system of it, on which a till would begin at number 1 again."""
    damage(card, 0, 24 << 20)
    assert not look(card, run, VERIFY)
    (found,) = known()
    assert found.kind == "data" and found.stops and "Nothing is deleted before you decide" in found.lines[0]
    assert not (run / NEW / "kiosk.toml").exists()


def test_a_damaged_journal_is_not_believed_and_what_can_be_read_is_kept(card: Path, run: Path) -> None:
    subprocess.run(["debugfs", "-w", "-R", f"rm /{JOURNAL}", card], capture_output=True, check=True)
    assert not look(card, run, VERIFY)
    assert (run / KEPT / "kassa/kiosk.toml").read_text() == CONFIG
    assert (run / NEW / "store.txt").read_text() == "https://shop.example:8443\n", "nobody has to write it again"
    assert "Some of it could be read and is kept" in known()[0].lines[0]


def test_the_code_of_a_damaged_card_stands_as_the_panel_does(card: Path, run: Path) -> None:
    for each in (f"rm /{JOURNAL}", "rm /kassa/kiosk.toml"):
        subprocess.run(["debugfs", "-w", "-R", each, card], capture_output=True, check=True)
    looks_so = "\n[display]\nrotate = 270\n[devices.lights]\ndriver = 'gpio'\nred = 4\n"
    (run.parent / "kiosk.toml").write_text(CONFIG + looks_so)
    write = f"write {run.parent / 'kiosk.toml'} /kassa/kiosk.toml"
    subprocess.run(["debugfs", "-w", "-R", write, card], capture_output=True, check=True)
    assert not look(card, run, VERIFY)
    seen = looks.known()
    assert seen.display.rotate == 270 and seen.lights is not None and seen.lights["red"] == 4


def test_staff_have_decided(card: Path, run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new file system has the new identity, and what could be read before."""
    subprocess.run(["debugfs", "-w", "-R", f"rm /{JOURNAL}", card], capture_output=True, check=True)
    look(card, run, VERIFY)
    new = run / NEW
    (new / "kiosk.toml").write_text(CONFIG + f'ca = "{new}/ca.crt"\nsuccession = "{new}/succession.json"\n')
    for name in ("ca.crt", "succession.json", "till.key"):
        (new / name).write_text(name)
    monkeypatch.setattr(data_rescue.shutil, "chown", lambda *_: None)
    assert anew(card, run, "root")
    assert mended_at_boot(card) == 0
    files = content(card, tmp_path / "after")
    assert {"kassa/kiosk.toml", "kassa/succession.json", "kassa/till.key", "before/kassa/kiosk.toml"} <= set(files)
    text = (tmp_path / "after/kassa/kiosk.toml").read_text()
    assert 'ca = "/etc/kassa/ca.crt"' in text and str(run) not in text
    assert (tmp_path / "after/kiosk").is_dir() and not any(name.startswith("kiosk/") for name in files)


def test_nothing_is_made_anew_before_somebody_has_adopted_it(
    card: Path, run: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(data_rescue, "RUN", run)
    monkeypatch.setattr(data_rescue, "done", lambda _: pytest.fail("something was run"))
    before = card.read_bytes()
    assert data_rescue.main("anew", card) == 1 and card.read_bytes() == before
    assert "nothing was touched" in capsys.readouterr().err


def test_a_card_that_takes_nothing_is_told(card: Path, run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (run / NEW).mkdir()
    (run / NEW / "kiosk.toml").write_text(CONFIG)
    monkeypatch.setattr(data_rescue.shutil, "chown", lambda *_: None)
    assert not anew(card.parent / "nowhere/card", run, "root")
    assert known()[0].title == "This card cannot be written any more"


def test_where_the_store_was(tmp_path: Path) -> None:
    till, boot = tmp_path / "till", tmp_path / "boot"
    till.mkdir()
    boot.mkdir()
    leave_behind(till, boot)
    assert store_of(till) == "" and not list(boot.iterdir())
    (till / "kiosk.toml").write_bytes(b"\xff\xff half of a file")
    assert store_of(till) == ""
    (till / "kiosk.toml").write_text('[link]\nbroker = "mqtts://kassa.example:8883"\n')
    leave_behind(till, boot)
    assert (boot / BOOT_WAS).read_text() == "https://kassa.example:8443\n"
    (till / "store.txt").write_text("https://told.example:9443\n")
    leave_behind(till, boot)
    assert store_of(till) == "https://told.example:9443" == (boot / BOOT_WAS).read_text().strip()


def test_a_till_that_has_lost_its_journal_does_not_begin_again(tmp_path: Path) -> None:
    def ran() -> int:
        return subprocess.run([SCRIPT, tmp_path], capture_output=True, check=False, env=os.environ).returncode

    (tmp_path / "kassa").mkdir()
    (tmp_path / "kiosk").mkdir()
    (tmp_path / "kassa/kiosk.toml").write_text(CONFIG)
    assert ran() == 0, "it has not begun"
    (tmp_path / JOURNAL).touch()
    assert ran() == 0
    shutil.rmtree(tmp_path / "kiosk")
    assert ran() == 1
    (tmp_path / "kassa/kiosk.toml").unlink()
    assert ran() == 0, "a machine without settings is a new one: it asks for a code"
