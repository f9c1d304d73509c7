"""Pictures of a lane that staff serve: more stops of the gallery."""

from collections.abc import Callable
from typing import Any

from kiosk.checkout import events as e


def staffed_stops(wine: e.ItemFound) -> dict[str, Callable[[Any], Any]]:
    """By the name of the picture; each takes a Visit. `wine`: a thing that asks for an age."""
    return {
        "18a-paused": lambda v: v.signs_in().does(e.LanePaused(minutes=15), e.StaffSignedOut()),
        "02-assisted-ready": lambda v: v.signs_in().does(e.AssistedBegan()),
        "02-assisted": lambda v: v.shops().signs_in().does(e.AssistedBegan()),
        "02-assisted-age": lambda v: v.shops().signs_in().does(e.AssistedBegan(), wine),
    }
