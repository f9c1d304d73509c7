"""Staff who serve."""

from kiosk.checkout import events as e
from kiosk.checkout import pausing, serving
from kiosk.checkout.state import Phase as P
from kiosk.checkout.table.cells import CLOSED, Chapter, Ignored, by_phase, everywhere

CHAPTER = Chapter(
    rows={
        e.AssistedBegan: by_phase(closed=CLOSED, rest=serving.begin),
        e.AssistedEnded: everywhere(serving.end),
        e.LanePaused: by_phase(welcome=pausing.pause, closed=CLOSED, rest=Ignored("a pause begins between two visits")),
    },
    moves={pausing.pause: (P.CLOSED,)},
    staff=(e.AssistedBegan, e.AssistedEnded, e.LanePaused),
)
