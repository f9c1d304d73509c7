"""Surface: where scenes are seen and touches come from, as the Screen knows it: the glass, or nothing at all."""

from typing import Protocol

from kiosk.checkout import events as e
from kiosk.ui.scene import Scene
from kiosk.ui.view import Look

Said = e.Event | Look
"""What a touch or a key means."""


class Surface(Protocol):
    """Where scenes are seen and touches come from: a window, or nothing at all."""

    moves: bool
    """Whether somebody can see what is on its way; otherwise it is there at once."""

    def show(self, scene: Scene) -> None:
        """Bring the pixels up to date."""
        ...

    def touches(self, scene: Scene, now_ms: int, guard_ms: int) -> list[Said]:
        """What the buttons touched since then say; updates what is pressed. `guard_ms`: a second touch on the same
        button within this time does nothing."""
        ...

    def deadline_ms(self) -> int | None:
        """The tick at which `touches` is wanted although nothing is felt: a finger is held."""
        ...

    def png(self) -> bytes:
        """What is seen now."""
        ...


class NoSurface:
    """Nothing to see: stories and the simulator read the scene itself."""

    moves = False

    def show(self, scene: Scene) -> None:
        """Not painted."""

    def touches(self, scene: Scene, now_ms: int, guard_ms: int) -> list[Said]:
        """Nobody."""
        return []

    def deadline_ms(self) -> int | None:
        """Never."""
        return None

    def png(self) -> bytes:
        """No picture."""
        return b""
