"""Eyes: the window as the configuration wants it, with the shop's colours, and what its glass means for the layout."""

from pathlib import Path

from kiosk.app.config_tables import DisplayTable
from kiosk.app.places import config_folder
from kiosk.ui import panel as panels
from kiosk.ui.panel import Panel
from kiosk.ui.theme import NORMAL, Theme, ThemeRefused, load
from kiosk.ui.window import Window
from kiosk.values.settings import BadSettings


def theme_of(display: DisplayTable) -> Theme:
    """The shop's own colours, or ours. Raises BadSettings naming each pair that somebody could not read."""
    if not display.theme:
        return NORMAL
    named = Path(display.theme)
    path = named if named.suffix else config_folder() / "themes" / f"{display.theme}.toml"
    try:
        return load(path)
    except ThemeRefused as refused:
        raise BadSettings(f"display.theme: {refused}") from None


def open_window(display: DisplayTable, *, headless: bool) -> Window:
    """The lane's window. Raises WindowError, BadSettings."""
    return Window(
        display.size,
        fullscreen=display.fullscreen,
        rotate=display.rotate,
        headless=headless,
        theme=theme_of(display),
    )


def panel_of(display: DisplayTable, window: Window) -> Panel:
    """What to lay screens out for: the real glass, or the configured size where that is too small to lay out for."""
    real = window.canvas.get_size()
    least = panels.LEAST_PORTRAIT if real[1] > real[0] else panels.LEAST_LANDSCAPE
    roomy = real[0] >= least[0] and real[1] >= least[1]
    size = real if roomy else _nearest(display.size, least)
    return panels.panel(size, display.diagonal_mm, display.distance_mm, ada=display.ada_text)


def _nearest(size: tuple[int, int], least: tuple[int, int]) -> tuple[int, int]:
    return max(size[0], least[0]), max(size[1], least[1])
