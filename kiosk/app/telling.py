"""Telling: who holds what was told last against what is seen now, and hands the voice what is new.

Only while the shopper has the voice on; never in staff mode, which has none (DESIGN-UI, 19).
"""

from typing import Protocol

from kiosk.checkout.state import State
from kiosk.ui.saying import sentences
from kiosk.ui.scene import Scene
from kiosk.ui.view import View
from kiosk.ui.voice import Speech
from kiosk.ui.voice_steps import loudness
from kiosk.ui.words import Words


class Mouth(Protocol):
    """What speaks."""

    def speak(self, speech: Speech) -> None:
        """Say this, instead of whatever is being said."""
        ...

    def hush(self) -> None:
        """Say nothing more."""
        ...


class Mute:
    """No voice at all."""

    def speak(self, speech: Speech) -> None:
        """Unheard."""

    def hush(self) -> None:
        """Silent as ever."""


class Teller:
    """One lane's."""

    def __init__(self, mouth: Mouth, *, headphones: bool) -> None:
        """`headphones`: what is spoken reaches one person's ears only."""
        self._mouth, self._headphones = mouth, headphones
        self._before: Scene | None = None
        self._last: tuple[str, ...] = ()

    def tell(self, scene: Scene, state: State, view: View, words: Words) -> str:
        """Say what is new on the scene; the caption from now on, empty while nobody wants a voice."""
        if not state.settings.voice or state.staff is not None:
            if self._before is not None:
                self._mouth.hush()
            self._before, self._last = None, ()
            return ""
        said = sentences(self._before, scene, words, headphones=self._headphones)
        self._before = scene
        if said:
            self.say(said, state, view, words)
        return self._last[-1] if self._last else ""

    def say(self, said: tuple[str, ...], state: State, view: View, words: Words) -> None:
        """Say this, whatever is seen. Where staff have the lane silent there are captions alone."""
        self._last = said
        if state.tuning.voice:
            self._mouth.speak(Speech(said, words.language, loudness(view, state), view.voice_speed))

    def again(self, state: State, view: View, words: Words) -> None:
        """The last sentences once more."""
        if self._last:
            self.say(self._last, state, view, words)

    def hush(self) -> None:
        """Somebody acts: they have heard enough."""
        if self._before is not None:
            self._mouth.hush()
