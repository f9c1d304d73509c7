"""The console's commands: heard in every phase."""

from kiosk.checkout import commanding
from kiosk.checkout import events as e
from kiosk.checkout.state import Phase as P
from kiosk.checkout.table.cells import Chapter, everywhere

CHAPTER = Chapter(
    rows={e.CommandCame: everywhere(commanding.come)},
    moves={commanding.come: (P.WELCOME, P.CLOSED, P.SCANNING)},
)
