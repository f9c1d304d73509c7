"""What an operator may write of the panel, and what comes of it."""

from pathlib import Path

import pytest

from kiosk.app.config_tables import DisplayTable
from kiosk.app.eyes import open_window, panel_of, theme_of
from kiosk.ui.panel import Panel, panel
from kiosk.ui.theme import NORMAL
from kiosk.values.settings import BadSettings


def test_the_real_glass_is_what_screens_are_laid_out_for() -> None:
    display = DisplayTable(size=(1080, 1920), fullscreen=False)
    window = open_window(display, headless=True)
    assert panel_of(display, window) == Panel((1080, 1920))
    window.close()


def test_a_window_too_small_to_lay_out_for_shows_a_larger_screen_made_smaller() -> None:
    display = DisplayTable(size=(640, 400), fullscreen=False)
    window = open_window(display, headless=True)
    assert panel_of(display, window).size == (1024, 600)
    window.close()


@pytest.mark.parametrize(
    ("size", "diagonal_mm", "distance_mm", "usual", "large"),
    [((1280, 800), 256, 400, 24, 40), ((1280, 800), 381, 500, 24, 34), ((1080, 1920), 546, 600, 24, 41)],
)
def test_text_can_be_read_from_where_people_stand(
    size: tuple[int, int], diagonal_mm: int, distance_mm: int, usual: int, large: int
) -> None:
    """The figures of the design's table for 10.1, 15 and 21.5 inches (EN 301 549, 5.1.4)."""
    here = panel(size, diagonal_mm, distance_mm)
    assert here.floor_px == usual and abs(here.large_floor_px - large) <= 1
    assert panel(size, diagonal_mm, distance_mm, ada=True).floor_px > usual


def test_a_shop_has_its_own_colours() -> None:
    assert theme_of(DisplayTable()) is NORMAL
    assert theme_of(DisplayTable(theme="berry"))["primary"] != NORMAL["primary"]


def test_colours_that_somebody_could_not_read_are_refused_with_the_pair(tmp_path: Path) -> None:
    path = tmp_path / "pale.toml"
    path.write_text('[colours]\nprimary = "#CFE8DC"\n')
    with pytest.raises(BadSettings, match="on-primary on primary has contrast"):
        theme_of(DisplayTable(theme=str(path)))
    with pytest.raises(BadSettings, match="cannot be read"):
        theme_of(DisplayTable(theme="no-such-theme"))
