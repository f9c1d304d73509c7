"""Pictures of paying, by card and cash at the counter, and of the receipt: stops of the gallery."""

from collections.abc import Callable

from msgspec.structs import replace

from kiosk.checkout import events as e
from kiosk.ui.gallery_visit import EVERY_TENDER, LANE, Visit
from kiosk.values.money import Money

UNITS = (100000, 50000, 20000, 10000, 5000, 2000, 1000, 500, 200, 100)
"""Swedish notes and coins."""


def paying_stops() -> dict[str, Callable[[Visit], Visit]]:
    """By the name of the picture."""
    return {
        "10-pay-choice": _choice,
        "10-no-terminal": lambda v: v.shops().does(e.DeviceLost(device="card_terminal"), e.PayPressed()),
        "10-partly-paid": _partly,
        "11-card-progress": _pin,
        "11c-cash-wait": cash,
        "12-declined": _declined,
        "12-not-read": _unread,
        "12-unreachable": _unreachable,
        "13-checking-bank": _in_doubt,
        "13-over-90-seconds": lambda v: _in_doubt(v).waits(90_000),
        "13-unknown": unknown,
        "14a-receipt-choice": lambda v: _paid(v).waits(2_000),
        "14b-receipt-qr": lambda v: _paid(v).does(e.ReceiptChosen(kind="qr")).waits(8_000),
        "15-remember-your-card": lambda v: _paid(v).does(e.CardLeft(there=True), e.ReceiptChosen(kind="print")),
        "15-thank-you": lambda v: _paid(v).does(e.ReceiptChosen(kind="print")),
    }


def mailing(visit: Visit) -> Visit:
    """The lane sends receipts by e-mail too."""
    lane = replace(visit.state.lane, email_receipts=True)
    return visit.does(e.Restarted(lane=lane), e.LanguageChosen(language=visit.state.language))


def _paid(visit: Visit) -> Visit:
    return mailing(visit).shops_as_member().taps_card().says_yes()


def _choice(visit: Visit) -> Visit:
    return _with_every_tender(visit).does(e.PayPressed())


def _with_every_tender(visit: Visit) -> Visit:
    lane = replace(LANE, tenders=EVERY_TENDER, cash_step_minor=100, cash_units_minor=UNITS)
    return visit.does(e.Restarted(lane=lane), e.LanguageChosen(language=visit.state.language)).shops_as_member()


def cash(visit: Visit) -> Visit:
    """Cash is chosen where every tender is taken."""
    return _with_every_tender(visit).does(e.PayPressed(), e.CashChosen())


def _partly(visit: Visit) -> Visit:
    cash(visit).signs_in().does(e.CashGiven(amount=Money(10000)), e.Stored(), e.StaffSignedOut())
    return visit


def _pin(visit: Visit) -> Visit:
    visit.shops_as_member().taps_card()
    told = e.CardText(attempt=visit.attempt(), text="Enter PIN and press OK", step="pin", can_cancel=True)
    return visit.does(told)


def _declined(visit: Visit) -> Visit:
    visit.shops_as_member().taps_card()
    return visit.does(e.CardDeclined(attempt=visit.attempt(), why="declined", detail="05"))


def _unreachable(visit: Visit) -> Visit:
    visit.shops_as_member().taps_card()
    return visit.does(e.CardRefused(attempt=visit.attempt(), why="unreachable"))


def _unread(visit: Visit) -> Visit:
    visit.shops_as_member().taps_card()
    return visit.does(e.CardDeclined(attempt=visit.attempt(), why="card_error"))


def _in_doubt(visit: Visit) -> Visit:
    visit.shops_as_member().taps_card()
    visit.does(e.CardInDoubt(attempt=visit.attempt(), why="connection lost"))
    visit.does(e.CardAsked(attempt=visit.attempt(), times=1)).waits(10_000)
    return visit.does(e.CardAsked(attempt=visit.attempt(), times=2)).waits(14_200)


def unknown(visit: Visit) -> Visit:
    """The bank has been asked, and nobody knows whether the card was charged."""
    _in_doubt(visit)
    return visit.does(e.CardUnknown(attempt=visit.attempt(), evidence="no answer to the enquiry"))
