"""What is heard: cues that differ in rhythm, do not click, and a lane that works without a loudspeaker."""

import os
import subprocess
import sys
from array import array
from collections.abc import Iterator, Sequence
from math import cos, log10, pi
from pathlib import Path
from typing import get_args

import pygame
import pytest

from kiosk.checkout.effects import Cue
from kiosk.ui import sound
from kiosk.ui.sound import CUES, RATE, Speaker, a_weighting_db, may_sound, samples


def test_every_cue_of_the_checkout_has_a_sound() -> None:
    assert CUES.keys() == set(get_args(Cue))


def test_no_two_cues_sound_alike() -> None:
    assert len(set(CUES.values())) == len(CUES)


@pytest.mark.parametrize(
    "cue, ms", [("scan-ok", 90), ("attention", 280), ("not-found", 280), ("paid", 450), ("staff-ok", 60)]
)
def test_a_cue_is_as_long_as_designed(cue: Cue, ms: int) -> None:
    assert len(samples(CUES[cue])) == pytest.approx(RATE * ms / 1000, abs=4)


def power(wave: Sequence[int], hertz: float) -> float:
    """How much of this pitch is in it: Goertzel's algorithm, one bin of a Fourier transform, per sample."""
    turn = 2 * cos(2 * pi * hertz / RATE)
    before = last = 0.0
    for sample in wave:
        before, last = last, sample + turn * last - before
    return (before * before + last * last - turn * before * last) / len(wave)


def heard(wave: Sequence[int]) -> list[tuple[float, int]]:
    """The rhythm as an ear takes it down: (which of the pitches in use, milliseconds), 0 hertz for a rest."""
    step = RATE * 10 // 1000
    pitches = sorted({tone.hertz for tones in CUES.values() for tone in tones if tone.hertz})
    notes: list[tuple[float, int]] = []
    for at in range(0, len(wave) - step // 2, step):
        part = wave[at : at + step]
        loud = max(abs(level) for level in part) > 60
        pitch = max(pitches, key=lambda hertz: power(part, hertz)) if loud else 0.0
        if notes and notes[-1][0] == pitch:
            notes[-1] = (pitch, notes[-1][1] + 10)
        else:
            notes.append((pitch, 10))
    return notes


C5, E5, G5, A4 = 523.25, 659.26, 783.99, 440.0


@pytest.mark.parametrize(
    ("cue", "score"),
    [
        ("scan-ok", [(1000, 90)]),
        ("attention", [(C5, 140), (E5, 140)]),
        ("not-found", [(E5, 140), (C5, 140)]),
        ("declined", [(A4, 180), (0, 60), (A4, 180)]),
        ("paid", [(C5, 150), (E5, 150), (G5, 150)]),
        ("staff-ok", [(G5, 60)]),
    ],
)
def test_a_cue_is_heard_as_it_is_designed(cue: Cue, score: list[tuple[float, int]]) -> None:
    """DESIGN-UI 2.7, by a transform of the samples; 10 ms between two notes belong to either."""
    notes = [(hertz, ms) for hertz, ms in heard(samples(CUES[cue])) if ms > 10]
    assert [hertz for hertz, _ in notes] == [hertz for hertz, _ in score]
    assert [ms for _, ms in notes] == pytest.approx([ms for _, ms in score], abs=20)


def test_the_countdown_is_two_ticks_and_a_touch_is_one_of_8_ms() -> None:
    ticks = heard(samples(CUES["countdown"]))
    assert [bool(hertz) for hertz, _ in ticks] == [True, False, True]
    assert len(samples(CUES["touch"])) == pytest.approx(RATE * 8 / 1000, abs=1)


@pytest.mark.parametrize("cue", CUES)
def test_the_attack_takes_5_ms(cue: Cue) -> None:
    """What an ear follows is the peak of a wave: it rises for 5 ms, and no sooner is it at its height."""
    wave = [abs(level) for level in samples(CUES[cue])][: RATE * 40 // 1000]
    at_2_ms, height = max(wave[: RATE * 2 // 1000]), max(wave)
    assert at_2_ms <= 0.45 * height
    assert wave.index(height) >= RATE * 4 // 1000


@pytest.mark.parametrize("cue", CUES)
def test_no_cue_clicks_or_overdrives(cue: Cue) -> None:
    wave = samples(CUES[cue])
    assert abs(wave[0]) <= 1
    assert max(abs(level) for level in wave) < 32_767
    assert max(abs(level) for level in wave) > 500
    assert abs(wave[-1]) < 4_000


def level_db(wave: Sequence[int]) -> float:
    """Of its loudest moment, as a sound level meter would say it, against 1 kHz at the loudest."""
    pitch = max({tone.hertz for tones in CUES.values() for tone in tones if tone.hertz}, key=lambda f: power(wave, f))
    return 20 * log10(max(abs(level) for level in wave) / (0.7 * 32_767)) + a_weighting_db(pitch)


@pytest.mark.parametrize(
    ("cue", "db"),
    [
        ("scan-ok", 0),
        ("attention", 0),
        ("not-found", 0),
        ("paid", 0),
        ("staff-ok", 0),
        ("declined", -6),
        ("touch", -16),
    ],
)
@pytest.mark.parametrize("below_db", [0, 15, 35])
def test_every_cue_is_as_loud_as_the_setting_says_to_an_ear(cue: Cue, db: int, below_db: int) -> None:
    first = [tone for tone in CUES[cue] if tone.hertz][:1]
    within = 3 if cue == "touch" else 0.5
    assert level_db(samples(first, below_db)) == pytest.approx(db - below_db, abs=within)


@pytest.mark.parametrize(("hertz", "db"), [(125.9, -16.1), (501.2, -3.2), (1000, 0), (1995, 1.2), (7943, -1.1)])
def test_the_weighting_is_that_of_the_standard(hertz: float, db: float) -> None:
    """Table 3 of IEC 61672-1, at the exact frequencies."""
    assert a_weighting_db(hertz) == pytest.approx(db, abs=0.06)


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
    monkeypatch.setattr(Path, "glob", lambda path, pattern: iter(()))
    speaker = Speaker()
    assert "no sound card" in speaker.trouble
    speaker.play("paid")
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("session", ["", "/" + "x" * 300])
def test_an_account_without_a_session_has_no_sound_server(monkeypatch: pytest.MonkeyPatch, session: str) -> None:
    """As under systemd with ProtectHome: what may not be looked into (here: cannot) is not there, and no crash."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", session)
    assert "native" not in may_sound()


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


@pytest.fixture
def speaker(monkeypatch: pytest.MonkeyPatch) -> Iterator[Speaker]:
    monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")
    opened = Speaker([0, 15])
    assert opened.trouble == ""
    yield opened
    opened.close()


def test_with_a_sound_card_cues_are_played(speaker: Speaker) -> None:
    speaker.play("paid", 15)
    assert pygame.mixer.get_busy()


def test_to_play_computes_nothing(speaker: Speaker, monkeypatch: pytest.MonkeyPatch) -> None:
    """A touch that had to wait for ten thousand sines would feel it."""
    monkeypatch.setattr(sound, "_quieter", None)
    monkeypatch.setattr(pygame.mixer, "Sound", None)
    for cue in CUES:
        speaker.play(cue)


def test_a_level_that_nobody_foresaw_is_made_when_it_is_asked_for(speaker: Speaker) -> None:
    """Staff have just set another volume. The longest cue: it still sounds when it is looked at."""
    speaker.play("paid", 7)
    loud, soft = (max(abs(level) for level in samples(CUES["paid"], below)) for below in (0, 7))
    made = array("h", pygame.mixer.Channel(0).get_sound().get_raw())
    assert max(abs(level) for level in made) == soft < loud


def test_a_cue_waits_for_the_one_that_sounds_and_a_touch_does_not(speaker: Speaker) -> None:
    voice = pygame.mixer.Channel(0)
    speaker.play("paid")
    speaker.play("touch")
    assert voice.get_queue() is None
    speaker.play("attention")
    assert voice.get_queue() is not None


def test_a_cue_does_not_wait_for_the_tick_of_a_touch(speaker: Speaker) -> None:
    voice = pygame.mixer.Channel(0)
    speaker.play("touch")
    speaker.play("attention")
    assert voice.get_queue() is None
    assert voice.get_sound().get_length() == pytest.approx(0.28, abs=0.01)
