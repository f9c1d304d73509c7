"""Staff who change a basket or stand at the counter."""

from kiosk.checkout import approving, desk
from kiosk.checkout import events as e
from kiosk.checkout.table.cells import Chapter, Ignored, by_phase, everywhere

_NOT_OPEN = Ignored("staff change a basket only while it is open")

CHAPTER = Chapter(
    rows={
        e.BadgeShown: everywhere(desk.show_badge),
        e.BadgeUnknown: everywhere(desk.refuse_badge),
        e.ApprovalDropped: everywhere(approving.drop),
        e.LineRemoved: by_phase(scanning=desk.remove_line, rest=_NOT_OPEN),
        e.PriceChanged: by_phase(scanning=desk.change_price, rest=_NOT_OPEN),
        e.DiscountGiven: by_phase(scanning=desk.give_discount, rest=_NOT_OPEN),
    },
    staff=(e.ApprovalDropped, e.LineRemoved, e.PriceChanged, e.DiscountGiven),
)
