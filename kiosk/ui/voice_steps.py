"""Voice steps: how loud and how fast the voice is, a step at a time, for one visit. Pure."""

from msgspec.structs import replace

from kiosk.checkout.state import State
from kiosk.ui.view import Look, StepSpeed, StepVolume, View


def loudness(view: View, state: State) -> int:
    """How loud the voice is: as the shopper wants it, or as staff have set it, or as the lane came."""
    return view.voice_volume or state.tuning.voice_volume or state.lane.voice_volume


def stepped(view: View, what: Look, state: State) -> View:
    """The voice's volume or speed a step on, between 1 and 10."""
    if isinstance(what, StepVolume):
        return replace(view, voice_volume=min(max(loudness(view, state) + what.by, 1), 10))
    if isinstance(what, StepSpeed):
        return replace(view, voice_speed=min(max(view.voice_speed + what.by, 1), 10))
    return view
