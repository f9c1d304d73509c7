"""What only staff sell, what is weighed, what a thing costs."""

from kiosk.checkout import checking, permitting, weighing
from kiosk.checkout import events as e
from kiosk.checkout.table.cells import LATE, Chapter, Ignored, by_phase, everywhere

_NOT_OPEN = Ignored("items are sold while the basket is open for them")

CHAPTER = Chapter(
    rows={
        e.WeightShown: everywhere(weighing.shown),
        e.WeighingAccepted: by_phase(scanning=weighing.accept, rest=LATE),
        e.WeighingLeft: by_phase(scanning=weighing.leave, rest=LATE),
        e.WeighedAgain: by_phase(scanning=weighing.again, rest=LATE),
        e.PriceCheckOpened: by_phase(scanning=checking.begin, rest=LATE),
        e.PriceCheckClosed: by_phase(scanning=checking.end, rest=LATE),
        e.PriceCheckBought: by_phase(scanning=checking.buy, rest=LATE),
        e.ItemAllowed: by_phase(scanning=permitting.allow, rest=_NOT_OPEN),
        e.HoursOverridden: by_phase(scanning=permitting.override, rest=_NOT_OPEN),
        e.ItemDenied: by_phase(scanning=permitting.deny, rest=_NOT_OPEN),
        e.ItemKeyed: by_phase(scanning=permitting.key, rest=_NOT_OPEN),
    },
    shopper=(
        e.WeighingAccepted,
        e.WeighingLeft,
        e.WeighedAgain,
        e.PriceCheckOpened,
        e.PriceCheckClosed,
        e.PriceCheckBought,
    ),
    staff=(e.ItemAllowed, e.HoursOverridden, e.ItemDenied, e.ItemKeyed),
)
