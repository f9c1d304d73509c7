"""Staff look at a basket before it pays."""

from kiosk.checkout import auditing
from kiosk.checkout import events as e
from kiosk.checkout.table.cells import Chapter, Ignored, by_phase

_NOT_OPEN = Ignored("a look is taken while the basket is open")

CHAPTER = Chapter(
    rows={
        e.AuditBegan: by_phase(scanning=auditing.begin, rest=_NOT_OPEN),
        e.AuditWidened: by_phase(scanning=auditing.widen, rest=_NOT_OPEN),
        e.AuditFinished: by_phase(scanning=auditing.finish, rest=_NOT_OPEN),
        e.AuditSkipped: by_phase(scanning=auditing.skip, rest=_NOT_OPEN),
    },
    staff=(e.AuditBegan, e.AuditWidened, e.AuditFinished, e.AuditSkipped),
)
