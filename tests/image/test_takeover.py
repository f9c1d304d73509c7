"""Takeover: the operator's files become the till's, once, whole, and leave nothing behind that anybody could read."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from image.device import takeover
from image.device.takeover import CONFIG, MARK, Refused, take_over, wipe
from kiosk.app import looks
from kiosk.app.card_files import begins_utc_s
from kiosk.app.troubles import known
from store.founding import Plan, found

FILES = {CONFIG: '[lane]\nstore = "s001"\ntill = "k01"\n', "till.key": "SECRET", "till.crt": "CERT", "config.txt": "pi"}


@pytest.fixture
def fat(tmp_path: Path) -> Path:
    folder = tmp_path / "fat"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text)
    return folder


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "kassa"
    folder.mkdir()
    return folder


@pytest.fixture(autouse=True)
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The appliance's folder of troubles, and no account that it has."""
    (tmp_path / "troubles").mkdir()
    monkeypatch.setenv("KASSA_TROUBLES", str(tmp_path / "troubles"))
    monkeypatch.setattr(takeover, "_the_lanes_own", lambda _: None)
    yield


def fine(source: Path, _: Path) -> str:
    return (source / CONFIG).read_text()


def nobodys(_: Path) -> None: ...


def wrong(*_: Path) -> str:
    raise Refused("kiosk.toml, line 3: lane.tll is not a setting; did you mean till?")


def test_the_files_are_the_tills_and_no_longer_on_the_fat_partition(fat: Path, own: Path) -> None:
    (fat / takeover.TROUBLE).write_text("of the last time")
    (fat / "._till.key").write_text("what a Mac leaves beside every file")
    mine: list[str] = []
    assert take_over(fat, own, fine, lambda path: mine.append(path.name)) == ["till.crt", "till.key", CONFIG]
    assert {path.name: path.read_text() for path in own.iterdir()} == {
        k: FILES[k] for k in (CONFIG, "till.key", "till.crt")
    }
    assert sorted(path.name for path in fat.iterdir()) == ["._till.key", "config.txt"]
    assert len(mine) == 3


def test_a_wrong_file_changes_nothing(fat: Path, own: Path) -> None:
    (own / CONFIG).write_text("before")
    with pytest.raises(Refused, match=r"lane\.tll"):
        take_over(fat, own, wrong, nobodys)
    assert (own / CONFIG).read_text() == "before"
    assert {path.name: path.read_text() for path in fat.iterdir()} == FILES


def test_what_is_wrong_stands_beside_the_file_and_where_the_screen_finds_it(fat: Path, own: Path) -> None:
    (fat / CONFIG).write_text('[lane]\nstore = "s001"\ntll = "k01"\n')
    assert takeover.main(fat, own) == 1
    assert "kiosk.toml, line 3: lane.tll" in (fat / takeover.TROUBLE).read_text() and not list(own.iterdir())
    (found,) = known()
    assert found.stops and "kiosk.toml, line 3: lane.tll is not a setting; did you mean till?" in found.lines
    (fat / CONFIG).write_text(FILES[CONFIG])
    assert takeover.main(fat, own) == 0
    assert (own / CONFIG).exists() and not (fat / takeover.TROUBLE).exists() and not known()


def test_a_new_card_with_a_wrong_file_still_tells_how_the_screen_hangs(fat: Path, own: Path) -> None:
    (fat / CONFIG).write_text('[lane]\nstore = "s001"\ntll = "k01"\n[display]\nrotate = 90\n')
    assert takeover.main(fat, own) == 1 and looks.known().display.rotate == 90


def test_a_till_that_has_good_settings_goes_on_with_them(fat: Path, own: Path) -> None:
    (own / CONFIG).write_text(FILES[CONFIG])
    (fat / CONFIG).write_text("[lane\n")
    assert takeover.main(fat, own) == 1
    (found,) = known()
    assert not found.stops and found.lines[-1] == takeover.GOES_ON


def test_a_name_that_a_computer_has_made_longer_is_told(fat: Path, own: Path) -> None:
    (fat / CONFIG).rename(fat / "kiosk.toml.txt")
    assert takeover.main(fat, own) == 1
    assert "kiosk.toml.txt must be called kiosk.toml" in known()[0].lines[0]


def test_a_cut_before_the_end_is_mended_by_the_next_boot(fat: Path, own: Path) -> None:
    """Cut at the last file: what was taken over already is taken over again, and the old configuration stands."""
    (own / CONFIG).write_text("before")

    def cut(path: Path) -> None:
        if path.name.startswith(CONFIG):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        take_over(fat, own, fine, cut)
    assert (own / CONFIG).read_text() == "before" and (fat / "till.key").read_text() == "SECRET"
    take_over(fat, own, fine, nobodys)
    assert (own / CONFIG).read_text() == FILES[CONFIG] and (own / "till.key").read_text() == "SECRET"


def test_a_card_that_cannot_be_wiped_does_not_undo_what_the_console_changes_later(
    fat: Path, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(file: Path) -> None:
        raise OSError(30, "Read-only file system", str(file))

    with monkeypatch.context() as patch:
        patch.setattr(takeover, "wipe", full)
        assert takeover.main(fat, own) == 1
    (found,) = known()
    assert found.kind == "boot" and "Keys that lie there can be read by anybody" in found.lines[1]
    assert (own / CONFIG).read_text() == FILES[CONFIG], "what was written on the card counts all the same"
    (own / CONFIG).write_text("changed from the console")
    assert takeover.main(fat, own) == 0
    assert (own / CONFIG).read_text() == "changed from the console"
    assert [path.name for path in fat.iterdir()] == ["config.txt"] and not (own / MARK).exists()
    (fat / CONFIG).write_text(FILES[CONFIG])
    assert takeover.main(fat, own) == 0
    assert (own / CONFIG).read_text() == FILES[CONFIG], "who writes the same file once more wants it back"


def test_a_data_partition_that_takes_nothing_is_told_and_nothing_is_wiped(fat: Path, own: Path) -> None:
    def full(file: Path) -> None:
        raise OSError(28, "No space left on device", str(file))

    takeover_own = takeover._the_lanes_own
    takeover._the_lanes_own = full  # the fixture gives the account's program back
    assert takeover.main(fat, own) == 1
    takeover._the_lanes_own = takeover_own
    assert known()[0].kind == "data" and "No space left on device" in known()[0].lines[0]
    assert (fat / "till.key").read_text() == "SECRET" and (fat / CONFIG).exists()


def test_where_the_store_is_comes_with_the_card_too(fat: Path, own: Path) -> None:
    (fat / CONFIG).unlink()
    (fat / takeover.STORE).write_bytes("\ufeffhttps://kassa.local:8443\r\n".encode())
    assert takeover.main(fat, own) == 0
    assert (own / "store.txt").read_text() == "https://kassa.local:8443\n" and not (fat / takeover.STORE).exists()
    (fat / takeover.STORE).write_text("kassa.local")
    assert takeover.main(fat, own) == 1
    assert "https://kassa.local:8443" in known()[0].lines[0] and (own / "store.txt").exists()


def test_a_certificate_that_waited_to_take_the_old_ones_place_is_gone(fat: Path, own: Path) -> None:
    (own / "till.crt.new").write_text("of another till")
    take_over(fat, own, fine, nobodys)
    assert sorted(path.name for path in own.iterdir()) == [CONFIG, "till.crt", "till.key"]


def test_a_clock_is_never_before_the_certificate_that_it_is_to_judge(own: Path) -> None:
    """A Pi wakes up where its clock stopped, on a new card at the image's own time: a fresh certificate would be
    "not valid yet", and the store would never be reached where no time server is."""
    found_utc_ms = 1_790_000_000_000
    found(own / "shop", Plan("s001", "Corner", "kassa.local", ("k01",)), found_utc_ms)
    till = own / "shop/tills/k01"
    begins_s = begins_utc_s(till)
    assert 0 < begins_s <= found_utc_ms // 1_000
    told: list[int] = []
    takeover.forward(till, 1_700_000_000, told.append)
    takeover.forward(till, begins_s + 1, told.append)
    takeover.forward(own, 0, told.append)
    assert told == [begins_s], "only forward, and only by a certificate"


def test_a_secret_is_overwritten_where_it_lay(tmp_path: Path) -> None:
    file, other_name = tmp_path / "till.key", tmp_path / "same"
    file.write_text("SECRET")
    other_name.hardlink_to(file)
    wipe(file)
    assert not file.exists() and other_name.read_bytes() == bytes(6)


def test_a_full_fat_partition_is_told_on_the_screen_all_the_same(
    fat: Path, own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (fat / takeover.TROUBLE).mkdir()  # nothing can be written there
    (fat / CONFIG).write_text("[lane\n")
    assert takeover.main(fat, own) == 1
    assert "kiosk.toml, line 1" in known()[0].lines[0]
    assert "kiosk-error.txt cannot be written there" in capsys.readouterr().err


def test_the_boot_script_is_told_how_the_screen_hangs_and_only_when_it_changes(fat: Path, own: Path) -> None:
    told = fat / takeover.SCREEN
    takeover.tell_the_boot_script(own, fat)
    (own / CONFIG).write_text("[display]\n")
    takeover.tell_the_boot_script(own, fat)
    assert not told.exists(), "upright is what it takes anyway"
    (own / CONFIG).write_text("[display]\nrotate = 270\n")
    takeover.tell_the_boot_script(own, fat)
    assert told.read_text() == "turn=270\n"
    before = told.stat().st_mtime_ns
    takeover.tell_the_boot_script(own, fat)
    assert told.stat().st_mtime_ns == before
    (own / CONFIG).write_text("[display]\n")
    takeover.tell_the_boot_script(own, fat)
    assert told.read_text() == "turn=0\n"
