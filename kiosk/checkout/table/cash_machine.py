"""A machine that takes cash and gives change: a word about money is handled everywhere."""

from kiosk.checkout import dispensing, inserting
from kiosk.checkout import events as e
from kiosk.checkout.state import Phase as P
from kiosk.checkout.table.cells import LATE, Chapter, by_phase, everywhere

CHAPTER = Chapter(
    rows={
        e.CashMetered: everywhere(inserting.metered),
        e.CashOffered: everywhere(inserting.offered),
        e.NoteReturned: everywhere(inserting.returned),
        e.CashRefused: everywhere(inserting.refused),
        e.CashDispensed: everywhere(dispensing.dispensed),
        e.CashStopped: by_phase(card=inserting.stop, rest=LATE),
        e.PayoutSettled: everywhere(dispensing.settle),
    },
    moves={inserting.metered: (P.PAYING,), inserting.refused: (P.PAYING,)},
    shopper=(e.CashStopped,),
    staff=(e.PayoutSettled,),
)
