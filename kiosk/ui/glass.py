"""Glass: the window and the finger on it together, as the loop sees them: scenes in, what was touched out.

A button looks pressed while a finger rests on it, at once and without the loop's doing. A touch where there is no
button still shows that somebody is there.
"""

from collections.abc import Callable, Iterable

from kiosk.checkout.events import Event, Touched
from kiosk.ui.pressing import press
from kiosk.ui.scene import Button, Scene
from kiosk.ui.touch import GUARD_MS, Felt, Finger, Gesture, OnPanel, feel, rest, rest_deadline_ms
from kiosk.ui.view import Look, ShowWhy
from kiosk.ui.window import Window

POLL_MS = 8
"""SDL has no file descriptor; 125 looks a second cost 1.4 to 2.5 % of a core and no finger notices."""
HELD_POLL_MS = 2
"""While a finger rests on a button: its lifting acts, and a touch lasts a tenth of a second."""
RESTED_POLL_MS = 16
"""While nobody is at the screen: the first touch is felt within one frame, and an idle lane costs half."""
RESTED_AFTER_LOOKS = 1_250
"""In vain, one after the other: ten seconds."""


class Glass:
    """One lane's screen that can be touched."""

    moves = True

    def __init__(
        self, window: Window, *, polled: bool = True, fingers: Callable[[], Iterable[OnPanel]] = lambda: ()
    ) -> None:
        """`polled`: False where SDL feels nobody (headless, or a touch screen with a driver of its own), so that nobody
        looks. `fingers`: what that driver's finger did since the last call."""
        self._window = window
        self._polled = polled
        self._fingers = fingers
        self._finger = Finger()
        self.closed = False
        """Somebody shut the window (desktops only)."""
        self._seen: Scene | None = None
        self._shown: Scene | None = None
        """What the window has, without the finger: while something moves it differs from what can be touched."""
        self._looks = 0
        """Since something last changed on the screen or was felt there."""

    @property
    def poll_ms(self) -> int | None:
        """How often `felt` wants to be asked; None: never."""
        if not self._polled:
            return None
        if self._looks >= RESTED_AFTER_LOOKS:
            return RESTED_POLL_MS
        return POLL_MS if self._finger.on is None else HELD_POLL_MS

    def show(self, scene: Scene) -> None:
        """Bring the pixels up to date."""
        self._shown = scene
        self._window.show(press(scene, self._finger.pressed))

    def touches(self, scene: Scene, now_ms: int, guard_ms: int = GUARD_MS) -> list[Event | Look]:
        """What was touched since the last call says; `scene` is the one shown last, `now_ms` monotonic.

        A second touch on the same control within `guard_ms` does nothing."""
        said: list[Event | Look] = []
        before = self._finger.pressed
        gestures = [*self._window.gestures(), *map(self._window.gesture, self._fingers())]
        if gestures or scene is not self._seen:
            self._seen, self._looks = scene, 0
        for gesture in gestures:
            felt = feel(self._finger, gesture, scene, now_ms, guard_ms)
            said += _said(felt, gesture)
            self._finger = felt.finger
            self.closed = self.closed or gesture.kind == "closed"
        self._finger, held = rest(self._finger, scene, now_ms)
        if held is not None:
            said.append(held)
        if self._finger.pressed != before:
            self.show(self._shown or scene)
        return said

    def deadline_ms(self) -> int | None:
        """The tick at which a finger that is held means something."""
        return rest_deadline_ms(self._finger, self._seen) if self._seen is not None else None

    def felt(self) -> bool:
        """Whether anything was felt since `touches` looked last. Cheap, so that an idle lane's loop need not turn."""
        self._looks += 1
        return self._window.felt()

    def png(self) -> bytes:
        """What is seen now."""
        return self._window.screenshot()


def _said(felt: Felt, gesture: Gesture) -> list[Event | Look]:
    if felt.acts is not None:
        return _says(felt.acts)
    return [Touched()] if gesture.kind == "down" and felt.finger.on is None else []


def _says(button: Button) -> list[Event | Look]:
    if button.says is not None:
        return [button.says]
    return [ShowWhy(button.why_not)] if button.why_not else []
