"""Staff who serve."""

from kiosk.checkout import events as e
from kiosk.checkout import serving
from kiosk.checkout.table.cells import CLOSED, Chapter, by_phase, everywhere

CHAPTER = Chapter(
    rows={
        e.AssistedBegan: by_phase(closed=CLOSED, rest=serving.begin),
        e.AssistedEnded: everywhere(serving.end),
    },
    staff=(e.AssistedBegan, e.AssistedEnded),
)
