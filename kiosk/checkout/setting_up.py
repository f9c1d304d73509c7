"""Setting up: staff change what this lane begins with and how it sounds (19j). Who, old and new value are reported."""

from typing import Any

from msgspec.structs import asdict, replace

from kiosk.checkout.effects import Beep, PublishEvent
from kiosk.checkout.events import LaneTuned
from kiosk.checkout.paying import is_between_visits
from kiosk.checkout.state import State
from kiosk.checkout.tuning import MOST, Tuning, first_language
from kiosk.checkout.visit import Step


def tune(state: State, event: LaneTuned) -> Step:
    """All of it as it is now. Between visits another first language shows at once."""
    staff, new = state.staff, event.tuning
    if staff is None or new == state.tuning:
        return state, ()
    if not _makes_sense(new, state.lane.languages):
        return state, (Beep("not-found"),)
    before, after = asdict(state.tuning), asdict(new)
    changed = {name: after[name] for name in after if after[name] != before[name]}
    data: dict[str, Any] = {"by": staff.id, "was": {name: before[name] for name in changed}, "is": changed}
    state = replace(state, tuning=new)
    if "start_language" in changed and is_between_visits(state):
        state = replace(state, language=first_language(state.lane.languages, new))
    return state, (Beep("staff-ok"), PublishEvent("lane.tuned", data))


def _makes_sense(tuning: Tuning, languages: tuple[str, ...]) -> bool:
    steps = (step for step in (tuning.volume, tuning.voice_volume) if step is not None)
    return tuning.start_language in ("", *languages) and all(1 <= step <= MOST for step in steps)
