"""Telling: who holds what was told last against what is seen now, and hands the voice what is new.

Only while the shopper has the voice on; never in staff mode, which has none (DESIGN-UI, 19).
"""

from typing import Literal, Protocol

from kiosk.checkout.state import State
from kiosk.ui.saying import sentences
from kiosk.ui.scene import Scene
from kiosk.ui.view import View
from kiosk.ui.voice import Speech
from kiosk.ui.voice_steps import loudness
from kiosk.ui.words import Words

Headphones = Literal["detect", "always", "never"]
"""When the voice is heard by one person only: while the jack says so, always, or never."""


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

    def __init__(self, mouth: Mouth, *, headphones: Headphones = "detect") -> None:
        """`headphones`: when what is private may be spoken."""
        self._mouth, self._headphones = mouth, headphones
        self._private = False
        """Whether what was said last was for one person's ears."""
        self._before: Scene | None = None
        self._last: tuple[str, ...] = ()

    def tell(self, scene: Scene, state: State, view: View, words: Words) -> str:
        """Say what is new on the scene; the caption from now on, empty while nobody wants a voice."""
        private, was_private = self._is_private(state), self._private
        self._private = private
        silent = not state.settings.voice or state.staff is not None
        if silent or (was_private and not private):
            if self._before is not None:
                self._mouth.hush()
            self._before, self._last = None, ()
        if silent:
            return ""
        said = sentences(self._before, scene, words, headphones=private)
        self._before = scene
        if said:
            self.say(said, state, view, words)
        return self._last[-1] if self._last else ""

    def _is_private(self, state: State) -> bool:
        """Whether one person alone hears it."""
        return self._headphones == "always" or (self._headphones == "detect" and state.devices.headphones)

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
