"""Holding: what a control says that is held down instead of let go (DESIGN-UI 19: `Call staff held 2 s -> PIN`). Pure.

It is the staff's way in where no brand bar stands (upright, Lower controls) and there is no badge at hand. Nothing that
shoppers need is held.
"""

from kiosk.checkout.events import HelpCalled
from kiosk.ui.scene import Button
from kiosk.ui.view import Look, OpenPage

HELD_MS = 2_000


def held_says(button: Button) -> Look | None:
    """What it says after HELD_MS under a finger or a key; None: it only waits to be let go."""
    return OpenPage("staff_pin") if isinstance(button.says, HelpCalled) else None
