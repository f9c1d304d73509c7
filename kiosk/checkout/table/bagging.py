"""The bagging area."""

from kiosk.checkout import bagging
from kiosk.checkout import events as e
from kiosk.checkout.table.cells import LATE, Chapter, Ignored, by_phase, everywhere

CHAPTER = Chapter(
    rows={
        e.BagWeightSeen: everywhere(bagging.weigh),
        e.OwnBagPlaced: by_phase(scanning=bagging.own_bag, rest=LATE),
        e.BaggingSkipped: by_phase(scanning=bagging.skip, rest=LATE),
        e.BagMoved: by_phase(scanning=bagging.moved, rest=LATE),
        e.BagAccepted: by_phase(
            scanning=bagging.accept,
            paying=bagging.accept,
            card=bagging.accept,
            doubt=bagging.accept,
            rest=Ignored("nothing on the shelf waits to be paid"),
        ),
    },
    shopper=(e.OwnBagPlaced, e.BaggingSkipped, e.BagMoved),
    staff=(e.BagAccepted,),
)
