"""The trading day and its figures."""

from kiosk.checkout import closing, machine_books, reporting
from kiosk.checkout import events as e
from kiosk.checkout.table.cells import Chapter, everywhere

CHAPTER = Chapter(
    rows={
        e.DayBegan: everywhere(closing.begin),
        e.DayClosed: everywhere(closing.close),
        e.DaySlipAsked: everywhere(reporting.ask),
        e.CashMoved: everywhere(closing.move_cash),
        e.DrawerCounted: everywhere(closing.count),
        e.BoxCounted: everywhere(machine_books.box_counted),
        e.MachineEmptied: everywhere(machine_books.empty),
        e.CardsSettled: everywhere(closing.settled),
    },
    staff=(e.DaySlipAsked, e.CashMoved, e.DrawerCounted, e.BoxCounted, e.MachineEmptied, e.DayClosed),
)
