"""Item events: what the produce scale says, and what somebody does about an item that is not simply scanned."""

from kiosk.checkout.events.fact import Fact
from kiosk.checkout.item import Item
from kiosk.checkout.scale import Priced, Trouble


class WeightShown(Fact, frozen=True, kw_only=True):
    """The produce scale says something new. `grams` with all that lies on it; None: it shows no weight now."""

    grams: int | None
    stable: bool
    trouble: Trouble = ""
    priced: Priced | None = None
    """What it costs, of a scale that works out prices."""


class WeighingAccepted(Fact, frozen=True, kw_only=True):
    """`Add`, while the scale showed this load (gross)."""

    gross_g: int


class WeighingLeft(Fact, frozen=True):
    """`Back` or `Wrong item`, on 05."""


class WeighedAgain(Fact, frozen=True, kw_only=True):
    """`Weigh again`, on the sheet of a weighed line (08). The line stays until another load is added in its place."""

    line: int


class PriceCheckOpened(Fact, frozen=True):
    """`Check a price`: what is scanned from now on is shown, not added."""


class PriceCheckClosed(Fact, frozen=True):
    """`Back`, from there."""


class PriceCheckBought(Fact, frozen=True):
    """`Add it`: what is shown is wanted after all."""


class ItemAllowed(Fact, frozen=True):
    """Staff sell the held item."""


class HoursOverridden(Fact, frozen=True):
    """Staff sell the held item outside the hours that the shop has set itself."""


class ItemDenied(Fact, frozen=True):
    """Staff do not."""


class ItemKeyed(Fact, frozen=True, kw_only=True):
    """Staff key a price: `item` is the kind of goods at that price, for a thing that has no code or none known."""

    item: Item


ItemEvent = (
    WeightShown
    | WeighingAccepted
    | WeighingLeft
    | WeighedAgain
    | PriceCheckOpened
    | PriceCheckClosed
    | PriceCheckBought
    | ItemAllowed
    | HoursOverridden
    | ItemDenied
    | ItemKeyed
)
