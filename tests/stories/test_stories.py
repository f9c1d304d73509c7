"""Every story in this folder is told on the real lane; the file is the test."""

from pathlib import Path

import pytest

from kiosk.world.teller import tell

STORIES = sorted(Path(__file__).parent.glob("*.story"))


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.stem)
def test_the_story_comes_true(story: Path) -> None:
    tell(story)


def test_there_are_stories() -> None:
    assert len(STORIES) >= 18
