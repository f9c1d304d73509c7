"""Touch: what one finger on the glass means. Pure: gestures and the time come in, the button meant goes out.

A button acts when the finger is lifted inside it; sliding off cancels for good (WCAG 2.2, 2.5.2). A second touch on the
same control within the guard time is a trembling hand, not a wish. Only one finger counts. While the finger rests,
the scene may change under it: what acts is the same control as it is now, or nothing.
"""

from typing import Literal, NamedTuple

import msgspec

from kiosk.ui.scene import Button, Rect, Scene, hit

GUARD_MS = 250


class Gesture(NamedTuple):
    """Something the glass felt, in pixels of the scene. `closed`: the window was shut (desktops only)."""

    kind: Literal["down", "move", "up", "closed"]
    x: int = 0
    y: int = 0


class _Control(NamedTuple):
    name: str
    rect: Rect


class Finger(msgspec.Struct, frozen=True):
    """Where the finger is: on which control it rests, and which control acted last and when."""

    on: _Control | None = None
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
            return Felt(msgspec.structs.replace(finger, on=None if trembling else control))
        case "move":
            return Felt(finger if control == finger.on else _lifted(finger))
        case "up" if under is not None and control == finger.on:
            return Felt(Finger(acted=control, acted_tick=now_ms), under)
        case _:
            return Felt(_lifted(finger))


def _lifted(finger: Finger) -> Finger:
    return msgspec.structs.replace(finger, on=None) if finger.on else finger
