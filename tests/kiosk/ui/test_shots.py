"""The contact sheet: mockups and ours side by side, none of either left out in silence."""

from pathlib import Path

import pygame

from kiosk.ui.shots import contact_sheet


def test_a_mockup_without_a_picture_of_ours_is_named_and_proportions_stay_true(tmp_path: Path) -> None:
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    for folder, names in ((ours, ("02.png", "p02.png")), (theirs, ("02.png", "19j.png", "p02.png"))):
        folder.mkdir()
        for name in names:
            size = (1080, 1920) if name.startswith("p") else (1280, 800)
            pygame.image.save(pygame.Surface(size), folder / name)
    assert contact_sheet(ours, theirs) == ["19j.png"]
    sheet = pygame.image.load(ours / "contact-sheet.png")
    assert sheet.get_size() == (2 * 640 + 16, 2 * (400 + 16) + 320 * 1920 // 1080 + 16)
