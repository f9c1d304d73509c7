"""The voice: a real engine makes real speech in every language there is, and any key ends it at once."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pygame
import pytest

from kiosk.ui import voice
from kiosk.ui.sound import RATE
from kiosk.ui.voice import Speech, Voice, rendered

LANGUAGES = ["en", *sorted(path.stem for path in (Path(__file__).parents[3] / "config/words").glob("*.po"))]
LONG = "Please wait while we say a very long sentence that goes on and on, so that somebody has to interrupt it."


@pytest.fixture
def mixer(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")
    pygame.mixer.init(RATE, -16, 1, 512)
    yield
    pygame.mixer.quit()


@pytest.fixture
def speaking(mixer: None) -> Iterator[Voice]:
    opened = Voice()
    yield opened
    opened.close()


def until(reached: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not reached():
        assert time.monotonic() < deadline
        pygame.time.wait(2)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_engine_speaks_every_language_of_the_lane(language: str) -> None:
    samples = rendered("212 kronor 38", language, 180)
    assert len(samples) > RATE, "half a second at least"
    assert max(samples) != min(samples), "silence"


def test_fast_speech_is_shorter() -> None:
    assert len(rendered(LONG, "en", 350)) < len(rendered(LONG, "en", 110))


def test_a_key_ends_the_sentence_and_those_after_it(speaking: Voice) -> None:
    speaking.speak(Speech((LONG, LONG), "en"))
    until(pygame.mixer.get_busy)
    speaking.hush()
    assert not pygame.mixer.get_busy(), "silent when hush returns"
    pygame.time.wait(3 * int(voice._LOOK_S * 1000))
    assert not pygame.mixer.get_busy(), "and it stays so"


def test_new_words_take_the_place_of_old_ones(speaking: Voice) -> None:
    speaking.speak(Speech((LONG,), "en"))
    until(pygame.mixer.get_busy)
    speaking.speak(Speech(("Pay.",), "en"))
    until(lambda: ("Pay.", "en", 5) in speaking._kept and pygame.mixer.get_busy())
    until(lambda: not pygame.mixer.get_busy())


def test_without_the_engine_it_is_silent_and_says_why(mixer: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(voice, "ENGINE", "no-such-engine")
    silent = Voice()
    silent.speak(Speech(("Pay.",), "en"))
    assert "no-such-engine is not installed" in silent.trouble
    silent.close()
    assert not pygame.mixer.get_busy()
