"""Shots: every screen of the gallery as a PNG, and side by side with the mockups where they are at hand.

`kiosk shots DIR` paints the screens in English and Swedish (`02-scanning.png`, `02-scanning-sv.png`).
`--beside MOCKUPS` adds `contact-sheet.png`: each mockup at the left, ours at the right. `--approve GOLDEN` keeps
the screens as text, and a few as pixels, for the golden tests: `make shots` does so.
"""

import sys
from pathlib import Path
from zoneinfo import ZoneInfo

import pygame

from kiosk.ui import fonts, gallery
from kiosk.ui.painter import render_png
from kiosk.ui.scene import Scene
from kiosk.ui.show import scene as make_scene
from kiosk.ui.transcript import transcript
from kiosk.ui.words import Words, load

WORDS = Path(__file__).parents[2] / "config" / "words"
ZONE = ZoneInfo("Europe/Stockholm")
PICTURED = ("01-welcome", "02-scanning", "08-quantity", "14b-receipt-qr")
"""The screens whose pixels are kept too: together they use every kind of element but the countdown and the bar."""
_THUMB = (640, 400)


def words_of_gallery(folder: Path = WORDS) -> dict[str, Words]:
    """The words of the gallery's lane."""
    return load(folder, gallery.LANE.languages, currency="SEK", territory="se", zone=ZONE)


def scenes(language: str, words: Words) -> dict[str, Scene]:
    """Every scene of the gallery in one language, by the picture's name."""
    return {name: make_scene(*gallery.visit_to(name, language), words) for name in gallery.STOPS}


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
    if beside is not None:
        contact_sheet(folder, beside)
    if golden is not None:
        approve(golden)
    sys.stdout.write(f"{2 * len(gallery.STOPS)} screens in {folder}\n")
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
    (folder / "png" / "fonts.txt").write_text(fonts.digest() + "\n")


def contact_sheet(folder: Path, beside: Path) -> None:
    """One long picture: mockup left, ours right, for every name that both folders have."""
    pairs = [(beside / path.name, path) for path in sorted(folder.glob("*.png")) if (beside / path.name).exists()]
    w, h = _THUMB
    sheet = pygame.Surface((2 * w + 16, max(1, len(pairs)) * (h + 16)))
    sheet.fill((96, 96, 96))
    for row, pair in enumerate(pairs):
        for column, path in enumerate(pair):
            thumb = pygame.transform.smoothscale(pygame.image.load(path), _THUMB)
            sheet.blit(thumb, (column * (w + 16), row * (h + 16)))
    pygame.image.save(sheet, folder / "contact-sheet.png")
