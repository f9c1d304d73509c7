"""Fonts are prepared once, from packages, and a missing package is named."""

import shutil
from pathlib import Path

import pygame
import pytest
from fontTools import subset

from kiosk.ui import assets, bake
from kiosk.ui.assets import SOURCES, AssetsMissing


@pytest.fixture
def copying(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fonts are copied as they are: freezing their figures takes seconds, and one test here looks at what it does."""
    monkeypatch.setattr(bake, "_freeze", lambda path, target, features: shutil.copyfile(path, target))


@pytest.mark.usefixtures("copying")
def test_a_second_bake_does_nothing(tmp_path: Path) -> None:
    assert bake.bake(tmp_path)
    before = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "fonts").iterdir()}
    assert before.keys() == {*(source.name for source in SOURCES), assets.DIGEST}
    assert not bake.bake(tmp_path)
    assert {path.name: path.stat().st_mtime_ns for path in (tmp_path / "fonts").iterdir()} == before


@pytest.mark.usefixtures("copying")
def test_a_lost_font_is_baked_again(tmp_path: Path) -> None:
    bake.bake(tmp_path)
    (tmp_path / "fonts" / assets.ICONS).unlink()
    assert bake.bake(tmp_path)
    assert (tmp_path / "fonts" / assets.ICONS).exists()


@pytest.mark.usefixtures("copying")
def test_the_digest_names_the_sources_not_the_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KASSA_ASSETS", str(tmp_path / "a"))
    bake.bake(tmp_path / "a")
    first = assets.digest()
    monkeypatch.setenv("KASSA_ASSETS", str(tmp_path / "b"))
    bake.bake(tmp_path / "b")
    assert assets.digest() == first
    other = dict(bake.find(bake.FONT_DIRECTORIES))
    other[SOURCES[0]] = other[SOURCES[1]]
    assert assets.digest_of(other) != first


def test_a_missing_package_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(AssetsMissing) as missing:
        bake.find([tmp_path])
    assert "fonts-inter" in str(missing.value)
    assert "NotoSansArabic-Bold.ttf" in str(missing.value)
    monkeypatch.setattr(bake.bake, "__defaults__", ((tmp_path,),))
    assert bake.main([str(tmp_path / "out")]) == 1
    assert "fonts-noto-core" in capsys.readouterr().err


@pytest.mark.usefixtures("copying")
def test_the_command_says_what_it_did(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert bake.main([str(tmp_path)]) == 0
    assert bake.main([str(tmp_path)]) == 0
    assert capsys.readouterr().out == f"Fonts baked in {tmp_path}/fonts.\nFonts already in {tmp_path}/fonts.\n"


def test_a_font_that_was_never_baked_says_how_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KASSA_ASSETS", str(tmp_path))
    for ask in (lambda: assets.font("KassaSans-500.otf"), assets.digest):
        with pytest.raises(AssetsMissing, match=r"python -m kiosk\.ui\.bake"):
            ask()


def _of_figures(source: Path, target: Path) -> None:
    """The same font with no letters, which would only take their time."""
    options = subset.Options(layout_features=["*"])
    font = subset.load_font(str(source), options)
    chooser = subset.Subsetter(options)
    chooser.populate(text="0123456789")
    chooser.subset(font)
    subset.save_font(font, str(target), options)


def test_baked_figures_are_equally_wide_and_plain_ones_are_not(tmp_path: Path) -> None:
    plain, baked = tmp_path / "plain.otf", tmp_path / "baked.otf"
    _of_figures(bake.find(bake.FONT_DIRECTORIES)[SOURCES[0]], plain)
    bake._make(SOURCES[0], plain, baked)
    pygame.font.init()

    def widths(path: Path) -> set[int]:
        font = pygame.font.Font(str(path), 100)
        return {font.size(figure)[0] for figure in "0123456789"}

    assert len(widths(baked)) == 1
    assert len(widths(plain)) > 1


def test_baked_on_another_day_it_is_the_same_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An image that is built twice is the same image. fontTools writes the time into what it saves."""
    plain, baked = tmp_path / "plain.otf", []
    _of_figures(bake.find(bake.FONT_DIRECTORIES)[SOURCES[0]], plain)
    for day in ("1000000000", "1700000000"):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", day)
        bake._make(SOURCES[0], plain, tmp_path / day)
        baked.append((tmp_path / day).read_bytes())
    assert baked[0] == baked[1]
