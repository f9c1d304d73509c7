"""The shop's own pictures on a lane that nobody uses: when they come, what wakes the lane, and what bad files do."""

from collections.abc import Iterator
from pathlib import Path

import pygame
import pytest
from PIL import Image

from kiosk.app.attract import AttractTable
from kiosk.app.screen import Tap
from kiosk.checkout.events import HelpCalled, LanguageChosen, SettingsChosen, StaffSignedIn
from kiosk.checkout.settings import USUAL, Settings
from kiosk.checkout.state import Phase
from kiosk.ui.keys import KeyPressed
from kiosk.ui.picture_file import cover, load_next
from kiosk.ui.scene import Picture
from kiosk.values import picture
from kiosk.values.picture import BadPicture
from kiosk.world.lane import Lane
from kiosk.world.shops import demo_shop

SIZE = (1280, 800)
AFTER_MS, EVERY_MS = 120_000, 10_000


def save(
    folder: Path, name: str, colour: tuple[int, int, int] = (200, 30, 30), size: tuple[int, int] = (40, 30)
) -> Path:
    folder.mkdir(exist_ok=True)
    Image.new("RGB", size, colour).save(folder / name)
    return folder / name


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    save(tmp_path / "shop", "a.png")
    save(tmp_path / "shop", "b.jpg")
    return tmp_path / "shop"


@pytest.fixture
def lane(tmp_path: Path, folder: Path) -> Iterator[Lane]:
    running = Lane(demo_shop(tmp_path), attract=AttractTable(str(folder)))
    running.boot()
    running.wait(1_000)
    yield running
    running.die()
    running.shop.prices.close()


def seen(lane: Lane) -> str:
    """The file's name on the screen; empty: the welcome screen, or another."""
    scene = lane.scene
    shown = [e.source for e in scene.elements if isinstance(e, Picture)] if scene.name == "01-attract" else []
    return shown[0].split()[-1] if shown else ""


def test_the_pictures_come_when_nobody_is_there_and_go_round(lane: Lane) -> None:
    lane.wait(AFTER_MS - 5_000)
    assert seen(lane) == ""
    lane.wait(6_000)
    assert seen(lane) == "a.png"
    lane.wait(EVERY_MS)
    assert seen(lane) == "b.jpg"
    lane.wait(EVERY_MS)
    assert seen(lane) == "a.png"


def test_a_new_file_is_seen_without_a_restart(lane: Lane, folder: Path) -> None:
    lane.wait(AFTER_MS)
    save(folder, "c.webp")
    (folder / "a.png").unlink()
    lane.wait(EVERY_MS)
    assert seen(lane) == "b.jpg"
    lane.wait(EVERY_MS)
    assert seen(lane) == "c.webp"


def test_a_touch_anywhere_leads_to_the_welcome_screen(lane: Lane) -> None:
    lane.wait(AFTER_MS + 1_000)
    lane.feel(Tap(1_000, 300))
    assert lane.scene.name == "01-welcome"
    assert lane.state.phase is Phase.WELCOME, "the touch that wakes it presses nothing that could not be seen"
    lane.wait(AFTER_MS + 1_000)
    assert seen(lane), "and it rests again"


def test_any_key_wakes_it(lane: Lane) -> None:
    lane.wait(AFTER_MS + 1_000)
    lane.feel(KeyPressed("right", "down"))
    assert lane.scene.name == "01-welcome"


def test_a_scan_counts(lane: Lane) -> None:
    lane.wait(AFTER_MS + 1_000)
    assert seen(lane)
    lane.shop.top.scanner.scan("9520001200014")
    lane.wait(100)
    assert lane.state.phase is Phase.SCANNING
    assert len(lane.state.basket.lines) == 1


def test_what_waits_is_not_hidden(lane: Lane) -> None:
    lane.running.say(HelpCalled())
    lane.wait(AFTER_MS + 1_000)
    assert seen(lane) == ""
    lane.running.say(StaffSignedIn(staff="u1", name="Anna", role="supervisor"))
    lane.wait(10_000)
    assert seen(lane) == ""


def test_whoever_chose_a_look_and_went_leaves_nothing_behind(lane: Lane) -> None:
    """Long before the pictures come: the next shopper begins with the shop's language and look."""
    lane.running.say(LanguageChosen(language="en"))
    lane.running.say(SettingsChosen(settings=Settings(large_text=True)))
    lane.wait(lane.state.lane.time_outs.scanning_ms - 1_000)
    assert (lane.state.language, lane.state.settings) == ("en", Settings(large_text=True))
    lane.wait(2_000)
    assert (lane.state.language, lane.state.settings) == ("sv", USUAL)


def test_a_bad_file_is_named_once_and_the_others_are_shown(
    lane: Lane, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "aa.png").write_text("<html>")
    lane.wait(AFTER_MS + 6 * EVERY_MS)
    said = capsys.readouterr()
    assert (said.out + said.err).count("aa.png") == 1
    assert seen(lane)


def test_an_empty_folder_is_no_trouble(lane: Lane, folder: Path) -> None:
    for path in folder.iterdir():
        path.unlink()
    lane.wait(AFTER_MS + 3 * EVERY_MS)
    assert lane.scene.name == "01-welcome"
    folder.rmdir()
    lane.wait(3 * EVERY_MS)
    assert lane.scene.name == "01-welcome"


def test_a_picture_fills_the_glass_and_keeps_its_middle(tmp_path: Path) -> None:
    path = save(tmp_path, "wide.png", (0, 0, 255), (4_000, 100))
    picture = Image.open(path)
    picture.paste((255, 0, 0), (1_900, 0, 2_100, 100))
    picture.save(path)
    filled = cover(path, SIZE)
    assert filled.get_size() == SIZE
    assert filled.get_at((640, 400))[:3] == (255, 0, 0)


def test_a_photograph_taken_upright_stands_upright(tmp_path: Path) -> None:
    """Exif tag 274, orientation 6: the camera was turned, the upper edge is at the right."""
    picture = Image.new("RGB", (200, 100), (255, 255, 255))
    picture.paste((255, 0, 0), (0, 0, 20, 100))
    exif = picture.getexif()
    exif[274] = 6
    picture.save(tmp_path / "turned.jpg", exif=exif)
    upright = cover(tmp_path / "turned.jpg", (100, 200))
    red, _, blue = upright.get_at((50, 3))[:3]
    assert red > 200, "what was at the left is now at the top"
    assert blue < 80


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"", "no JPEG"), (b"GIF89a" + bytes(50), "no JPEG"), (b"<html></html>", "no JPEG")],
)
def test_what_is_no_picture_is_refused_whatever_its_name(tmp_path: Path, content: bytes, why: str) -> None:
    (tmp_path / "x.png").write_bytes(content)
    with pytest.raises(BadPicture, match=why):
        cover(tmp_path / "x.png", SIZE)


@pytest.mark.parametrize("name", ["cut.png", "cut.jpg", "cut.webp"])
def test_a_cut_file_is_refused(tmp_path: Path, name: str) -> None:
    noise = Image.effect_noise((400, 300), 90).convert("RGB")
    noise.save(tmp_path / name)
    whole = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(whole[: len(whole) // 2])
    with pytest.raises(BadPicture):
        cover(tmp_path / name, SIZE)


def test_a_small_file_of_many_pixels_is_refused_before_it_fills_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = save(tmp_path, "bomb.png", size=(300, 300))
    monkeypatch.setattr(picture, "MOST_PIXELS", 80_000)
    with pytest.raises(BadPicture, match="300 x 300 pixels"):
        cover(path, SIZE)


def test_names_are_taken_in_their_order(folder: Path) -> None:
    (folder / "notes.txt").write_text("not a picture")
    first = load_next(folder, "", SIZE)
    second = load_next(folder, first.name, SIZE)
    third = load_next(folder, second.name, SIZE)
    assert [first.name, second.name, third.name] == ["a.png", "b.jpg", "a.png"]
    assert isinstance(first.picture, pygame.Surface)


def test_a_folder_that_is_away_keeps_no_lane_shut() -> None:
    """Somebody has taken the stick with the pictures: the doctor says so, and the lane sells."""
    assert list(AttractTable("/nowhere/pictures").problems()) == []
    assert "cannot be read" in load_next(Path("/nowhere/pictures"), "", SIZE).why
