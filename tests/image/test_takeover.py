"""Takeover: the operator's files become the till's, once, whole, and leave nothing behind that anybody could read."""

from pathlib import Path

import pytest

from image.device import takeover
from image.device.takeover import CONFIG, Refused, take_over, wipe

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


def fine(_: Path) -> None: ...


def wrong(path: Path) -> None:
    raise Refused(f"{path}: lane.tll is not a setting; did you mean till?")


def test_the_files_are_the_tills_and_no_longer_on_the_fat_partition(fat: Path, own: Path) -> None:
    (fat / takeover.TROUBLE).write_text("of the last time")
    mine: list[str] = []
    assert take_over(fat, own, fine, lambda path: mine.append(path.name)) == ["till.crt", "till.key", CONFIG]
    assert {path.name: path.read_text() for path in own.iterdir()} == {
        k: FILES[k] for k in (CONFIG, "till.key", "till.crt")
    }
    assert [path.name for path in fat.iterdir()] == ["config.txt"]
    assert len(mine) == 3


def test_a_wrong_file_changes_nothing(fat: Path, own: Path) -> None:
    (own / CONFIG).write_text("before")
    with pytest.raises(Refused, match=r"lane\.tll"):
        take_over(fat, own, wrong, fine)
    assert (own / CONFIG).read_text() == "before"
    assert {path.name: path.read_text() for path in fat.iterdir()} == FILES


def test_what_is_wrong_stands_beside_the_file(fat: Path, own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(takeover, "_the_lanes_own", fine)
    (fat / CONFIG).write_text('[lane]\nstore = "s001"\ntll = "k01"\n')
    assert takeover.main(fat, own) == 1
    assert "lane.tll" in (fat / takeover.TROUBLE).read_text() and not list(own.iterdir())
    (fat / CONFIG).write_text(FILES[CONFIG])
    assert takeover.main(fat, own) == 0
    assert (own / CONFIG).exists() and not (fat / takeover.TROUBLE).exists()


def test_a_cut_before_the_end_is_mended_by_the_next_boot(fat: Path, own: Path) -> None:
    """Cut at the last file: what was taken over already is taken over again, and the old configuration stands."""
    (own / CONFIG).write_text("before")

    def cut(path: Path) -> None:
        if path.name.startswith(CONFIG):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        take_over(fat, own, fine, cut)
    assert (own / CONFIG).read_text() == "before" and (fat / "till.key").read_text() == "SECRET"
    take_over(fat, own, fine, fine)
    assert (own / CONFIG).read_text() == FILES[CONFIG] and (own / "till.key").read_text() == "SECRET"


def test_a_certificate_that_waited_to_take_the_old_ones_place_is_gone(fat: Path, own: Path) -> None:
    (own / "till.crt.new").write_text("of another till")
    take_over(fat, own, fine, fine)
    assert sorted(path.name for path in own.iterdir()) == [CONFIG, "till.crt", "till.key"]


def test_a_secret_is_overwritten_where_it_lay(tmp_path: Path) -> None:
    file, other_name = tmp_path / "till.key", tmp_path / "same"
    file.write_text("SECRET")
    other_name.hardlink_to(file)
    wipe(file)
    assert not file.exists() and other_name.read_bytes() == bytes(6)
