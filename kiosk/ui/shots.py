"""Shots: every screen of the gallery as a PNG, and side by side with the mockups where they are at hand.

`kiosk shots DIR` paints the screens in English and Swedish (`02-scanning.png`, `02-scanning-sv.png`) and the gallery's
variants (`p02-scanning.png`). `--beside MOCKUPS` adds `contact-sheet.png`: each mockup at the left, ours at the right,
and names the mockups that have no picture of ours. `--approve GOLDEN` keeps the screens as text, and a few as pixels,
for the golden tests: `make shots` does so.
"""

import sys
from pathlib import Path
from zoneinfo import ZoneInfo

import pygame

from kiosk.checkout.state import State
from kiosk.ui import focus, fonts, gallery
from kiosk.ui.painter import render_png
from kiosk.ui.room import room_in
from kiosk.ui.saying import sentences
from kiosk.ui.scene import Scene
from kiosk.ui.screens import caption
from kiosk.ui.show import scene as make_scene
from kiosk.ui.transcript import transcript
from kiosk.ui.view import View
from kiosk.ui.words import Words, load

WORDS = Path(__file__).parents[2] / "config" / "words"
ZONE = ZoneInfo("Europe/Stockholm")
PICTURED = ("01-welcome", "02-scanning", "02-no-picture", "08-quantity", "14b-receipt-qr")
"""The screens whose pixels are kept too: together they use every kind of element but the countdown and the bar."""
_SHEET_W, _GAP = 640, 16
"""Of the contact sheet: how wide a picture is on it, and what is between two."""


def words_of_gallery(folder: Path = WORDS) -> dict[str, Words]:
    """The words of the gallery's lane."""
    return load(folder, gallery.LANE.languages, currency="SEK", territory="se", zone=ZONE)


def scenes(language: str, words: Words) -> dict[str, Scene]:
    """Every scene of the gallery in one language, by the picture's name."""
    return {name: make_scene(*gallery.visit_to(name, language), words) for name in gallery.STOPS}


def variants() -> dict[str, Scene]:
    """Every variant of the gallery, by the picture's name."""
    found = {}
    for name, one in gallery.VARIANTS.items():
        words = load(WORDS, (one.language,), currency="SEK", territory="se", zone=ZONE)[one.language]
        state, view = gallery.variant(name)
        found[name] = _spoken(make_scene(state, view, words), state, view, words)
    return found


def _spoken(scene: Scene, state: State, view: View, words: Words) -> Scene:
    """With the ring and the caption of a shopper who goes by ear."""
    scene = focus.ringed(scene, view.focus)
    if not state.settings.voice:
        return scene
    return caption.over(scene, sentences(None, scene, words, headphones=True)[-1], room_in(state, view))


def file_name(name: str, language: str) -> str:
    """As the mockups are called: English without a mark."""
    return f"{name}.png" if language == "en" else f"{name}-{language}.png"


def main(folder: Path, beside: Path | None = None, golden: Path | None = None) -> int:
    """Paint them all; the exit code."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        sys.stderr.write(
            f"kiosk shots: {folder}: no pictures can be put there: {error.strerror}; name another folder\n"
        )
        return 1
    for language, words in words_of_gallery().items():
        for name, scene in scenes(language, words).items():
            render_png(scene, folder / file_name(name, language))
    for name, scene in variants().items():
        render_png(scene, folder / f"{name}.png")
    if beside is not None:
        for missing in contact_sheet(folder, beside):
            sys.stdout.write(f"no picture of ours beside {missing}\n")
    if golden is not None:
        approve(golden)
    sys.stdout.write(f"{2 * len(gallery.STOPS) + len(gallery.VARIANTS)} screens in {folder}\n")
    return 0


def approve(folder: Path) -> None:
    """Write what the golden tests compare with."""
    (folder / "png").mkdir(parents=True, exist_ok=True)
    for language, words in words_of_gallery().items():
        (folder / language).mkdir(exist_ok=True)
        for old in (folder / language).glob("*.txt"):
            old.unlink()
        for name, scene in scenes(language, words).items():
            (folder / language / f"{name}.txt").write_text(transcript(scene), encoding="utf-8")
            if language == "en" and name in PICTURED:
                render_png(scene, folder / "png" / f"{name}.png")
    (folder / "variants").mkdir(exist_ok=True)
    for old in (folder / "variants").glob("*.txt"):
        old.unlink()
    for name, scene in variants().items():
        (folder / "variants" / f"{name}.txt").write_text(transcript(scene), encoding="utf-8")
    (folder / "png" / "fonts.txt").write_text(fonts.digest() + "\n")


def contact_sheet(folder: Path, beside: Path) -> list[str]:
    """One long picture: each mockup at the left, ours at the right, in their true proportions. The mockups that have
    no picture of ours are alone there; their names are returned."""
    names = sorted(path.name for path in beside.glob("*.png"))
    rows = [[_thumb(home / name) for home in (beside, folder) if (home / name).exists()] for name in names]
    high = sum(max(one.get_height() for one in row) + _GAP for row in rows)
    sheet = pygame.Surface((2 * _SHEET_W + _GAP, max(1, high)))
    sheet.fill((96, 96, 96))
    top = 0
    for row in rows:
        for column, thumb in enumerate(row):
            sheet.blit(thumb, (column * (_SHEET_W + _GAP), top))
        top += max(one.get_height() for one in row) + _GAP
    pygame.image.save(sheet, folder / "contact-sheet.png")
    return [name for name in names if not (folder / name).exists()]


def _thumb(path: Path) -> pygame.Surface:
    """As wide as a column; of one that is upright half of that, or it would be as high as three others."""
    whole = pygame.image.load(path)
    wide = _SHEET_W if whole.get_width() > whole.get_height() else _SHEET_W // 2
    return pygame.transform.smoothscale(whole, (wide, wide * whole.get_height() // whole.get_width()))
