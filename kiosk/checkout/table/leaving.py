"""The exit gate: whoever stands there has nothing to do with the visit on the lane."""

from kiosk.checkout import events as e
from kiosk.checkout import leaving
from kiosk.checkout.table.cells import Chapter, everywhere

CHAPTER = Chapter(
    rows={e.ExitCodeShown: everywhere(leaving.show_code), e.GateAsked: everywhere(leaving.answer)},
    staff=(e.GateAsked,),
)
