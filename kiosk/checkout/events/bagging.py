"""Bagging events: what the shelf weighs, and what people say about it."""

from kiosk.checkout.events.fact import Fact
from kiosk.values.quantity import Weight


class BagWeightSeen(Fact, frozen=True, kw_only=True):
    """The shelf came to rest at this gross weight; below zero when the scale was zeroed with something on it."""

    weight: Weight


class OwnBagPlaced(Fact, frozen=True):
    """`It's my own bag`, on 06b."""


class BaggingSkipped(Fact, frozen=True):
    """`I don't want to bag this`, on 06a."""


class BagMoved(Fact, frozen=True):
    """`I've moved it`, on 06c."""


class BagAccepted(Fact, frozen=True):
    """Staff have looked: the shelf is right as it is."""


BaggingEvent = BagWeightSeen | OwnBagPlaced | BaggingSkipped | BagMoved | BagAccepted
