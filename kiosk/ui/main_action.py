"""Main action: where the focus of a new screen begins (DESIGN-UI, section 8). Pure.

OK takes it before any arrow, so it is what most people want next, and never what cannot be taken back. What a screen
lists comes first, then what is painted as its main action, then the rest of the page; the slip, the ways out, the
utility row and the staff's hidden door only where there is nothing else.
"""

from collections.abc import Collection, Mapping

from kiosk.checkout.events import AgeRefused, ApprovalDropped, DayClosed, ReturnDropped, ShoppingStopped, StaffSignedOut
from kiosk.ui.scene import Button
from kiosk.ui.view import OpenPage

_RISKY = ("danger", "danger-filled")
_FINAL = AgeRefused | DayClosed | ShoppingStopped
_WAYS_OUT = ApprovalDropped | ReturnDropped | StaffSignedOut
_LISTED, _MAIN, _PAGE = range(3)
_GROUPS = {"stage": _PAGE, "pay": 3, "slip": 4, "back": 5, "note": 6, "utility": 7, "aside": 8}


def main_action(found: Mapping[str, Button], ring: Collection[str], listed: Collection[str]) -> str:
    """The place of it among those of the `ring`, which is in focus order. Empty: nothing here is harmless."""
    safe = [place for place in ring if not _is_risky(found[place])]
    return min(safe, key=lambda place: _LISTED if place in listed else _rank(found[place]), default="")


def _is_risky(button: Button) -> bool:
    return button.style in _RISKY or isinstance(button.says, _FINAL)


def _rank(button: Button) -> int:
    if button.style in ("primary", "sun") and button.group != "aside":
        return _MAIN
    if isinstance(button.says, _WAYS_OUT) or button.says == OpenPage(""):
        return max(_GROUPS["back"], _GROUPS[button.group])
    return _GROUPS[button.group]
