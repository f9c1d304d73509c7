"""Shopper events: what somebody at the screen scans, types and touches."""

from typing import Literal

from kiosk.checkout.events.fact import Fact
from kiosk.checkout.item import Item, Label
from kiosk.checkout.questions import ItemAsk
from kiosk.checkout.settings import Settings
from kiosk.values.money import ZERO, Money

Entry = Literal["scan", "key", "pick", "weigh"]


class Touched(Fact, frozen=True, kw_only=True):
    """Somebody is there: a touch that says nothing else."""

    looking: bool = False
    """A key that moves the ring or repeats what was said: 17 stays until something is chosen, and waits anew."""


class StartPressed(Fact, frozen=True):
    """Start, on the welcome screen."""


class LanguageChosen(Fact, frozen=True, kw_only=True):
    """BCP 47 tag, one of the lane's languages."""

    language: str


class ItemFound(Fact, frozen=True, kw_only=True):
    """A code was scanned or typed and the price book knows it. Carries the price that the shopper sees."""

    item: Item
    entry: Entry = "scan"
    count: int = 1
    weight_g: int | None = None
    """Net weight that the label carries, of an item sold by the kilogram."""
    label: Label | None = None
    amount: Money | None = None
    """What it costs, where a scale has worked that out: it counts."""


class ItemUnknown(Fact, frozen=True, kw_only=True):
    """A code was scanned or typed and nobody knows it, or it is no code at all.

    `text` is cut to 32 printable characters.
    """

    text: str
    entry: Entry = "scan"
    ask: ItemAsk | None = None
    """What the store may be asked about it; None: it is no code of a product."""
    count: int = 1


class QuantityChanged(Fact, frozen=True, kw_only=True):
    """The line sheet was saved with this count (1 or more)."""

    line: int
    count: int


class LineVoided(Fact, frozen=True, kw_only=True):
    """The shopper took a line out of the basket."""

    line: int


class PromptClosed(Fact, frozen=True):
    """`Keep scanning` on a prompt (07, 16)."""


class PayPressed(Fact, frozen=True, kw_only=True):
    """Pay, on the scanning screen. `bags`: the carrier bags that the shop sells, as the price book has them now."""

    bags: tuple[Item, ...] = ()


class BagsChosen(Fact, frozen=True, kw_only=True):
    """How many carrier bags of each kind, in the order of the question (10b)."""

    counts: tuple[int, ...]


class DonationChosen(Fact, frozen=True, kw_only=True):
    """Whether what is to be paid is rounded up for a charity (10c)."""

    give: bool


class CardLoadChosen(Fact, frozen=True, kw_only=True):
    """So much is to be put on the gift card that was scanned; nothing: rather not."""

    amount: Money = ZERO


class PartChosen(Fact, frozen=True, kw_only=True):
    """So much is to be paid with the tender that is chosen next (10d); all that is left: everything, after all."""

    amount: Money


class CardChosen(Fact, frozen=True, kw_only=True):
    """Card (also at a terminal that staff bring), or a phone that reads a QR code; also `Try again` after a decline."""

    kind: Literal["card", "qr", "external"] = "card"


class BackPressed(Fact, frozen=True):
    """Back from the payment choice to scanning; `Pay another way` from a decline to the payment choice."""


class CancelPressed(Fact, frozen=True):
    """Cancel payment, while the terminal works."""


class BasketSaved(Fact, frozen=True):
    """`Save basket and ask staff`: suspend it now."""


class HelpCalled(Fact, frozen=True):
    """Call staff."""


class HelpExplained(Fact, frozen=True, kw_only=True):
    """What the open call is about, on 16; nobody has to say."""

    about: Literal["item", "price", "paying", "other"]


class HelpDismissed(Fact, frozen=True):
    """`I'm fine now`."""


class StillHere(Fact, frozen=True):
    """Yes, on 17."""


class MoreTimeAsked(Fact, frozen=True):
    """`Give me more time`: the starred time-outs are ten times as long for the rest of this visit."""


class SettingsChosen(Fact, frozen=True, kw_only=True):
    """A switch of 20a was touched: what all of them are now."""

    settings: Settings
    more_time: bool = False


class ShoppingStopped(Fact, frozen=True):
    """Stop shopping, confirmed: the basket is emptied."""


class ReceiptChosen(Fact, frozen=True, kw_only=True):
    """What the shopper wants on 14a; `staff`: printed from another checkout."""

    kind: Literal["print", "qr", "none", "staff", "email"]


class GiftReceiptAsked(Fact, frozen=True):
    """The shopper wants a receipt without prices as well, to go with a present."""


class DonePressed(Fact, frozen=True):
    """Done, on 14b or 15."""


ShopperEvent = (
    Touched
    | StartPressed
    | LanguageChosen
    | ItemFound
    | ItemUnknown
    | QuantityChanged
    | LineVoided
    | PromptClosed
    | PayPressed
    | BagsChosen
    | DonationChosen
    | CardLoadChosen
    | PartChosen
    | CardChosen
    | BackPressed
    | CancelPressed
    | BasketSaved
    | HelpCalled
    | HelpExplained
    | HelpDismissed
    | StillHere
    | MoreTimeAsked
    | SettingsChosen
    | ShoppingStopped
    | ReceiptChosen
    | GiftReceiptAsked
    | DonePressed
)
