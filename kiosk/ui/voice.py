"""Voice: the sentences of `saying` as sound, by espeak-ng in a process of its own.

A thread turns each sentence into samples and plays one after the other; new sentences take the place of the old, and
`hush` ends them at once: any key or touch does. What was said lately is kept, so that the next key need not wait for
the engine. Without the engine, or without a sound card, the lane shows captions and says so once, in `trouble`.
"""

import io
import shutil
import subprocess
import threading
import wave
from collections import OrderedDict
from typing import NamedTuple

import pygame

ENGINE = "espeak-ng"
KEPT = 200
"""Sentences; a second of speech is 43 KiB."""
_LOOK_S = 0.02
_TOO_LONG_S = 10
SPEEDS = (110, 130, 150, 165, 180, 205, 230, 260, 300, 350)
"""Words a minute, for speed 1 to 10; the engine's own is 175."""
_VOICES = {"nb": "nb", "uk": "uk", "zh": "cmn"}
"""Where the engine calls a language otherwise."""


class Speech(NamedTuple):
    """What is to be said, and how: speed and volume of 1 to 10."""

    sentences: tuple[str, ...]
    language: str
    volume: int = 7
    speed: int = 5


class Voice:
    """One lane's voice."""

    def __init__(self) -> None:
        self.trouble = "" if shutil.which(ENGINE) else f"No voice: {ENGINE} is not installed. Run config/set-up."
        self._kept: OrderedDict[tuple[str, str, int], bytes] = OrderedDict()
        self._turn = threading.Condition()
        self._speech: Speech | None = None
        self._number = 0
        """Of the last order, so that an older one knows that it is over."""
        self._said = 0
        """Of the last one that was begun."""
        self._closed = False
        self._channel: pygame.mixer.Channel | None = None
        self._thread = threading.Thread(target=self._run, name="voice", daemon=True)
        self._thread.start()

    def speak(self, speech: Speech) -> None:
        """Say this instead of whatever is being said; returns at once."""
        self._order(speech)

    def hush(self) -> None:
        """Be silent, now."""
        self._order(None)

    def close(self) -> None:
        """Be silent for ever."""
        with self._turn:
            self._closed = True
        self._order(None)
        self._thread.join()

    def _order(self, speech: Speech | None) -> None:
        with self._turn:
            self._speech = speech if not self.trouble else None
            self._number += 1
            if self._channel is not None and pygame.mixer.get_init():
                self._channel.stop()
            self._turn.notify()

    def _run(self) -> None:
        while True:
            with self._turn:
                self._turn.wait_for(self._is_wanted)
                if self._closed:
                    return
                speech, number = self._speech, self._number
                self._said = number
            assert speech is not None
            self._say(speech, number)

    def _is_wanted(self) -> bool:
        return self._closed or (self._speech is not None and self._number != self._said)

    def _say(self, speech: Speech, number: int) -> None:
        for sentence in speech.sentences:
            samples = self._samples(sentence, speech.language, speech.speed)
            if samples and not self._play(samples, speech.volume, number):
                return

    def _play(self, samples: bytes, volume: int, number: int) -> bool:
        """Whether it was heard to its end."""
        with self._turn:
            if self._number != number or pygame.mixer.get_init() is None:
                return False
            sound = pygame.mixer.Sound(buffer=samples)
            sound.set_volume(volume / 10)
            channel = self._channel = sound.play()
        while channel is not None:
            with self._turn:
                if pygame.mixer.get_init() is None or self._number != number:
                    return False  # the sound card went, or somebody has heard enough
                if not channel.get_busy():
                    return True
                self._turn.wait(_LOOK_S)
        return False

    def _samples(self, sentence: str, language: str, speed: int) -> bytes:
        key = (sentence, language, speed)
        if key not in self._kept:
            self._kept[key] = rendered(sentence, language, SPEEDS[speed - 1])
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return self._kept[key]


def rendered(sentence: str, language: str, words_a_minute: int) -> bytes:
    """16-bit samples, one channel, at the cues' rate (22,050 Hz is the engine's own); empty: the engine failed."""
    command = [ENGINE, "-v", _VOICES.get(language, language.partition("-")[0]), "-s", str(words_a_minute), "--stdout"]
    try:
        done = subprocess.run(command, input=sentence.encode(), capture_output=True, timeout=_TOO_LONG_S, check=True)
        with wave.open(io.BytesIO(_sized(done.stdout))) as file:
            return bytes(file.readframes(file.getnframes()))
    except (OSError, subprocess.SubprocessError, wave.Error, EOFError):
        return b""  # captions say it; the next sentence is tried again


def _sized(stream: bytes) -> bytes:
    """A WAV that was written to a pipe does not know its length: the two sizes are filled in."""
    whole, data = ((len(stream) - less).to_bytes(4, "little") for less in (8, 44))
    return stream[:4] + whole + stream[8:40] + data + stream[44:]
