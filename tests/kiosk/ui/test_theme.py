"""Everybody can read the screen, in every theme that a shop may choose."""

from pathlib import Path

import pytest

from kiosk.ui import theme
from kiosk.ui.theme import HIGH_CONTRAST, NORMAL, Colour, ThemeRefused, contrast

# Measured independently when the colours were chosen (DESIGN-UI 2.2).
MEASURED = {
    ("ink", "paper"): 16.68,
    ("ink", "ground"): 14.42,
    ("ink", "sunk"): 12.94,
    ("ink", "sun-soft"): 14.86,
    ("ink", "info-soft"): 13.64,
    ("ink", "primary-soft"): 13.17,
    ("ink", "staff-soft"): 13.69,
    ("ink", "staff-ground"): 12.57,
    ("ink2", "paper"): 8.16,
    ("ink2", "ground"): 7.05,
    ("line", "paper"): 4.47,
    ("line", "ground"): 3.86,
    ("line", "sunk"): 3.47,
    ("on-sun", "sun"): 10.78,
    ("on-primary", "primary"): 7.17,
    ("primary-soft", "primary"): 5.66,
    ("primary", "ground"): 6.19,
    ("on-deep", "deep"): 12.52,
    ("on-deep2", "deep"): 8.83,
    ("on-deep", "deep2"): 9.91,
    ("deep-line", "deep"): 5.48,
    ("sun", "deep"): 8.09,
    ("on-info", "info"): 7.97,
    ("info", "info-soft"): 6.52,
    ("on-bad", "bad"): 6.67,
    ("on-staff", "staff"): 10.68,
    ("staff", "staff-ground"): 8.05,
    ("warn", "paper"): 7.41,
    ("sun", "ground"): 1.34,
}


def test_contrast_is_what_was_measured_elsewhere() -> None:
    ours = {pair: round(contrast(NORMAL[pair[0]], NORMAL[pair[1]]), 2) for pair in MEASURED}
    assert ours == MEASURED


def test_contrast_of_black_and_white_is_21_in_either_order() -> None:
    black, white = Colour(0, 0, 0), Colour(255, 255, 255)
    assert round(contrast(black, white), 2) == round(contrast(white, black), 2) == 21.0


@pytest.mark.parametrize("built_in", [NORMAL, HIGH_CONTRAST], ids=lambda t: t.name)
def test_built_in_themes_are_readable(built_in: theme.Theme) -> None:
    assert theme.check(built_in) is built_in
    assert built_in.colours.keys() == NORMAL.colours.keys()


def test_high_contrast_is_yellow_and_white_on_black() -> None:
    assert round(contrast(HIGH_CONTRAST["line"], HIGH_CONTRAST["paper"]), 2) == 16.57
    assert round(contrast(HIGH_CONTRAST["ink"], HIGH_CONTRAST["ground"]), 2) == 21.0


def test_a_shop_gets_its_own_colours() -> None:
    own = theme.override(NORMAL, "berry", {"primary": "#7A1248"})
    assert own["primary"] == Colour(0x7A, 0x12, 0x48)
    assert own["ink"] == NORMAL["ink"]


@pytest.mark.parametrize("fore, ground, need", theme.PAIRS, ids=lambda value: str(value))
def test_a_theme_is_refused_when_any_one_pair_cannot_be_read(fore: str, ground: str, need: float) -> None:
    poor = {**NORMAL.colours, fore: NORMAL[ground]}
    with pytest.raises(ThemeRefused) as refusal:
        theme.check(theme.Theme("poor", poor))
    assert f"{fore} on {ground} has contrast 1.00 and needs {need:g}" in str(refusal.value)


@pytest.mark.parametrize(
    "text, says",
    [
        ('[colours]\nprimary = "#8FD9BE"\n', "on-primary on primary has contrast"),
        ('[colours]\nprimry = "#0B6448"\n', "no colour role primry"),
        ('[colours]\nprimary = "green"\n', "'green' is not a colour like #0B6448"),
        ('[colours]\nprimary = "#GG6448"\n', "primary"),
        ("[colours]\nprimary = 7\n", "wanted one table [colours]"),
        ('[colors]\nprimary = "#0B6448"\n', "wanted one table [colours]"),
        ('colours = "green"\n', "wanted one table [colours]"),
        ("[colours\n", "cannot be read"),
    ],
)
def test_a_bad_theme_file_is_refused_in_words(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "shop.toml"
    path.write_text(text)
    with pytest.raises(ThemeRefused) as refusal:
        theme.load(path)
    assert says in str(refusal.value)
    assert "shop" in str(refusal.value)


def test_a_missing_theme_file_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(ThemeRefused, match="cannot be read"):
        theme.load(tmp_path / "none.toml")


def test_every_theme_in_config_is_readable() -> None:
    themes = sorted((Path(__file__).parents[3] / "config" / "themes").glob("*.toml"))
    assert [theme.load(path).name for path in themes] == [path.stem for path in themes] != []
