"""The process, its disk, devices, link and price book: they happen in every phase."""

from kiosk.checkout import conditions, doors, paying_back, recovering, tendering, timekeeping, timing
from kiosk.checkout import events as e
from kiosk.checkout.state import Phase as P
from kiosk.checkout.table.cells import Chapter, Ignored, by_phase, everywhere

CHAPTER = Chapter(
    rows={
        e.Restarted: everywhere(recovering.restart),
        e.Stored: by_phase(
            paying=tendering.stored,
            card=tendering.stored,
            doubt=tendering.stored,
            returning=paying_back.stored,
            rest=Ignored("no payment waits for the disk"),
        ),
        e.TimePassed: everywhere(timing.pass_time),
        e.DiskLow: everywhere(conditions.disk_low),
        e.DiskFine: everywhere(conditions.disk_fine),
        e.ClockTold: everywhere(timekeeping.tell),
        e.DeviceLost: everywhere(conditions.lose_device),
        e.DeviceFound: everywhere(conditions.find_device),
        e.CardLeft: everywhere(conditions.card_left),
        e.HeadphonesMoved: everywhere(conditions.headphones),
        e.DoorMoved: everywhere(doors.move),
        e.PaperChanged: everywhere(conditions.paper),
        e.LinkChanged: everywhere(conditions.link),
        e.SequenceSeen: everywhere(conditions.sequence),
        e.PriceBookChanged: everywhere(conditions.price_book),
    },
    moves={
        recovering.restart: (P.DOUBT, P.WELCOME, P.CLOSED),
        tendering.stored: (P.RECEIPT, P.PAYING),
        paying_back.stored: (P.WELCOME, P.CLOSED),
        timing.pass_time: (P.WELCOME, P.CLOSED, P.THANKS, P.SCANNING),
    },
)
