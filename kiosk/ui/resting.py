"""Resting: when the welcome screen is nobody's, and so may give way to the shop's own pictures. Pure."""

from kiosk.checkout.state import Phase, State
from kiosk.ui.view import View


def rests_since(state: State, view: View) -> int | None:
    """The tick since which nobody wants anything of the lane; None: somebody does, or it has something to tell.

    Whoever chose the voice is waited for: pictures would tell them nothing.
    """
    if state.phase is not Phase.WELCOME or state.settings.voice:
        return None
    served = state.assisted or state.staff is not None or state.badge is not None or state.training is not None
    told = bool(state.prompt or state.interventions) or state.notice is not None or state.cleaning_tick is not None
    opened = bool(view.page or view.sheet or view.why or view.pressed)
    return None if served or told or opened else max(state.touched_tick, state.phase_tick)
