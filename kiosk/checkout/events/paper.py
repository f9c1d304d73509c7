"""Paper and drawer events."""

from kiosk.checkout.events.fact import Fact


class ReceiptPrinted(Fact, frozen=True, kw_only=True):
    """The printer has printed it to the end. `job` is the effect's."""

    job: str


class ReceiptFailed(Fact, frozen=True, kw_only=True):
    """The printer could not print it; it waits for a reprint."""

    job: str
    why: str
    maybe: bool = False
    """It may be on paper all the same: nobody could tell."""


class DrawerMoved(Fact, frozen=True, kw_only=True):
    """The cash drawer's sensor."""

    open: bool


PaperEvent = ReceiptPrinted | ReceiptFailed | DrawerMoved
