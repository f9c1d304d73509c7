"""Cash in the hands of staff."""

from kiosk.checkout import events as e
from kiosk.checkout import serving, standalone, taking_cash, tendering
from kiosk.checkout.table.cells import LATE, Chapter, by_phase, everywhere

CHAPTER = Chapter(
    rows={
        e.CashChosen: by_phase(scanning=serving.cash, paying=tendering.choose_cash, rest=LATE),
        e.CashGiven: by_phase(paying=taking_cash.give, rest=LATE),
        e.ExternalTaken: by_phase(paying=standalone.take, rest=LATE),
        e.TenderCancelled: by_phase(paying=tendering.cancel_tender, rest=LATE),
        e.CashReturned: everywhere(taking_cash.return_cash),
        e.DrawerAsked: everywhere(taking_cash.open_drawer),
    },
    shopper=(e.CashChosen, e.TenderCancelled),
    staff=(e.CashGiven, e.ExternalTaken, e.CashReturned, e.DrawerAsked),
)
