"""Lane: what this checkout is, handed in with every Restarted so that a replay needs no configuration."""

from typing import Literal

import msgspec

from kiosk.checkout.sale import TenderKind
from kiosk.checkout.sale_hours import Timetable
from kiosk.checkout.scale import Plate, Trade
from kiosk.checkout.settings import USUAL, Settings


class TimeOuts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How long things wait, in milliseconds (DESIGN-UI, section 6)."""

    scanning_ms: int = 90_000
    empty_ms: int = 30_000
    still_there_ms: int = 30_000
    parked_ms: int = 15 * 60_000
    paying_ms: int = 60_000
    declined_ms: int = 60_000
    bank_slow_ms: int = 90_000
    phone_ms: int = 5 * 60_000
    """How long the provider keeps the code of a QR payment open: what the countdown says. It is the provider that ends
    it."""
    receipt_ms: int = 20_000
    receipt_qr_ms: int = 60_000
    thanks_ms: int = 15_000
    staff_ms: int = 60_000
    pin_pause_ms: int = 5 * 60_000
    age_reminder_ms: int = 30_000
    signer_ms: int = 5_000
    """How long a shopper waits for a signer that does not answer."""
    signer_retry_ms: int = 30_000
    ask_ms: int = 3_000
    """How long an answer of the store is waited for."""
    drawer_ms: int = 60_000


class Limit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a kind may pay of one basket: at least so much at once, at most so much together; 0: no limit."""

    tender: TenderKind
    least_minor: int = 0
    most_minor: int = 0


class BaggingLimits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a lane with a bagging scale lets pass without staff. Weights in grams, times in milliseconds."""

    step_g: int = 5
    """The scale's division."""
    bag_g: int = 120
    """The shop's own bags: so much may lie on the shelf before the first item."""
    own_bag_g: int = 1_500
    own_bags: int = 2
    skips: int = 3
    """So many things may stay out of the bag,"""
    skip_g: int = 15_000
    """of so much together,"""
    skip_value_minor: int = 50_000
    """and of so much value."""
    unknown_g: int = 3_000
    """The most that a thing may weigh whose weight nobody knows."""
    place_ms: int = 4_000
    """06a asks after so long."""
    settle_ms: int = 1_000
    """What is gone again within this time was wind, or a hand."""
    staff_ms: int = 30_000
    """After so long staff are called."""


class StaffLimits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The shop's rules for its staff (`[staff]`): up to and including the thresholds a cashier acts alone."""

    void_minor: int = 50_000
    """Value of a line that is taken out."""
    off_minor: int = 10_000
    """What a lower price or a discount gives away at once."""
    off_bp: int = 2_000
    """The same as a share of the price, in basis points."""
    key_needed: bool = False
    """Whether nobody signs in on the lane before the staff key is turned."""
    badge_needed: bool = False
    """Whether a PIN alone signs nobody in: the badge says who, the PIN proves it."""
    number_needed: bool = False
    """Whether who has no badge at hand types their staff number before the PIN; moot where a badge is needed."""
    doubt: Literal["cashier", "supervisor", "manager"] = "supervisor"
    """The lowest role that decides about money of which the terminal cannot tell."""
    refund_minor: int = 50_000
    """What one return pays back."""
    unproved_refund_minor: int = 50_000
    """The most that is paid back with no receipt, or one that the store cannot be asked about; 0: nothing is."""
    not_returned: tuple[str, ...] = ()
    """Categories, with what lies below them, that do not come back unless a manager says so."""
    console_age: bool = False
    """Whether an age may be approved from the store's console, by somebody who sees the lane."""
    training_timeout_ms: int = 10 * 60_000
    """Training that nobody touches for so long is over."""
    assisted_timeout_ms: int = 15 * 60_000
    """Whoever serves is signed out after so long without a touch or a scan."""


class CouponRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is done with a coupon that may be used only once while the store says nothing (`[offers]`)."""

    coupon_offline: Literal["accept", "refuse"] = "refuse"
    coupon_offline_most_minor: int = 0
    """What all of them together may take off a basket; 0: there is no limit."""


class DepositRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is done with a signed deposit slip while the store says nothing (`[deposits]`)."""

    offline: Literal["signed", "refuse"] = "refuse"
    offline_days: int = 30
    """So old may it be."""
    offline_most_minor: int = 10_000
    """What such slips may pay of one basket,"""
    offline_day_minor: int = 50_000
    """and on this lane in one business day."""


class ParkingRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The shop's rules for baskets that are set aside (`[baskets]`)."""

    shared: bool = True
    """Whether the store has them too, so that every lane can bring them back."""
    slip: bool = False
    """Whether a slip with a barcode is printed."""
    recall: Literal["staff", "shopper"] = "staff"
    """Who may bring one back with its slip."""
    over_night: Literal["keep", "void"] = "keep"
    """What becomes of them when the day is closed."""


class Charity(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whom the shop collects for: what is to be paid may be rounded up to whole multiples of `step_minor`."""

    name: str
    step_minor: int


class AuditRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When a colleague looks at a basket before it pays (`[audit]`); nothing is looked at unless the shop says so."""

    rate_permille: int = 0
    """So many of a thousand visits, by lot."""
    partial_items: int = 3
    """Things that are scanned first; one that is in no line makes it all of them."""
    value_over_minor: int = 0
    """A basket that costs more; 0: none for that."""
    risk_over: int = 0
    """More own bags and things not bagged; without a bagging scale also lines taken out again, codes that nobody knew.
    0: none for that."""
    most_per_hour: int = 6
    """From so many looks an hour on, none for value or risk; lots are always kept."""
    assisted: bool = False
    """Baskets that staff serve too."""


class GroupLimit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """So many things of a category, and of what lies below it, are sold to one shopper (two packs of painkillers)."""

    category: str
    most: int


class Lane(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The facts of one lane that the checkout needs."""

    store: str
    till: str
    currency: str = "SEK"
    languages: tuple[str, ...] = ("sv", "en")
    jurisdiction: str = "se"
    mode: Literal["live", "demo"] = "live"
    store_name: str = ""
    number: str = ""
    """What the brand bar calls it: `Checkout 4`."""
    tenders: tuple[TenderKind, ...] = ("card",)
    """What this lane takes, in the order of the payment screen."""
    tender_limits: tuple[Limit, ...] = ()
    basket_most_minor: int = 0
    """What a basket may cost here unless staff serve it; 0: there is no limit."""
    containers_most_minor: int = 50_000
    """What staff may pay out at once for empties; 0: they take none here."""
    slip_begins: str = ""
    """How the numbers of the deposit slips begin that are printed here; empty: the shop uses none."""
    cash_step_minor: int = 1
    """Cash is paid in whole multiples of this (the law's)."""
    cash_units_minor: tuple[int, ...] = ()
    """Notes and coins, the largest first."""
    settings: Settings = USUAL
    """What every visit begins with: the shop's default."""
    volume: int = 6
    """Of the beeps, in steps of `tuning.MOST`, until staff set another."""
    voice_volume: int = 7
    """Of the voice, likewise."""
    quiet_hours: str = ""
    """When the lane is half as loud, `21:00-08:00`; empty: never."""
    printer: bool = True
    """Whether there is a receipt printer at all; a lane without one misses none."""
    cash_machine: bool = False
    """Whether cash goes into a machine here, which gives change; while it is away, staff take it."""
    fitted: tuple[str, ...] = ()
    """What of keylock, doors, badge reader and exit gate there is here, by their names in the configuration."""
    touch: bool = False
    """Whether the touch screen is a device of its own, which can be lost."""
    needs: tuple[str, ...] = ("scanner",)
    """Devices without which no new visit may begin, by their names in the configuration."""
    receipt_url: str = ""
    """What the QR receipt's address begins with; empty: a QR receipt is offered only if it is signed here."""
    signed_receipts: bool = False
    """Whether the lane has a key to sign receipts with, so that a QR code can hold the receipt itself."""
    return_copy: bool = False
    """Whether the shop keeps a copy of every return, with a line for a signature."""
    receipt_legal: tuple[str, ...] = ()
    """What stands below the shop's name on a receipt: company, organisation number, address."""
    email_receipts: bool = False
    """Whether the shop sends receipts by e-mail."""
    email_endings: tuple[str, ...] = ()
    """Ends of addresses that are typed with one touch."""
    exit_codes: bool = False
    """Whether the shop has a gate that reads exit codes."""
    signer: str = ""
    """The method by which sales are signed here; empty: they are not."""
    signer_missing: str = ""
    """What the law asks of a live lane here and this lane does not have; empty: nothing is missing."""
    age_limit_clear: int = 25
    max_quantity: int = 99
    max_lines: int = 999
    short_date: str = ""
    """What is taken off near a thing's last day where its own row says nothing (`freshness`)."""
    scale: Plate | None = None
    """The produce scale's plate; None: this lane weighs nothing."""
    trade: Trade = Trade()
    """By what right weights are sold by."""
    time_outs: TimeOuts = TimeOuts()
    bagging: BaggingLimits | None = None
    """None: there is no bagging scale."""
    staff_limits: StaffLimits = StaffLimits()
    group_limits: tuple[GroupLimit, ...] = ()
    coupons: CouponRule = CouponRule()
    parking: ParkingRule = ParkingRule(shared=False)
    sign_up: Literal["off", "before", "after"] = "off"
    """When somebody can become a member here: before paying, with member prices at once, or after, with points only."""
    deposits: DepositRule = DepositRule()
    audit: AuditRule = AuditRule()
    hours: Timetable = Timetable()
    """When the law and the shop let goods be sold."""
    charity: Charity | None = None
    card_loads: tuple[int, ...] = ()
    """What can be put on a gift card, in minor units; empty: none is sold here."""
    card_names: dict[str, str] = {}
    """What a gift card is called, by language."""
    bags: tuple[str, ...] = ()
    """Codes of the carrier bags that shoppers are asked for before they pay; empty: they are not asked."""
    troubles: tuple[str, ...] = ()
    """What was wrong with the machine when the lane started, in words for staff, and nothing that stops it."""
