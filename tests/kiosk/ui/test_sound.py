"""What is heard: cues that differ in rhythm, do not click, and a lane that works without a loudspeaker."""

import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import get_args

import pygame
import pytest

from kiosk.checkout.effects import Cue
from kiosk.ui.sound import CUES, RATE, Speaker, Tone, samples


def test_every_cue_of_the_checkout_has_a_sound() -> None:
    assert CUES.keys() == set(get_args(Cue))


def test_no_two_cues_sound_alike() -> None:
    assert len(set(CUES.values())) == len(CUES)


@pytest.mark.parametrize(
    "cue, ms", [("scan-ok", 90), ("attention", 280), ("not-found", 280), ("paid", 450), ("staff-ok", 60)]
)
def test_a_cue_is_as_long_as_designed(cue: Cue, ms: int) -> None:
    assert len(samples(CUES[cue])) == pytest.approx(RATE * ms / 1000, abs=4)


@pytest.mark.parametrize("cue", CUES)
def test_no_cue_clicks_or_overdrives(cue: Cue) -> None:
    wave = samples(CUES[cue])
    assert abs(wave[0]) <= 1
    assert max(abs(level) for level in wave) < 32_767
    assert max(abs(level) for level in wave) > 500
    assert abs(wave[-1]) < 4_000


def test_a_tone_has_the_pitch_that_it_says() -> None:
    wave = samples([Tone(1000, 500)])
    rising = sum(1 for a, b in pairwise(wave) if a < 0 <= b)
    assert rising == pytest.approx(500, abs=2)


def test_without_a_sound_card_the_lane_is_silent_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SDL_AUDIODRIVER", "no-such-driver")
    speaker = Speaker()
    assert speaker.trouble.startswith("No sound: ")
    speaker.play("paid")
    speaker.close()


def test_a_machine_without_any_sound_is_not_even_tried(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("SDL_AUDIODRIVER", raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setattr(Path, "exists", lambda path: False)
    speaker = Speaker()
    assert "no sound card" in speaker.trouble
    speaker.play("paid")
    assert capfd.readouterr().err == ""


def test_a_machine_without_the_libraries_of_sound_is_a_silent_lane() -> None:
    """pygame's mixer needs GLib of the system; without it pygame puts something in its place that only raises."""
    lane = """if True:
        import sys
        sys.modules["pygame.mixer"] = None
        from kiosk.ui.sound import Speaker
        speaker = Speaker()
        speaker.play("paid")
        speaker.close()
        print(speaker.trouble)
    """
    environment = {**os.environ, "SDL_AUDIODRIVER": "dummy", "PYGAME_HIDE_SUPPORT_PROMPT": "1"}
    done = subprocess.run([sys.executable, "-c", lane], env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("No sound: mixer module not available")


def test_with_a_sound_card_cues_are_played(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")
    speaker = Speaker()
    assert speaker.trouble == ""
    speaker.play("paid")
    assert pygame.mixer.get_busy()
    speaker.close()
