"""Printer and drawer."""

from kiosk.checkout import conditions, finishing
from kiosk.checkout import events as e
from kiosk.checkout.state import Phase as P
from kiosk.checkout.table.cells import Chapter, everywhere

CHAPTER = Chapter(
    rows={
        e.ReceiptPrinted: everywhere(finishing.printed),
        e.ReceiptFailed: everywhere(finishing.failed),
        e.DrawerMoved: everywhere(conditions.drawer),
    },
    moves={finishing.failed: (P.RECEIPT,)},
)
