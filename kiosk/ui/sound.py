"""Sound: the cues a shopper and the staff hear, computed from sine tones. No sound files, no clock.

A cue is a rhythm of tones, each with 5 ms of attack and a soft end so that nothing clicks. A lane without a sound card
is an everyday matter: it stays silent and says so once, in `trouble`.
"""

import os
import sys
from array import array
from collections.abc import Iterable
from functools import cache
from math import pi, sin
from pathlib import Path
from typing import NamedTuple

import pygame

from kiosk.checkout.effects import Cue

RATE = 22_050
"""Samples in a second, 16 bits, one channel."""
ATTACK_MS = 5
RELEASE_MS = 20
C5, E5, G5, A4 = 523.25, 659.26, 783.99, 440.0


class Tone(NamedTuple):
    """A sine of that many hertz and milliseconds; 0 hertz is a rest. `loudness` in percent of full."""

    hertz: float
    ms: int
    loudness: int = 60


_REST = Tone(0, 60)
_TICK = Tone(1500, 25, 30)

CUES: dict[Cue, tuple[Tone, ...]] = {
    "scan-ok": (Tone(1000, 90),),
    "touch": (Tone(1800, 8, 8),),
    "attention": (Tone(C5, 140), Tone(E5, 140)),
    "not-found": (Tone(E5, 140), Tone(C5, 140)),
    "declined": (Tone(A4, 180, 45), _REST, Tone(A4, 180, 45)),
    "paid": (Tone(C5, 150), Tone(E5, 150), Tone(G5, 150)),
    "countdown": (_TICK, Tone(0, 120), _TICK),
    "staff-ok": (Tone(G5, 60),),
}


def samples(tones: Iterable[Tone]) -> "array[int]":
    """The tones one after another as signed 16-bit samples."""
    out = array("h")
    for tone in tones:
        count = RATE * tone.ms // 1000
        attack = max(RATE * ATTACK_MS // 1000, 1)
        release = max(min(RATE * RELEASE_MS // 1000, count // 2), 1)
        peak = 32_767 * tone.loudness / 100
        out.extend(
            round(peak * min(1, i / attack, (count - i) / release) * sin(2 * pi * tone.hertz * i / RATE))
            for i in range(count)
        )
    return out


@cache
def _bytes(cue: Cue) -> bytes:
    return samples(CUES[cue]).tobytes()


def _may_sound() -> bool:
    """Whether trying is worth it: ALSA complains at length on the console of a machine without any sound."""
    session = Path(os.environ.get("XDG_RUNTIME_DIR", "/run/user/0"))
    servers = (session / "pulse" / "native", session / "pipewire-0")
    return (
        sys.platform != "linux"
        or "SDL_AUDIODRIVER" in os.environ
        or Path("/dev/snd").exists()
        or any(server.exists() for server in servers)
    )


class Speaker:
    """Plays cues, or is silent. `trouble` says in words why it is silent; empty: it plays."""

    def __init__(self, volume_percent: int = 60) -> None:
        """Opens the sound card, if there is one."""
        self.trouble = ""
        self._volume = volume_percent / 100
        if not _may_sound():
            self.trouble = "No sound: this machine has no sound card. Connect a loudspeaker and restart."
            return
        try:
            pygame.mixer.init(frequency=RATE, size=-16, channels=1, buffer=512)
        except (pygame.error, NotImplementedError) as error:  # the latter: the mixer lacks a library of the system
            self.trouble = f"No sound: {error}. Connect a loudspeaker and restart."

    def play(self, cue: Cue) -> None:
        """Begin the cue and return at once. A cue that still sounds goes on."""
        if not self.trouble:
            self._sound(cue).play()

    def _sound(self, cue: Cue) -> "pygame.mixer.Sound":
        sound = pygame.mixer.Sound(buffer=_bytes(cue))
        sound.set_volume(self._volume)
        return sound

    def close(self) -> None:
        """Give the sound card back."""
        if not self.trouble:
            pygame.mixer.quit()
