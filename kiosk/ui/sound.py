"""Sound: the cues a shopper and the staff hear, computed from sine tones. No sound files, no clock.

A cue is a rhythm of tones, each with 5 ms of attack and a soft end so that nothing clicks. How loud a cue is is said in
dB(A), so each tone is weighted as an ear and a sound level meter weigh it (A-weighting, IEC 61672-1): at one setting a
low tone and a high one are equally loud, unless the cue itself wants to be quieter.

Everything is computed when the sound card is opened; to play is to hand over bytes, so a touch waits for nothing.
There is one voice: a cue that comes while another sounds is heard after it, of several only the last; a touch is only
heard in silence. A lane without a sound card is an everyday matter: it is silent, and `trouble` says why.
"""

import os
import sys
from array import array
from collections.abc import Iterable
from math import log10, pi, sin, sqrt
from pathlib import Path
from typing import NamedTuple

import pygame

from kiosk.checkout.effects import Cue

RATE = 22_050
BUFFER = 512
"""Samples that the sound card is given at once."""
"""Samples in a second, 16 bits, one channel."""
ATTACK_MS = 5
RELEASE_MS = 20
FULL = 32_767
HEADROOM = 0.7
"""Of full level for 1 kHz at the loudest; A4 and C5 need up to 1.4 times as much to be as loud."""
A4, C5, E5, G5 = 440.0, 523.25, 659.26, 783.99


class Tone(NamedTuple):
    """A sine of that many hertz and milliseconds; 0 hertz is a rest. `db`: louder than the cue's level by so much."""

    hertz: float
    ms: int
    db: int = 0


_TICK = Tone(1500, 25, -6)

CUES: dict[Cue, tuple[Tone, ...]] = {
    "scan-ok": (Tone(1000, 90),),
    "touch": (Tone(1800, 8, -16),),
    "attention": (Tone(C5, 140), Tone(E5, 140)),
    "not-found": (Tone(E5, 140), Tone(C5, 140)),
    "declined": (Tone(A4, 180, -6), Tone(0, 60), Tone(A4, 180, -6)),
    "paid": (Tone(C5, 150), Tone(E5, 150), Tone(G5, 150)),
    "countdown": (_TICK, Tone(0, 120), _TICK),
    "staff-ok": (Tone(G5, 60),),
}


def a_weighting_db(hertz: float) -> float:
    """How much louder than 1 kHz an ear hears this tone, in decibels (IEC 61672-1, the formula of its annex E)."""
    f2 = hertz * hertz
    low, high = f2 + 20.6**2, f2 + 12_194**2
    return 20 * log10(12_194**2 * f2 * f2 / (low * high * sqrt((f2 + 107.7**2) * (f2 + 737.9**2)))) + 2.0


def samples(tones: Iterable[Tone], below_db: int = 0) -> "array[int]":
    """The tones one after another as signed 16-bit samples, so much quieter than the loudest that the speaker gives."""
    return _quieter(_wave(tones), below_db)


def _quieter(wave: "array[float]", below_db: int) -> "array[int]":
    scale = 10 ** (-below_db / 20)
    return array("h", [round(level * scale) for level in wave])


def _wave(tones: Iterable[Tone]) -> "array[float]":
    out = array("d")
    for tone in tones:
        count = RATE * tone.ms // 1000
        attack = max(RATE * ATTACK_MS // 1000, 1)
        release = max(min(RATE * RELEASE_MS // 1000, count // 2), 1)
        peak = _peak(tone) if tone.hertz else 0.0
        out.extend(
            peak * min(1, i / attack, (count - i) / release) * sin(2 * pi * tone.hertz * i / RATE) for i in range(count)
        )
    return out


def _peak(tone: Tone) -> float:
    return FULL * HEADROOM * float(10 ** ((tone.db - a_weighting_db(tone.hertz)) / 20))


def may_sound() -> str:
    """What this machine has to be heard with, as far as a glance tells; empty: nothing. Changes when that changes.

    ALSA complains at length on the console of a machine without any sound, so that trying is not free.
    """
    session = os.environ.get("XDG_RUNTIME_DIR", "")  # an account of the system has none
    sockets = (Path(session) / "pulse" / "native", Path(session) / "pipewire-0") if session else ()
    servers = [socket.name for socket in sockets if os.access(socket, os.W_OK)]
    cards = sorted(path.name for path in Path("/dev/snd").glob("pcm*p"))
    named = [os.environ.get("SDL_AUDIODRIVER", "" if sys.platform == "linux" else sys.platform)]
    return " ".join(filter(None, [*named, *servers, *cards]))


class Speaker:
    """Plays cues, or is silent. `trouble` says in words why it is silent; empty: it plays."""

    def __init__(self, levels_below_db: Iterable[int] = (0,)) -> None:
        """`levels_below_db`: the levels that are made ready, in decibels below the loudest; another is made when it is
        first asked for."""
        self.trouble = ""
        self._waves = {cue: _wave(tones) for cue, tones in CUES.items()}
        self._levels = tuple(levels_below_db)
        self._sounds: dict[tuple[Cue, int], pygame.mixer.Sound] = {}
        self._last: Cue = "touch"
        self.open()

    def open(self) -> None:
        """Take the sound card, if there is one; again when another may be there."""
        self.close()
        self.trouble = ""
        if not may_sound():
            self.trouble = "No sound: this machine has no sound card. Connect a loudspeaker."
            return
        try:
            pygame.mixer.init(frequency=RATE, size=-16, channels=1, buffer=BUFFER)
            self._sounds = {(cue, below): self._made(cue, below) for cue in CUES for below in self._levels}
            self._voice = pygame.mixer.Channel(0)
        except (pygame.error, NotImplementedError) as error:  # the latter: the mixer lacks a library of the system
            self.trouble = f"No sound: {error}. Connect a loudspeaker."

    def play(self, cue: Cue, below_db: int = 0) -> None:
        """Begin the cue, or put it behind the one that sounds, and return at once."""
        if self.trouble:
            return
        sounds = self._voice.get_busy()
        if cue == "touch" and sounds:
            return
        begin = self._voice.queue if sounds and self._last != "touch" else self._voice.play
        if (cue, below_db) not in self._sounds:
            self._sounds[cue, below_db] = self._made(cue, below_db)
        begin(self._sounds[cue, below_db])
        self._last = cue

    def _made(self, cue: Cue, below_db: int) -> "pygame.mixer.Sound":
        return pygame.mixer.Sound(buffer=_quieter(self._waves[cue], below_db).tobytes())

    def close(self) -> None:
        """Give the sound card back."""
        if self._sounds:
            self._sounds = {}
            pygame.mixer.quit()
