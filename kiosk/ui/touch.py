"""Touch: what one finger on the glass means. Pure: gestures and the time come in, the button meant goes out.

A button acts when the finger is lifted inside it; sliding off cancels for good (WCAG 2.2, 2.5.2). A second touch on the
same control within the guard time is a trembling hand, not a wish. Only one finger counts. While the finger rests,
the scene may change under it: what acts is the same control as it is now, or nothing. The one control that can be held
(`holding`) acts while the finger rests, and not again when it is lifted.
"""

from typing import Literal, NamedTuple

import msgspec

from kiosk.ui.holding import HELD_MS, held_says
from kiosk.ui.scene import Button, Rect, Scene, buttons, hit
from kiosk.ui.view import Look

GUARD_MS = 250
PATIENT_GUARD_MS = 1_000
"""With More time."""


class Gesture(NamedTuple):
    """Something the glass felt, in pixels of the scene. `closed`: the window was shut (desktops only).

    `lost`: nobody knows what the finger does; it must not act any more.
    """

    kind: Literal["down", "move", "up", "lost", "closed"]
    x: int = 0
    y: int = 0


class OnPanel(NamedTuple):
    """The same from a touch screen's own driver: shares of the panel, 0 at its left and top, 1 at the other edges."""

    kind: Literal["down", "move", "up", "lost"]
    x: float
    y: float


class _Control(NamedTuple):
    name: str
    rect: Rect


class Finger(msgspec.Struct, frozen=True):
    """Where the finger is: on which control it rests and since when, and which control acted last and when."""

    on: _Control | None = None
    since_tick: int = 0
    acted: _Control | None = None
    acted_tick: int = 0

    @property
    def pressed(self) -> str:
        """Name of the button under the finger, for `View.pressed`; empty: none."""
        return self.on.name if self.on else ""


class Felt(NamedTuple):
    """The finger after a gesture, and the button that acts now, if any."""

    finger: Finger
    acts: Button | None = None


def feel(finger: Finger, gesture: Gesture, scene: Scene, now_ms: int, guard_ms: int = GUARD_MS) -> Felt:
    """Follow one gesture. `scene` is the one on the screen now; `now_ms` is monotonic."""
    under = hit(scene, gesture.x, gesture.y)
    control = _Control(under.name, under.rect) if under else None
    match gesture.kind:
        case "down":
            trembling = control == finger.acted and now_ms - finger.acted_tick < guard_ms
            return Felt(msgspec.structs.replace(finger, on=None if trembling else control, since_tick=now_ms))
        case "move":
            return Felt(finger if control == finger.on else _lifted(finger))
        case "up" if under is not None and control == finger.on:
            return Felt(Finger(acted=control, acted_tick=now_ms), under)
        case _:
            return Felt(_lifted(finger))


def rest_deadline_ms(finger: Finger, scene: Scene) -> int | None:
    """The tick at which a finger that goes on resting means something; None: never."""
    return None if _held(finger, scene) is None else finger.since_tick + HELD_MS


def rest(finger: Finger, scene: Scene, now_ms: int) -> tuple[Finger, Look | None]:
    """The finger after resting until now, and what is said by it."""
    said = _held(finger, scene)
    if said is None or now_ms - finger.since_tick < HELD_MS:
        return finger, None
    return Finger(acted=finger.on, acted_tick=now_ms), said


def _held(finger: Finger, scene: Scene) -> Look | None:
    same = (button for button in buttons(scene) if finger.on == _Control(button.name, button.rect))
    return next((held_says(button) for button in same), None) if finger.on else None


def _lifted(finger: Finger) -> Finger:
    return msgspec.structs.replace(finger, on=None) if finger.on else finger
